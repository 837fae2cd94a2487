/**
 * What the validator found at one place of the document, and sentences that many places share.
 */
import type { Finding } from '../../diagnostic/report.ts'
import { oneOf, quote, suggest } from '../../diagnostic/words.ts'
import type { ShapeError } from './generated/validate.js'
import { isNull, kindName, type Node, type ScalarNode } from '../../yaml/node.ts'

export interface Problem {
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

/** The value is of another kind than it should be; where nothing is written, its key is underlined. */
export function mustBe(
  { node, key }: Problem,
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

/** The value is none of those that are allowed. */
export function mustBeOneOf(
  problem: Problem,
  code: Finding['code'],
  shown: string,
  allowed: readonly string[],
): Finding {
  const { node } = problem
  if (node.kind !== 'scalar' || node.text === '')
    return mustBe(problem, code, shown, oneOf(allowed), `write ${oneOf(allowed)}`)
  const quotedBoolean = node.style !== 'plain' && allowed.includes(node.text)
  return {
    code,
    span: node.span,
    message: `${shown} cannot be ${quote(node.text)}${quotedBoolean ? ' in quotes' : ''}`,
    help: quotedBoolean ? `write ${quote(node.text)} without quotes` : suggest(node.text, allowed),
  }
}
