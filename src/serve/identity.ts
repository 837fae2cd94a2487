/**
 * The identity of a granted request, in headers for the API.
 *
 * Always all of them, empty where there is nothing: a header that is absent would let what the client sent,
 * or a placeholder of the gateway, take its place. Names with a space stay apart from their neighbors.
 */
import type { Claims } from './tokens/verifier.ts'

interface Identity {
  readonly claims: Claims
  readonly client: string | undefined
  readonly scopes: readonly string[]
  readonly fingerprint: string
}

/** Every header that {@link identityHeaders} may give: a gateway removes them from requests of clients. */
export const IDENTITY_HEADERS: readonly string[] = [
  'x-auth-subject',
  'x-auth-client',
  'x-auth-scopes',
  'x-auth-policy',
  'x-auth-omitted',
]

export type IdentityHeaders = (identity: Identity) => Readonly<Record<string, string>>

/**
 * The headers of an identity, for values of at most `maxSize` bytes together. Those of a token that is asked about
 * again are not written again: claims are the same object for as long as the token is remembered.
 */
export function createIdentityHeaders(maxSize: number): IdentityHeaders {
  const known = new WeakMap<Claims, ReturnType<IdentityHeaders>>()
  return (identity) => {
    const { claims, fingerprint } = identity
    const before = known.get(claims)
    if (before?.['x-auth-policy'] === fingerprint) return before
    const headers = identityHeaders(identity, maxSize)
    known.set(claims, headers)
    return headers
  }
}

/**
 * `maxSize` bounds the values together, because gateways bound the headers of an answer (nginx: 4 KB, and a
 * 500 beyond). The longest is left empty first and named in `x-auth-omitted`, which is empty otherwise.
 */
function identityHeaders(
  { claims, client = '', scopes, fingerprint }: Identity,
  maxSize: number,
): Readonly<Record<string, string>> {
  const { sub } = claims
  const values: Record<string, string> = {
    subject: fieldValue(typeof sub === 'string' ? sub : ''),
    client: fieldValue(client),
    scopes: scopes.map((name) => fieldValue(name).replaceAll(' ', '%20')).join(' '),
  }
  const omitted: string[] = []
  const sizeOf = (name: string): number => values[name]?.length ?? 0
  let size = sizeOf('subject') + sizeOf('client') + sizeOf('scopes')
  // Nearly always they fit, and nothing need be sorted.
  const longestFirst = size <= maxSize ? [] : Object.keys(values).sort((a, b) => sizeOf(b) - sizeOf(a))
  for (const name of longestFirst) {
    if (size <= maxSize) break
    size -= sizeOf(name)
    values[name] = ''
    omitted.push(name)
  }
  const { subject = '', client: clientValue = '', scopes: scopesValue = '' } = values
  return {
    'x-auth-subject': subject,
    'x-auth-client': clientValue,
    'x-auth-scopes': scopesValue,
    'x-auth-policy': fingerprint,
    'x-auth-omitted': omitted.join(' '),
  }
}

/** Visible ASCII and single spaces stay; everything else, and `%`, is percent-encoded UTF-8. */
function fieldValue(text: string): string {
  return text.replace(/[^ !-$&-~]|^ | $/gu, (char) =>
    [...new TextEncoder().encode(char)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  )
}
