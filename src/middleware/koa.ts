/**
 * scope-policy/koa: middleware for Koa.
 *
 * The framework is not imported: the types name the few members that are used. What is judged is the target
 * as Node received it (`originalUrl`), also where Koa is mounted in another server, and where `ctx.url` or
 * `ctx.path` were rewritten, as koa-mount does; no header is read for it. So:
 *
 * - A method override must run before, or not at all: `ctx.method` is judged verbatim. Where one may come
 *   after, set `rejectMethodOverride`.
 * - A rewrite is not seen. Rewrite in the proxy in front, or judge there.
 * - CORS preflights carry no token: mount CORS before.
 *
 * @module
 */
import { createGuard } from '../enforce/guard.ts'
import { verifiedScopes } from '../enforce/verified-scopes.ts'
import { bodyOf } from '../enforce/denials.ts'
import { safeGet, unlessPolluted } from '../claims/safe-get.ts'
import { createMetadata } from '../enforce/metadata.ts'
import type { Answer, ResourceMetadataOptions } from '../enforce/metadata.ts'
import { originalUrl } from './original-url.ts'
import type { DecisionRecord, Outcome, ScopePolicyOptions } from '../enforce/types.ts'

export * from './public.ts'
export { guardUpgrade } from './upgrade.ts'
export type { SocketLike, UpgradeOptions, UpgradeRequestLike } from './upgrade.ts'

/** What is used of a Koa context. */
export interface ContextLike {
  readonly method: string
  readonly originalUrl: string
  readonly headers: Readonly<Record<string, unknown>>
  /** The request of Node; a server around Koa may have left the whole target in `originalUrl`. */
  readonly req: object
  /** Here `user` holds the claims, left by koa-jwt; and we leave `scopeDecision`. */
  readonly state: { readonly user?: unknown }
  status: number
  body: unknown
  set(name: string, value: string): unknown
}

/** A Koa middleware. */
export type Middleware<Context> = (context: Context, next: () => Promise<unknown>) => Promise<unknown>

/** What the middleware leaves in `ctx.state`. */
export interface WithScopeDecision {
  scopeDecision?: DecisionRecord
}

/**
 * A middleware that lets a request through only when the scopes of its token allow it.
 *
 * It expects a **verified** token. By default the scopes are those of `ctx.state.user` as koa-jwt sets it;
 * without it the answer is 401. The decision is left in `ctx.state.scopeDecision`, which {@link decisionOf}
 * reads. What is mounted before it, or named by `skip`, is not judged.
 *
 * @throws TypeError when the options are malformed.
 * @example
 * app.use(jwt({ secret })) // any middleware that verifies the token
 * app.use(scopePolicy({ policy: loadPolicy(text), realm: 'api' }))
 */
export function scopePolicy<Context extends ContextLike = ContextLike>(
  options: ScopePolicyOptions<Context>,
): Middleware<Context> {
  const guard = createGuard<Context>(options, {
    method: (context) => context.method,
    target: targetOf,
    header: (context, name) => safeGet(context.headers, name),
    scopes: ({ state }) => verifiedScopes(unlessPolluted(state.user, state, 'user')),
  })
  return (context, next) => {
    const outcome = guard(context)
    return outcome instanceof Promise ? settleLater(outcome, context, next) : settle(outcome, context, next)
  }
}

/** The decision about a request; undefined when it was not judged. */
export function decisionOf(context: Pick<ContextLike, 'state'>): DecisionRecord | undefined {
  return safeGet(context.state, 'scopeDecision') as DecisionRecord | undefined
}

/**
 * A middleware that serves the protected resource metadata (RFC 9728) at its well-known path, and passes on
 * every other request. Mount it at the root, before `scopePolicy`.
 *
 * @throws TypeError when the options are malformed.
 */
export function protectedResourceMetadata(options: ResourceMetadataOptions): Middleware<ContextLike> {
  const { answer } = createMetadata(options)
  return (context, next) => {
    const given = answer(context.method, targetOf(context))
    return given === undefined ? next() : send(given, context)
  }
}

async function settleLater(
  outcome: Promise<Outcome>,
  context: ContextLike,
  next: () => Promise<unknown>,
): Promise<unknown> {
  return settle(await outcome, context, next)
}

function settle(outcome: Outcome, context: ContextLike, next: () => Promise<unknown>): Promise<unknown> {
  if (outcome.decision !== undefined) (context.state as WithScopeDecision).scopeDecision = outcome.decision
  if (outcome.allow) return next()
  // Where somebody has answered while we waited, Koa leaves that answer alone; we do not go on either.
  return send({ ...outcome, body: bodyOf(outcome) }, context)
}

function targetOf(context: ContextLike): unknown {
  return originalUrl(context.req) ?? context.originalUrl
}

function send({ status, headers, body }: Answer, context: ContextLike): Promise<void> {
  context.status = status
  // Koa guesses the type of a body that has none yet: the headers come after it, and win.
  context.body = body
  for (const [name, value] of Object.entries(headers)) context.set(name, value)
  return Promise.resolve()
}
