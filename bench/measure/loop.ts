/**
 * The timed loops. Each contestant gets its own copy of this module (imported with its own query), so
 * that the engine learns types and inlines for one contestant only: loops shared by all of them would
 * measure megamorphic calls instead.
 *
 * What a loop costs by itself (cutting the path out, reading the token's slot) is measured with a
 * contestant that does nothing, and subtracted.
 */
import type { Authorize } from '../contestants/contestant.ts'
import type { Stream } from './stream.ts'

/** Every path is stored here, so that the engine cannot leave out the making of a path nobody reads. */
export const sink: { path: string; subject: unknown } = { path: '', subject: null }

/**
 * Paths are sliced out of a string that was decoded from bytes a moment ago: no hash, no earlier use. That
 * is the state in which a request target arrives. Returns how many requests were allowed.
 */
export function freshPaths(
  decide: Authorize<never>,
  stream: Stream,
  subjects: readonly never[],
  from: number,
  to: number,
): number {
  const { bytes, batchSize, batchStart, start, end, method, token } = stream
  let allowed = 0
  let index = from
  while (index < to) {
    const batch = (index / batchSize) | 0
    const text = bytes.toString('latin1', batchStart[batch], batchStart[batch + 1])
    const stop = Math.min(to, (batch + 1) * batchSize)
    for (; index < stop; index++) {
      const path = text.slice(start[index], end[index])
      sink.path = path
      if (decide(subjects[token[index] as number] as never, method[index] as string, path)) allowed++
    }
  }
  return allowed
}

/** The same path is the same string every time: whatever an engine keeps with a string is kept. */
export function reusedPaths(
  decide: Authorize<never>,
  stream: Stream,
  subjects: readonly never[],
  from: number,
  to: number,
): number {
  const { path, method, token } = stream
  let allowed = 0
  for (let index = from; index < to; index++) {
    const target = path[index] as string
    sink.path = target
    if (decide(subjects[token[index] as number] as never, method[index] as string, target)) allowed++
  }
  return allowed
}

/** Fresh paths, and for every request a new array of scope names. */
export function newTokens(
  decide: Authorize<never>,
  stream: Stream,
  subjects: readonly never[],
  from: number,
  to: number,
): number {
  const { bytes, batchSize, batchStart, start, end, method, token } = stream
  let allowed = 0
  let index = from
  while (index < to) {
    const batch = (index / batchSize) | 0
    const text = bytes.toString('latin1', batchStart[batch], batchStart[batch + 1])
    const stop = Math.min(to, (batch + 1) * batchSize)
    for (; index < stop; index++) {
      const path = text.slice(start[index], end[index])
      const scopes: readonly string[] = subjects[token[index] as number] as never
      const subject = scopes.slice()
      sink.path = path
      sink.subject = subject
      if (decide(subject as never, method[index] as string, path)) allowed++
    }
  }
  return allowed
}
