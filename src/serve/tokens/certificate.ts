/**
 * Certificate-bound tokens (RFC 8705 §3): the token names the hash of the client's certificate, and the
 * gateway that ended the TLS connection passes the certificate on.
 *
 * Gateways write it in four ways, which cannot be confused: `Client-Cert` of RFC 9440 (base64 between
 * colons), PEM that is URL-encoded (nginx, AWS), base64 alone (HAProxy, Caddy, Traefik), and
 * `X-Forwarded-Client-Cert` of Envoy (`Hash=…;Cert="…"`). Of several certificates none is taken: which of
 * them the connection was made with is not known here.
 */
import { createHash } from 'node:crypto'
import { InvalidToken } from './verifier.ts'

/** Throws {@link InvalidToken} unless `value` is the certificate whose hash the token names. */
export function checkCertificate(value: string | undefined, expected: unknown): void {
  if (value === undefined || value === '')
    throw new InvalidToken('the token is bound to a certificate, and the gateway passed none, or several')
  const hash = thumbprintOf(value)
  if (hash === undefined)
    throw new InvalidToken('the certificate that the gateway passed cannot be read, or there are several')
  if (typeof expected !== 'string' || hash !== expected.replace(/=+$/, ''))
    throw new InvalidToken('the token is bound to another certificate')
}

/** SHA-256 of the DER form, in base64url. */
function thumbprintOf(value: string): string | undefined {
  const byName = /(?:^|[;,])(?:hash|cert|by|chain|subject|uri|dns)=/i.test(value)
    ? envoyElement(value)
    : { certificate: value }
  if (byName === undefined) return undefined
  if ('hash' in byName) return Buffer.from(byName.hash, 'hex').toString('base64url')
  const der = derOf(byName.certificate)
  return der === undefined ? undefined : createHash('sha256').update(der).digest('base64url')
}

/** A pair of `X-Forwarded-Client-Cert`: a value in quotation marks may hold anything. */
const PAIR = /([a-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^",;]*))(?:;|$)/iy

/** The one element of `X-Forwarded-Client-Cert`; undefined where there are several, or one that is malformed. */
function envoyElement(
  value: string,
): { readonly certificate: string } | { readonly hash: string } | undefined {
  const found = new Map<string, string>()
  PAIR.lastIndex = 0
  for (let at = 0; at < value.length; at = PAIR.lastIndex) {
    const [, name = '', quoted, bare = ''] = PAIR.exec(value) ?? []
    const key = name.toLowerCase()
    if (key === '' || ((key === 'cert' || key === 'hash') && found.has(key))) return undefined
    found.set(key, quoted ?? bare)
  }
  const certificate = found.get('cert')
  if (certificate !== undefined) return { certificate }
  const hash = found.get('hash')
  return hash !== undefined && /^[0-9a-f]{64}$/i.test(hash) ? { hash } : undefined
}

function derOf(text: string): Buffer | undefined {
  const structured = /^:([A-Za-z0-9+/]+=*):$/.exec(text)?.[1]
  if (structured !== undefined) return Buffer.from(structured, 'base64')
  const pem = decoded(text)?.trim()
  if (pem === undefined) return undefined
  const [, inside] =
    /^-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----$/.exec(pem) ?? []
  const base64 = (inside ?? pem).replace(/\s+/g, '')
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : undefined
}

function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
