/**
 * Logs of one JSON object a line: Caddy, Envoy, Traefik, API Gateway of AWS, and `scope-policy serve`.
 *
 * Each has names of its own for the same four things; a line belongs to the first kind of which it has a
 * method and a path. Only own members are read.
 */
import { clientOf, type LogEntry } from './entry.ts'
import type { LineParser } from './combined.ts'

/** Paths of members, joined by dots; the first that is there counts. */
interface Members {
  readonly method: readonly string[]
  readonly path: readonly string[]
  readonly status: readonly string[]
  readonly client: readonly string[]
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
  // API Gateway of AWS, with the names that its documentation uses
  {
    method: ['httpMethod'],
    path: ['path', 'rawPath', 'resourcePath'],
    status: ['status'],
    client: ['authorizer.principalId', 'principalId', 'authorizer.claims.client_id', 'user', 'caller'],
    time: ['requestTime', 'requestTimeEpoch'],
  },
  // Envoy, and scope-policy serve
  {
    method: ['method', ':method', 'request_method'],
    path: ['path', ':path', 'x_envoy_original_path', 'request_uri', 'uri'],
    status: ['response_code', 'status'],
    client: ['client', 'client_id', 'subject', 'remote_user', 'user'],
    time: ['start_time', 'time', 'timestamp', 'time_iso8601'],
  },
]

export function jsonParser(clientField?: string): LineParser {
  return (line) => {
    let read: unknown
    try {
      read = JSON.parse(line)
    } catch {
      return undefined
    }
    for (const kind of KINDS) {
      const entry = entryOf(read, kind, clientField)
      if (entry !== undefined) return entry
    }
    return undefined
  }
}

function entryOf(read: unknown, kind: Members, clientField: string | undefined): LogEntry | undefined {
  const method = first(read, kind.method)
  const path = first(read, kind.path)
  if (typeof method !== 'string' || typeof path !== 'string' || method === '' || path === '') return undefined
  const client = clientOf(first(read, clientField === undefined ? kind.client : [clientField]))
  const status = Number(first(read, kind.status))
  const time = first(read, kind.time)
  return {
    method,
    path: originForm(path),
    ...(client !== undefined && { client }),
    ...(Number.isInteger(status) && status >= 100 && status <= 599 && { status }),
    ...((typeof time === 'string' || typeof time === 'number') && { time: String(time) }),
  }
}

function first(read: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    // A member may itself be named with a dot.
    const value = own(read, path) ?? path.split('.').reduce<unknown>((at, name) => own(at, name), read)
    if (value !== undefined && value !== null && value !== '' && value !== '-') return value
  }
  return undefined
}

export function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}

/** An absolute URL without scheme and host, cut as text: nothing of the path is read as a URL. */
export function originForm(target: string): string {
  const rest = /^https?:\/\/[^/?#]*(.*)$/is.exec(target)?.[1]
  if (rest === undefined) return target
  return rest.startsWith('/') ? rest : `/${rest}`
}
