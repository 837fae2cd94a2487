/**
 * Where the token of a request is: the `Authorization` header, or the header and the cookie that are set.
 *
 * Two tokens are refused, not resolved (RFC 6750 §2): the API might read the other one.
 */
import { bearerToken } from '../../claims/bearer-token.ts'
import type { ValuesOf } from '../question.ts'
import type { Settings } from '../settings.ts'

export type Credentials =
  | { readonly kind: 'token'; readonly token: string; readonly scheme: 'Bearer' | 'DPoP' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'malformed'; readonly problem: string }

/** `b64token` (RFC 6750 §2.1). */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/
const DPOP_SCHEME = /^dpop(?: +|$)/i
const BEARER_SCHEME = /^bearer +/i
const MISSING: Credentials = { kind: 'missing' }

export function readCredentials(
  valuesOf: ValuesOf,
  { tokenHeader, tokenCookie, dpop }: Pick<Settings, 'tokenHeader' | 'tokenCookie' | 'dpop'>,
): Credentials {
  const name = tokenHeader.toLowerCase()
  const values = valuesOf(name)
  const inHeader = name === 'authorization' ? authorization(values, dpop) : otherHeader(values)
  if (tokenCookie === undefined) return inHeader
  const inCookie = cookie(valuesOf('cookie'), tokenCookie)
  if (inHeader.kind === 'missing') return inCookie
  if (inCookie.kind === 'missing') return inHeader
  return { kind: 'malformed', problem: `a token in ${name} and another one in the cookie` }
}

function authorization(values: readonly string[], dpop: boolean): Credentials {
  const [first = '', second] = values
  if (dpop && second === undefined && DPOP_SCHEME.test(first))
    return token(first.replace(DPOP_SCHEME, ''), 'DPoP')
  const bearer = bearerToken(values)
  return bearer.kind === 'token' ? { ...bearer, scheme: 'Bearer' } : bearer
}

function otherHeader(values: readonly string[]): Credentials {
  const [first, second] = values
  if (first === undefined) return MISSING
  if (second !== undefined) return { kind: 'malformed', problem: 'several-headers' }
  return token(first.replace(BEARER_SCHEME, ''), 'Bearer')
}

/** RFC 6265 §4.2; quotation marks around a value are not part of it. */
function cookie(values: readonly string[], name: string): Credentials {
  const found = values
    .flatMap((value) => value.split(';'))
    .flatMap((pair) => {
      const end = pair.indexOf('=')
      return end > 0 && pair.slice(0, end).trim() === name ? [pair.slice(end + 1).trim()] : []
    })
  const [first, second] = found
  if (first === undefined) return MISSING
  if (second !== undefined) return { kind: 'malformed', problem: 'several-cookies' }
  return token(first.replace(/^"(.*)"$/, '$1'), 'Bearer')
}

function token(text: string, scheme: 'Bearer' | 'DPoP'): Credentials {
  return TOKEN.test(text) ? { kind: 'token', token: text, scheme } : { kind: 'malformed', problem: 'syntax' }
}
