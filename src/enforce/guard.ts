/**
 * The guard of every middleware: reads the request, calls the policy, words the response, reports the decision.
 *
 * It depends on no framework. An adapter supplies a `RequestReader` and carries out the `Outcome`; it decides
 * nothing. No state is kept between requests: no cache of tokens, policies or decisions, so a replaced policy
 * applies from the next request on, and each request is judged by exactly one.
 *
 * A guard never throws and never rejects. Whatever is thrown while a request is judged (by the policy
 * function, the scopes function, the request itself, the policy) denies it with 500.
 *
 * It is synchronous as long as the functions it is given are: frameworks then see the same order of events
 * as without it, and a request costs no promise.
 */
import { credentialProblem } from '../claims/token-errors.ts'
import { applyMode } from './apply-mode.ts'
import { isPromiseLike } from './promise-like.ts'
import { internalError, invalidToken, malformedToken, methodOverride, noScopes } from './denials.ts'
import { inFormOf } from './grpc.ts'
import { judge } from './judge.ts'
import type { ScopedRequestInfo, Verdict } from './judge.ts'
import { overridesMethod } from './method-override.ts'
import { resolveOptions } from './options.ts'
import type { ChallengeParameters } from './options.ts'
import { firstErrorReporter } from './report-error.ts'
import type {
  Awaitable,
  DecidingPolicy,
  Outcome,
  RequestInfo,
  RequestReader,
  ScopePolicyOptions,
} from './types.ts'
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
 * | `scopes` throws what is about the token | 401 | `invalid_token` |
 * | `scopes` throws what is about a malformed header | 400 | `invalid_request` |
 * | anything else thrown | 500 | none |
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
  const resolved = resolveOptions(options, reader.scopes, adapterOptions)
  const { policy, scopes, onDecision, mode, skip, rejectMethodOverride, grpc, challengeParameters } = resolved
  const report = onDecision === undefined ? firstErrorReporter() : undefined

  const withoutScopes: Verdict = { denial: noScopes(challengeParameters), reason: 'no-scopes' }

  const conclude = (verdict: Verdict, requestInfo: RequestInfo, request: Request): Outcome => {
    if (report !== undefined && verdict.reason === 'internal-error') report(verdict.error)
    const outcome = applyMode(verdict, requestInfo, mode, onDecision, request)
    return grpc && !outcome.allow ? inFormOf(outcome, contentTypeOf(request)) : outcome
  }
  const contentTypeOf = (request: Request): unknown => {
    try {
      return reader.header(request, 'content-type')
    } catch {
      return undefined
    }
  }
  const denyOnError = (error: unknown, requestInfo: RequestInfo, request: Request): Outcome =>
    conclude(verdictOn(error, challengeParameters), requestInfo, request)
  const evaluate = (chosen: DecidingPolicy, requestInfo: ScopedRequestInfo, request: Request): Outcome =>
    conclude(judge(chosen, requestInfo, challengeParameters), requestInfo, request)
  /** For functions of the request that return promises: the same steps, awaited. */
  const evaluateLater = async (
    given: Awaitable<RequestInfo['scopes']>,
    chosen: Awaitable<DecidingPolicy> | undefined,
    { method, target }: Pick<RequestInfo, 'method' | 'target'>,
    request: Request,
  ): Promise<Outcome> => {
    let requestInfo: RequestInfo = { method, target, scopes: undefined }
    try {
      requestInfo = { method, target, scopes: await given }
      if (!isScoped(requestInfo)) return conclude(withoutScopes, requestInfo, request)
      const found = await (chosen ?? (typeof policy === 'function' ? policy(request) : policy))
      return evaluate(found, requestInfo, request)
    } catch (error) {
      return denyOnError(error, requestInfo, request)
    }
  }

  const asksForOtherMethod = (target: string, request: Request): boolean =>
    overridesMethod(target, (name) => reader.header(request, name))

  // No closure in here: one that captures the request would be paid for by each.
  return (request) => {
    let target = ''
    let method = ''
    let found: RequestInfo['scopes']
    try {
      target = stringOrEmpty(reader.target(request))
      method = stringOrEmpty(reader.method(request))
      // Before `skip`, which has seen a method that would not be the handler's.
      if (rejectMethodOverride && asksForOtherMethod(target, request)) {
        const verdict: Verdict = { denial: methodOverride(challengeParameters), reason: 'method-override' }
        return conclude(verdict, { method, target, scopes: undefined }, request)
      }
      if (skip !== undefined && isUnambiguous(target) && (skip(request) as unknown) === true) return SKIPPED
      const given = scopes(request)
      if (isPromiseLike(given)) return evaluateLater(given, undefined, { method, target }, request)
      found = given
      const requestInfo = { method, target, scopes: given }
      if (!isScoped(requestInfo)) return conclude(withoutScopes, requestInfo, request)
      const chosen = typeof policy === 'function' ? policy(request) : policy
      if (isPromiseLike(chosen)) return evaluateLater(given, chosen, requestInfo, request)
      return evaluate(chosen, requestInfo, request)
    } catch (error) {
      return denyOnError(error, { method, target, scopes: found }, request)
    }
  }
}

/** The verdict where something was thrown: about the credentials, or about the server. */
function verdictOn(error: unknown, challengeParameters: ChallengeParameters): Verdict {
  switch (credentialProblem(error)) {
    case 'invalid_token':
      return { denial: invalidToken(challengeParameters), reason: 'invalid-token', error }
    case 'invalid_request':
      return { denial: malformedToken(challengeParameters), reason: 'malformed-token', error }
    case undefined:
      return { denial: internalError(), reason: 'internal-error', error }
  }
}

function isScoped(requestInfo: RequestInfo): requestInfo is ScopedRequestInfo {
  return requestInfo.scopes !== undefined && requestInfo.scopes !== null
}

/** A method or target that is not a string grants nothing: every policy refuses the empty string. */
function stringOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
