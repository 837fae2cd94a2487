/**
 * The neutral core of every middleware: reads the facts, asks the policy, words the answer, reports it.
 *
 * It knows no framework. An adapter tells it how to read a request (`RequestReader`) and carries out the
 * `Outcome`; it decides nothing. The core holds no state between requests: no cache of tokens, policies or
 * decisions, so a policy that is replaced counts from the very next request, and each request is judged by
 * exactly one.
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
import type { ScopedFacts, Verdict } from './judge.ts'
import { overridesMethod } from './method-override.ts'
import { settings } from './options.ts'
import { report } from './report.ts'
import type { Awaitable, Outcome, RequestFacts, RequestReader, ScopePolicyOptions } from './types.ts'
import { isUnambiguous } from './unambiguous.ts'

/** Judges one request. Never throws, never rejects. */
export type Guard<Request> = (request: Request) => Outcome | Promise<Outcome>

const SKIPPED: Outcome = Object.freeze({ allow: true, decision: undefined })

/**
 * Makes the guard of an adapter.
 *
 * | | status | challenge |
 * |---|---|---|
 * | another method is asked for, with `rejectMethodOverride` | 400 | `invalid_request` |
 * | no scopes at all | 401 | bare |
 * | the path is refused, or the target does not begin with `/` | 400 | `invalid_request` |
 * | the scopes do not suffice | 403 | `insufficient_scope`, with the narrowest scope that would |
 * | anything thrown | 500 | none |
 *
 * The scopes are asked for before the policy, so that a request without a token learns nothing about it.
 *
 * `further` names options that only this adapter has.
 *
 * @throws TypeError when the options are malformed, or one is unknown.
 */
export function createGuard<Request>(
  options: ScopePolicyOptions<Request>,
  reader: RequestReader<Request>,
  further: readonly string[] = [],
): Guard<Request> {
  const { policy, scopes, onDecision, mode, skip, rejectMethodOverride, protection } = settings(
    options,
    reader.scopes,
    further,
  )

  return (request) => {
    let facts: RequestFacts = { method: '', target: '', scopes: undefined }
    const finish = (verdict: Verdict): Outcome => report(verdict, facts, mode, onDecision, request)
    const fail = (error: unknown): Outcome =>
      finish({ denial: internalError(), reason: 'internal-error', error })
    const weigh = (given: RequestFacts['scopes']): Awaitable<Verdict> => {
      facts = { method: facts.method, target: facts.target, scopes: given }
      if (!isScoped(facts)) return { denial: noScopes(protection), reason: 'no-scopes' }
      const scoped = facts
      const chosen = typeof policy === 'function' ? policy(request) : policy
      return chain(chosen, (one) => judge(one, scoped, protection))
    }
    try {
      const target = text(reader.target(request))
      facts = { method: text(reader.method(request)), target, scopes: undefined }
      // Before `skip`, which has seen a method that would not be the handler's.
      if (rejectMethodOverride && overridesMethod(target, (name) => reader.header(request, name))) {
        return finish({ denial: methodOverride(protection), reason: 'method-override' })
      }
      if (skip !== undefined && isUnambiguous(target) && (skip(request) as unknown) === true) return SKIPPED
      const verdict = chain(scopes(request), weigh)
      return isPromiseLike(verdict) ? Promise.resolve(verdict).then(finish, fail) : finish(verdict)
    } catch (error) {
      return fail(error)
    }
  }
}

function isScoped(facts: RequestFacts): facts is ScopedFacts {
  return facts.scopes !== undefined && facts.scopes !== null
}

/** A method or target that is not text grants nothing: the empty text is refused by every policy. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
