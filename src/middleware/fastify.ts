/**
 * scope-policy/fastify: a plugin for Fastify 4 and 5.
 *
 * The framework is not imported: the types name the few members that are used. The plugin reaches the routes
 * of its siblings as `fastify-plugin` would make it; register it **before** the plugins whose routes it
 * guards, and before their prefix applies. Unknown routes are judged as well.
 *
 * What is judged is `request.raw.url`, the target that Fastify routed, before it decoded anything; no header
 * is read for it. It is the target as the client sent it, but for two cases: with `rewriteUrl` it is what that
 * wrote, and where Fastify is mounted in another server it is what that left of it.
 *
 * CORS preflights carry no token: register `@fastify/cors` before.
 *
 * @module
 */
import { createGuard } from '../enforce/guard.ts'
import { verifiedScopes } from '../enforce/verified-scopes.ts'
import { bodyOf } from '../enforce/denials.ts'
import { safeGet, unlessPolluted } from '../claims/safe-get.ts'
import { createMetadata } from '../enforce/metadata.ts'
import type { Answer, ResourceMetadataOptions } from '../enforce/metadata.ts'
import { ownProperties } from '../enforce/options.ts'
import type { DecisionRecord, Outcome, RequestReader, ScopePolicyOptions } from '../enforce/types.ts'

export * from './public.ts'
export { guardUpgrade } from './upgrade.ts'
export type { SocketLike, UpgradeOptions, UpgradeRequestLike } from './upgrade.ts'

/** What is used of a request, and what `skip` and `scopes` are likely to read. */
export interface RequestLike {
  readonly method: string
  readonly url: string
  readonly ip: string
  readonly hostname: string
  readonly params: unknown
  readonly query: unknown
  readonly raw: { readonly url?: string | undefined }
  readonly headers: Readonly<Record<string, unknown>>
  readonly routeOptions: { readonly config?: object }
  /** Left by @fastify/jwt: the claims. */
  readonly user?: unknown
}

/** What is used of a reply. */
export interface ReplyLike {
  readonly sent: boolean
  code(status: number): unknown
  header(name: string, value: string): unknown
  send(body: string): unknown
}

/** What is used of an instance; checked by the plugin, since hook names and signatures belong together. */
export interface InstanceLike {
  readonly prefix: string
  hasRequestDecorator(name: string): boolean
}

/** A Fastify plugin. */
export type Plugin = (instance: InstanceLike, options: object, done: (error?: Error) => void) => void

/** Where the requests are judged: see {@link scopePolicy}. */
export type Hook = 'onRequest' | 'preParsing' | 'preValidation' | 'preHandler'

/** The options of {@link scopePolicy}. */
export interface FastifyOptions<Request> extends ScopePolicyOptions<Request> {
  /** Default: `onRequest`. */
  readonly hook?: Hook | undefined
}

type Done = (error?: Error) => void

interface WithScopeDecision {
  scopeDecision?: DecisionRecord | undefined
}

interface Instance extends InstanceLike {
  printRoutes(): string
  addHook(name: 'onRoute', hook: (route: object) => void): unknown
  addHook(name: 'onReady', hook: (ready: () => void) => void): unknown
  addHook(
    name: Hook,
    hook: (request: unknown, reply: ReplyLike, doneOrBody: Done, done?: Done) => void,
  ): unknown
  decorateRequest(name: string): unknown
  route(options: object): unknown
}

/** What Fastify prints before the first route is registered. */
const NO_ROUTES = '(empty tree)'

const HOOKS: readonly string[] = ['onRequest', 'preParsing', 'preValidation', 'preHandler'] satisfies Hook[]

/**
 * A plugin that lets a request through only when the scopes of its token allow it.
 *
 * It expects a **verified** token. By default the scopes are those of `request.user` as @fastify/jwt sets it;
 * without it the answer is 401. Requests are judged in the hook `onRequest`, before a body is read, after the
 * `onRequest` hooks that were added before. Where the token is verified later, name a later `hook`: routes
 * with their own `onRequest` (`onRequest: [app.authenticate]`) need `preParsing`, those with such a
 * `preHandler` cannot be guarded by a plugin that runs before it, and are answered 401.
 *
 * The decision is left in `request.scopeDecision`, which {@link decisionOf} reads. A route with
 * `config: { scopePolicy: false }` is not judged.
 *
 * @throws TypeError when the options are malformed.
 * @example
 * app.addHook('onRequest', (request) => request.jwtVerify())
 * app.register(scopePolicy({ policy: loadPolicy(text), realm: 'api' }))
 */
export function scopePolicy<Request extends RequestLike = RequestLike>(
  options: FastifyOptions<Request>,
): Plugin {
  const reader: RequestReader<Request> = {
    method: (request) => request.method,
    target: (request) => request.raw.url,
    header: (request, name) => safeGet(request.headers, name),
    scopes: (request) => verifiedScopes(unlessPolluted(request.user, request, 'user')),
  }
  const guard = createGuard(options, reader, ['hook'])
  const { hook = 'onRequest' } = ownProperties(options)
  if (!HOOKS.includes(hook)) throw new TypeError(`\`hook\` must be one of ${HOOKS.join(', ')}`)

  return plugin('scope-policy', (instance) => {
    if (!instance.hasRequestDecorator('scopeDecision')) instance.decorateRequest('scopeDecision')
    // Fastify makes a new object whenever `routeOptions` is read: not where no route can be exempt.
    let mayBeExempt = true
    if (instance.printRoutes() === NO_ROUTES) {
      const routes: object[] = []
      instance.addHook('onRoute', (route) => {
        routes.push(route)
      })
      // Not before: a later `onRoute` hook may set the route's config.
      instance.addHook('onReady', (ready) => {
        mayBeExempt = routes.splice(0).some(isExempt)
        ready()
      })
    }
    instance.addHook(hook, (subject, reply, doneOrBody, done = doneOrBody) => {
      const request = subject as Request
      if (mayBeExempt && isExempt(request.routeOptions)) {
        done()
        return
      }
      const outcome = guard(request)
      if (outcome instanceof Promise) settleLater(outcome, request, reply, done)
      else settle(outcome, request, reply, done)
    })
  })
}

/** Whether a route has `config: { scopePolicy: false }`. */
function isExempt(route: object): boolean {
  return safeGet(safeGet(route, 'config'), 'scopePolicy') === false
}

/** Apart from the hook, so that a decision at once costs no closure. */
function settleLater(outcome: Promise<Outcome>, request: object, reply: ReplyLike, done: Done): void {
  void outcome.then((settled) => {
    settle(settled, request, reply, done)
  })
}

function settle(outcome: Outcome, request: object, reply: ReplyLike, done: Done): void {
  ;(request as WithScopeDecision).scopeDecision = outcome.decision
  if (outcome.allow) done()
  // Somebody may have answered while we waited: leave that answer alone, and do not go on either.
  else if (!reply.sent) send(reply, { ...outcome, body: bodyOf(outcome) })
}

/** The decision about a request; undefined when it was not judged. */
export function decisionOf(request: object): DecisionRecord | undefined {
  return (safeGet(request, 'scopeDecision') as DecisionRecord | null | undefined) ?? undefined
}

/**
 * A plugin that serves the protected resource metadata (RFC 9728) at its well-known path. Register it at the
 * root: with a prefix it would be where no client looks, and the start fails.
 *
 * @throws TypeError when the options are malformed.
 */
export function protectedResourceMetadata(options: ResourceMetadataOptions): Plugin {
  const { path, answer } = createMetadata(options)
  return plugin('scope-policy-metadata', (instance) => {
    if (instance.prefix !== '') throw new Error('the protected resource metadata is registered with a prefix')
    const handler = ({ method }: { readonly method: string }, reply: ReplyLike): void => {
      send(reply, answer(method, path) as Answer)
    }
    // In route patterns a colon begins a parameter unless it is doubled.
    const url = path.replaceAll(':', '::')
    instance.route({ method: ['GET', 'HEAD', 'OPTIONS'], url, config: { scopePolicy: false }, handler })
  })
}

/** Makes the plugin one that is not encapsulated: what `fastify-plugin` does, which is not needed for it. */
function plugin(name: string, set: (instance: Instance) => void): Plugin {
  const register: Plugin = (instance, _options, done) => {
    try {
      set(instance as Instance)
    } catch (error) {
      done(error as Error)
      return
    }
    done()
  }
  return Object.assign(register, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: name,
    [Symbol.for('plugin-meta')]: { name, fastify: '4.x || 5.x' },
  })
}

function send(reply: ReplyLike, { status, headers, body }: Answer): void {
  reply.code(status)
  for (const [name, value] of Object.entries(headers)) reply.header(name, value)
  reply.send(body)
}
