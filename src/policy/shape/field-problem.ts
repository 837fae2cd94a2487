/**
 * What the validator found outside of endpoints, in words: for every place of the schema and every
 * keyword that can fail there, the fact and what to write.
 */
import type { Finding, Report } from '../../diagnostic/report.ts'
import { closest, oneOf, quote, suggest } from '../../diagnostic/words.ts'
import {
  BASELINE,
  GRANT_FIELDS,
  SCOPE_FIELD_NAMES,
  type ScopeField,
  type ScopeFieldRow,
  scopeFieldRow,
} from '../../language/scope-fields.ts'
import { isNull, kindName } from '../../yaml/node.ts'
import { describeOption } from './option-problem.ts'
import { mustBe, mustBeOneOf } from '../../yaml/must-be.ts'
import type { Problem } from './problem.ts'

/** What to write for fields that other policy languages have. */
const FOREIGN_FIELDS: Readonly<Record<string, string>> = {
  title: 'write the text for the consent screen as `label:`',
  name: 'the key is the name of the scope; write the text for the consent screen as `label:`',
  paths: 'list the paths below `endpoints:`',
  routes: 'list the paths below `endpoints:`',
  urls: 'list the paths below `endpoints:`',
  methods: 'write methods after the path: `- records/*: [GET, POST]`',
  scopes: 'list scopes that this one has as well below `includes:`',
  public:
    'list what every valid token may do below `$baseline:`; exempt paths without a token from the check',
  requires:
    'for what needs several scopes at once, write a key of their names: `"one two": { endpoints: [...] }`',
  allOf:
    'for what needs several scopes at once, write a key of their names: `"one two": { endpoints: [...] }`',
}

/** Fields of other policy languages. */
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
  return mustBe(problem, 'wrong-type', '`$schema`', 'a string', help)
}

function topLevelName({ child, node }: Problem): Finding {
  const span = child?.span ?? node.span
  const name = child?.text ?? ''
  if (name.startsWith('$')) {
    return {
      code: 'reserved-name',
      span,
      message: `invalid scope name ${quote(name)}: names that begin with \`$\` are reserved`,
      help: suggest(name, ['$options', '$schema', BASELINE]),
    }
  }
  const wrong = /[^!#-[\]-~]/u.exec(name)?.[0]
  return {
    code: 'invalid-scope-name',
    span,
    message:
      wrong === undefined
        ? 'a scope has an empty name'
        : `scope name ${quote(name)} contains ${wrong === ' ' ? 'a space' : quote(wrong)}`,
    help:
      wrong === ' ' && !/[^ !#-[\]-~]/u.test(name)
        ? 'write one scope name, or the names of several scopes with single spaces between'
        : 'use printable ASCII without spaces, `"` and `\\` (RFC 6749, section 3.3)',
  }
}

/** A missing field that is there under a name close to it: the unknown name says it all. */
function isMisspelt({ error, node }: Problem): boolean {
  const missing = error.params['missingProperty']
  if (typeof missing !== 'string' || node.kind !== 'map') return false
  return node.entries.some(({ key }) => !isField(key.text) && closest(key.text, [missing]) !== undefined)
}

function scope(problem: Problem): Finding {
  const { path, error, node, key, child } = problem
  const name = quote(path[0] ?? '')
  const at = key?.span ?? node.span
  const isGrants = path[0] === BASELINE || path[0]?.includes(' ') === true
  const fields: readonly string[] = isGrants ? GRANT_FIELDS : SCOPE_FIELD_NAMES
  if (error.keyword === 'minProperties') {
    return {
      code: 'missing-field',
      span: at,
      message: `${name} grants nothing`,
      help: `add ${oneOf(fields)}`,
    }
  }
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
          message: `scope ${name} grants nothing: no \`endpoints\`, \`tools\`, \`resources\`, \`prompts\` or \`includes\``,
          help: 'add `endpoints:` with a list of paths, or `tools:` with names; an empty list `[]` grants nothing',
        }
  }
  if (error.keyword === 'additionalProperties') {
    const unknown = child?.text ?? ''
    const near = closest(unknown, fields)
    return {
      code: 'unknown-field',
      span: child?.span ?? at,
      message: isGrants ? `${name} cannot have ${quote(unknown)}` : `unknown field ${quote(unknown)}`,
      help: RESTRICTIONS.has(unknown)
        ? 'a restriction cannot be written: list only what the scope may do'
        : Object.hasOwn(FOREIGN_FIELDS, unknown) && !isGrants
          ? FOREIGN_FIELDS[unknown]
          : near === undefined
            ? `write ${oneOf(fields)}, or \`x-…\` for your own notes`
            : `did you mean ${quote(near)}?`,
    }
  }
  const help = `write ${isGrants ? '' : '`label:` and '}\`endpoints:\` below it, indented`
  return mustBe(problem, 'wrong-type', isGrants ? name : `scope ${name}`, 'a mapping', help)
}

/** What to write where a list belongs. */
const LISTS: Partial<Readonly<Record<ScopeFieldRow['kind'], string>>> = {
  scopes: 'write a list of scope names such as `[profile, search]`',
  names: 'write a list of names such as `[get_issue, "search_*"]`',
  tokens: 'write a list of names such as `[old:name]`',
}

function field(problem: Problem): Finding {
  const { error, node, key, child } = problem
  const name = problem.path[1] ?? ''
  const shown = quote(name)
  if (name === 'endpoints') return endpoints(problem)
  const row = isField(name) ? scopeFieldRow(name) : undefined
  const list = row && LISTS[row.kind]
  if (list !== undefined && problem.path.length === 2) {
    return mustBe(problem, 'wrong-type', shown, 'a list', list)
  }
  if (row?.kind === 'scopes') return includes(problem)
  if (row?.kind === 'choice') return mustBeOneOf(problem, 'invalid-value', shown, row.choices ?? [])
  if (row?.kind === 'switch') return mustBeOneOf(problem, 'invalid-value', shown, ['true', 'false'])
  if (row?.kind === 'names') return names(problem, shown)
  if (row?.kind === 'tokens' || row?.kind === 'token') return token(problem, shown)
  if (row?.kind === 'deprecation') return deprecation(problem, shown)
  if (error.keyword === 'propertyNames') {
    return {
      code: 'invalid-label',
      span: child?.span ?? node.span,
      message: `invalid language tag ${quote(child?.text ?? '')}`,
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
      help: 'write a string, in quotes if it should be these characters',
    }
  }
  if (error.keyword === 'pattern') {
    return {
      code: 'invalid-label',
      span: node.span,
      message: `${shown} is only white space`,
      help: 'write a string',
    }
  }
  const help = 'write one string, or a mapping from language tags to strings'
  return mustBe(problem, 'wrong-type', shown, 'a string', help)
}

function endpoints(problem: Problem): Finding {
  const help =
    problem.node.kind === 'map'
      ? 'put `- ` in front of each path'
      : 'write a list: `- ` and a path on each line, or `[]` for none'
  return mustBe(problem, 'wrong-type', '`endpoints`', 'a list', help)
}

function includes({ node }: Problem): Finding {
  return {
    code: 'wrong-type',
    span: node.span,
    message: `\`includes\` lists scope names, not ${kindName(node)}`,
    help: 'write the name of a scope',
  }
}

function isField(name: string): name is ScopeField {
  return (SCOPE_FIELD_NAMES as readonly string[]).includes(name)
}

function names({ node }: Problem, shown: string): Finding {
  if (node.kind !== 'scalar') {
    return {
      code: 'wrong-type',
      span: node.span,
      message: `${shown} lists names, not ${kindName(node)}`,
      help: 'write a name; methods belong to `endpoints` only',
    }
  }
  if (isNull(node) || node.text === '') {
    return {
      code: 'empty-pattern',
      span: node.span,
      message: `${shown} has an empty name`,
      help: 'write a name',
    }
  }
  return {
    code: 'invalid-pattern',
    span: node.span,
    message: `${quote(node.text)} contains a control character`,
    help: 'delete it',
  }
}

function token(problem: Problem, shown: string): Finding {
  const { node } = problem
  if (node.kind !== 'scalar' || isNull(node)) {
    return mustBe(problem, 'wrong-type', shown, 'a scope name', 'write a name such as `old:name`')
  }
  return {
    code: 'invalid-scope-name',
    span: node.span,
    message: `${quote(node.text)} is not a scope name`,
    help: 'use printable ASCII without spaces, `"` and `\\` (RFC 6749, section 3.3)',
  }
}

const DEPRECATION = ['use', 'since', 'note']

function deprecation(problem: Problem, shown: string): Finding {
  const { path, error, node, child } = problem
  if (error.keyword === 'additionalProperties') {
    return {
      code: 'unknown-field',
      span: child?.span ?? node.span,
      message: `unknown field ${quote(child?.text ?? '')} in ${shown}`,
      help: suggest(child?.text ?? '', DEPRECATION),
    }
  }
  if (path.length === 2) {
    return mustBe(
      problem,
      'invalid-value',
      shown,
      '`true` or a mapping',
      `write \`true\`, or a mapping with ${oneOf(DEPRECATION)}`,
    )
  }
  const field = path[2] ?? ''
  const help = { use: 'write a list of scopes of this document', since: 'write a date such as `2026-01-31`' }[
    field
  ]
  const code =
    path.length === 3 && field !== 'use' && node.kind === 'scalar' && !isNull(node)
      ? 'invalid-value'
      : 'wrong-type'
  return {
    code,
    span: node.span,
    message: `${quote(field)} in ${shown} cannot be ${node.kind === 'scalar' && !isNull(node) ? quote(node.text) : kindName(node)}`,
    help: help ?? 'write a string',
  }
}
