/**
 * A smallest set of scopes for some requests, with whether it is proved to be one, for callers that have a
 * time to keep. `Policy.minimalScopes` is the same without a time, so that its result never depends on the
 * machine.
 *
 * A registered symbol, because the package can be in a process twice, as ESM and as CommonJS.
 */
import type { Policy } from './types.ts'

export interface MinimalScopes {
  /** Allows all of the requests, in document order; null when there is no such set. */
  readonly scopes: readonly string[] | null
  /** Whether the search ended before its bounds: then no set is smaller. */
  readonly isProved: boolean
}

type Requests = Parameters<Policy['minimalScopes']>[0]

/** Under which a policy keeps the function; not enumerable. */
export const MINIMAL: unique symbol = Symbol.for('scope-policy.minimal') as never

export type FindMinimal = (requests: Requests, milliseconds: number) => MinimalScopes

/** Of a policy of this package. The bounds of `minimalScopes` apply as well. */
export function minimalOf(policy: Policy, requests: Requests, milliseconds: number): MinimalScopes {
  if (Object.hasOwn(policy, MINIMAL))
    return (policy as unknown as Record<typeof MINIMAL, FindMinimal>)[MINIMAL](requests, milliseconds)
  return { scopes: policy.minimalScopes(requests), isProved: false }
}
