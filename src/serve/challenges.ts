/**
 * `WWW-Authenticate` of the decision server: RFC 6750 §3, and RFC 9449 §7.1 where proofs are accepted.
 */
import { challenge, type ChallengeOptions } from '../claims/challenge.ts'
import type { Settings } from './settings.ts'
import { proofAlgorithms } from './tokens/dpop.ts'

/** As in the middleware: a client that needs a token learns which scopes to ask for. */
const NAMES_BASELINE: ReadonlySet<string | undefined> = new Set([undefined, 'invalid_token'])

/** A header of an answer has to fit into the buffer of a gateway beside everything else. */
const MAX_LENGTH = 2_048

export type Challenge = (options?: ChallengeOptions) => string

/**
 * With `dpop` a request without a token is offered both schemes, and an error is named for both: the client
 * may have sent either.
 */
export function createChallenge(
  settings: Pick<Settings, 'realm' | 'resourceMetadata' | 'baseline' | 'dpop' | 'algorithms'>,
): Challenge {
  const { realm, resourceMetadata, baseline, dpop } = settings
  const algorithms = `algs="${proofAlgorithms(settings.algorithms).join(' ')}"`
  const value = (options: ChallengeOptions): string => {
    const bearer = challenge({ realm, resourceMetadata, ...options })
    if (!dpop) return bearer
    const parameters = bearer.slice('Bearer'.length)
    const proof = `DPoP${parameters}${parameters === '' ? ' ' : ', '}${algorithms}`
    return options.error === 'invalid_dpop_proof' ? proof : `${bearer}, ${proof}`
  }
  return (given = {}) => {
    const options = NAMES_BASELINE.has(given.error) ? { scope: baseline, ...given } : given
    const whole = value(options)
    return whole.length <= MAX_LENGTH ? whole : value({ ...options, scope: undefined })
  }
}
