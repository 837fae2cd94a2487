/**
 * The log: one JSON object a line, with `time`, `level` and `event` first.
 *
 * Never in it are tokens, credentials, and queries, which can carry secrets. Text of requests is escaped so
 * that it can neither end a line nor move a cursor, and cut where it is long.
 */
import { sanitizeJson } from '../report/safe.ts'

type Level = 'info' | 'warning' | 'error'

export type Log = (level: Level, event: string, fields?: Readonly<Record<string, unknown>>) => void

const MAX_LINE_LENGTH = 2_000

export function createLog(write: (line: string) => void, now: () => Date = () => new Date()): Log {
  return (level, event, fields = {}) => {
    const entry = { time: now().toISOString(), level, event, ...fields }
    const json = JSON.stringify(entry, (_, value: unknown) =>
      typeof value === 'string' && value.length > MAX_LINE_LENGTH
        ? `${value.slice(0, MAX_LINE_LENGTH)}…`
        : value,
    )
    write(`${sanitizeJson(json)}\n`)
  }
}
