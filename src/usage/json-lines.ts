/**
 * Logs of one JSON object a line: Caddy, Envoy, Traefik, AWS API Gateway, CloudFront, HAProxy, and
 * `scope-policy serve`.
 *
 * Each has different names for the same five fields; a line belongs to the first kind of which it has a
 * method and a path. Only own members are read.
 */
import { clientOf, type Fields, type LogEntry, type Parse, scopesOf } from './entry.ts'
import { ownMember } from '../source/own.ts'
import { fieldValue } from './field-value.ts'
import { secondsOf } from './time.ts'

/** Paths of members, joined by dots; the first that is there counts. */
interface Members {
  readonly method: readonly string[]
  readonly path: readonly string[]
  readonly query?: string
  readonly status: readonly string[]
  readonly client: readonly string[]
  readonly scopes?: readonly string[]
  readonly time: readonly string[]
}

const KINDS: readonly Members[] = [
  // Caddy
  {
    method: ['request.method'],
    path: ['request.uri'],
    status: ['status'],
    client: ['user_id'],
    time: ['ts'],
  },
  // Traefik
  {
    method: ['RequestMethod'],
    path: ['RequestPath'],
    status: ['DownstreamStatus', 'OriginStatus'],
    client: ['ClientUsername'],
    time: ['StartUTC', 'time'],
  },
  // AWS API Gateway, with the names that its documentation uses
  {
    method: ['httpMethod'],
    path: ['path', 'rawPath', 'resourcePath'],
    status: ['status'],
    client: ['authorizer.principalId', 'principalId', 'authorizer.claims.client_id', 'user', 'caller'],
    scopes: ['authorizer.claims.scope', 'authorizer.scope'],
    time: ['requestTime', 'requestTimeEpoch'],
  },
  // CloudFront, standard logging version 2
  {
    method: ['cs-method'],
    path: ['cs-uri-stem'],
    query: 'cs-uri-query',
    status: ['sc-status'],
    client: ['cs-username'],
    time: ['timestamp', 'timestamp(ms)'],
  },
  // Envoy, HAProxy, nginx with `escape=json`, and scope-policy serve
  {
    method: ['method', ':method', 'request_method', 'http_method'],
    path: ['path', ':path', 'x_envoy_original_path', 'request_uri', 'uri', 'http_uri'],
    status: ['response_code', 'status', 'status_code'],
    client: ['client', 'client_id', 'subject', 'remote_user', 'user'],
    scopes: ['scopes', 'scope'],
    time: ['start_time', 'time', 'timestamp', 'time_iso8601', 'time_local'],
  },
]

export function jsonParser({ client, scopes }: Fields = {}): Parse {
  return (line) => {
    let read: unknown
    try {
      read = JSON.parse(line.toString())
    } catch {
      return undefined
    }
    if (typeof read !== 'object' || read === null) return undefined
    const named = mcpEntry(read)
    if (named === null) return null
    for (const kind of KINDS) {
      const entry = entryOf(named, {
        ...kind,
        ...(client !== undefined && { client: [client] }),
        ...(scopes !== undefined && { scopes: [scopes] }),
      })
      if (entry !== undefined) return entry
    }
    return undefined
  }
}

/**
 * What is asked for by MCP, as `scope-policy serve` logs it, in place of the HTTP request that carried it.
 * Null for what needs no scope: other events of `serve`, and methods of MCP without a name.
 */
function mcpEntry(read: object): object | null {
  const event = ownMember(read, 'event')
  if (event !== undefined && event !== 'decision' && ownMember(read, 'level') !== undefined) return null
  const method = ownMember(read, 'mcpMethod')
  if (typeof method !== 'string') return read
  const name = ownMember(read, 'mcpName')
  if (typeof name !== 'string') return null
  const isSubscription = method === 'resources/subscribe' || method === 'resources/unsubscribe'
  return { ...read, method: isSubscription ? 'resources/read' : method, path: name }
}

function entryOf(read: unknown, kind: Members): LogEntry | undefined {
  const method = first(read, kind.method)
  const path = first(read, kind.path)
  if (typeof method !== 'string' || typeof path !== 'string' || method === '' || path === '') return undefined
  const query = kind.query === undefined ? undefined : clientOf(fieldValue(read, [kind.query]))
  const client = clientOf(first(read, kind.client))
  const scopes = scopesOf(first(read, kind.scopes ?? []))
  const status = Number(first(read, kind.status))
  const time = secondsOf(first(read, kind.time))
  return {
    method,
    path: originForm(query === undefined ? path : `${path}?${query}`),
    client,
    scopes,
    status: Number.isInteger(status) && status >= 100 && status <= 999 ? status : undefined,
    time,
  }
}

function first(read: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    const value = fieldValue(read, path.split('.'))
    if (value !== undefined && value !== null && value !== '' && value !== '-') return value
  }
  return undefined
}

/** An absolute URL without scheme and host, cut as text: nothing of the path is read as a URL. */
export function originForm(target: string): string {
  const rest = /^https?:\/\/[^/?#]*(.*)$/is.exec(target)?.[1]
  if (rest === undefined) return target
  return rest.startsWith('/') ? rest : `/${rest}`
}
