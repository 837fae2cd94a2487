/**
 * scope-policy/fetch: for handlers that take a `Request` and give a `Response`, as in Cloudflare Workers, Deno,
 * Bun, and servers on Node that speak the Fetch API.
 *
 * What is judged is the path in `request.url`, in which the runtime has resolved dot segments and the like. It
 * is what the handler sees as well, and **that is a condition**: wrap the outermost handler, before anything
 * cuts a prefix off, and let what is inside read the path from this request and not from the server. With
 * @hono/node-server, whose second argument holds Node's request, the raw target is judged instead; on other
 * platforms that have it, name it with `target`. No header is read for it.
 *
 * CORS preflights carry no token: answer them before. Where something after may change the method, set
 * `rejectMethodOverride`.
 *
 * @module
 */
import { createGuard } from '../enforce/guard.ts'
import { bodyOf } from '../enforce/denials.ts'
import { fetchTarget } from './fetch-target.ts'
import { createMetadata } from '../enforce/metadata.ts'
import type { Answer, ResourceMetadataOptions } from '../enforce/metadata.ts'
import { checkedTarget, ownProperties } from '../enforce/options.ts'
import type {
  Awaitable,
  DecidingPolicy,
  DecisionRecord,
  Outcome,
  ScopePolicyOptions,
  ScopesOfRequest,
} from '../enforce/types.ts'

export * from './public.ts'

/** What is used of a request. */
export interface RequestLike {
  readonly method: string
  readonly url: string
  readonly headers: { get(name: string): string | null }
}

type Functions = 'policy' | 'scopes' | 'onDecision' | 'skip'

/**
 * The options of {@link protect}: those of every adapter, with functions that are given all arguments of the
 * handler. There is no usual place for claims, so `scopes` is not optional.
 */
export interface FetchOptions<Request, Rest extends readonly unknown[]> extends Omit<
  ScopePolicyOptions<Request>,
  Functions
> {
  readonly policy: DecidingPolicy | ((request: Request, ...rest: Rest) => Awaitable<DecidingPolicy>)
  readonly scopes: (request: Request, ...rest: Rest) => Awaitable<ScopesOfRequest>
  readonly onDecision?: ((record: DecisionRecord, request: Request, ...rest: Rest) => unknown) | undefined
  readonly skip?: ((request: Request, ...rest: Rest) => boolean) | undefined
  /** The raw request target, on a platform that has it. Never take it from a header. */
  readonly target?: ((request: Request, ...rest: Rest) => string | undefined) | undefined
}

/**
 * What is left on a request that was judged. A `WeakMap` would cost more than the decision: each entry for an
 * object that soon ends is work for the garbage collector.
 */
const DECISION: unique symbol = Symbol('scope decision')
/** For requests that take no members. */
const decisions = new WeakMap<object, DecisionRecord>()

function leave(request: object, decision: DecisionRecord): void {
  try {
    ;(request as { [DECISION]?: DecisionRecord })[DECISION] = decision
  } catch {
    decisions.set(request, decision)
  }
}

/**
 * The handler, behind a middleware that lets a request through only when the scopes of its token allow it.
 *
 * `scopes` has to **verify** the token, or read what something before it has verified; undefined is answered
 * with 401. Inside, {@link decisionOf} gives the decision. Arguments after the request are handed on.
 *
 * @throws TypeError when the options are malformed. What is returned throws or rejects only when the handler does.
 * @example
 * export default { fetch: protect(handler, { policy, scopes: async (request) => scopesFromClaims(await verify(request)) }) }
 */
export function protect<Request extends RequestLike, Rest extends readonly unknown[], Answered>(
  handler: (request: Request, ...rest: Rest) => Answered | Promise<Answered>,
  options: NoInfer<FetchOptions<Request, Rest>>,
): (request: Request, ...rest: Rest) => Answered | Response | Promise<Answered | Response> {
  type Call = [request: Request, ...rest: Rest]
  if (typeof handler !== 'function') throw new TypeError('the handler must be a function')
  const target = checkedTarget(options)
  const { policy, scopes, onDecision, skip, ...others } = ownProperties(options)
  if (typeof scopes !== 'function') throw new TypeError('`scopes` must be a function of the request')
  const guard = createGuard<Call>(
    {
      ...others,
      policy: typeof policy === 'function' ? (call) => policy(...call) : policy,
      scopes: (call) => scopes(...call),
      // What is not a function stays what it is, for the core to refuse.
      onDecision:
        typeof onDecision === 'function' ? (record, call) => onDecision(record, ...call) : onDecision,
      skip: typeof skip === 'function' ? (call) => skip(...call) : skip,
    },
    {
      method: (call) => call[0].method,
      target: (call) => (target === undefined ? fetchTarget(call[0].url, call[1]) : target(...call)),
      header: (call, name) => call[0].headers.get(name),
      scopes: undefined,
    },
    ['target'],
  )
  const settle = (outcome: Outcome, call: Call): Answered | Response | Promise<Answered> => {
    if (outcome.decision !== undefined) leave(call[0], outcome.decision)
    return outcome.allow ? handler(...call) : response({ ...outcome, body: bodyOf(outcome) })
  }
  /** Apart from the handler, so that a decision at once costs no closure. */
  const settleLater = async (outcome: Promise<Outcome>, call: Call): Promise<Answered | Response> =>
    settle(await outcome, call)
  const guarded = (...call: Call): Answered | Response | Promise<Answered | Response> => {
    const outcome = guard(call)
    return outcome instanceof Promise ? settleLater(outcome, call) : settle(outcome, call)
  }
  return guarded as (request: Request, ...rest: Rest) => ReturnType<typeof guarded>
}

/** The decision about a request; undefined when it was not judged. It is known by the very object judged. */
export function decisionOf(request: object): DecisionRecord | undefined {
  return Object.hasOwn(request, DECISION)
    ? (request as { readonly [DECISION]: DecisionRecord })[DECISION]
    : decisions.get(request)
}

/**
 * Serves the protected resource metadata (RFC 9728) at its well-known path: gives the response, and undefined
 * for every other request.
 *
 * @throws TypeError when the options are malformed.
 * @example
 * const metadata = protectedResourceMetadata({ resource, authorizationServers: [issuer], policy })
 * Deno.serve((request) => metadata(request) ?? guarded(request))
 */
export function protectedResourceMetadata(
  options: ResourceMetadataOptions,
): (request: RequestLike) => Response | undefined {
  const { answer } = createMetadata(options)
  return (request) => {
    const given = answer(request.method, fetchTarget(request.url, undefined))
    return given === undefined ? undefined : response(given)
  }
}

function response({ status, headers, body }: Answer): Response {
  // A 204 takes no body, not even an empty one.
  return new Response(body === '' ? null : body, { status, headers })
}
