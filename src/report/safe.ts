/**
 * Makes text of documents and arguments harmless where it is shown.
 *
 * A report is printed to terminals, where ESC and its C1 sibling start commands, and to logs of build
 * servers, where a line that begins with `::` or holds `##[` or `##vso[` is a command. Invisible and
 * bidirectional characters would make a line read as something that it is not (CVE-2021-42574).
 *
 * Messages spell such characters out (`\u{202E}`); excerpts replace them one for one, so that the
 * underline stays under what it means.
 */
import { quote, visible } from '../diagnostic/words.ts'

/** Controls, invisible and format characters, lone surrogates, private use and noncharacters. */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu

const UNSAFE_IN_JSON = new RegExp(`(?!\\n)${UNSAFE.source}`, UNSAFE.flags)

/** Spaces that look like U+0020 and are something else. */
const ODD_SPACE = /(?! )\p{Zs}/gu

const BUILD_SERVER_COMMAND = /##(?=\w*\[)/g

/** One visible character for each unsafe one; a pair of surrogates counts as one. Tabs stay. */
export function maskControls(line: string): string {
  return line
    .replace(UNSAFE, (char) => {
      const code = char.charCodeAt(0)
      if (char === '\t') return char
      if (code < 0x20) return String.fromCharCode(0x2400 + code)
      return code === 0x7f ? '\u2421' : '\ufffd'
    })
    .replace(ODD_SPACE, '\u2423')
}

/** Text without commands to build servers; as long as it was. */
export function neutralizeCiCommands(text: string): string {
  return text.replace(BUILD_SERVER_COMMAND, '#\u266f')
}

/** Text on one line in which nothing is a command, for messages and names. */
export function sanitize(text: string): string {
  return neutralizeCiCommands(visible(text).replace(UNSAFE, escaped))
}

/** Text of a document or an argument in backticks, in which nothing is a command. */
export function term(text: string): string {
  return neutralizeCiCommands(quote(text))
}

/** A file name that may be at the start of a line, with a colon after it. */
export function sanitizePath(path: string): string {
  const shown = sanitize(path)
  return /^\s*[:#]/.test(shown) ? `./${shown}` : shown
}

/** Text of which every UTF-16 unit can be written as UTF-8; what cannot be is U+FFFD, as in the file itself. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd')
}

/** JSON text with the same characters written as escapes: another spelling of the same values. */
export function sanitizeJson(json: string): string {
  // Outside of strings JSON has no `#`, and inside of them no line end.
  return json
    .replace(BUILD_SERVER_COMMAND, '#\\u0023')
    .replace(UNSAFE_IN_JSON, (char) =>
      Array.from(
        { length: char.length },
        (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
      ).join(''),
    )
}

function escaped(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`
}
