/**
 * Bytes as lines, in constant memory: a line over the limit is cut and marked, never kept whole.
 *
 * A line ends at LF; a CR before it belongs to the end. Bytes that are not UTF-8 become U+FFFD, which no
 * policy grants, so they can only lead to a denial.
 */

/** In UTF-16 units: no server writes a request line that long. */
export const MAX_LINE_LENGTH = 1_048_576

export interface Line {
  readonly text: string
  /** Whether more followed than was kept. */
  readonly isCut: boolean
}

export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let isCut = false
  const lineOf = (text: string): Line => {
    const line = { text: text.endsWith('\r') ? text.slice(0, -1) : text, isCut }
    isCut = false
    return line
  }
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true })
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      yield lineOf(rest === '' ? text.slice(start, end) : rest + text.slice(start, end))
      rest = ''
      start = end + 1
    }
    rest += text.slice(start)
    if (rest.length > MAX_LINE_LENGTH) {
      rest = rest.slice(0, MAX_LINE_LENGTH)
      isCut = true
    }
  }
  rest += decoder.decode()
  if (rest !== '') yield lineOf(rest)
}
