/** One request of an access log, whatever wrote the log. */
export interface LogEntry {
  readonly method: string
  /** The request target as logged: not decoded, the query may follow. */
  readonly path: string
  /** Who made the request; absent where the log does not say. */
  readonly client?: string
  /** The status of the answer; absent where the log does not say. */
  readonly status?: number
  /** When, as the log has it. */
  readonly time?: string
}

/** A name that stands for nobody: what servers write where there is no user. */
export function clientOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' && text !== '-' ? text : undefined
}
