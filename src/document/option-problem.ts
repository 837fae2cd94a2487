/**
 * What the validator found in `$options`, in words: for every option the fact and what to write.
 */
import type { Finding } from '../diagnostic/report.ts'
import { closest, quote, suggest } from '../diagnostic/words.ts'
import { isNull, kindName, type ScalarNode } from './node.ts'
import { mustBe, mustBeOneOf, type Problem } from './problem.ts'

const CODE = 'invalid-option'

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

export function describeOption(problem: Problem): Finding {
  const { path, error, node, child } = problem
  const [, name, item] = path
  if (name === undefined) {
    if (error.keyword !== 'additionalProperties')
      return mustBe(
        problem,
        'wrong-type',
        '`$options`',
        'a mapping',
        'write `name: value` below it, indented',
      )
    return {
      code: 'unknown-option',
      span: child?.span ?? node.span,
      message: `${quote(child?.text ?? '')} is no option`,
      help: suggest(child?.text ?? '', OPTION_NAMES),
    }
  }
  const shown = `option ${quote(name)}`
  switch (name) {
    case 'caseSensitive':
      return mustBeOneOf(problem, CODE, shown, ['true', 'false'])
    case 'basePath':
      return mustBe(problem, CODE, shown, 'a path', 'write a path such as `/rest`')
    case 'extensions':
    case 'methods':
      return item === undefined ? list(problem, name, shown) : listItem(problem, name, shown)
    default:
      return mustBeOneOf(problem, CODE, shown, allowedValues(problem))
  }
}

function list(problem: Problem, name: 'extensions' | 'methods', shown: string): Finding {
  const help = `write a list such as ${name === 'methods' ? '`[GET, POST]`' : '`[json, xml]`'}`
  if (problem.error.keyword !== 'minItems') return mustBe(problem, CODE, shown, `a list of ${name}`, help)
  return { code: CODE, span: problem.node.span, message: `${shown} must name at least one method`, help }
}

function listItem(problem: Problem, name: 'extensions' | 'methods', shown: string): Finding {
  const { node } = problem
  if (node.kind === 'scalar' && !isNull(node))
    return name === 'methods' ? method(node, allowedValues(problem)) : extension(node)
  return {
    code: CODE,
    span: node.span,
    message: `${shown} lists ${name}, not ${kindName(node)}`,
    help: `write ${name === 'methods' ? 'a method such as `GET`' : 'an extension such as `json`'}`,
  }
}

function extension(node: ScalarNode): Finding {
  return {
    code: CODE,
    span: node.span,
    message: `${quote(node.text)} is no extension`,
    help: node.text.startsWith('.')
      ? `write it without the dot: ${quote(node.text.slice(1))}`
      : 'write letters and digits, such as `json`',
  }
}

function method(node: ScalarNode, methods: readonly string[]): Finding {
  const near = closest(node.text, methods)
  return {
    code: CODE,
    span: node.span,
    message: `${quote(node.text)} is no method of the IANA registry`,
    help: near === undefined ? 'write methods such as `GET`' : `did you mean ${quote(near)}?`,
  }
}

function allowedValues({ error }: Problem): readonly string[] {
  const allowed = error.params['allowedValues']
  return Array.isArray(allowed) ? allowed.map(String) : []
}
