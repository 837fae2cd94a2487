/** Sentences about a value that is not what belongs in its place, the same for every file. */
import type { Finding } from '../diagnostic/report.ts'
import { oneOf, quote, suggest } from '../diagnostic/words.ts'
import { isNull, kindName, type Node, type ScalarNode } from './node.ts'

/** A value, with its key where it has one. */
interface Misfit {
  readonly node: Node
  readonly key?: ScalarNode | undefined
}

/** The value is of another kind than it should be; where nothing is written, its key is underlined. */
export function mustBe<Code extends string>(
  { node, key }: Misfit,
  code: Code,
  shown: string,
  wanted: string,
  help: string,
): Finding<Code> {
  const missing = isNull(node) && node.span.start === node.span.end
  return {
    code,
    span: missing ? (key?.span ?? node.span) : node.span,
    message: missing ? `${shown} is empty` : `${shown} must be ${wanted}, not ${kindName(node)}`,
    help,
  }
}

/** The value is none of those that are allowed. */
export function mustBeOneOf<Code extends string>(
  misfit: Misfit,
  code: Code,
  shown: string,
  allowed: readonly string[],
): Finding<Code> {
  const { node } = misfit
  if (node.kind !== 'scalar' || node.text === '')
    return mustBe(misfit, code, shown, oneOf(allowed), `write ${oneOf(allowed)}`)
  const quotedBoolean = node.style !== 'plain' && allowed.includes(node.text)
  return {
    code,
    span: node.span,
    message: `${shown} cannot be ${quote(node.text)}${quotedBoolean ? ' in quotes' : ''}`,
    help: quotedBoolean ? `write ${quote(node.text)} without quotes` : suggest(node.text, allowed),
  }
}
