/**
 * The verdict on one request: pure, synchronous, and the only place that calls the policy.
 *
 * `authorize` alone decides. `denialOf` is asked afterwards and only about denials; it words the answer and
 * cannot change it, so that no difference between the two can ever open anything.
 */
import { denialOf } from '../decision/denial-of.ts'
import { insufficientScope, internalError, pathRefused } from './denials.ts'
import type { ChallengeParameters } from './options.ts'
import { narrowestSet, requestNames } from './scopes-to-ask-for.ts'
import type { DecidingPolicy, DecisionReason, DecisionRecord, Denial, RequestInfo } from './types.ts'

const SLASH = 0x2f

/** A verdict before the mode is applied: the denial to send, or none, and what the record says about it. */
export interface Verdict {
  readonly denial: Denial | undefined
  readonly reason: DecisionReason
  readonly refusal?: NonNullable<DecisionRecord['refusal']>
  readonly scopesThatWouldAllow?: readonly string[]
  /** What the challenge names: all scopes of the narrowest set that would allow the request. */
  readonly scopesToAskFor?: readonly string[]
  readonly fingerprint?: string
  readonly error?: unknown
}

/** Facts of a request that carries scopes. */
export type ScopedRequestInfo = RequestInfo & { readonly scopes: NonNullable<RequestInfo['scopes']> }

/** Judges a request by the policy. What the policy throws goes through to the caller, who denies. */
export function judge(
  policy: DecidingPolicy,
  requestInfo: ScopedRequestInfo,
  challengeParameters: ChallengeParameters,
): Verdict {
  // The policy takes a path without its leading slash. A server never forwards one, so here it is a sign
  // that somebody reads the target differently: absolute-form, authority-form, `*`, or a broken proxy.
  return verdictOn(policy, requestInfo, challengeParameters, requestInfo.target.charCodeAt(0) === SLASH)
}

/** The same for an MCP method and the name or URI in `target`, which has no other forms. */
export function judgeName(
  policy: DecidingPolicy,
  requestInfo: ScopedRequestInfo,
  challengeParameters: ChallengeParameters,
): Verdict {
  return verdictOn(policy, requestInfo, challengeParameters, true)
}

function verdictOn(
  policy: DecidingPolicy,
  { method, target, scopes }: ScopedRequestInfo,
  challengeParameters: ChallengeParameters,
  originForm: boolean,
): Verdict {
  const { fingerprint } = policy
  // Strictly `true`: anything else, a promise for one, is not a permission.
  if (originForm && (policy.authorize(scopes, method, target) as unknown) === true) {
    return { denial: undefined, reason: 'granted', fingerprint }
  }
  const decision = denialOf(policy, scopes, method, target)
  if (!originForm || decision.reason === 'path-refused') {
    const refusal = decision.refusal ?? (originForm ? undefined : 'no-leading-slash')
    const denial = pathRefused(challengeParameters, refusal)
    return { denial, reason: 'path-refused', ...(refusal === undefined ? {} : { refusal }), fingerprint }
  }
  if (decision.reason === 'granted') {
    const error = new Error('`authorize` denied what `explain` grants')
    return { denial: internalError(), reason: 'internal-error', error, fingerprint }
  }
  const { reason, scopesThatWouldAllow, methodsAllowed } = decision
  const scopesToAskFor = requestNames(policy, narrowestSet(decision) ?? [])
  const denial = insufficientScope(challengeParameters, scopesToAskFor, methodsAllowed)
  return { denial, reason, scopesThatWouldAllow, scopesToAskFor, fingerprint }
}
