/**
 * What the validator found in `$options`, in words: for every option the fact and what to write.
 */
import type { Finding } from '../../diagnostic/report.ts'
import { closest, quote, suggest } from '../../diagnostic/words.ts'
import { OPTION_NAMES, type OptionName, type OptionRow, optionRow } from '../../language/options.ts'
import { isNull, kindName, type ScalarNode } from '../../yaml/node.ts'
import { mustBe, mustBeOneOf } from '../../yaml/must-be.ts'
import type { Problem } from './problem.ts'

const CODE = 'invalid-option'

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
      message: `unknown option ${quote(child?.text ?? '')}`,
      help: suggest(child?.text ?? '', OPTION_NAMES),
    }
  }
  const shown = `option ${quote(name)}`
  const row = optionRow(name as OptionName)
  switch (row.kind) {
    case 'choice':
      return mustBeOneOf(problem, CODE, shown, row.choices ?? [])
    case 'switch':
      return mustBeOneOf(problem, CODE, shown, ['true', 'false'])
    case 'path':
      return mustBe(problem, CODE, shown, 'a path', 'write a path such as `/rest`')
    default:
      return item === undefined ? list(problem, row.kind, shown) : listItem(problem, row.kind, shown)
  }
}

type ListKind = Exclude<OptionRow['kind'], 'choice' | 'switch' | 'path'>

/** What the items of a list are, an example of the list, and of an item. */
const LISTS: Readonly<Record<ListKind, readonly [items: string, list: string, item: string]>> = {
  extensions: ['extensions', '`[json, xml]`', 'an extension such as `json`'],
  methods: ['methods', '`[GET, POST]`', 'a method such as `GET`'],
  tokens: ['methods', '`[PURGE]`', 'a method such as `PURGE`'],
}

function list(problem: Problem, kind: ListKind, shown: string): Finding {
  const [items, example] = LISTS[kind]
  const help = `write a list such as ${example}`
  if (problem.error.keyword !== 'minItems') return mustBe(problem, CODE, shown, `a list of ${items}`, help)
  return { code: CODE, span: problem.node.span, message: `${shown} must name at least one method`, help }
}

function listItem(problem: Problem, kind: ListKind, shown: string): Finding {
  const { node } = problem
  const [items, , example] = LISTS[kind]
  if (node.kind === 'scalar' && !isNull(node)) {
    if (kind === 'extensions') return extension(node)
    if (kind === 'methods') return method(node, allowedValues(problem))
  }
  const help = `write ${example}`
  if (node.kind === 'scalar' && !isNull(node)) {
    return { code: CODE, span: node.span, message: `invalid method ${quote(node.text)}`, help }
  }
  return { code: CODE, span: node.span, message: `${shown} lists ${items}, not ${kindName(node)}`, help }
}

function extension(node: ScalarNode): Finding {
  return {
    code: CODE,
    span: node.span,
    message: `invalid extension ${quote(node.text)}`,
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
    message: `unknown HTTP method ${quote(node.text)}`,
    help: near === undefined ? 'write methods such as `GET`' : `did you mean ${quote(near)}?`,
  }
}

function allowedValues({ error }: Problem): readonly string[] {
  const allowed = error.params['allowedValues']
  return Array.isArray(allowed) ? allowed.map(String) : []
}
