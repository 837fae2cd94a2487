/**
 * scope-policy/nest: a guard for NestJS, on Express and on Fastify.
 *
 * The framework is not imported: the types name the few members that are used.
 *
 * **A guard runs only for routes that Nest matched.** Static files, handlers of the server below, and unknown
 * routes never reach it. To have those judged as well, mount `app.use(scopePolicy(…))` of this entry, which is
 * the middleware of `scope-policy/express` and does not read `@Public()`.
 *
 * What is judged is the target as the client sent it, global prefix and version included; no header is read
 * for it. CORS preflights carry no token and end at `app.enableCors()`, which runs before guards.
 *
 * @module
 */
import { createGuard } from '../enforce/guard.ts'
import type { Guard } from '../enforce/guard.ts'
import { verifiedScopes } from '../enforce/verified-scopes.ts'
import { safeGet } from '../claims/safe-get.ts'
import { ownProperties } from '../enforce/options.ts'
import { originalUrl } from './original-url.ts'
import type { DecisionRecord, Problem, RequestReader, ScopePolicyOptions } from '../enforce/types.ts'

export * from './public.ts'
export { decisionOf, guardUpgrade, protectedResourceMetadata, scopePolicy } from './express.ts'
export type { SocketLike, UpgradeOptions, UpgradeRequestLike } from './upgrade.ts'

/** What is used of a request of Express or Fastify. */
export interface RequestLike {
  readonly method: string
  readonly headers: Readonly<Record<string, unknown>>
  /** Express. */
  readonly originalUrl?: string | undefined
  /** Fastify. */
  readonly raw?: { readonly url?: string | undefined } | undefined
}

/** What is used of an execution context. */
export interface ContextLike {
  getType(): string
  getHandler(): object
  getClass(): object
  switchToHttp(): { getRequest(): unknown; getResponse(): unknown }
}

/** The options of {@link ScopePolicyGuard}. */
export interface NestOptions<Request> extends Omit<ScopePolicyOptions<Request>, 'grpc'> {
  /** `HttpException` of @nestjs/common: what is thrown for a denial, so that your exception filters recognize it. */
  readonly HttpException: new (body: Readonly<Record<string, unknown>>, status: number) => Error
}

/** The key of the metadata that {@link Public} sets, for `SetMetadata` and `Reflector`. */
export const PUBLIC = 'scope-policy:public'

interface Metadata {
  readonly defineMetadata?: (key: string, value: unknown, target: object) => void
  readonly getMetadata?: (key: string, target: object) => unknown
}

/**
 * Marks a controller or a route as not judged by the guard; `@Public(false)` on a route takes it back for one
 * route of a public controller.
 */
export function Public(isPublic = true): ClassDecorator & MethodDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const { defineMetadata } = Reflect as Metadata
    if (defineMetadata === undefined) throw new TypeError('`Public` needs reflect-metadata, as Nest does')
    defineMetadata(PUBLIC, isPublic, (descriptor?.value as object | undefined) ?? target)
  }
}

/**
 * A guard that lets a request through only when the scopes of its token allow it.
 *
 * It expects a **verified** token, so the guard or middleware that verifies comes before it. By default the
 * scopes are those of `request.user` (guards as in the documentation of Nest, Passport), and only where there
 * is none those of `request.auth` (express-jwt); without both the answer is 401. Denials are thrown as
 * `HttpException`, with the challenge already on the response. The decision is left in `request.scopeDecision`,
 * which {@link decisionOf} reads. What is not HTTP (WebSockets, microservices, GraphQL) is always denied: give
 * it its own guard.
 *
 * @throws TypeError when the options are malformed.
 * @example
 * app.useGlobalGuards(new ScopePolicyGuard({ policy, HttpException }))
 * // or, in a module, after the provider of the guard that verifies the token:
 * { provide: APP_GUARD, useFactory: () => new ScopePolicyGuard({ policy, HttpException }) }
 */
export class ScopePolicyGuard<Request extends RequestLike = RequestLike> {
  readonly #guard: Guard<Request>
  readonly #HttpException: NestOptions<Request>['HttpException']

  constructor(options: NestOptions<Request>) {
    const reader: RequestReader<Request> = {
      method: (request) => request.method,
      target: (request) => originalUrl(request) ?? safeGet(safeGet(request, 'raw'), 'url'),
      header: (request, name) => safeGet(request.headers, name),
      scopes: (request) => verifiedScopes(safeGet(request, 'user') ?? safeGet(request, 'auth')),
    }
    this.#guard = createGuard(options, reader, ['HttpException'])
    this.#HttpException = ownProperties(options).HttpException
    // Its exception filters word the response: they would make JSON of it.
    if (Object.hasOwn(options, 'grpc'))
      throw new TypeError('`grpc` is an option of the middleware, not of the guard')
    if (typeof this.#HttpException !== 'function') {
      throw new TypeError('`HttpException` must be the class of that name of @nestjs/common')
    }
  }

  /** Nest calls this. */
  async canActivate(context: ContextLike): Promise<boolean> {
    if (context.getType() !== 'http') throw new TypeError('ScopePolicyGuard judges HTTP requests only')
    if (isPublic(context)) return true
    const http = context.switchToHttp()
    const request = http.getRequest() as Request & { scopeDecision?: DecisionRecord | undefined }
    const outcome = await this.#guard(request)
    if (outcome.decision !== undefined) request.scopeDecision = outcome.decision
    if (outcome.allow) return true
    const response = http.getResponse() as { header(name: string, value: string): unknown }
    for (const [name, value] of Object.entries(outcome.headers)) response.header(name, value)
    throw new this.#HttpException({ ...(outcome.body satisfies Problem) }, outcome.status)
  }
}

/** What a route says counts before what its controller says, as `Reflector.getAllAndOverride` has it. */
function isPublic(context: ContextLike): boolean {
  const { getMetadata } = Reflect as Metadata
  const said = [context.getHandler(), context.getClass()].map((target) => getMetadata?.(PUBLIC, target))
  return said.find((value) => value !== undefined) === true
}
