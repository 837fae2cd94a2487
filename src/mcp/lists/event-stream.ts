/**
 * Filters the messages in a stream of server-sent events, as it comes in.
 *
 * Only `data` lines are held back, until their event is complete; everything else goes on at once, so that
 * keep-alive comments and IDs arrive when they were sent. An event whose message does not change is passed on
 * as it was written.
 */

/** Takes parts of a stream and gives what can go on; `end` gives the rest. */
export interface EventStreamFilter {
  readonly push: (chunk: Uint8Array) => string
  readonly end: () => string
}

/** `filter` is given each message, and gives the same one or another. */
export function eventStreamFilter(filter: (message: unknown) => unknown): EventStreamFilter {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let pending = ''
  let held: { readonly line: string; readonly value: string }[] = []
  let isFirst = true

  const line = (content: string, lineEnd: string): string => {
    const text = isFirst ? content.replace(/^\ufeff/, '') : content
    isFirst = false
    const data = /^data(?::[ ]?([\s\S]*))?$/.exec(text)
    if (data !== null) {
      held.push({ line: content + lineEnd, value: data[1] ?? '' })
      return ''
    }
    if (text !== '') return content + lineEnd
    const event = dispatch()
    held = []
    return event + lineEnd
  }

  const dispatch = (): string => {
    const written = held.map((one) => one.line).join('')
    let message: unknown
    try {
      message = JSON.parse(held.map((one) => one.value).join('\n'))
    } catch {
      return written
    }
    const filtered = filter(message)
    return filtered === message ? written : `data: ${JSON.stringify(filtered)}\n`
  }

  const lines = (isEnd: boolean): string => {
    let out = ''
    let start = 0
    for (const match of pending.matchAll(/\r\n|\n|\r/g)) {
      // A carriage return at the end may be half of a line end.
      const next = match.index + match[0].length
      if (!isEnd && match[0] === '\r' && next === pending.length) break
      out += line(pending.slice(start, match.index), match[0])
      start = next
    }
    pending = pending.slice(start)
    return out
  }

  return {
    push: (chunk) => {
      pending += decoder.decode(chunk, { stream: true })
      return lines(false)
    },
    end: () => {
      pending += decoder.decode()
      const rest = lines(true) + held.map((one) => one.line).join('') + pending
      pending = ''
      held = []
      return rest
    },
  }
}
