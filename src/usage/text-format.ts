/**
 * Logs made of text, by formats as nginx writes them in `log_format`.
 *
 * A format is literals and variables in turn; a variable ends where the next literal begins. Servers escape
 * quotes in what clients send (nginx `\x22`, Apache `\"`, HAProxy `#22`), so a quote of a client never ends
 * a field. Names of users are not escaped further: where a time or a status follows, the field ends only
 * before text of that shape, so that `budget [x` as a user is not `budget`.
 *
 * Cost: one pass over the line, up to the last field that is asked for. Rejected: regular expressions built
 * from the format, which backtrack.
 */
import { clientOf, type Fields, type LogEntry, type Parse, scopesOf } from './entry.ts'
import { fieldValue } from './field-value.ts'
import { createTimeReader } from './time.ts'
import { decodeBytes } from './decode.ts'

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

interface Format {
  readonly names: readonly string[]
  /** One more than the names: before the first, between, after the last. */
  readonly literals: readonly string[]
  readonly shapes: readonly (Shape | undefined)[]
}

/**
 * A parser of lines of `format`, which is as in `log_format`: in quotes or not, with its name or not.
 * `$rest` at the end is any text. Undefined for a format in which no request can be found.
 */
export function formatParser(format: string, fields: Fields = {}): Parse | undefined {
  const parsed = readFormat(format)
  const { names } = parsed
  const indexOf = (candidates: readonly string[]): number => {
    const name = candidates.find((candidate) => names.includes(candidate))
    return name === undefined ? -1 : names.indexOf(name)
  }
  const [request, method, path] = [indexOf(ROLES.request), indexOf(ROLES.method), indexOf(ROLES.path)]
  const [status, time] = [indexOf(ROLES.status), indexOf(ROLES.time)]
  if (request < 0 && (method < 0 || path < 0)) return undefined
  const clientField = fieldOf(fields.client, names) ?? { index: indexOf(ROLES.client), rest: [] }
  const scopesField = fieldOf(fields.scopes, names)
  const isHaproxy = names.includes('time_haproxy')
  const unescape = isHaproxy ? unescapedHaproxy : unescaped
  const secondsOf = createTimeReader()
  const starts = new Int32Array(names.length)
  const ends = new Int32Array(names.length)
  return (line) => {
    if (!splitLine(line, parsed, starts, ends)) return undefined
    const startOf = (index: number): number => starts[index] ?? 0
    const endOf = (index: number): number => ends[index] ?? 0
    const at = (index: number): string => line.slice(startOf(index), endOf(index))
    const valueOf = ({ index, rest }: FieldPlace): unknown =>
      fieldValue(names[index] === 'captures' ? capturesIn(at(index)) : unescape(at(index)), rest)
    const target =
      request < 0
        ? { method: at(method), path: unescape(at(path)) }
        : requestLine(line, startOf(request), endOf(request), unescape)
    if (target === undefined || target.method === '' || target.path === '') return undefined
    const entry: { -readonly [Name in keyof LogEntry]: LogEntry[Name] } = target
    if (clientField.index >= 0) {
      const client = clientOf(valueOf(clientField))
      if (client !== undefined) entry.client = client
    }
    if (scopesField !== undefined && scopesField.index >= 0) {
      const scopes = scopesOf(valueOf(scopesField))
      if (scopes !== undefined) entry.scopes = scopes
    }
    if (status >= 0) {
      const code = statusAt(line, startOf(status), endOf(status))
      if (code !== undefined) entry.status = code
    }
    if (time >= 0) {
      const seconds = secondsOf(line, startOf(time), endOf(time))
      if (seconds !== undefined) entry.time = seconds
    }
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
  return { names, literals, shapes: names.map((name) => SHAPES[name]) }
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
function splitLine(line: string, format: Format, starts: Int32Array, ends: Int32Array): boolean {
  const { literals, shapes } = format
  const first = literals[0] ?? ''
  if (!line.startsWith(first)) return false
  let at = first.length
  for (let index = 0; index < shapes.length; index++) {
    const literal = literals[index + 1] ?? ''
    const isLast = index === shapes.length - 1
    const end = fieldEnd(line, at, literal, shapes[index], shapes[index + 1], literals[index + 2] ?? '')
    if (end < 0 || (isLast && end + literal.length !== line.length)) return false
    starts[index] = at
    ends[index] = end
    at = end + literal.length
  }
  return true
}

const TIME_LENGTH = { time: 26, 'time-haproxy': 24 } as const

function fieldEnd(
  line: string,
  at: number,
  literal: string,
  shape: Shape | undefined,
  next: Shape | undefined,
  afterNext: string,
): number {
  if ((shape === 'time' || shape === 'time-haproxy') && isTime(line, at, shape)) {
    const end = at + TIME_LENGTH[shape]
    return line.startsWith(literal, end) ? end : -1
  }
  if (literal === '') return line.length
  const isQuoted = literal.charCodeAt(0) === 0x22
  let end = line.indexOf(literal, at)
  while (end >= 0) {
    const follows = end + literal.length
    const isEnd =
      (!isQuoted || !isEscaped(line, end)) &&
      (next === 'time' || next === 'time-haproxy'
        ? isTime(line, follows, next) && line.startsWith(afterNext, follows + TIME_LENGTH[next])
        : next !== 'status' || isStatus(line, follows))
    if (isEnd) return end
    // A name of a host has no spaces: what follows belongs to the next field.
    if (shape === 'token') return -1
    end = line.indexOf(literal, end + 1)
  }
  return -1
}

/** `30/Nov/2026:08:00:00 +0000` or `….123`, as far as it takes to tell it from a name. */
function isTime(line: string, at: number, shape: keyof typeof TIME_LENGTH): boolean {
  return (
    line.charCodeAt(at + 2) === 0x2f &&
    line.charCodeAt(at + 6) === 0x2f &&
    line.charCodeAt(at + 11) === 0x3a &&
    line.charCodeAt(at + 20) === (shape === 'time' ? 0x20 : 0x2e)
  )
}

function isStatus(line: string, at: number): boolean {
  const code = line.charCodeAt(at)
  return (code >= 0x30 && code <= 0x39) || code === 0x2d
}

function isEscaped(line: string, at: number): boolean {
  let slashes = 0
  while (line.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1
  return slashes % 2 === 1
}

function statusAt(line: string, start: number, end: number): number | undefined {
  if (end - start !== 3) return undefined
  let status = 0
  for (let at = start; at < end; at++) {
    const digit = line.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return undefined
    status = status * 10 + digit
  }
  return status >= 100 ? status : undefined
}

const COMMON_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** `GET /path HTTP/1.1` (RFC 9112 §3); undefined for anything else, such as the noise of scanners. */
function requestLine(
  line: string,
  start: number,
  end: number,
  unescape: (text: string) => string,
): { method: string; path: string } | undefined {
  const first = line.indexOf(' ', start)
  const second = line.indexOf(' ', first + 1)
  if (first <= start || second < first + 2 || second + 7 > end || !line.startsWith('HTTP/', second + 1))
    return undefined
  for (let at = second + 6; at < end; at++) {
    const code = line.charCodeAt(at)
    if ((code < 0x30 || code > 0x39) && code !== 0x2e) return undefined
  }
  const path = unescape(line.slice(first + 1, second))
  for (const method of COMMON_METHODS) {
    if (first - start === method.length && line.startsWith(method, start)) return { method, path }
  }
  const method = line.slice(start, first)
  return TOKEN.test(method) ? { method, path } : undefined
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

/** `captures.0` is the first header that HAProxy was told to log. */
function capturesIn(text: string): readonly string[] {
  return (/\{([^}]*)\}/.exec(text)?.[1]?.split('|') ?? []).map(unescapedHaproxy)
}
