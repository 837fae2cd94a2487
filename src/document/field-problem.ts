/**
 * What the validator found outside of endpoints, in words: for every place of the schema and every
 * keyword that can fail there, the fact and what to write.
 */
import type { Finding, Report } from '../diagnostic/report.ts'
import { closest, oneOf, quote, suggest } from '../diagnostic/words.ts'
import type { ShapeError } from './generated/validate.js'
import { isNull, kindName, type Node, type ScalarNode } from './node.ts'

export interface FieldProblem {
  /** Keys from the root to the value that failed. */
  readonly path: readonly string[]
  readonly error: ShapeError
  /** The value that failed. */
  readonly node: Node
  /** The key of the value that failed; absent at the root and in lists. */
  readonly key: ScalarNode | undefined
  /** The key inside the value that the finding is about. */
  readonly child: ScalarNode | undefined
}

const SCOPE_FIELDS = ['label', 'endpoints', 'includes', 'description', 'group', 'risk', 'optional']
const OPTION_NAMES = [
  'preset',
  'basePath',
  'extensions',
  'caseSensitive',
  'trailingSlash',
  'wildcard',
  'head',
  'encodedSlash',
  'delimiters',
  'methods',
]
/** Fields people bring along from other policy languages. */
const RESTRICTIONS = new Set(['deny', 'except', 'exclude', 'excludes', 'not', 'forbid', 'block'])

export function describeField(problem: FieldProblem, report: Report): void {
  const { path } = problem
  if (path.length === 0) report(topLevelName(problem))
  else if (path[0] === '$schema')
    report(
      mustBe(
        problem,
        'wrong-type',
        '`$schema`',
        'a string',
        'write the address of the schema, or leave it out',
      ),
    )
  else if (path[0] === '$options') report(option(problem))
  else if (path.length === 1) {
    if (!isMisspelt(problem)) report(scope(problem))
  } else report(field(problem))
}

function topLevelName({ child, node }: FieldProblem): Finding {
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
function isMisspelt({ error, node }: FieldProblem): boolean {
  const missing = error.params['missingProperty']
  if (typeof missing !== 'string' || node.kind !== 'map') return false
  return node.entries.some(
    ({ key }) => !SCOPE_FIELDS.includes(key.text) && closest(key.text, [missing]) !== undefined,
  )
}

function scope({ path, error, node, key, child }: FieldProblem): Finding {
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
  return {
    code: 'wrong-type',
    span: isNull(node) ? at : node.span,
    message: `scope ${name} must be a mapping, not ${kindName(node)}`,
    help: 'write `label:` and `endpoints:` below it, indented',
  }
}

function field(problem: FieldProblem): Finding {
  const { path, error, node, key, child } = problem
  const name = path[1] ?? ''
  const shown = quote(name)
  if (name === 'endpoints' || name === 'includes') {
    if (path.length > 2) {
      return {
        code: 'wrong-type',
        span: node.span,
        message: `\`includes\` lists scope names, not ${kindName(node)}`,
        help: 'write the name of a scope',
      }
    }
    const help =
      name === 'includes'
        ? 'write a list of scope names: `[profile, search]`'
        : node.kind === 'map'
          ? 'put `- ` in front of each path'
          : 'write a list: `- ` and a path on each line, or `[]` for none'
    return mustBe(problem, 'wrong-type', shown, 'a list', help)
  }
  if (name === 'risk') return choice(problem, 'invalid-value', shown, ['low', 'medium', 'high'])
  if (name === 'optional') return choice(problem, 'invalid-value', shown, ['true', 'false'])
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
  return mustBe(
    problem,
    'wrong-type',
    shown,
    'a text',
    'write one text, or a mapping from language tags to texts',
  )
}

function option(problem: FieldProblem): Finding {
  const { path, error, node, child } = problem
  if (path.length === 1) {
    if (error.keyword !== 'additionalProperties') {
      return mustBe(
        problem,
        'wrong-type',
        '`$options`',
        'a mapping',
        'write `name: value` below it, indented',
      )
    }
    return {
      code: 'unknown-option',
      span: child?.span ?? node.span,
      message: `${quote(child?.text ?? '')} is no option`,
      help: suggest(child?.text ?? '', OPTION_NAMES),
    }
  }
  const name = path[1] ?? ''
  const shown = `option ${quote(name)}`
  const allowed = error.params['allowedValues']
  if (Array.isArray(allowed) && name !== 'methods')
    return choice(problem, 'invalid-option', shown, allowed.map(String))
  switch (name) {
    case 'caseSensitive':
      return choice(problem, 'invalid-option', shown, ['true', 'false'])
    case 'basePath':
      return mustBe(problem, 'invalid-option', shown, 'a path', 'write a path such as `/rest`')
    case 'extensions':
      return path.length > 2 && node.kind === 'scalar' && !isNull(node)
        ? {
            code: 'invalid-option',
            span: node.span,
            message: `${quote(node.text)} is no extension`,
            help: node.text.startsWith('.')
              ? `write it without the dot: ${quote(node.text.slice(1))}`
              : 'write letters and digits, such as `json`',
          }
        : mustBe(
            problem,
            'invalid-option',
            shown,
            'a list of extensions',
            'write a list such as `[json, xml]`',
          )
    case 'methods':
      return path.length > 2 && node.kind === 'scalar' && !isNull(node)
        ? {
            code: 'invalid-option',
            span: node.span,
            message: `${quote(node.text)} is no method of the IANA registry`,
            help: methodHelp(node.text, Array.isArray(allowed) ? allowed.map(String) : []),
          }
        : mustBe(problem, 'invalid-option', shown, 'a list of methods', 'write a list such as `[GET, POST]`')
    default:
      return mustBe(problem, 'invalid-option', shown, 'a text', 'write one of the documented values')
  }
}

function methodHelp(written: string, methods: readonly string[]): string {
  const near = closest(written, methods)
  return near === undefined ? 'write methods such as `GET`' : `did you mean ${quote(near)}?`
}

function choice(
  problem: FieldProblem,
  code: Finding['code'],
  shown: string,
  allowed: readonly string[],
): Finding {
  const { node, key } = problem
  if (node.kind !== 'scalar') return mustBe(problem, code, shown, oneOf(allowed), `write ${oneOf(allowed)}`)
  const empty = node.text === ''
  const quotedBoolean = node.style !== 'plain' && allowed.includes(node.text)
  return {
    code,
    span: empty ? (key?.span ?? node.span) : node.span,
    message: empty
      ? `${shown} is empty`
      : `${shown} cannot be ${quote(node.text)}${quotedBoolean ? ' in quotes' : ''}`,
    help: quotedBoolean ? `write ${node.text} without quotes` : suggest(node.text, allowed),
  }
}

function mustBe(
  { node, key }: FieldProblem,
  code: Finding['code'],
  shown: string,
  wanted: string,
  help: string,
): Finding {
  const missing = isNull(node) && node.span.start === node.span.end
  return {
    code,
    span: missing ? (key?.span ?? node.span) : node.span,
    message: missing ? `${shown} is empty` : `${shown} must be ${wanted}, not ${kindName(node)}`,
    help,
  }
}
