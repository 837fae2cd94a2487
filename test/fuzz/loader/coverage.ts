/**
 * Which blocks of the sources have run, from V8 itself: counts by function and block (`Profiler` of
 * `node:inspector`), nothing instrumented. Taking them costs some milliseconds whatever has run, so the loop
 * asks once for many inputs, and then looks for the one that was new.
 */
import { Session } from 'node:inspector'
import type { Profiler } from 'node:inspector'

export interface Coverage {
  /** Whether blocks have run since the last call that were never counted before. */
  readonly isNew: () => boolean
  /** How many they are; from now on they are known. */
  readonly news: () => number
  /** Forgets what has run since the last call. */
  readonly reset: () => void
  readonly blocks: () => number
  readonly stop: () => void
}

/** `folder` is what scripts have in their address, such as `/src/`. */
export function startCoverage(folder: string): Coverage {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const seen = new Set<string>()
  const take = (): readonly string[] => {
    const run: string[] = []
    // In one thread the answer comes before the call returns.
    session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error === null) run.push(...result.filter(({ url }) => url.includes(folder)).flatMap(blocksOf))
    })
    return run
  }
  return {
    isNew: () => take().some((block) => !seen.has(block)),
    news: () => {
      const before = seen.size
      for (const block of take()) seen.add(block)
      return seen.size - before
    },
    reset: () => {
      take()
    },
    blocks: () => seen.size,
    stop: () => {
      session.disconnect()
    },
  }
}

function blocksOf({ scriptId, functions }: Profiler.ScriptCoverage): readonly string[] {
  return functions.flatMap(({ ranges }) =>
    ranges
      .filter(({ count }) => count > 0)
      .map(
        ({ startOffset, endOffset, count }) => `${scriptId}:${startOffset}:${endOffset}:${magnitude(count)}`,
      ),
  )
}

/** Often is something else than once: a loop that runs further is worth keeping. */
function magnitude(count: number): number {
  return count < 4 ? count : Math.min(8, 2 + Math.floor(Math.log2(count)))
}
