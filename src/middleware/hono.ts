/**
 * scope-policy/hono: middleware for Hono.
 *
 * The framework is not imported: the types name the few members that are used. No header is read for what is
 * judged:
 *
 * - On Node (@hono/node-server) it is `c.env.incoming.url`, the target as the client sent it.
 * - Elsewhere there is only `c.req.raw.url`, in which the runtime has resolved dot segments and the like. Hono
 *   routes by the same text, so what is judged is what runs. Routers in front of Hono that read the raw target
 *   (such as `routes` of Bun) are outside of that: take the target from there with `target`.
 * - `mount` cuts its prefix off `url`: use the middleware on the outermost application.
 *
 * Hono runs middleware in the order of its registration: a handler that is registered before is not guarded.
 * CORS preflights carry no token: use `cors()` before. `methodOverride()` routes the request anew and is
 * judged with the new method.
 *
 * @module
 */
import { createGuard } from '../enforce/guard.ts'
import { verifiedScopes } from '../enforce/verified-scopes.ts'
import { bodyOf } from '../enforce/denials.ts'
import { fetchTarget } from './fetch-target.ts'
import { createMetadata } from '../enforce/metadata.ts'
import type { Answer, ResourceMetadataOptions } from '../enforce/metadata.ts'
import { checkedTarget } from '../enforce/options.ts'
import type { DecisionRecord, Outcome, RequestReader, ScopePolicyOptions } from '../enforce/types.ts'

export * from './public.ts'
export { guardUpgrade } from './upgrade.ts'
export type { SocketLike, UpgradeOptions, UpgradeRequestLike } from './upgrade.ts'

/** What is used of a Hono context. */
export interface ContextLike {
  readonly req: {
    readonly method: string
    readonly path: string
    readonly url: string
    header(name: string): string | undefined
    readonly raw: { readonly url: string; readonly headers: { get(name: string): string | null } }
  }
  readonly env: unknown
}

/** A Hono middleware. */
export type Middleware<Context> = (
  context: Context,
  next: () => Promise<void>,
) => Promise<Response | undefined>

/** The options of {@link scopePolicy}. */
export interface HonoOptions<Context> extends ScopePolicyOptions<Context> {
  /** The raw request target, on a platform that has it somewhere else. Never take it from a header. */
  readonly target?: ((context: Context) => string | undefined) | undefined
}

/** What the middleware sets: `new Hono<ScopePolicyEnv>()` types `c.get('scopeDecision')`. */
export interface ScopePolicyEnv {
  Variables: { scopeDecision?: DecisionRecord }
}

interface Variables {
  get(name: string): unknown
  set(name: string, value: unknown): void
  body(text: string | null, status: number, headers: Readonly<Record<string, string>>): Response
}

/**
 * A middleware that lets a request through only when the scopes of its token allow it.
 *
 * It expects a **verified** token. By default the scopes are those of `c.get('jwtPayload')` as `jwt()` of Hono
 * sets it; without it the answer is 401. The decision is left in `c.get('scopeDecision')`, which
 * {@link decisionOf} reads. A handler that is registered before, or that `skip` names, is not judged.
 *
 * @throws TypeError when the options are malformed.
 * @example
 * app.use(jwt({ secret, alg: 'HS256' }))
 * app.use(scopePolicy({ policy: loadPolicy(text), realm: 'api' }))
 */
export function scopePolicy<Context extends ContextLike = ContextLike>(
  options: HonoOptions<Context>,
): Middleware<Context> {
  const target = checkedTarget(options)
  const reader: RequestReader<Context> = {
    method: (context) => context.req.method,
    target: target ?? targetOf,
    header: (context, name) => context.req.raw.headers.get(name),
    scopes: (context) => verifiedScopes(variables(context).get('jwtPayload')),
  }
  const guard = createGuard(options, reader, ['target'])
  return (context, next) => {
    const outcome = guard(context)
    return outcome instanceof Promise ? settleLater(outcome, context, next) : settle(outcome, context, next)
  }
}

async function settleLater(
  outcome: Promise<Outcome>,
  context: ContextLike,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  return settle(await outcome, context, next)
}

function settle(
  outcome: Outcome,
  context: ContextLike,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  if (outcome.decision !== undefined) variables(context).set('scopeDecision', outcome.decision)
  if (outcome.allow) return next() as Promise<undefined>
  return Promise.resolve(send({ ...outcome, body: bodyOf(outcome) }, context))
}

/** The decision about a request; undefined when it was not judged. */
export function decisionOf(context: ContextLike): DecisionRecord | undefined {
  return variables(context).get('scopeDecision') as DecisionRecord | undefined
}

/**
 * A middleware that serves the protected resource metadata (RFC 9728) at its well-known path, and passes on
 * every other request. Use it on the outermost application, before `scopePolicy`.
 *
 * @throws TypeError when the options are malformed.
 */
export function protectedResourceMetadata(options: ResourceMetadataOptions): Middleware<ContextLike> {
  const { answer } = createMetadata(options)
  return (context, next) => {
    const given = answer(context.req.method, targetOf(context))
    return given === undefined ? (next() as Promise<undefined>) : Promise.resolve(send(given, context))
  }
}

function targetOf(context: ContextLike): string {
  return fetchTarget(context.req.raw.url, context.env)
}

/** These members have their own types in each application, to which ours need not be assignable. */
function variables(context: ContextLike): Variables {
  return context as unknown as Variables
}

/** A 204 takes no body, not even an empty one. By `c.body` and not `new Response`, which would lose the headers that were set before. */
function send({ status, headers, body }: Answer, context: ContextLike): Response {
  return variables(context).body(body === '' ? null : body, status, headers)
}
