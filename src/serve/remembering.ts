/**
 * Tokens that have just been verified, so that a client's next request does not pay for the signature again.
 *
 * Only valid tokens are kept, under their whole text: who has none cannot fill it. At most a thousand, the
 * oldest goes first; each for a minute, and never beyond its own `exp`. So a key that is withdrawn counts
 * for at most a minute more (at once where the keys are a file). A token that is not there costs what it
 * costs without: verification, about a hundred times the look-up.
 */
import type { Claims, Verifier } from './verifier.ts'

const MOST = 1_000
/** Longer tokens are verified each time, so that a thousand of them stay below 4 MB. */
const LONGEST = 4_096

export interface RememberingVerifier {
  readonly verify: Verifier
  readonly forget: () => void
}

/** `seconds` to remember a token, 0 for not at all; `now` in milliseconds. */
export function remembering(
  verifier: Verifier,
  seconds: number,
  clockTolerance: number,
  now: () => number = Date.now,
): RememberingVerifier {
  const known = new Map<string, { readonly claims: Claims; readonly until: number }>()
  // A verification that began before the keys changed must not be remembered after.
  let generation = 0
  const forget = (): void => {
    generation += 1
    known.clear()
  }
  const verify: Verifier = async (token) => {
    const hit = known.get(token)
    if (hit !== undefined) {
      if (now() < hit.until) return hit.claims
      known.delete(token)
    }
    const begun = generation
    const claims = await verifier(token)
    const { exp } = claims
    if (seconds > 0 && token.length <= LONGEST && begun === generation && typeof exp === 'number') {
      const until = Math.min(now() + seconds * 1000, (exp + clockTolerance) * 1000)
      if (known.size >= MOST) known.delete(known.keys().next().value ?? '')
      known.set(token, { claims, until })
    }
    return claims
  }
  return { verify, forget }
}
