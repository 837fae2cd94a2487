/**
 * The guard of every middleware: reads the request, asks the policy, words the response, reports the decision.
 *
 * It knows no framework. An adapter supplies a `RequestReader` and carries out the `Outcome`; it decides
 * nothing. No state is kept between requests: no cache of tokens, policies or decisions, so a replaced policy
 * applies from the next request on, and each request is judged by exactly one.
 *
 * A guard never throws and never rejects. Whatever is thrown while a request is judged (by the policy
 * function, the scopes function, the request itself, the policy) denies it with 500.
 *
 * It is synchronous as long as the functions it is given are: frameworks then see the same order of events
 * as without it, and a request costs no promise.
 */
import { chain, isPromiseLike } from './chain.ts'
import { internalError, methodOverride, noScopes } from './denials.ts'
import { judge } from './judge.ts'
import type { ScopedRequestInfo, Verdict } from './judge.ts'
import { overridesMethod } from './method-override.ts'
import { resolveOptions } from './options.ts'
import { applyMode } from './apply-mode.ts'
import type { Awaitable, Outcome, RequestInfo, RequestReader, ScopePolicyOptions } from './types.ts'
import { isUnambiguous } from './unambiguous.ts'

/** Judges one request. Never throws, never rejects. */
export type Guard<Request> = (request: Request) => Outcome | Promise<Outcome>

const SKIPPED: Outcome = Object.freeze({ allow: true, decision: undefined })

/**
 * Creates the guard of an adapter.
 *
 * | | status | challenge |
 * |---|---|---|
 * | a method override, with `rejectMethodOverride` | 400 | `invalid_request` |
 * | no scopes at all | 401 | bare |
 * | the path is refused, or the target does not begin with `/` | 400 | `invalid_request` |
 * | insufficient scopes | 403 | `insufficient_scope`, with the narrowest scope that would |
 * | anything thrown | 500 | none |
 *
 * Scopes are read before the policy, so that a request without a token learns nothing about it.
 *
 * `adapterOptions` names the options that only this adapter has.
 *
 * @throws TypeError when the options are malformed, or one is unknown.
 */
export function createGuard<Request>(
  options: ScopePolicyOptions<Request>,
  reader: RequestReader<Request>,
  adapterOptions: readonly string[] = [],
): Guard<Request> {
  const { policy, scopes, onDecision, mode, skip, rejectMethodOverride, challengeParameters } =
    resolveOptions(options, reader.scopes, adapterOptions)

  return (request) => {
    let requestInfo: RequestInfo = { method: '', target: '', scopes: undefined }
    const conclude = (verdict: Verdict): Outcome => applyMode(verdict, requestInfo, mode, onDecision, request)
    const denyOnError = (error: unknown): Outcome =>
      conclude({ denial: internalError(), reason: 'internal-error', error })
    const evaluate = (given: RequestInfo['scopes']): Awaitable<Verdict> => {
      requestInfo = { method: requestInfo.method, target: requestInfo.target, scopes: given }
      if (!isScoped(requestInfo)) return { denial: noScopes(challengeParameters), reason: 'no-scopes' }
      const scoped = requestInfo
      const chosen = typeof policy === 'function' ? policy(request) : policy
      return chain(chosen, (one) => judge(one, scoped, challengeParameters))
    }
    try {
      const target = stringOrEmpty(reader.target(request))
      requestInfo = { method: stringOrEmpty(reader.method(request)), target, scopes: undefined }
      // Before `skip`, which has seen a method that would not be the handler's.
      if (rejectMethodOverride && overridesMethod(target, (name) => reader.header(request, name))) {
        return conclude({ denial: methodOverride(challengeParameters), reason: 'method-override' })
      }
      if (skip !== undefined && isUnambiguous(target) && (skip(request) as unknown) === true) return SKIPPED
      const verdict = chain(scopes(request), evaluate)
      return isPromiseLike(verdict) ? Promise.resolve(verdict).then(conclude, denyOnError) : conclude(verdict)
    } catch (error) {
      return denyOnError(error)
    }
  }
}

function isScoped(requestInfo: RequestInfo): requestInfo is ScopedRequestInfo {
  return requestInfo.scopes !== undefined && requestInfo.scopes !== null
}

/** A method or target that is not a string grants nothing: every policy refuses the empty string. */
function stringOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
