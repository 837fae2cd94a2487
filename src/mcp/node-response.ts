/**
 * Filters what a handler writes into a response of Node, by replacing the methods of that one response.
 *
 * JSON is held back until it is complete, since its length changes; event streams are filtered event by event.
 * Every other response is written as it comes. A response in a content encoding cannot be read here and is
 * answered with 500: mount compression before the guard.
 */
import { internalError } from './denials.ts'
import { eventStreamFilter } from './lists/event-stream.ts'
import { filteredJson } from './lists/filtered-json.ts'

/** What is used of a response. */
export interface NodeResponse {
  statusCode: number
  readonly headersSent: boolean
  getHeader(name: string): unknown
  setHeader(name: string, value: string | number | readonly string[]): unknown
  removeHeader(name: string): void
  readonly writeHead: (...values: never[]) => unknown
  readonly flushHeaders?: () => void
  readonly write: (...values: never[]) => boolean
  readonly end: (...values: never[]) => unknown
  destroy(): unknown
}

type Loose = (...values: unknown[]) => unknown
type Callback = () => void

/** How the rest of the response is written, once its headers are known. */
interface Writer {
  readonly write: (chunk: unknown, encoding: unknown, done: Callback | undefined) => boolean
  readonly end: (chunk: unknown, encoding: unknown, done: Callback | undefined) => void
}

/** `filter` is given each JSON-RPC message that is sent, and gives the same one or another. */
export function filterResponse(response: NodeResponse, filter: (message: unknown) => unknown): void {
  const bound = (method: unknown): Loose => (method as Loose).bind(response)
  const original = {
    write: bound(response.write),
    end: bound(response.end),
    writeHead: bound(response.writeHead),
    flushHeaders: response.flushHeaders === undefined ? undefined : bound(response.flushHeaders),
  }
  let writer: Writer | undefined

  const choose = (): Writer => {
    const written = response.getHeader('content-type')
    const type = typeof written === 'string' ? written : ''
    const isJson = /^application\/json\b/i.test(type)
    const isStream = /^text\/event-stream\b/i.test(type)
    if (!isJson && !isStream) return asWritten
    const encoding = response.getHeader('content-encoding')
    response.removeHeader('content-length')
    response.removeHeader('etag')
    if (encoding !== undefined && encoding !== 'identity') return refusing
    return isJson ? json : stream
  }
  const chosen = (): Writer => (writer ??= choose())

  const asWritten: Writer = {
    write: (chunk, encoding, done) => original.write(...given(chunk, encoding, done)) as boolean,
    end: (chunk, encoding, done) => void original.end(...given(chunk, encoding, done)),
  }

  /** From here on Node writes the headers itself, with the length of what is left. */
  const sendHeaders = (): void => {
    Object.assign(response, { writeHead: original.writeHead })
  }

  const held: Uint8Array[] = []
  const json: Writer = {
    write: (chunk, encoding, done) => {
      held.push(bytesOf(chunk, encoding))
      if (done !== undefined) queueMicrotask(done)
      return true
    },
    end: (chunk, encoding, done) => {
      if (chunk !== undefined && chunk !== null) held.push(bytesOf(chunk, encoding))
      const body = Buffer.concat(held)
      sendHeaders()
      original.end(...given(filteredJson(body, filter), undefined, done))
    },
  }

  const events = eventStreamFilter(filter)
  const stream: Writer = {
    write: (chunk, encoding, done) => {
      const text = events.push(bytesOf(chunk, encoding))
      if (text !== '') return original.write(...given(text, 'utf8', done)) as boolean
      if (done !== undefined) queueMicrotask(done)
      return true
    },
    end: (chunk, encoding, done) => {
      const text = chunk === undefined || chunk === null ? '' : events.push(bytesOf(chunk, encoding))
      original.end(...given(text + events.end(), 'utf8', done))
    },
  }

  const refusing: Writer = {
    write: () => true,
    end: (_chunk, _encoding, done) => {
      const { status, headers, body } = internalError(undefined)
      response.statusCode = status
      response.removeHeader('content-encoding')
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      sendHeaders()
      original.end(...given(body, 'utf8', done))
    },
  }

  /** Headers of `writeHead` go where all the others are, so that there is one place to read and change them. */
  const writeHead = (status: number, ...rest: unknown[]): NodeResponse => {
    response.statusCode = status
    const fields = rest.find((one) => typeof one === 'object' && one !== null)
    for (const [name, value] of fieldsOf(fields)) response.setHeader(name, value)
    const written = chosen()
    if (written === asWritten) original.writeHead(status, ...rest.filter((one) => typeof one === 'string'))
    if (written === stream) original.writeHead(status)
    return response
  }

  const replaced = {
    writeHead,
    write: (chunk: unknown, encoding?: unknown, done?: unknown) =>
      chosen().write(chunk, encoding, callbackOf(encoding, done)),
    end: (chunk?: unknown, encoding?: unknown, done?: unknown) => {
      const callback = typeof chunk === 'function' ? (chunk as Callback) : callbackOf(encoding, done)
      chosen().end(typeof chunk === 'function' ? undefined : chunk, encoding, callback)
      return response
    },
    // The headers of JSON are sent with its body.
    ...(original.flushHeaders === undefined
      ? {}
      : {
          flushHeaders: () => {
            const written = chosen()
            if (written === asWritten || written === stream) original.flushHeaders?.()
          },
        }),
  }
  Object.assign(response, replaced)
}

/** Arguments for a method that distinguishes them by their types. */
function given(chunk: unknown, encoding: unknown, done: Callback | undefined): unknown[] {
  const values: unknown[] = chunk === undefined || chunk === null ? [] : [chunk]
  if (values.length > 0 && typeof encoding === 'string') values.push(encoding)
  if (done !== undefined) values.push(done)
  return values
}

function callbackOf(encoding: unknown, done: unknown): Callback | undefined {
  if (typeof done === 'function') return done as Callback
  return typeof encoding === 'function' ? (encoding as Callback) : undefined
}

function bytesOf(chunk: unknown, encoding: unknown): Uint8Array {
  if (typeof chunk === 'string') {
    return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
  }
  return chunk as Uint8Array
}

/** Header fields in any of the forms that `writeHead` takes; several values of one name become a list. */
function fieldsOf(fields: unknown): readonly (readonly [name: string, value: string | readonly string[]])[] {
  if (typeof fields !== 'object' || fields === null) return []
  if (!Array.isArray(fields))
    return Object.entries(fields as Record<string, string | undefined>).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
  const pairs = (Array.isArray(fields[0]) ? fields : pairsOf(fields)) as [string, string][]
  const byName = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    const key = name.toLowerCase()
    byName.set(key, [...(byName.get(key) ?? []), value])
  }
  return [...byName].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values])
}

function pairsOf(flat: readonly unknown[]): unknown[] {
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1]]] : []))
}
