/**
 * Logs made of text: the combined format of nginx and Apache, and formats as nginx writes them in
 * `log_format`.
 *
 * A format is literals and variables in turn; a variable ends where the next literal begins. Servers escape
 * quotes in what clients send (nginx `\x22`, Apache `\"`), so a quote of a client never ends a field. Cost:
 * one pass over the line. Rejected: regular expressions built from the format, which backtrack.
 */
import { clientOf, type LogEntry } from './entry.ts'

/** Parses one line; undefined when it is not of the format. */
export type LineParser = (line: string) => LogEntry | undefined

const COMBINED =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"'
const COMMON = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent'

interface Format {
  readonly names: readonly string[]
  /** One more than the names: before the first, between, after the last. */
  readonly literals: readonly string[]
}

/** Undefined for a format in which no request can be found. */
export function formatParser(format: string, clientField = 'remote_user'): LineParser | undefined {
  const parsed = readFormat(format)
  const has = (name: string): boolean => parsed.names.includes(name)
  const hasMethod = has('request_method') && (has('request_uri') || has('uri'))
  if (!has('request') && !hasMethod) return undefined
  return (line) => {
    const fields = fieldsOf(line, parsed)
    if (fields === undefined) return undefined
    const request = fields.get('request')
    const target =
      request === undefined
        ? {
            method: fields.get('request_method') ?? '',
            path: fields.get('request_uri') ?? fields.get('uri') ?? '',
          }
        : requestLine(request)
    if (target === undefined || target.method === '' || target.path === '') return undefined
    const client = clientOf(fields.get(clientField))
    const status = fields.get('status')
    const time = fields.get('time_iso8601') ?? fields.get('time_local')
    return {
      ...target,
      ...(client !== undefined && { client: unescaped(client) }),
      ...(status !== undefined && /^\d{3}$/.test(status) && { status: Number(status) }),
      ...(time !== undefined && { time }),
    }
  }
}

/** Combined, or common where referrer and agent are missing; fields after them are ignored. */
export function combinedParser(clientField?: string): LineParser {
  const field = clientField ?? 'remote_user'
  const combined = formatParser(`${COMBINED}$rest`, field)
  const common = formatParser(`${COMMON}$rest`, field)
  return (line) => combined?.(line) ?? common?.(line)
}

function readFormat(format: string): Format {
  const names: string[] = []
  const literals: string[] = []
  let at = 0
  for (const { 0: all, 1: braced, 2: plain, index } of format.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    literals.push(format.slice(at, index))
    names.push(braced ?? plain ?? '')
    at = index + all.length
  }
  literals.push(format.slice(at))
  return { names, literals }
}

function fieldsOf(line: string, { names, literals }: Format): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>()
  const [first = ''] = literals
  if (!line.startsWith(first)) return undefined
  let at = first.length
  for (const [index, name] of names.entries()) {
    const literal = literals[index + 1] ?? ''
    const isLast = index === names.length - 1
    const end = literal === '' ? line.length : endOf(line, literal, at)
    if (end < 0 || (isLast && end + literal.length !== line.length)) return undefined
    fields.set(name, line.slice(at, end))
    at = end + literal.length
  }
  return fields
}

/** The next `literal` that begins with a quote which no backslash escapes. */
function endOf(line: string, literal: string, from: number): number {
  let end = line.indexOf(literal, from)
  while (end > 0 && literal.startsWith('"') && isEscaped(line, end)) end = line.indexOf(literal, end + 1)
  return end
}

function isEscaped(line: string, at: number): boolean {
  let slashes = 0
  while (line.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1
  return slashes % 2 === 1
}

/** `GET /path HTTP/1.1` (RFC 9112 §3); undefined for anything else, such as the noise of scanners. */
function requestLine(text: string): { readonly method: string; readonly path: string } | undefined {
  const found = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP\/[\d.]+$/.exec(unescaped(text))
  return found === null ? undefined : { method: found[1] ?? '', path: found[2] ?? '' }
}

/** What nginx and Apache escape; other backslashes stay. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:x([0-9A-Fa-f]{2})|(["\\]))/g,
    (_, hex: string | undefined, plain: string | undefined) =>
      hex === undefined ? (plain ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
