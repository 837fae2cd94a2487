/**
 * From a question of a gateway to its answer.
 *
 * | | status | challenge |
 * |---|---|---|
 * | granted | 200 | |
 * | no token | 401 | bare |
 * | several or malformed `Authorization` headers | 401 | `invalid_request` |
 * | a token that is not valid | 401 | `invalid_token` |
 * | scopes that do not suffice | 403 | `insufficient_scope`, with the narrowest scope that would |
 * | a refused path, no original request, no policy for the token | 403 | `invalid_request` or none |
 * | keys or introspection out of reach | 503 | |
 *
 * A refused path is 403 here and not 400, because gateways take everything but 2xx, 401 and 403 for a
 * failure of this server (nginx, `ngx_http_auth_request_module`). 503 denies as well.
 */
import type { IncomingMessage } from 'node:http'
import { bearerToken } from '../claims/bearer-token.ts'
import { challenge } from '../claims/challenge.ts'
import { scopesFromClaims } from '../claims/scopes-from-claims.ts'
import type { Policy } from '../decision/types.ts'
import { judge } from '../enforce/judge.ts'
import { originalRequest } from './original-request.ts'
import { clientOf } from './policies.ts'
import type { HeaderFamily } from './settings.ts'
import { type Claims, InvalidToken, Unavailable, type Verifier } from './verifier.ts'

export interface Answer {
  readonly status: 200 | 401 | 403 | 500 | 503
  readonly headers: Readonly<Record<string, string>>
  /** One word for logs and metrics. */
  readonly reason: string
  /** For the log. */
  readonly record: Readonly<Record<string, unknown>>
}

export interface Decider {
  readonly family: HeaderFamily
  readonly verify: Verifier
  readonly choose: (claims: Claims) => Policy | undefined
  readonly realm?: string | undefined
  readonly resourceMetadata?: string | undefined
}

/** Decides about the request that a gateway asks about. Never rejects. */
export async function decide(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headersDistinct'>,
  decider: Decider,
): Promise<Answer> {
  const { family, realm, resourceMetadata } = decider
  const protection = { realm, resourceMetadata }
  const original = originalRequest(request, family)
  if ('problem' in original) return denied(403, 'no-original-request', { problem: original.problem })
  const asked = { method: original.method, path: original.target.split('?', 1)[0] ?? '' }
  const bearer = bearerToken(request.headersDistinct['authorization'])
  if (bearer.kind === 'missing') return denied(401, 'no-token', asked, challenge(protection))
  if (bearer.kind === 'malformed') {
    const error = { error: 'invalid_request', errorDescription: 'the Authorization header is malformed' }
    return denied(
      401,
      'malformed-token',
      { ...asked, problem: bearer.problem },
      challenge({ ...protection, ...error }),
    )
  }
  try {
    const claims = await decider.verify(bearer.token)
    return judged(claims, original, asked, decider)
  } catch (error) {
    if (error instanceof InvalidToken) {
      const value = challenge({
        ...protection,
        error: 'invalid_token',
        errorDescription: 'the access token is not valid',
      })
      return denied(401, 'invalid-token', { ...asked, problem: error.message }, value)
    }
    const problem = error instanceof Error ? error.message : 'something was thrown'
    const known = error instanceof Unavailable
    return denied(known ? 503 : 500, known ? 'unavailable' : 'internal-error', { ...asked, problem })
  }
}

function judged(
  claims: Claims,
  { method, target }: { readonly method: string; readonly target: string },
  asked: Readonly<Record<string, unknown>>,
  decider: Decider,
): Answer {
  const { sub } = claims
  const client = clientOf(claims)
  const scopes = scopesFromClaims(claims)
  const who = { ...asked, ...(typeof sub === 'string' && { subject: sub }), client, scopes }
  const policy = decider.choose(claims)
  if (policy === undefined) return denied(403, 'no-policy', who)
  const { realm, resourceMetadata } = decider
  const verdict = judge(policy, { method, target, scopes }, { realm, resourceMetadata })
  const { fingerprint } = policy
  const record = { ...who, fingerprint, refusal: verdict.refusal }
  if (verdict.denial === undefined) {
    const headers = {
      ...(typeof sub === 'string' && { 'x-auth-subject': fieldValue(sub) }),
      ...(client !== undefined && { 'x-auth-client': fieldValue(client) }),
      'x-auth-scopes': fieldValue(scopes.join(' ')),
      'x-auth-policy': fingerprint,
    }
    return { status: 200, headers, reason: 'granted', record }
  }
  const { status, headers } = verdict.denial
  const wouldAllow = verdict.scopesThatWouldAllow?.slice(0, 10)
  return denied(
    status === 500 ? 500 : 403,
    verdict.reason,
    { ...record, wouldAllow },
    headers['www-authenticate'],
  )
}

function denied(
  status: Answer['status'],
  reason: string,
  record: Answer['record'],
  wwwAuthenticate?: string,
): Answer {
  const headers = wwwAuthenticate === undefined ? {} : { 'www-authenticate': wwwAuthenticate }
  return { status, headers, reason, record }
}

/** Visible ASCII and single spaces stay; everything else, and `%`, is percent-encoded UTF-8. */
function fieldValue(text: string): string {
  return text.replace(/[^ !-$&-~]|^ | $/gu, (char) =>
    [...new TextEncoder().encode(char)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  )
}
