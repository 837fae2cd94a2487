/**
 * The responses to denied requests: status, challenge and body by RFC 6750 §3.
 *
 * The strings are fixed but for scope names and refusal names, which the policy and this package write:
 * nothing of the request is echoed, and nothing of an exception is disclosed.
 */
import { challenge } from '../claims/challenge.ts'
import type { ChallengeOptions } from '../claims/challenge.ts'
import type { ChallengeParameters } from './options.ts'
import type { Denial, DenialStatus, Problem, SentDenial } from './types.ts'

/**
 * No token: 401 and a challenge without error code, which a client takes as "authenticate first". With a
 * `baseline` it names the scopes to begin with.
 */
export function noScopes(challengeParameters: ChallengeParameters): Denial {
  const value = challenge({ ...challengeParameters, scope: challengeParameters.baseline })
  return denial(401, { error_description: 'an access token is needed' }, value)
}

/** The token was verified and is invalid: 401, by which a client knows that it needs a new one. */
export function invalidToken(challengeParameters: ChallengeParameters): Denial {
  const { baseline: scope } = challengeParameters
  const description = 'the access token is invalid or expired'
  return refused(401, 'invalid_token', description, { ...challengeParameters, scope })
}

/** The credentials cannot be read: 400. */
export function malformedToken(challengeParameters: ChallengeParameters): Denial {
  return refused(400, 'invalid_request', 'the Authorization header is malformed', challengeParameters)
}

/**
 * The scopes do not suffice: 403, naming all scopes of the narrowest set that would. Without such a set the
 * parameter is absent: no new token could help.
 */
export function insufficientScope(
  challengeParameters: ChallengeParameters,
  scope: readonly string[],
  methodsAllowed: readonly string[],
): Denial {
  const needs = scope.length === 0 ? 'no scope allows this request' : 'the access token lacks the scope'
  const denied = refused(403, 'insufficient_scope', needs, { ...challengeParameters, scope })
  if (challengeParameters.allowHeader !== true || methodsAllowed.length === 0) return denied
  return { ...denied, headers: { ...denied.headers, allow: methodsAllowed.join(', ') } }
}

/** The path is ambiguous, or the target is not a path: 400, the client has to write it differently. */
export function pathRefused(challengeParameters: ChallengeParameters, refusal: string | undefined): Denial {
  const why = refusal === undefined ? '' : ` (${refusal})`
  return refused(400, 'invalid_request', `the request path is refused${why}`, challengeParameters)
}

/** The request asks for another method than the one that was judged. */
export function methodOverride(challengeParameters: ChallengeParameters): Denial {
  return refused(
    400,
    'invalid_request',
    'the method of a request cannot be overridden here',
    challengeParameters,
  )
}

/** Something was thrown: 500 without details. */
export function internalError(): Denial {
  return denial(500, { error: 'server_error', error_description: 'the request could not be judged' })
}

/** The body as it is sent; denials of gRPC have none. */
export function bodyOf({ status, body }: SentDenial): string {
  return status === 200
    ? ''
    : `${JSON.stringify(body)}
`
}

function refused(
  status: DenialStatus,
  error: string,
  description: string,
  options: ChallengeOptions,
): Denial {
  const value = challenge({ ...options, error, errorDescription: description })
  return denial(status, { error, error_description: description }, value)
}

function denial(status: DenialStatus, body: Problem, wwwAuthenticate?: string): Denial {
  const headers = {
    'content-type': 'application/json',
    // The answer is about one token; a shared cache must not give it to the holder of another.
    'cache-control': 'no-store',
    ...(wwwAuthenticate === undefined ? {} : { 'www-authenticate': wwwAuthenticate }),
  }
  return { status, headers, body }
}
