/**
 * Names that clients and users chose for themselves, made fit to appear in the words of the server: without
 * controls of direction and invisible characters, on one line, of bounded length, and marked where letters of
 * several alphabets could imitate another name (Unicode TS #39 §5.2, highly restrictive).
 *
 * Texts of the document are not touched: the loader and the linter judge them, and their author is the server.
 */

/** In grapheme clusters. */
const MAX_NAME_LENGTH = 60
/** In code units, so that no megabyte has to be segmented. */
const MAX_TEXT_LENGTH = 2_000

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Empty where nothing visible is left. */
export function cleanName(text: string, maxLength: number = MAX_NAME_LENGTH): string {
  const clean = text
    .slice(0, MAX_TEXT_LENGTH)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\u200c|\u200d|\ufe0f/gu, (char, at: number, all: string) => (joins(all, at) ? char : ''))
    .replace(
      /(?!\u200c|\u200d|\ufe0f)\p{Default_Ignorable_Code_Point}|[\p{Bidi_Control}\ufff9-\ufffb\u2800]/gu,
      '',
    )
    // Stacks of marks leave their line; no script in use needs more than four.
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
  const clusters = [...segmenter.segment(clean)]
  if (clusters.length <= maxLength) return clean
  return `${clean.slice(0, clusters[maxLength - 1]?.index).trimEnd()}…`
}

/** ZWNJ and ZWJ inside of words of the scripts that need them, and what joins emoji. */
function joins(text: string, at: number): boolean {
  const [before, after] = [text.slice(0, at), text.slice(at + 1)]
  if (/\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*$/u.test(before)) {
    return text[at] === '\ufe0f' || (text[at] === '\u200d' && /^\p{Extended_Pictographic}/u.test(after))
  }
  return text[at] !== '\ufe0f' && JOINING.test(before.slice(-4)) && /^[\p{L}\p{M}]/u.test(after)
}

const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]$/u

const SCRIPTS = [
  ...[
    'Latin',
    'Greek',
    'Cyrillic',
    'Armenian',
    'Georgian',
    'Cherokee',
    'Coptic',
    'Lisu',
    'Deseret',
    'Tifinagh',
  ],
  ...['Hebrew', 'Arabic', 'Devanagari', 'Bengali', 'Tamil', 'Telugu', 'Thai', 'Lao', 'Myanmar', 'Ethiopic'],
  ...['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Canadian_Aboriginal', 'Yi', 'Vai', 'Bamum'],
].map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const)

/** Scripts that are written together. */
const TOGETHER = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
]

/** Letters of Cyrillic and Greek that look like Latin ones. */
const LIKE_LATIN =
  /^[\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0474\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u04cf\u0501\u051b\u051d\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u03c5\u03c1\u03b9\u03b1]+$/

/** Whether a clean name may imitate another one, for a reader of that language. */
export function mayImitate(name: string, lang: string): boolean {
  // Bold, circled or full-width letters are other characters that look like plain ones.
  if (/[\p{L}\p{N}]/u.test(name) && isStyled(name)) return true
  const reads = new Intl.Locale(lang === '' ? 'en' : lang).maximize().script ?? 'Latn'
  for (const [word] of name.matchAll(/[\p{L}\p{M}]+/gu)) {
    const scripts = SCRIPTS.filter(([, pattern]) => pattern.test(word)).map(([script]) => script)
    const isOne =
      scripts.length < 2 || TOGETHER.some((set) => scripts.every((script) => set.includes(script)))
    if (!isOne) return true
    if (reads === 'Latn' && LIKE_LATIN.test(word)) return true
  }
  return false
}

function isStyled(name: string): boolean {
  return Array.from(name).some(
    (char) =>
      /[\p{L}\p{N}\p{So}]/u.test(char) &&
      /^[a-z\d]$/i.test(char.normalize('NFKC')) &&
      !/^[a-z\d]$/i.test(char),
  )
}
