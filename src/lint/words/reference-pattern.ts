/**
 * Patterns that Cerb reads in another way. It compares text with text, without decoding and without path
 * rules; see `wildcard: any` for what is the same.
 */
import { quote } from '../../diagnostic/words.ts'
import { spanInside } from '../../yaml/node.ts'
import type { UnreachableReason } from '../../pattern/unreachable.ts'
import { rewritePattern } from '../edits/rewrite-pattern.ts'
import type { RuleFinding } from '../rule.ts'
import type { LintEndpoint, Subject } from '../subject.ts'

/** Mistakes in patterns that requests can have, too; the others match nothing there either. */
const SENT: ReadonlySet<UnreachableReason | 'form'> = new Set([
  'backslash',
  'semicolon',
  'malformed-escape',
  'encoded-slash',
  'encoded-backslash',
  'encoded-delimiter',
  'encoded-control',
  'double-encoding',
  'invalid-utf8',
  'empty-segment',
  'dot-segment',
])

/** The first difference of a pattern, if there is one. */
export function patternDifference(
  endpoint: LintEndpoint,
  { text: source, options }: Subject,
): RuleFinding | undefined {
  const { node, pattern } = endpoint
  const { text } = node
  if (text.startsWith('/')) {
    const edits = text === '/' ? undefined : rewritePattern(source, endpoint, text.slice(1))
    return {
      span: spanInside(node, 0, 1),
      message: `Cerb grants nothing for ${quote(text)}: paths begin without a slash there`,
      help: text === '/' ? 'no pattern means the empty path only' : `write ${quote(text.slice(1))}`,
      fix: edits && { title: 'delete the slash', edits },
    }
  }
  // The option has its own finding.
  if (options.wildcard === 'segment') return undefined
  const { unreachable, meaning } = pattern
  if (unreachable !== undefined && SENT.has(unreachable.reason)) {
    return {
      span: spanInside(node, unreachable.start, unreachable.end),
      message: `Cerb grants requests for ${quote(text)}; here such paths are refused`,
      help: 'write another pattern, if there should be access',
    }
  }
  if (meaning.kind !== 'runs') return undefined
  const placeholder = /__WILD(?:__|(?=\*))/.exec(text)
  if (placeholder !== null) {
    return {
      span: spanInside(node, placeholder.index, placeholder.index + placeholder[0].length),
      message: 'Cerb reads `__WILD__` as `*`',
      help: 'write the path in another way',
    }
  }
  // Upper and lower case make no difference there, hex digits included.
  if (pattern.text.toLowerCase() !== text.toLowerCase()) {
    return {
      span: node.span,
      message: `Cerb compares ${quote(text)} verbatim; here it is ${quote(pattern.text)}`,
      help: `write ${quote(pattern.text)}`,
    }
  }
  const split = /\*[0-9A-Fa-f]/.exec(text)
  if (split === null) return undefined
  const digit = text.slice(split.index + 1, split.index + 2).toUpperCase()
  return {
    span: spanInside(node, split.index, split.index + 2),
    message: `Cerb compares character by character, so that this \`*\` can end inside an escape such as \`%2${digit}\``,
    help: 'begin what follows `*` with a slash or another character than `0`-`9` and `a`-`f`',
  }
}
