/** The trace that a request belongs to, by its `traceparent` (W3C Trace Context §3.2). */
import { only, type ValuesOf } from './question.ts'

/** `version-traceid-parentid-flags`; an id of zeros only is not one. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/

export interface Trace {
  readonly traceId?: string
  readonly parentId?: string
  /** Two hex digits. */
  readonly traceFlags?: string
}

/** For log and telemetry; empty where the request states none. */
export function traceOf(valuesOf: ValuesOf): Trace {
  const [, traceId, parentId, traceFlags] = TRACEPARENT.exec(only(valuesOf, 'traceparent') ?? '') ?? []
  return traceId === undefined || parentId === undefined || traceFlags === undefined
    ? {}
    : { traceId, parentId, traceFlags }
}
