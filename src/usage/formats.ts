/** The formats of logs. A format is a row here: how its first line is recognized, and how its lines are read. */
import { clientOf, type Fields, type LogEntry, type Parse, scopesOf } from './entry.ts'
import { ownMember } from '../source/own.ts'
import { fieldValue } from './field-value.ts'
import { jsonParser, originForm } from './json-lines.ts'
import type { Line } from './line.ts'
import { formatParser } from './text-format.ts'
import { secondsOf } from './time.ts'

export const FORMAT_NAMES = ['combined', 'json', 'haproxy', 'envoy', 'cloudfront', 'har'] as const
export type FormatName = (typeof FORMAT_NAMES)[number]

/** Common or combined, of nginx, Apache, Traefik and Caddy; the second as the console of API Gateway suggests. */
const COMBINED = [
  '$remote_addr $ident $remote_user [$time_local] "$request" $status $rest',
  '$remote_addr $ident $remote_user [$time_local]"$request" $status $rest',
]
const COMBINED_WITH_AGENT =
  '$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"$rest'

/** `option httplog`, with the prefix of syslog or without; `$captures` are queues, then `{header|header}`. */
const HAPROXY = '$prefix[$time_haproxy] $frontend $backend $timers $status $bytes $rest1 $captures "$request"'

const ENVOY = '[$time_iso8601] "$request" $status $rest'
const ENVOY_FULL =
  '[$time_iso8601] "$request" $status $flags $bytes_received $bytes_sent $duration $service_time "$http_x_forwarded_for" "$http_user_agent" "$http_x_request_id" "$http_host" "$upstream_host"$rest'

type Row = (fields: Fields) => Parse

const FORMATS: Readonly<Record<Exclude<FormatName, 'har'>, Row>> = {
  combined: (fields) => {
    const usesAgent = [fields.client, fields.scopes].some((field) => field?.includes('http_') === true)
    return anyOf([...(usesAgent ? [COMBINED_WITH_AGENT] : []), ...COMBINED], fields)
  },
  json: jsonParser,
  haproxy: (fields) => anyOf([HAPROXY], fields),
  envoy: (fields) => {
    const isDefault = fields.client === undefined && fields.scopes === undefined
    return anyOf(isDefault ? [ENVOY] : [ENVOY_FULL, ENVOY], fields)
  },
  cloudfront: w3cParser,
}

/** The format of a log whose first line is `line`; combined where nothing says otherwise. */
export function detectFormat(line: string): FormatName {
  const text = line.replace(/^\ufeff?\s*/, '')
  if (/^\{\s*(?:"log"\s*:\s*\{|$)/.test(text)) return 'har'
  if (text.startsWith('{')) return 'json'
  if (/^#(?:Version|Fields|Software|Date):/.test(text)) return 'cloudfront'
  if (/^\[\d{4}-\d{2}-\d{2}T[^\]]*\] "/.test(text)) return 'envoy'
  return /\[\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2}\.\d{3}\] /.test(text) ? 'haproxy' : 'combined'
}

/** `har` is one document and is read by {@link harEntries}. Undefined for a format string without a request. */
export function parserFor(format: string, fields: Fields = {}): Parse | undefined {
  const parse = format.includes('$')
    ? formatParser(format, fields)
    : FORMATS[format as Exclude<FormatName, 'har'>](fields)
  return parse && ((line) => (isBlank(line) ? null : parse(line)))
}

function isBlank(line: Line): boolean {
  const { bytes, start, end } = line
  const code = start < end ? (bytes[start] ?? 0) : 0
  return (code <= 0x20 || code > 0x7e) && end - start < 100 && line.toString().trim() === ''
}

function anyOf(formats: readonly string[], fields: Fields): Parse {
  const parsers = formats.flatMap((format) => formatParser(format, fields) ?? [])
  return (line) => {
    for (const parse of parsers) {
      const entry = parse(line)
      if (entry !== undefined) return entry
    }
    return undefined
  }
}

/** W3C extended log files (`#Fields:` names the columns), as CloudFront writes them. */
function w3cParser(fields: Fields): Parse {
  let names: readonly string[] = []
  return (range) => {
    const line = range.toString()
    if (line.startsWith('#')) {
      if (line.startsWith('#Fields:'))
        names = line
          .slice('#Fields:'.length)
          .trim()
          .split(/[\t ]+/)
      return null
    }
    const values = line.split(line.includes('\t') ? '\t' : ' ')
    const column = (name: string): string | undefined => values[names.indexOf(name)]
    const value = (name: string): unknown => {
      const at = names.find((one) => name === one || name.startsWith(`${one}.`)) ?? name
      return fieldValue(column(at), name === at ? [] : name.slice(at.length + 1).split('.'))
    }
    const method = column('cs-method')
    const stem = column('cs-uri-stem')
    if (method === undefined || stem === undefined || method === '-' || stem === '-') return undefined
    if (values.length !== names.length) return undefined
    const query = clientOf(column('cs-uri-query'))
    const client = clientOf(value(fields.client ?? 'cs-username'))
    const scopes = fields.scopes === undefined ? undefined : scopesOf(value(fields.scopes))
    const status = Number(column('sc-status'))
    const time = secondsOf(`${column('date') ?? ''}T${column('time') ?? ''}Z`)
    return {
      method,
      path: query === undefined ? stem : `${stem}?${query}`,
      client,
      scopes,
      status: Number.isInteger(status) && status >= 100 ? status : undefined,
      time,
    }
  }
}

const CLAIMS_OF_CLIENT = ['client_id', 'azp', 'appid', 'sub']

/**
 * Requests of a HAR document (HTTP Archive 1.2); `broken` counts entries without a request over HTTP.
 * Clients and scopes are those of the tokens in `Authorization`, where no fields are named.
 */
export function harEntries(
  text: string,
  fields: Fields = {},
): { entries: LogEntry[]; broken: number } | undefined {
  let read: unknown
  try {
    read = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
  const list = ownMember(ownMember(read, 'log'), 'entries')
  if (!Array.isArray(list)) return undefined
  const entries = (list as readonly unknown[]).flatMap((item) => harEntry(item, fields) ?? [])
  return { entries, broken: list.length - entries.length }
}

function harEntry(item: unknown, fields: Fields): LogEntry | undefined {
  const request = ownMember(item, 'request')
  const method = ownMember(request, 'method')
  const url = ownMember(request, 'url')
  if (typeof method !== 'string' || method === '' || typeof url !== 'string' || !/^https?:/i.test(url))
    return undefined
  const status = ownMember(ownMember(item, 'response'), 'status')
  const time = secondsOf(ownMember(item, 'startedDateTime'))
  const inToken = (claim: string): unknown => fieldValue(request, ['headers', 'authorization', claim])
  const client = clientOf(
    fields.client === undefined
      ? CLAIMS_OF_CLIENT.map(inToken).find((value) => value !== undefined)
      : fieldValue(item, fields.client.split('.')),
  )
  const scopes = scopesOf(
    fields.scopes === undefined ? inToken('scope') : fieldValue(item, fields.scopes.split('.')),
  )
  return {
    method,
    // A fragment never travels.
    path: originForm(url).split('#', 1)[0] ?? '',
    client,
    scopes,
    status: typeof status === 'number' && status > 0 ? status : undefined,
    time,
  }
}
