/**
 * Tokens that have just been verified, so that a client's next request does not pay for the signature again.
 *
 * Only valid tokens are kept, under their whole string: invalid ones cannot fill it. At most a thousand, the
 * oldest goes first; each for a minute, and never beyond its own `exp`. So a key that is withdrawn counts
 * for at most a minute more (at once where the keys are a file). A token that is not there costs what it
 * costs without: verification, about a hundred times the look-up.
 */
import type { Claims, Verifier } from './verifier.ts'

const MAX_TOKENS = 1_000
/** Longer tokens are verified each time, so that a thousand of them stay below 4 MB. */
const MAX_TOKEN_LENGTH = 4_096

export interface CachingVerifier {
  readonly verify: Verifier
  /** The claims of a token that is remembered, at once: most requests then need no promise. */
  readonly recall: (token: string) => Claims | undefined
  readonly clear: () => void
}

export interface CacheOptions {
  /** Seconds to keep a token; 0: none is kept. */
  readonly ttl: number
  readonly clockTolerance: number
  /** Whether tokens without `exp` are kept as well: those of introspection need not have one. */
  readonly withoutExpiry?: boolean
  /** In milliseconds. */
  readonly now?: () => number
}

export function caching(verifier: Verifier, options: CacheOptions): CachingVerifier {
  const { ttl, clockTolerance, withoutExpiry = false, now = Date.now } = options
  const known = new Map<string, { readonly claims: Claims; readonly until: number }>()
  // A verification that began before the keys changed must not be kept after.
  let generation = 0
  const clear = (): void => {
    generation += 1
    known.clear()
  }
  const recall = (token: string): Claims | undefined => {
    const hit = known.get(token)
    if (hit === undefined) return undefined
    if (now() < hit.until) return hit.claims
    known.delete(token)
    return undefined
  }
  const verify: Verifier = async (token) => {
    const remembered = recall(token)
    if (remembered !== undefined) return remembered
    const begun = generation
    const claims = await verifier(token)
    const { exp } = claims
    const mayKeep = typeof exp === 'number' || (withoutExpiry && exp === undefined)
    if (ttl > 0 && token.length <= MAX_TOKEN_LENGTH && begun === generation && mayKeep) {
      const end = typeof exp === 'number' ? (exp + clockTolerance) * 1000 : Infinity
      if (known.size >= MAX_TOKENS) known.delete(known.keys().next().value ?? '')
      known.set(token, { claims, until: Math.min(now() + ttl * 1000, end) })
    }
    return claims
  }
  return { verify, recall, clear }
}
