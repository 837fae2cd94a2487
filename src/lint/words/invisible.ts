/**
 * Characters of a string that are not visible and have no effect there: mostly left over from copying, now
 * and then put in to hide a difference or a message.
 *
 * Invisible is not useless. What a language or an emoji needs is left alone, recognized by the character in front
 * (and after it), as the rules for identifiers do (RFC 5892, appendix A; UTS 51):
 *
 * - soft hyphens, no-break spaces and ordinary spaces of every width: not looked at;
 * - joiners (ZWJ, ZWNJ) after a letter or mark of a script that joins, and ZWJ between two pictures;
 * - a zero-width space beside scripts that write no spaces between words (Thai, Khmer, Japanese …);
 * - one variation selector after anything but a letter, a space or another selector, and after Han;
 * - tags after a black flag, up to their end; Hangul fillers beside their letters; Mongolian selectors.
 *
 * Cost: linear; each character looks at most at its neighbours.
 */

/** A run of such characters, in UTF-16 code units. */
export interface InvisibleRun {
  readonly start: number
  readonly end: number
  /** Each kind once, as `U+200B`. */
  readonly names: readonly string[]
}

const INVISIBLE =
  // eslint-disable-next-line no-misleading-character-class -- a set of single characters, meant one by one
  /[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u

const NO_SPACES =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Tai_Tham}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const DOES_NOT_JOIN =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Common}]/u
const LETTER_OR_MARK = /[\p{L}\p{M}]/u
const PICTURE = /\p{Extended_Pictographic}/u
/** What may be between a picture and the joiner after it. */
const PICTURE_END = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u20e3\u{e007f}]/u
const HANGUL = /\p{Script=Hangul}/u
const MONGOLIAN = /\p{Script=Mongolian}/u
const HAN = /\p{Script=Han}/u
const VARIES_NOT = /[\p{L}\p{Z}\p{Cc}\ufe00-\ufe0f\u{e0000}-\u{e0fff}]/u
const FLAG = '\u{1f3f4}'
const FLAG_TAGS = /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,10}\u{e007f}/u

export function invisibleRuns(text: string): readonly InvisibleRun[] {
  if (!INVISIBLE.test(text)) return []
  const runs: { start: number; end: number; names: string[] }[] = []
  let before = ''
  for (let at = 0; at < text.length;) {
    const char = charAt(text, at)
    const end = at + char.length
    const tags = char === FLAG ? (FLAG_TAGS.exec(text.slice(end, end + 24))?.[0] ?? '') : ''
    if (INVISIBLE.test(char) && !isOfUse(char, before, charAt(text, end))) {
      const name = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
      const last = runs.at(-1)
      if (last?.end !== at) runs.push({ start: at, end, names: [name] })
      else {
        last.end = end
        if (!last.names.includes(name)) last.names.push(name)
      }
    }
    before = tags === '' ? char : '\u{e007f}'
    at = end + tags.length
  }
  return runs
}

function isOfUse(char: string, before: string, after: string): boolean {
  const unit = char.codePointAt(0) ?? 0
  if (unit === 0x200b) return NO_SPACES.test(before) || NO_SPACES.test(after)
  if (unit === 0x200c || unit === 0x200d) {
    if (LETTER_OR_MARK.test(before) && !DOES_NOT_JOIN.test(before)) return true
    return unit === 0x200d && PICTURE_END.test(before) && PICTURE.test(after)
  }
  if (unit === 0x034f) return LETTER_OR_MARK.test(before)
  if (unit >= 0x180b && unit <= 0x180f) return MONGOLIAN.test(before)
  if (unit === 0x115f || unit === 0x1160) return HANGUL.test(before) || HANGUL.test(after)
  if (unit >= 0xfe00 && unit <= 0xfe0f) return HAN.test(before) || (before !== '' && !VARIES_NOT.test(before))
  if (unit >= 0xe0100 && unit <= 0xe01ef) return HAN.test(before)
  return false
}

function charAt(text: string, at: number): string {
  const point = text.codePointAt(at)
  return point === undefined ? '' : String.fromCodePoint(point)
}
