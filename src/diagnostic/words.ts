/**
 * Words for people: quoting text of the document so that it can do no harm, listing alternatives, and
 * suggesting the one that was probably meant.
 */

const MAX_QUOTE_LENGTH = 60

/** C0, DEL, C1, bidirectional controls, other invisible format characters, line separators, surrogates. */

const UNSAFE =
  // eslint-disable-next-line no-misleading-character-class -- a set of single characters, meant one by one
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Makes invisible and controlling characters visible as `\u{…}`; everything else stays. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (unit) => `\\u{${unit.charCodeAt(0).toString(16).toUpperCase()}}`)
}

/** Text of the document in backticks: visible, on one line, shortened in the middle when long. */
export function quote(text: string): string {
  let shown = text
  if (text.length > MAX_QUOTE_LENGTH) {
    shown = `${text.slice(0, MAX_QUOTE_LENGTH - 20)}…${text.slice(-19)}`
  }
  return `\`${visible(shown)}\``
}

/** A whole number with its thousands apart: 4,096. */
export function formatNumber(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 endpoint`, `4,096 endpoints`. */
export function pluralize(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `a`, `b` or `c`; each word in backticks. */
export function oneOf(words: readonly string[]): string {
  const quoted = words.map((word) => quote(word))
  if (quoted.length <= 1) return quoted.join('')
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`
}

/**
 * The candidate that `word` was probably meant to be, or undefined when none is close: one edit, in words
 * of six characters two, from nine on three. Words over 64 characters are not compared.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 64) return undefined
  const folded = word.toLowerCase()
  let best: string | undefined
  let bestDistance = Math.min(3, Math.max(1, Math.floor(word.length / 3))) + 1
  for (const candidate of candidates) {
    if (candidate.length > 64 || Math.abs(candidate.length - word.length) >= bestDistance) continue
    const distance = editDistance(folded, candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `did you mean …?` when a candidate is close, else the list of what is allowed. */
export function suggest(word: string, candidates: readonly string[]): string {
  const near = closest(word, candidates)
  return near === undefined ? `write ${oneOf(candidates)}` : `did you mean ${quote(near)}?`
}

/** Optimal string alignment distance (insert, delete, replace, swap neighbours), given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let distance = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1)
      }
      row.push(distance)
      least = Math.min(least, distance)
    }
    if (least >= limit) return limit
    beforeLast = last
    last = row
  }
  return last[b.length] ?? limit
}

/** Other than white space and what is invisible by itself. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u

/** Whether a string has characters and shows nothing. */
export function isInvisible(text: string): boolean {
  return text !== '' && !VISIBLE.test(text)
}
