/**
 * Characters of a `segment` pattern that picomatch reads as syntax and few people know as such: parentheses
 * group, a bar begins an alternative for the whole pattern, quotes take what is between them literally. So
 * `users(*)` grants `users-and-passwords`, and `reports/a|b` grants `b`. A document has to escape them.
 */

/** With what they would mean. */
const MEANINGS: Readonly<Record<string, string>> = {
  '(': 'groups',
  ')': 'groups',
  '|': 'alternatives',
  '"': 'quotes',
}

export interface UnescapedSyntax {
  /** The first such character: its offset in the pattern. */
  readonly start: number
  /** All of them, each once, in the order of the pattern. */
  readonly characters: readonly string[]
  readonly meanings: readonly string[]
  /** The pattern with each of them escaped. */
  readonly escaped: string
}

/** Undefined where there is none; also inside of a character class they have to be escaped. */
export function unescapedSyntax(pattern: string): UnescapedSyntax | undefined {
  const characters = new Set<string>()
  let start = -1
  let escaped = ''
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at)
    if (char === '\\') {
      escaped += pattern.slice(at, at + 2)
      at += 1
      continue
    }
    if (Object.hasOwn(MEANINGS, char)) {
      characters.add(char)
      if (start < 0) start = at
      escaped += '\\'
    }
    escaped += char
  }
  if (start < 0) return undefined
  const meanings = new Set([...characters].map((char) => MEANINGS[char] as string))
  return { start, characters: [...characters], meanings: [...meanings], escaped }
}
