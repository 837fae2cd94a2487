/**
 * From a request to the scopes of its bearer token, with the caller's verification in between: the value for
 * the option `scopes` of a middleware where no other middleware has verified the token before.
 */
import { bearerToken } from './bearer-token.ts'
import type { RequestWithHeaders } from './bearer-token.ts'
import { scopesFromClaims } from './scopes-from-claims.ts'
import type { ClaimsOptions } from './scopes-from-claims.ts'
import { InvalidRequestError } from './token-errors.ts'

/**
 * A function that reads the bearer token of a request, has it verified, and gives its scopes.
 *
 * | the request | the middleware answers |
 * |---|---|
 * | has no bearer token | 401 with a challenge without error |
 * | has a malformed or a second `Authorization` | 400 `invalid_request` |
 * | has a token for which `verify` throws `InvalidTokenError` or an error of jose about the token | 401 `invalid_token` |
 * | has a token for which `verify` throws something else | 500 |
 *
 * @param verify Verifies signature, issuer, audience and expiry; gives the claims. It is called for each request.
 * @throws TypeError when `verify` is not a function, or the options are malformed.
 * @example
 * const jwks = createRemoteJWKSet(new URL('https://login.example/jwks'))
 * const verify = async (token) => (await jwtVerify(token, jwks, { issuer, audience })).payload
 * app.use(scopePolicy({ policy, scopes: bearerScopes(verify) }))
 */
export function bearerScopes(
  verify: (token: string) => unknown,
  options?: ClaimsOptions,
): (request: RequestWithHeaders) => Promise<string[] | undefined> {
  if (typeof verify !== 'function') throw new TypeError('`verify` must be a function of the token')
  // A mistake in the options is reported at the start, not with the first request.
  scopesFromClaims(undefined, options)
  return async (request) => {
    const bearer = bearerToken(request)
    if (bearer.kind === 'missing') return undefined
    if (bearer.kind === 'malformed') {
      const several = bearer.problem === 'several-headers'
      throw new InvalidRequestError(several ? 'several Authorization headers' : undefined)
    }
    return scopesFromClaims(await verify(bearer.token), options)
  }
}
