/**
 * What may be believed of a document with syntax errors. What is around such an error may not be
 * what was meant, and findings about it would only distract; but a scope elsewhere is read verbatim.
 */
import { lastUpTo } from '../source/last-up-to.ts'
import type { Span } from '../source/span.ts'
import type { Node } from './node.ts'

/**
 * Whether a place lies outside every top-level entry with a syntax error in it or right before its key.
 * `broken` are the errors, in any order. Cost: a look-up is a binary search.
 */
export function trustedPlaces(root: Node, broken: readonly Span[], text: string): (span: Span) => boolean {
  if (broken.length === 0) return () => true
  if (root.kind !== 'map') return () => false
  const keys = root.entries.map(({ key }) => key.span.start)
  const indents = keys.map((start) => start - blanksBefore(text, start))
  // How many errors begin to reach at an entry, less those that no longer do: summed up, a count for each.
  const changes = new Int32Array(keys.length + 2)
  for (const { start, end } of broken) {
    const first = lastUpTo(keys, start)
    const last = lastUpTo(indents, Math.max(start, end - 1))
    changes[first + 1] = (changes[first + 1] ?? 0) + 1
    changes[last + 2] = (changes[last + 2] ?? 0) - 1
  }
  const doubtful: boolean[] = []
  let errors = 0
  for (const change of changes) {
    errors += change
    doubtful.push(errors > 0)
  }
  // The first place is for what is before all keys, such as a brace: then nothing is certain.
  if (doubtful[0] === true) return () => false
  return ({ start }) => doubtful[lastUpTo(keys, start) + 1] !== true
}

function blanksBefore(text: string, at: number): number {
  let blanks = 0
  while (text[at - blanks - 1] === ' ' || text[at - blanks - 1] === '\t') blanks += 1
  return blanks
}
