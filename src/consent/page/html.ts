/**
 * Markup that cannot be forgotten to escape: `Html` is made by the tag `markup` only, and what is put into
 * it is text unless it is `Html` itself.
 *
 * The tag is not called `html`, because formatters would then add spaces to the markup.
 *
 * Escaped are the five characters that mean something in text or in a quoted attribute, and CR, which a
 * parser would read as LF. What no HTML document can hold (NUL, lone surrogates) becomes U+FFFD. Invisible
 * and bidirectional characters stay what they are; around every string of others is `<bdi>` or an element
 * with `dir`, which isolate.
 */

/** Text that is markup. */
export class Html {
  readonly #markup: string
  constructor(markup: string) {
    this.#markup = markup
  }
  toString(): string {
    return this.#markup
  }
}

export type Content = string | number | Html | false | undefined | readonly Content[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
  '\0': '\ufffd',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"'\r\0]|\p{Cs}/gu, (char) => ESCAPES[char] ?? '\ufffd')
}

/** Only inside of text and of attribute values in double quotes. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  let text = parts[0] ?? ''
  for (const [index, content] of contents.entries()) text += toMarkup(content) + (parts[index + 1] ?? '')
  return new Html(text)
}

function toMarkup(content: Content): string {
  if (content === undefined || content === false) return ''
  if (typeof content === 'string') return escapeHtml(content)
  if (typeof content === 'number') return String(content)
  return content instanceof Html ? content.toString() : content.map(toMarkup).join('')
}
