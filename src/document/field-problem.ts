/**
 * What the validator found outside of endpoints, in words: for every place of the schema and every
 * keyword that can fail there, the fact and what to write.
 */
import type { Finding, Report } from '../diagnostic/report.ts'
import { closest, oneOf, quote, suggest } from '../diagnostic/words.ts'
import { isNull, kindName } from './node.ts'
import { describeOption } from './option-problem.ts'
import { mustBe, mustBeOneOf, type Problem } from './problem.ts'

const SCOPE_FIELDS = ['label', 'endpoints', 'includes', 'description', 'group', 'risk', 'optional']
/** Fields people bring along from other policy languages. */
const RESTRICTIONS = new Set(['deny', 'except', 'exclude', 'excludes', 'not', 'forbid', 'block'])

export function describeField(problem: Problem, report: Report): void {
  const { path } = problem
  if (path.length === 0) report(topLevelName(problem))
  else if (path[0] === '$schema') report(schemaAddress(problem))
  else if (path[0] === '$options') report(describeOption(problem))
  else if (path.length > 1) report(field(problem))
  else if (!isMisspelt(problem)) report(scope(problem))
}

function schemaAddress(problem: Problem): Finding {
  const help = 'write the address of the schema, or leave it out'
  return mustBe(problem, 'wrong-type', '`$schema`', 'a text', help)
}

function topLevelName({ child, node }: Problem): Finding {
  const span = child?.span ?? node.span
  const name = child?.text ?? ''
  if (name.startsWith('$')) {
    return {
      code: 'reserved-name',
      span,
      message: `${quote(name)} is no scope name: names that begin with \`$\` are reserved`,
      help: suggest(name, ['$options', '$schema']),
    }
  }
  const wrong = /[^!#-[\]-~]/u.exec(name)?.[0]
  return {
    code: 'invalid-scope-name',
    span,
    message:
      wrong === undefined
        ? 'a scope has an empty name'
        : `scope name ${quote(name)} contains ${wrong === ' ' ? 'a blank' : quote(wrong)}`,
    help: 'use printable ASCII without blanks, `"` and `\\` (RFC 6749, section 3.3)',
  }
}

/** A missing field that is there under a name close to it: the unknown name says it all. */
function isMisspelt({ error, node }: Problem): boolean {
  const missing = error.params['missingProperty']
  if (typeof missing !== 'string' || node.kind !== 'map') return false
  return node.entries.some(
    ({ key }) => !SCOPE_FIELDS.includes(key.text) && closest(key.text, [missing]) !== undefined,
  )
}

function scope(problem: Problem): Finding {
  const { path, error, node, key, child } = problem
  const name = quote(path[0] ?? '')
  const at = key?.span ?? node.span
  if (error.keyword === 'required') {
    const missing = String(error.params['missingProperty'])
    return missing === 'label'
      ? {
          code: 'missing-field',
          span: at,
          message: `scope ${name} has no \`label\``,
          help: 'add `label:` with the text for the consent screen',
        }
      : {
          code: 'missing-field',
          span: at,
          message: `scope ${name} has neither \`endpoints\` nor \`includes\``,
          help: 'add `endpoints:` with a list of paths; an empty list `[]` grants nothing',
        }
  }
  if (error.keyword === 'additionalProperties') {
    const unknown = child?.text ?? ''
    const near = closest(unknown, SCOPE_FIELDS)
    return {
      code: 'unknown-field',
      span: child?.span ?? at,
      message: `${quote(unknown)} is no field of a scope`,
      help: RESTRICTIONS.has(unknown)
        ? 'a restriction cannot be written: list only what the scope may do'
        : near === undefined
          ? `write ${oneOf(SCOPE_FIELDS)}, or \`x-…\` for notes of your own`
          : `did you mean ${quote(near)}?`,
    }
  }
  const help = 'write `label:` and `endpoints:` below it, indented'
  return mustBe(problem, 'wrong-type', `scope ${name}`, 'a mapping', help)
}

function field(problem: Problem): Finding {
  const { error, node, key, child } = problem
  const name = problem.path[1] ?? ''
  const shown = quote(name)
  if (name === 'endpoints') return endpoints(problem)
  if (name === 'includes') return includes(problem)
  if (name === 'risk') return mustBeOneOf(problem, 'invalid-value', shown, ['low', 'medium', 'high'])
  if (name === 'optional') return mustBeOneOf(problem, 'invalid-value', shown, ['true', 'false'])
  if (error.keyword === 'propertyNames') {
    return {
      code: 'invalid-label',
      span: child?.span ?? node.span,
      message: `${quote(child?.text ?? '')} is no language tag`,
      help: 'write a tag of BCP 47, such as `en` or `pt-BR`',
    }
  }
  if (error.keyword === 'minProperties') {
    return {
      code: 'invalid-label',
      span: node.span,
      message: `${shown} has no text in any language`,
      help: 'write the text, or one for each language',
    }
  }
  if (isNull(node)) {
    return {
      code: 'null-value',
      span: key !== undefined && node.span.start === node.span.end ? key.span : node.span,
      message: `${shown} ${node.kind === 'scalar' && node.text !== '' ? `is ${quote(node.text)}, which is nothing` : 'is empty'}`,
      help: 'write a text, in quotes if it should be these characters',
    }
  }
  if (error.keyword === 'pattern') {
    return { code: 'invalid-label', span: node.span, message: `${shown} is blank`, help: 'write a text' }
  }
  const help = 'write one text, or a mapping from language tags to texts'
  return mustBe(problem, 'wrong-type', shown, 'a text', help)
}

function endpoints(problem: Problem): Finding {
  const help =
    problem.node.kind === 'map'
      ? 'put `- ` in front of each path'
      : 'write a list: `- ` and a path on each line, or `[]` for none'
  return mustBe(problem, 'wrong-type', '`endpoints`', 'a list', help)
}

function includes(problem: Problem): Finding {
  const { path, node } = problem
  if (path.length === 2) {
    const help = 'write a list of scope names such as `[profile, search]`'
    return mustBe(problem, 'wrong-type', '`includes`', 'a list', help)
  }
  return {
    code: 'wrong-type',
    span: node.span,
    message: `\`includes\` lists scope names, not ${kindName(node)}`,
    help: 'write the name of a scope',
  }
}
