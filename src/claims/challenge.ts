/**
 * The `WWW-Authenticate` value by which a resource server states for a client what its token lacks
 * (RFC 6750 §3).
 *
 * The value is one header line made of quoted strings, so a stray quotation mark or line end in a realm
 * or a scope would let its author write further parameters, challenges or headers. Nothing is repaired or
 * dropped here: a value that the grammar has no place for is refused.
 */
import { SCOPE_TOKEN } from '../language/scope-token.ts'
import { ownMember } from '../source/own.ts'

/** The parameters of a challenge. Those that are absent or undefined are left out. */
export interface ChallengeOptions {
  /** The protection space (RFC 9110 §11.5). Printable ASCII; quotation marks and backslashes are escaped. */
  readonly realm?: string | undefined
  /**
   * `invalid_request`, `invalid_token` or `insufficient_scope` (RFC 6750 §3.1), or an error code of an
   * extension. Leave it out when the request carried no token at all.
   */
  readonly error?: string | undefined
  /** A sentence for the client's developer, not for the person using it. ASCII without `"` and `\`. */
  readonly errorDescription?: string | undefined
  /** A page about the error: a URI (RFC 3986). */
  readonly errorUri?: string | undefined
  /**
   * The scopes needed: names separated by single spaces, or one name for each element (RFC 6749 §3.3).
   * An empty array names none, and the parameter is left out.
   */
  readonly scope?: string | readonly string[] | undefined
  /** The absolute URL of the protected resource metadata (RFC 9728 §5.1). */
  readonly resourceMetadata?: string | undefined
}

/** `%x21 / %x23-5B / %x5D-7E`, the characters of scope and error_uri in RFC 6750 §3. */
const TOKEN = SCOPE_TOKEN
/** `%x20-21 / %x23-5B / %x5D-7E`, the characters of error and error_description in RFC 6750 §3. */
const SENTENCE = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/
/** What a quoted-string can carry (RFC 9110 §5.6.4), without obs-text: its encoding is anybody's guess. */
const QUOTABLE = /^[\t\x20-\x7e]*$/
const ABSOLUTE_URL = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//

/**
 * The value of a `WWW-Authenticate` header with one `Bearer` challenge (RFC 6750 §3).
 *
 * Parameters come in the order realm, error, error_description, error_uri, scope, resource_metadata.
 * Without any, the value is `Bearer`, the answer to a request without a token.
 *
 * @throws TypeError when a value is not text, or holds what its parameter cannot carry: line ends and other
 *   control characters, non-ASCII, `"` and `\` outside of the realm, spaces that are not single in `scope`.
 * @example
 * challenge({ error: 'insufficient_scope', scope: 'api' }) // Bearer error="insufficient_scope", scope="api"
 */
export function challenge(options: ChallengeOptions = {}): string {
  const parameters = [
    parameter('realm', realm(ownMember(options, 'realm'))),
    parameter('error', matching('error', ownMember(options, 'error'), SENTENCE)),
    parameter(
      'error_description',
      matching('errorDescription', ownMember(options, 'errorDescription'), SENTENCE),
    ),
    parameter('error_uri', matching('errorUri', ownMember(options, 'errorUri'), TOKEN)),
    parameter('scope', scope(ownMember(options, 'scope'))),
    parameter('resource_metadata', metadata(ownMember(options, 'resourceMetadata'))),
  ].filter((text) => text !== undefined)
  return parameters.length === 0 ? 'Bearer' : `Bearer ${parameters.join(', ')}`
}

function parameter(name: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${name}="${value}"`
}

function matching(name: string, value: unknown, allowed: RegExp): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || !allowed.test(value)) throw unfit(name)
  return value
}

function realm(value: unknown): string | undefined {
  return matching('realm', value, QUOTABLE)?.replace(/["\\]/g, '\\$&')
}

function scope(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' && !Array.isArray(value)) throw unfit('scope')
  const names: readonly unknown[] = typeof value === 'string' ? value.split(' ') : value
  if (names.length === 0) return undefined
  // `map` would step over the holes of a sparse array; `Array.from` sees them as undefined.
  return Array.from(names, (name) => matching('scope', name ?? '', TOKEN)).join(' ')
}

function metadata(value: unknown): string | undefined {
  const url = matching('resourceMetadata', value, TOKEN)
  if (url !== undefined && !ABSOLUTE_URL.test(url))
    throw new TypeError('`resourceMetadata` must be an absolute URL')
  return url
}

function unfit(name: string): TypeError {
  // The value itself stays out of the message: it may come from a request, and messages end up in logs.
  return new TypeError(`\`${name}\` cannot be written in a WWW-Authenticate header (RFC 6750 section 3)`)
}
