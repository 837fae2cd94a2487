/**
 * scope-policy/express: middleware for Express, Connect, and plain `node:http` with a `next` function.
 *
 * The framework is not imported: the types name the few members that are used, and Express 4 and 5 as well
 * as Node's own `IncomingMessage` and `ServerResponse` have them.
 *
 * What this middleware judges is `request.originalUrl`, the target as the client sent it, and where there
 * is none `request.url`: Express takes the mount path off `url`, and a policy is about the whole path.
 * No header is ever read for it. What comes before has to fit that:
 *
 * - A method override must run before, or not at all: `request.method` is judged verbatim. Where one may
 *   come after, set `rejectMethodOverride`.
 * - A rewrite of `request.url` is not seen. Rewrite in the proxy in front, or judge there.
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

/** What is used of a request. */
export interface RequestLike {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly originalUrl?: string | undefined
  readonly headers?: Readonly<Record<string, unknown>>
  /** Left by JWT middleware: the claims, or an object with the claims in `payload`. */
  readonly auth?: unknown
}

/** What is used of a response. */
export interface ResponseLike {
  statusCode: number
  readonly headersSent: boolean
  setHeader(name: string, value: string): unknown
  end(): unknown
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- responses over HTTP/2 have these two
  end(body: string): unknown
  destroy(): unknown
}

/** What the middleware leaves on a request that it let through. */
export interface WithScopeDecision {
  scopeDecision?: DecisionRecord
}

/** A Connect-style middleware. */
export type Middleware<Request> = (
  request: Request,
  response: ResponseLike,
  next: (error?: unknown) => unknown,
) => void

/**
 * A middleware that lets a request through only when the scopes of its token allow it.
 *
 * It expects a **verified** token. By default the scopes are those of `request.auth` as express-jwt sets it
 * (the claims) or express-oauth2-jwt-bearer (`auth.payload`); without `request.auth` the answer is 401. The
 * decision is left in `request.scopeDecision`, which {@link decisionOf} reads. A route that is mounted before
 * it, or that `skip` names, is not judged.
 *
 * @throws TypeError when the options are malformed. The middleware itself never throws.
 * @example
 * app.use(auth({ issuerBaseURL, audience })) // any middleware that verifies the token
 * app.use(scopePolicy({ policy: loadPolicy(text), realm: 'api' }))
 */
export function scopePolicy<Request extends RequestLike = RequestLike>(
  options: ScopePolicyOptions<Request>,
): Middleware<Request> {
  const guard = createGuard<Request>(options, {
    method: (request) => request.method,
    target: targetOf,
    header: (request, name) => safeGet(request.headers, name),
    scopes: (request) => verifiedScopes(unlessPolluted(request.auth, request, 'auth')),
  })
  return (request, response, next) => {
    const outcome = guard(request)
    // `next` runs outside of every `try` here: what a later handler throws is not ours to catch.
    if (outcome instanceof Promise) settleLater(outcome, request, response, next)
    else if (settle(outcome, request, response)) next()
  }
}

/** The decision about a request; undefined when it was not judged. */
export function decisionOf(request: object): DecisionRecord | undefined {
  return Object.hasOwn(request, 'scopeDecision') ? (request as WithScopeDecision).scopeDecision : undefined
}

/**
 * A middleware that serves the protected resource metadata (RFC 9728) at its well-known path, and passes on
 * every other request. Mount it at the root, before `scopePolicy`.
 *
 * @throws TypeError when the options are malformed.
 * @example
 * app.use(protectedResourceMetadata({ resource, authorizationServers: [issuer], policy }))
 * app.use(scopePolicy({ policy, resourceMetadata: metadataUrl(resource) }))
 */
export function protectedResourceMetadata(options: ResourceMetadataOptions): Middleware<RequestLike> {
  const { answer } = createMetadata(options)
  return (request, response, next) => {
    const given = answer(request.method, targetOf(request))
    if (given === undefined) next()
    else send(given, response)
  }
}

function targetOf(request: RequestLike): unknown {
  return originalUrl(request) ?? request.url
}

/** Apart from the middleware, so that a decision at once costs no closure. */
function settleLater(
  outcome: Promise<Outcome>,
  request: object,
  response: ResponseLike,
  next: () => unknown,
): void {
  void outcome.then((settled) => {
    if (settle(settled, request, response)) next()
  })
}

/** Sends a denial; true when the request may go on. */
function settle(outcome: Outcome, request: object, response: ResponseLike): boolean {
  try {
    if (outcome.decision !== undefined) (request as WithScopeDecision).scopeDecision = outcome.decision
    if (outcome.allow) return true
    // Somebody has answered while we waited: leave that answer alone, and do not go on either.
    if (!response.headersSent) send({ ...outcome, body: bodyOf(outcome) }, response)
  } catch {
    // A frozen request, a response that takes no headers: what cannot be answered is cut off.
    response.destroy()
  }
  return false
}

function send({ status, headers, body }: Answer, response: ResponseLike): void {
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  // Without an argument a response over HTTP/2 ends with its headers.
  if (body === '') response.end()
  else response.end(body)
}
