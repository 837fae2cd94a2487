/**
 * OAuth 2.0 Protected Resource Metadata (RFC 9728): states for a refused client which authorization
 * servers give tokens for this API, and which scopes there are.
 *
 * Public by nature, so it is served without a token and to every origin, CORS preflights included: clients in
 * browsers send `MCP-Protocol-Version` along. Adapters mount it before the middleware that judges, and name its
 * address in `resourceMetadata`.
 */
import { secureUrl } from '../source/secure-url.ts'
import { bodyOf, internalError } from './denials.ts'
import { checkBaseline, ownProperties, refuseUnknown } from './options.ts'
import { requestNames } from './scopes-to-ask-for.ts'

/** What the document needs of a policy: `scopes` of a loaded policy, or of a compiled one. */
export interface PolicyWithScopes {
  readonly scopes: ReadonlyMap<string, unknown> | readonly string[]
  /** The name by which clients ask for a scope; default: the scope itself. */
  readonly requestAs?: ((scope: string) => string) | undefined
}

/** What the metadata says. */
export interface ResourceMetadataOptions {
  /** The resource identifier (RFC 9728 §1.2): an https URL without query and fragment; http on loopback. */
  readonly resource: string
  /** Issuer identifiers of the authorization servers. Default: the member is absent. */
  readonly authorizationServers?: readonly string[] | undefined
  /**
   * Its scopes become `scopes_supported`, in document order. A function is called for each request. Without
   * a policy, or without scopes in it, the member is absent.
   */
  readonly policy?: PolicyWithScopes | (() => PolicyWithScopes) | undefined
  /**
   * These become `scopes_supported`, whatever the policy has: the scopes that a client should ask for to begin
   * with. The others are named when a request needs them, in the challenge of its 403.
   */
  readonly baseline?: readonly string[] | undefined
  /** How a token may be sent (RFC 6750 §2). Default: `['header']`; an empty list says "in none of these ways". */
  readonly bearerMethods?: readonly ('header' | 'body' | 'query')[] | undefined
  /**
   * Further members by their registered names (RFC 9728 §2), such as `resource_name` and `jwks_uri`. They win
   * over what is computed; one that is undefined takes the member out. `resource` is not theirs to change.
   */
  readonly members?: Readonly<Record<string, unknown>> | undefined
}

/** A response in the words of no framework. Field names are in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The metadata of one resource, ready to be served. */
export interface Metadata {
  /** Where it is served: the path of {@link metadataUrl}. */
  readonly path: string
  /** The response to a request for the metadata; undefined for every other path. Never throws. */
  readonly answer: (method: unknown, target: unknown) => Answer | undefined
}

/**
 * The answer to a preflight, and to any other `OPTIONS`. The wildcard covers every header of a request without
 * credentials but `Authorization`, which has to be named (Fetch standard, CORS-preflight fetch); browsers that do
 * not know it read the names.
 */
const PREFLIGHT = {
  allow: 'GET, HEAD, OPTIONS',
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'Authorization, Content-Type, MCP-Protocol-Version, *',
  'access-control-max-age': '86400',
}
const WELL_KNOWN = '/.well-known/oauth-protected-resource'
const BEARER_METHODS: readonly unknown[] = ['header', 'body', 'query']
/** Every option of {@link ResourceMetadataOptions}, which the type checker holds complete. */
const OPTIONS = Object.keys({
  resource: 0,
  authorizationServers: 0,
  policy: 0,
  baseline: 0,
  bearerMethods: 0,
  members: 0,
} satisfies Record<keyof ResourceMetadataOptions, 0>)

/**
 * The address of the metadata of a resource: the well-known path comes between host and path (RFC 9728 §3.1).
 * It is the value for the option `resourceMetadata`.
 *
 * @throws TypeError when `resource` is not an https URL, or has a query or a fragment.
 * @example
 * metadataUrl('https://api.example/rest') // https://api.example/.well-known/oauth-protected-resource/rest
 */
export function metadataUrl(resource: string): string {
  const url = typeof resource === 'string' ? secureUrl(resource) : undefined
  if (url === undefined || /[?#@\s\\]/.test(resource)) {
    throw new TypeError('`resource` must be an https URL without query and fragment (RFC 9728 section 1.2)')
  }
  return `${url.origin}${WELL_KNOWN}${url.pathname === '/' ? '' : url.pathname}`
}

/** @throws TypeError when the options are malformed. */
export function createMetadata(options: ResourceMetadataOptions): Metadata {
  const own = ownProperties(options)
  refuseUnknown(own, OPTIONS)
  const { resource, authorizationServers = [], policy, baseline, bearerMethods = ['header'], members } = own
  const { pathname: path } = new URL(metadataUrl(resource))
  if (!isListOf(authorizationServers, (one) => typeof one === 'string'))
    throw new TypeError('`authorizationServers` must be an array of issuer identifiers')
  if (!isListOf(bearerMethods, (one) => BEARER_METHODS.includes(one)))
    throw new TypeError(`\`bearerMethods\` must be an array of ${BEARER_METHODS.join(', ')}`)
  checkBaseline(baseline)
  if (members !== undefined && (typeof members !== 'object' || (members as object | null) === null))
    throw new TypeError('`members` must be an object')
  if (typeof policy !== 'function' && !isPolicyWithScopes(policy))
    throw new TypeError('`policy` must be a policy, or a function that returns one')

  const body = (): string => {
    const scopes = baseline ?? requestNamesOf(typeof policy === 'function' ? policy() : policy)
    const document = {
      resource,
      // A member with no elements is left out (RFC 9728 §3.2); of `bearer_methods_supported` it means "none".
      ...(authorizationServers.length === 0 ? {} : { authorization_servers: authorizationServers }),
      ...(scopes.length === 0 ? {} : { scopes_supported: scopes }),
      bearer_methods_supported: bearerMethods,
      ...members,
    }
    return `${JSON.stringify({ ...document, resource })}\n`
  }
  // A policy that is not a function stays what it is, and what is wrong with it is known now.
  const fixed = typeof policy === 'function' ? undefined : body()

  const answer = (method: unknown, target: unknown): Answer | undefined => {
    if (typeof target !== 'string' || target.split('?', 1)[0] !== path) return undefined
    if (method === 'OPTIONS') return { status: 204, headers: PREFLIGHT, body: '' }
    if (method !== 'GET' && method !== 'HEAD')
      return { status: 405, headers: { allow: PREFLIGHT.allow }, body: '' }
    try {
      const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' }
      return { status: 200, headers, body: fixed ?? body() }
    } catch {
      const denial = internalError()
      return { ...denial, body: bodyOf(denial) }
    }
  }
  return { path, answer }
}

function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne)
}

function isPolicyWithScopes(value: unknown): boolean {
  if (value === undefined) return true
  if (typeof value !== 'object' || value === null) return false
  const { scopes } = value as { readonly scopes?: { readonly keys?: unknown } | null }
  return Array.isArray(scopes) || typeof scopes?.keys === 'function'
}

function requestNamesOf(policy: PolicyWithScopes | undefined): readonly string[] {
  if (policy === undefined) return []
  const { scopes } = policy
  return requestNames(policy, isList(scopes) ? scopes : [...scopes.keys()])
}

/** `Array.isArray` alone does not distinguish a read-only array from a map. */
function isList(scopes: PolicyWithScopes['scopes']): scopes is readonly string[] {
  return Array.isArray(scopes)
}
