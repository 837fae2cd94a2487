/**
 * The neutral core of every middleware: reads the facts, asks the policy, words the answer, reports it.
 *
 * It knows no framework. An adapter tells it how to read a request (`RequestReader`) and carries out the
 * `Outcome`; it decides nothing. The core holds no state between requests: no cache of tokens, policies or
 * decisions, so a policy that is replaced counts from the very next request.
 *
 * A guard never throws and never rejects. Whatever is thrown while a request is judged (by the policy
 * function, the scopes function, the request itself, the policy) denies it with 500.
 *
 * It is synchronous as long as the functions it is given are: frameworks then see the same order of events
 * as without it, and a request costs no promise.
 */
import { chain, isPromiseLike } from './chain.ts'
import { internalError, noScopes } from './denials.ts'
import { judge } from './judge.ts'
import type { ScopedFacts, Verdict } from './judge.ts'
import { settings } from './options.ts'
import { report } from './report.ts'
import type { Awaitable, Outcome, RequestFacts, RequestReader, ScopePolicyOptions } from './types.ts'

/** Judges one request. Never throws, never rejects. */
export type Guard<Request> = (request: Request) => Outcome | Promise<Outcome>

/**
 * Makes the guard of an adapter.
 *
 * | | status | challenge |
 * |---|---|---|
 * | no scopes at all | 401 | bare |
 * | the path is refused, or the target does not begin with `/` | 400 | `invalid_request` |
 * | the scopes do not suffice | 403 | `insufficient_scope`, with the narrowest scope that would |
 * | anything thrown | 500 | none |
 *
 * The scopes are asked for first, so that a request without a token learns nothing about the policy.
 *
 * @throws TypeError when the options are malformed.
 */
export function createGuard<Request>(
  options: ScopePolicyOptions<Request>,
  reader: RequestReader<Request>,
): Guard<Request> {
  const { policy, scopes, onDecision, mode, protection } = settings(options, reader.scopes)

  return (request) => {
    let facts: RequestFacts = { method: '', target: '', scopes: undefined }
    const finish = (verdict: Verdict): Outcome => report(verdict, facts, mode, onDecision, request)
    const fail = (error: unknown): Outcome =>
      finish({ denial: internalError(), reason: 'internal-error', error })
    try {
      facts = { ...facts, method: text(reader.method(request)), target: text(reader.target(request)) }
      const verdict = chain(scopes(request), (given): Awaitable<Verdict> => {
        facts = { ...facts, scopes: given }
        if (!isScoped(facts)) return { denial: noScopes(protection), reason: 'no-scopes' }
        const scoped = facts
        const chosen = typeof policy === 'function' ? policy(request) : policy
        return chain(chosen, (one) => judge(one, scoped, protection))
      })
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
