import type { Line } from './line.ts'

/** One request of an access log, whatever wrote the log. */
export interface LogEntry {
  readonly method: string
  /** The request target as logged: not decoded, the query may follow. */
  readonly path: string
  /** Who made the request; absent where the log does not say. */
  readonly client?: string | undefined
  /** Scopes of the client's token; absent where the log does not say. */
  readonly scopes?: readonly string[] | undefined
  /** The status of the response; absent where the log does not say. */
  readonly status?: number | undefined
  /** Seconds since the epoch; absent where the log does not say. */
  readonly time?: number | undefined
  /** Where the line has `METHOD path` in one piece; absent where it has not. */
  readonly range?: RequestRange | undefined
}

/** `METHOD path` as the line has it, without a query; in its bytes. */
export interface RequestRange {
  readonly start: number
  /** Where the path begins, after the space. */
  readonly path: number
  readonly end: number
}

/** Which fields of the log are read beside the request. */
export interface Fields {
  /** Names the client; default: what the format has for the authenticated user. */
  readonly client?: string | undefined
  /** Holds the granted scopes; default: what the format has for them. */
  readonly scopes?: string | undefined
}

/** Reads one line into an entry that is valid until the next one is read; undefined when it is not of the format, null for a line that is not meant to be a request. */
export type Parse = (line: Line) => LogEntry | null | undefined

/** A client's name; undefined for what servers write where there is no user. */
export function clientOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' && text !== '-' ? text : undefined
}

/** Names in a `scope` claim (RFC 6749 §3.3), or a list of them; undefined for anything else. */
export function scopesOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) {
    const names = value.filter((name): name is string => typeof name === 'string')
    return names.length === value.length ? names : undefined
  }
  if (clientOf(value) === undefined || typeof value !== 'string') return undefined
  return value.split(' ').filter((name) => name !== '')
}
