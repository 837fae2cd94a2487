/**
 * The bounds of everything that is generated, in one place, and how long to run. `SCOPE_POLICY_RUNS`
 * multiplies the number of runs; `SCOPE_POLICY_SEED` repeats one run (fast-check prints the seed of a
 * failure).
 */
import type { Parameters } from 'fast-check'

export const BOUNDS = {
  /** Pieces of one pattern; a piece is a star, a slash, a letter, an escape or a short word. */
  patternPieces: 7,
  endpointsPerScope: 4,
  scopes: 5,
  /** Scopes of a large document, and segments of its patterns. */
  manyScopes: 40,
  segments: 6,
  methodsPerEndpoint: 3,
  /** Changes made to a path that was derived from a pattern. */
  mutations: 3,
  /** Requests that are tried on each generated policy. */
  requests: 12,
  /** Code units of a string that may hold anything. */
  anyText: 60,
} as const

const MULTIPLIER = Number(process.env['SCOPE_POLICY_RUNS'] ?? '1')
const SEED = process.env['SCOPE_POLICY_SEED']

/** How a property is run: `base` times, times the multiplier. */
export function runs(base: number): Parameters<unknown> {
  return {
    numRuns: Math.max(1, Math.round(base * MULTIPLIER)),
    ...(SEED === undefined ? {} : { seed: Number(SEED) }),
  }
}
