import type { Edit } from '../diagnostic/diagnostic.ts'
import { readElsewhereAs } from './ambiguity.ts'
import { isAsTyped, type ScalarNode } from './node.ts'

/** Plain text in any place of a YAML document. */
const PLAIN = /^[A-Za-z0-9_./~][\w./~*+%@=$()!-]*$/

/**
 * The edit that makes a scalar say `text`. Quotes stay as they are, and are put where plain text would be
 * read as something else. Undefined where the source does not spell the scalar character by character on
 * one line (an alias, a block, escapes), or where `text` is not ASCII.
 */
export function rewriteScalar(node: ScalarNode, text: string): Edit | undefined {
  const { span, style } = node
  if (!isAsTyped(node) || text === '') return undefined
  if (!/^[\u0020-\u007e]*$/.test(text)) return undefined
  // A string of JSON is one of YAML.
  if (/["'\\]/.test(text)) return { span, text: JSON.stringify(text) }
  if (style === 'quoted') return { span: { start: span.start + 1, end: span.end - 1 }, text }
  const isPlain = PLAIN.test(text) && readElsewhereAs(text) === undefined
  return { span, text: isPlain ? text : `"${text}"` }
}
