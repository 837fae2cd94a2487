/**
 * Reading the access token from the `Authorization` header (RFC 6750 §2.1).
 *
 * Two such headers are refused, not resolved: one server on the way may read the first and the next one
 * the last, and `request.headers` of Node silently keeps the first.
 */

import { safeGet } from './safe-get.ts'

/** What an `Authorization` header holds. */
export type BearerToken =
  /** Exactly one token. It is well-formed, not verified. */
  | { readonly kind: 'token'; readonly token: string }
  /** No header, or credentials of another scheme: answer 401 with a bare challenge (RFC 6750 §3.1). */
  | { readonly kind: 'missing' }
  /** Several headers, or not the syntax of RFC 6750 §2.1: answer 400 `invalid_request`. */
  | { readonly kind: 'malformed'; readonly problem: 'several-headers' | 'syntax' }

/** `auth-scheme [ 1*SP … ]` (RFC 9110 §11.4). */
const CREDENTIALS = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?: +(.*))?$/s
/** `b64token` (RFC 6750 §2.1). */
const B64TOKEN = /^[A-Za-z0-9._~+/-]+=*$/

/** A request whose headers can be read: of Node, Express, Fastify, Koa, Hono, or the Fetch API. */
export interface RequestWithHeaders {
  readonly headers?: unknown
  readonly rawHeaders?: unknown
  /** The request of Node below that of Fastify; of the Fetch API below that of Hono. */
  readonly raw?: unknown
  /** The request below the context of Koa or Hono. */
  readonly req?: unknown
}

/**
 * The bearer token of a request. The scheme is compared without case (RFC 9110 §11.1), the token is returned
 * verbatim. Never throws.
 *
 * @param from The request (also a context of Koa or Hono), or every value of its `Authorization` header. On
 *   Node the values are `request.headersDistinct.authorization` and not `request.headers.authorization`, which
 *   hides a second one; with the Fetch API they are `request.headers.get('authorization')`, which joins several
 *   by a comma, and the syntax refuses that. Fastify's `inject` makes requests without `headersDistinct`: pass
 *   the request itself.
 * @example
 * const bearer = bearerToken(request)
 * if (bearer.kind === 'token') claims = await verify(bearer.token)
 */
export function bearerToken(
  from: string | readonly string[] | RequestWithHeaders | null | undefined,
): BearerToken {
  if (from === undefined || from === null) return { kind: 'missing' }
  if (typeof from === 'string') return credentials(from)
  const values = authorizationOf(from)
  if (values === undefined) return { kind: 'malformed', problem: 'syntax' }
  if (values.length > 1) return { kind: 'malformed', problem: 'several-headers' }
  return values.length === 0 ? { kind: 'missing' } : credentials(values[0])
}

/** The values of the header; undefined where none can be read. */
function authorizationOf(from: unknown): readonly unknown[] | undefined {
  try {
    if (Array.isArray(from)) return from as readonly unknown[]
    const request = innermost(from)
    const headers = safeGet(request, 'headers')
    if (typeof headers !== 'object' || headers === null) return undefined
    // The Fetch API. A null prototype, as of Node's headers, has no `get`; a header of that name is a string.
    if (typeof safeGet(headers, 'get') === 'function') {
      const value = (headers as { get(name: string): unknown }).get('authorization')
      return value === null || value === undefined ? [] : [value]
    }
    const value = safeGet(headers, 'authorization')
    const values = value === undefined ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value]
    // Node's `headers` keeps the first of several; what came over the wire is in `rawHeaders`.
    const received = rawValues(safeGet(request, 'rawHeaders'))
    return received.length > 1 ? received : values
  } catch {
    // A getter or a Proxy that throws.
    return undefined
  }
}

/** The request of the platform, below the wrappers of frameworks. */
function innermost(from: unknown): unknown {
  let request = from
  for (let depth = 0; depth < 3; depth++) {
    const below = [safeGet(request, 'raw'), safeGet(request, 'req')].find((one) => {
      const headers = safeGet(one, 'headers') ?? safeGet(one, 'raw')
      return typeof headers === 'object' && headers !== null
    })
    if (below === undefined) break
    request = below
  }
  return request
}

function rawValues(rawHeaders: unknown): readonly unknown[] {
  if (!Array.isArray(rawHeaders)) return []
  const names = rawHeaders as readonly unknown[]
  return names.filter((_, at) => {
    const name = at % 2 === 1 ? names[at - 1] : undefined
    return typeof name === 'string' && name.length === 13 && name.toLowerCase() === 'authorization'
  })
}

function credentials(value: unknown): BearerToken {
  const match = typeof value === 'string' ? CREDENTIALS.exec(value) : null
  if (match === null) return { kind: 'malformed', problem: 'syntax' }
  const [, scheme = '', token = ''] = match
  if (!/^bearer$/i.test(scheme)) return { kind: 'missing' }
  return B64TOKEN.test(token) ? { kind: 'token', token } : { kind: 'malformed', problem: 'syntax' }
}
