/**
 * Logs made of text, by formats as nginx writes them in `log_format`.
 *
 * A format is literals and variables in turn; a variable ends where the next literal begins. Servers escape
 * quotes in what clients send (nginx `\x22`, Apache `\"`, HAProxy `#22`), so a quote of a client never ends
 * a field. Names of users are not escaped further: where a time or a status follows, the field ends only
 * before text of that shape, so that `budget [x` as a user is not `budget`.
 *
 * Cost: one pass over the bytes of the line, up to the last field that is asked for; strings are made of
 * the fields that were not seen before. Rejected: regular expressions built from the format, which backtrack.
 */
import { Buffer } from 'node:buffer'
import { clientOf, type Fields, type LogEntry, type Parse, type RequestRange, scopesOf } from './entry.ts'
import { fieldValue } from './field-value.ts'
import { secondsOf } from './time.ts'
import { decodeBytes } from './decode.ts'
import { ByteCache } from './byte-cache.ts'
import type { Line } from './line.ts'

/** What a variable is for, by the names of nginx and of API Gateway (`$context.…`). */
const ROLES = {
  request: ['request'],
  method: ['request_method', 'context.httpMethod'],
  path: ['request_uri', 'context.path', 'uri', 'context.resourcePath'],
  status: ['status', 'context.status'],
  time: [
    'time_iso8601',
    'time_local',
    'msec',
    'time_haproxy',
    'context.requestTime',
    'context.requestTimeEpoch',
  ],
  client: ['remote_user', 'context.authorizer.principalId', 'context.identity.user'],
} as const

type Shape = 'time' | 'time-haproxy' | 'status' | 'token'

/** What a field is known to look like. */
const SHAPES: Readonly<Record<string, Shape>> = {
  time_local: 'time',
  'context.requestTime': 'time',
  time_haproxy: 'time-haproxy',
  status: 'status',
  'context.status': 'status',
  remote_addr: 'token',
  ident: 'token',
}

/** The request of the line that was read last. */
class TextEntry implements LogEntry {
  method = ''
  client: string | undefined
  scopes: readonly string[] | undefined
  status: number | undefined
  time: number | undefined
  range: RequestRange | undefined
  line: Line
  pathStart = 0
  pathEnd = 0
  readonly #unescape: (text: string) => string

  constructor(line: Line, unescape: (text: string) => string) {
    this.line = line
    this.#unescape = unescape
  }

  /** Made only for those who ask: most requests are of a kind that is known by its bytes. */
  get path(): string {
    return this.#unescape(this.line.text(this.pathStart, this.pathEnd))
  }
}

interface Field {
  readonly name: string
  readonly shape: Shape | undefined
  /** What follows it; nothing after a field that takes the rest of the line. */
  readonly literal: Uint8Array
  readonly isQuoted: boolean
  readonly next: Field | undefined
}

interface Format {
  readonly start: Uint8Array
  readonly fields: readonly Field[]
}

/**
 * A parser of lines of `format`, which is as in `log_format`: in quotes or not, with its name or not.
 * `$rest` at the end is any text. Undefined for a format in which no request can be found.
 */
export function formatParser(format: string, options: Fields = {}): Parse | undefined {
  const { start, fields } = readFormat(format)
  const names = fields.map(({ name }) => name)
  const indexOf = (candidates: readonly string[]): number => {
    const name = candidates.find((candidate) => names.includes(candidate))
    return name === undefined ? -1 : names.indexOf(name)
  }
  const [request, method, path] = [indexOf(ROLES.request), indexOf(ROLES.method), indexOf(ROLES.path)]
  const [status, time] = [indexOf(ROLES.status), indexOf(ROLES.time)]
  if (request < 0 && (method < 0 || path < 0)) return undefined
  const unescape = names.includes('time_haproxy') ? unescapedHaproxy : unescaped
  const valueIn = ({ index, rest }: FieldPlace, text: string): unknown =>
    fieldValue(names[index] === 'captures' ? capturesIn(text) : unescape(text), rest)
  const clientField = fieldOf(options.client, names) ?? { index: indexOf(ROLES.client), rest: [] }
  const scopesField = fieldOf(options.scopes, names) ?? { index: -1, rest: [] }
  const clients = new ByteCache((text) => clientOf(valueIn(clientField, text)))
  const scopeLists = new ByteCache((text) => scopesOf(valueIn(scopesField, text)))
  const methods = new ByteCache((text) => (request < 0 || TOKEN.test(text) ? text : ''))
  const times = new ByteCache(secondsOf)
  const starts = new Int32Array(names.length)
  const ends = new Int32Array(names.length)
  const range: { -readonly [Name in keyof RequestRange]: RequestRange[Name] } = { start: 0, path: 0, end: 0 }
  let entry: TextEntry | undefined
  return (line) => {
    const { bytes } = line
    if (!splitLine(line, start, fields, starts, ends)) return undefined
    let methodStart: number
    let methodEnd: number
    let pathStart: number
    let pathEnd: number
    if (request >= 0) {
      const requestEnd = ends[request] ?? 0
      methodStart = starts[request] ?? 0
      methodEnd = byteIndex(bytes, SPACE, SPACE, methodStart, requestEnd)
      pathStart = methodEnd + 1
      pathEnd = byteIndex(bytes, SPACE, QUESTION_MARK, pathStart, requestEnd)
      const versionStart = byteIndex(bytes, SPACE, SPACE, pathEnd, requestEnd) + 1
      if (!isVersion(bytes, versionStart, requestEnd)) return undefined
    } else {
      methodStart = starts[method] ?? 0
      methodEnd = ends[method] ?? 0
      pathStart = starts[path] ?? 0
      pathEnd = byteIndex(bytes, QUESTION_MARK, QUESTION_MARK, pathStart, ends[path] ?? 0)
    }
    if (methodEnd <= methodStart || pathEnd <= pathStart) return undefined
    const name = methodAt(line, methodStart, methodEnd) ?? methods.get(line, methodStart, methodEnd)
    if (name === '') return undefined
    entry ??= new TextEntry(line, unescape)
    entry.line = line
    entry.method = name
    entry.pathStart = pathStart
    entry.pathEnd = pathEnd
    if (request >= 0) {
      range.start = methodStart
      range.path = pathStart
      range.end = pathEnd
      entry.range = range
    }
    const client = clientField.index
    entry.client = client < 0 ? undefined : clients.get(line, starts[client] ?? 0, ends[client] ?? 0)
    const scope = scopesField.index
    entry.scopes = scope < 0 ? undefined : scopeLists.get(line, starts[scope] ?? 0, ends[scope] ?? 0)
    entry.status = status < 0 ? undefined : statusAt(bytes, starts[status] ?? 0, ends[status] ?? 0)
    entry.time = time < 0 ? undefined : times.get(line, starts[time] ?? 0, ends[time] ?? 0)
    return entry
  }
}

interface FieldPlace {
  readonly index: number
  /** Members inside of the value, such as claims of a token. */
  readonly rest: readonly string[]
}

/** `http_authorization.sub` is the claim of the token in a variable; a variable may have dots in its name. */
function fieldOf(field: string | undefined, names: readonly string[]): FieldPlace | undefined {
  if (field === undefined) return undefined
  const words = field.replace(/^\$/, '').split('.')
  for (let length = words.length; length > 0; length--) {
    const index = names.indexOf(words.slice(0, length).join('.'))
    if (index >= 0) return { index, rest: words.slice(length) }
  }
  return { index: -1, rest: [] }
}

function readFormat(format: string): Format {
  const text = withoutDirective(format)
  const names: string[] = []
  const literals: string[] = []
  let at = 0
  for (const { 0: all, 1: braced, 2: plain, index } of text.matchAll(/\$(?:\{(\w+)\}|(\w+(?:\.\w+)*))/g)) {
    // Of nginx, a dot ends the name.
    const name = braced ?? (plain?.startsWith('context.') === true ? plain : plain?.split('.', 1)[0]) ?? ''
    literals.push(text.slice(at, index))
    names.push(name)
    at = index + (braced === undefined ? name.length + 1 : all.length)
  }
  literals.push(text.slice(at))
  const [start = '', ...following] = literals
  const fields: Field[] = []
  for (let index = names.length - 1; index >= 0; index--) {
    const [name = '', literal = ''] = [names[index], following[index]]
    fields.unshift({
      name,
      shape: SHAPES[name],
      literal: Buffer.from(literal),
      isQuoted: literal.startsWith('"'),
      next: fields[0],
    })
  }
  return { start: Buffer.from(start), fields }
}

/** `log_format NAME escape=… 'piece' 'piece';` as one string. */
function withoutDirective(format: string): string {
  const inner = /^\s*log_format\s+\S+\s+(?:escape=\w+\s+)?([\s\S]*?);?\s*$/.exec(format)?.[1] ?? format.trim()
  if (!/^(['"])[\s\S]*\1$/.test(inner)) return inner
  const pieces = [...inner.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)]
  // Only if there is nothing but pieces: a format may itself begin and end with a quote.
  if (inner.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '').trim() !== '') return inner
  return pieces.map(([, single, double]) => (single ?? double ?? '').replace(/\\(['"\\])/g, '$1')).join('')
}

/** Where the fields are; false when the line is not of the format. */
function splitLine(
  { bytes, start, end: lineEnd }: Line,
  prefix: Uint8Array,
  fields: readonly Field[],
  starts: Int32Array,
  ends: Int32Array,
): boolean {
  if (!hasBytes(bytes, start, lineEnd, prefix)) return false
  let at = start + prefix.length
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as Field
    const end = fieldEnd(bytes, at, lineEnd, field)
    if (end < 0) return false
    starts[index] = at
    ends[index] = end
    at = end + field.literal.length
  }
  return at === lineEnd
}

const TIME_LENGTH = { time: 26, 'time-haproxy': 24 } as const

function fieldEnd(bytes: Uint8Array, at: number, lineEnd: number, field: Field): number {
  const { shape, literal, isQuoted, next } = field
  if ((shape === 'time' || shape === 'time-haproxy') && isTime(bytes, at, lineEnd, shape)) {
    const end = at + TIME_LENGTH[shape]
    return hasBytes(bytes, end, lineEnd, literal) ? end : -1
  }
  if (literal.length === 0) return lineEnd
  const first = literal[0]
  for (let end = at; end < lineEnd; end++) {
    if (bytes[end] !== first || !hasBytes(bytes, end, lineEnd, literal)) continue
    if ((!isQuoted || !isEscaped(bytes, at, end)) && isNext(bytes, end + literal.length, lineEnd, next))
      return end
    // A name of a host has no spaces: what follows belongs to the next field.
    if (shape === 'token') return -1
  }
  return -1
}

/** Whether a field of the next one's shape may be at `at`. */
function isNext(bytes: Uint8Array, at: number, lineEnd: number, next: Field | undefined): boolean {
  const shape = next?.shape
  if (next === undefined || shape === undefined || shape === 'token') return true
  if (shape === 'status') return at < lineEnd && isDigit(bytes[at], 0x2d)
  return isTime(bytes, at, lineEnd, shape) && hasBytes(bytes, at + TIME_LENGTH[shape], lineEnd, next.literal)
}

/** `30/Nov/2026:08:00:00 +0000` or `….123`, as much as distinguishes it from a name. */
function isTime(bytes: Uint8Array, at: number, lineEnd: number, shape: keyof typeof TIME_LENGTH): boolean {
  return (
    at + TIME_LENGTH[shape] <= lineEnd &&
    bytes[at + 2] === 0x2f &&
    bytes[at + 6] === 0x2f &&
    bytes[at + 11] === 0x3a &&
    bytes[at + 20] === (shape === 'time' ? 0x20 : 0x2e)
  )
}

function hasBytes(bytes: Uint8Array, at: number, lineEnd: number, wanted: Uint8Array): boolean {
  if (at + wanted.length > lineEnd) return false
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false
  return true
}

/** Of the first byte that is one of two; `end` where there is none. */
function byteIndex(bytes: Uint8Array, one: number, other: number, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== one && bytes[at] !== other) at += 1
  return at
}

/** A digit, or `other`. */
function isDigit(code: number | undefined, other: number): boolean {
  return code !== undefined && ((code >= 0x30 && code <= 0x39) || code === other)
}

function isEscaped(bytes: Uint8Array, start: number, at: number): boolean {
  let slashes = 0
  while (at - 1 - slashes >= start && bytes[at - 1 - slashes] === 0x5c) slashes += 1
  return slashes % 2 === 1
}

function statusAt(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start !== 3) return undefined
  let status = 0
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return undefined
    status = status * 10 + digit
  }
  return status >= 100 ? status : undefined
}

/** `GET` and `POST` are most of all requests. */
function methodAt({ view, end: lineEnd }: Line, start: number, end: number): string | undefined {
  if (start + 4 > lineEnd) return undefined
  const word = view.getInt32(start)
  return end === start + 3 && word === 0x47_45_54_20
    ? 'GET'
    : end === start + 4 && word === 0x50_4f_53_54
      ? 'POST'
      : undefined
}

const SPACE = 0x20
const QUESTION_MARK = 0x3f
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const HTTP = Buffer.from('HTTP/')

/** `HTTP/1.1` (RFC 9112 §2.3) up to `end`; anything else is the noise of scanners. */
function isVersion(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start <= HTTP.length || !hasBytes(bytes, start, end, HTTP)) return false
  for (let at = start + HTTP.length; at < end; at++) if (!isDigit(bytes[at], 0x2e)) return false
  return true
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  v: '\v',
  '"': '"',
  '\\': '\\',
}

/** What nginx and Apache escape; other backslashes stay. Bytes in a row are read as UTF-8. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/(?:\\x[0-9A-Fa-f]{2})+|\\([nrtbv"\\])/g, (run: string, letter: string | undefined) =>
    letter === undefined ? fromHex(run.split('\\x')) : (ESCAPES[letter] ?? run),
  )
}

/** HAProxy writes `#22` for a quote. */
function unescapedHaproxy(text: string): string {
  if (!text.includes('#')) return text
  return text.replace(/(?:#[0-9A-F]{2})+/g, (run) => fromHex(run.split('#')))
}

/** Bytes as two hexadecimal digits each, after an empty first piece. */
function fromHex([, ...digits]: readonly string[]): string {
  return decodeBytes(digits.map((hex) => String.fromCharCode(Number.parseInt(hex, 16))).join(''))
}

/** `captures.0` is the first header that HAProxy is configured to log. */
function capturesIn(text: string): readonly string[] {
  return (/\{([^}]*)\}/.exec(text)?.[1]?.split('|') ?? []).map(unescapedHaproxy)
}
