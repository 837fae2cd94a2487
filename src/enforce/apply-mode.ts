/**
 * From verdict to outcome: applies the mode, writes the record, calls the audit hook.
 *
 * The hook is somebody else's code in the middle of a decision, so it is called after the verdict is fixed,
 * with a frozen record, and nothing it does can make the answer more permissive or stop the server.
 *
 * A record is frozen only when it is handed to such code: to freeze one costs a server more than the rest of the
 * record (0.3 of 2 µs), and nearly none is looked at.
 */
import { isPromiseLike } from './promise-like.ts'
import { internalError } from './denials.ts'
import type { Verdict } from './judge.ts'
import type { DecisionRecord, Mode, Outcome, RequestInfo, ScopePolicyOptions } from './types.ts'

/** Never throws, whatever the hook does. */
export function applyMode<Request>(
  verdict: Verdict,
  requestInfo: RequestInfo,
  mode: Mode,
  onDecision: ScopePolicyOptions<Request>['onDecision'],
  request: Request,
): Outcome {
  const decision = record(verdict, requestInfo, mode)
  const failure = callHook(onDecision, decision, request)
  if (mode === 'report-only') return { allow: true, decision }
  if (verdict.denial !== undefined) return { allow: false, decision, ...verdict.denial }
  if (failure === undefined) return { allow: true, decision }
  const denial = internalError()
  const { error } = failure
  const failed = record({ ...verdict, denial, reason: 'internal-error', error }, requestInfo, mode)
  return { allow: false, decision: failed, ...denial }
}

function record(verdict: Verdict, requestInfo: RequestInfo, mode: Mode): DecisionRecord {
  const { method, scopes } = requestInfo
  const query = requestInfo.target.indexOf('?')
  const path = query < 0 ? requestInfo.target : requestInfo.target.slice(0, query)
  if (verdict.denial !== undefined) {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- left out: the challenge has them
    const { denial, scopesToAskFor: _, scopesThatWouldAllow = NONE, ...why } = verdict
    const outcome = mode === 'enforce' ? 'denied' : 'would-deny'
    const { status } = denial
    return { allowed: false, outcome, ...why, status, method, path, scopes, scopesThatWouldAllow }
  }
  // One literal, without spreading: this is what nearly every request pays for.
  const { reason, fingerprint = '' } = verdict
  return {
    allowed: true,
    outcome: 'allowed',
    reason,
    method,
    path,
    scopes,
    scopesThatWouldAllow: NONE,
    fingerprint,
  }
}

const NONE: readonly string[] = Object.freeze([])

/** What the hook threw, in its own box because anything can be thrown, also undefined. */
export function callHook<Request, Decision>(
  onDecision: ((decision: Decision, request: Request) => unknown) | undefined,
  decision: Decision,
  request: Request,
): { readonly error: unknown } | undefined {
  if (onDecision === undefined) return undefined
  try {
    const result = onDecision(Object.freeze(decision), request)
    // Without a handler, a rejection would end the process.
    if (isPromiseLike(result)) result.then(undefined, ignore)
    return undefined
  } catch (error) {
    return { error }
  }
}

function ignore(): void {
  // The hook chose not to be waited for; see `onDecision`.
}
