/**
 * From a question to the verified claims of its token: finds it, verifies it, and checks what it is bound to.
 *
 * A token with `cnf` is good only with a proof of every member (RFC 7800 §3.1): who has stolen it lacks the
 * key. What cannot be checked here is refused, whatever its name and shape. Bindings belong to a request and
 * are checked each time, also for a token that has just been verified.
 */
import { only, type Question } from '../question.ts'
import type { Settings } from '../settings.ts'
import { checkCertificate } from './certificate.ts'
import { type Credentials, readCredentials } from './credentials.ts'
import { checkProof, proofAlgorithms, type ProofOptions } from './dpop.ts'
import { ReplayGuard } from './replay-guard.ts'
import { scopesOf } from './scopes.ts'
import type { CachingVerifier } from './token-cache.ts'
import { type Claims, InvalidToken, shown } from './verifier.ts'

/** A valid token, or why there is none to verify. */
type Authentication =
  | { readonly kind: 'token'; readonly claims: Claims; readonly scopes: readonly string[] }
  | Exclude<Credentials, { readonly kind: 'token' }>

/** At once where the token is remembered and not bound. Rejects with what the `Verifier` rejects with. */
export type Authenticate = (question: Question) => Authentication | Promise<Authentication>

/** As nearly all clients write it; another spelling is read in full. */
const SCHEME = 'Bearer '

/** Whether the claims state that the token is bound, or of a type that has to be. */
function isBound(claims: Claims): boolean {
  const declared = claims['token_type'] ?? claims['typ']
  return Object.hasOwn(claims, 'cnf') || (typeof declared === 'string' && /^dpop$/i.test(declared))
}

export function createAuthenticate(
  { verify, recall }: Pick<CachingVerifier, 'verify' | 'recall'>,
  settings: Settings,
  now: () => number = Date.now,
): Authenticate {
  const { dpopMaxAge, clockTolerance, clientCertificateHeader, origin } = settings
  const proofs: ProofOptions = {
    dpopMaxAge,
    clockTolerance,
    origin,
    algorithms: proofAlgorithms(settings.algorithms),
    replays: new ReplayGuard(dpopMaxAge + clockTolerance),
    now,
  }

  const checkBinding = async (
    claims: Claims,
    { token, scheme }: Credentials & { readonly kind: 'token' },
    question: Question,
  ): Promise<void> => {
    if (!Object.hasOwn(claims, 'cnf')) {
      if (scheme === 'DPoP' || isBound(claims))
        throw new InvalidToken('the token is of the type DPoP, but not bound to a key (`cnf`)')
      return
    }
    const { cnf } = claims
    const members = typeof cnf === 'object' && cnf !== null && !Array.isArray(cnf) ? Object.entries(cnf) : []
    if (members.length === 0)
      throw new InvalidToken(`\`cnf\` is ${shown(cnf)}, expected {"jkt": …} or {"x5t#S256": …}`)
    if (scheme === 'DPoP' && !members.some(([name]) => name === 'jkt'))
      throw new InvalidToken('the token was sent with the scheme DPoP, but is not bound to a key (`cnf.jkt`)')
    const header = clientCertificateHeader?.toLowerCase()
    for (const [name, value] of members) {
      if (name === 'x5t#S256' && (header !== undefined || question.certificate !== undefined)) {
        const passed = header === undefined ? question.certificate : only(question.valuesOf, header)
        checkCertificate(passed ?? question.certificate, value)
      } else if (name === 'jkt' && settings.dpop) {
        if (scheme !== 'DPoP')
          throw new InvalidToken(
            'the token is bound to a key, but was sent without the scheme DPoP (RFC 9449 §7.1)',
          )
      } else
        throw new InvalidToken(`the token is bound by \`cnf\` (${shown(name)}), which is not checked here`)
    }
    const jkt = members.find(([name]) => name === 'jkt')
    // Last: a proof that is accepted has been used.
    if (jkt !== undefined) await checkProof(question, token, jkt[1], proofs)
  }

  // Claims are the same object for as long as a token is remembered.
  const known = new WeakMap<Claims, readonly string[]>()
  const scopesIn = (claims: Claims): readonly string[] => {
    const before = known.get(claims)
    if (before !== undefined) return before
    const scopes = scopesOf(claims, settings)
    known.set(claims, scopes)
    return scopes
  }

  const authenticate = async (question: Question): Promise<Authentication> => {
    const credentials = readCredentials(question.valuesOf, settings)
    if (credentials.kind !== 'token') return credentials
    const claims = await verify(credentials.token)
    await checkBinding(claims, credentials, question)
    return { kind: 'token', claims, scopes: scopesIn(claims) }
  }

  const onlyAuthorization =
    settings.tokenHeader.toLowerCase() === 'authorization' && settings.tokenCookie === undefined
  /** What nearly every request comes to: its token was read and verified before, so its syntax is not read again. */
  const remembered = ({ valuesOf }: Question): Claims | undefined => {
    const value = onlyAuthorization ? only(valuesOf, 'authorization') : undefined
    const claims = value?.startsWith(SCHEME) === true ? recall(value.slice(SCHEME.length)) : undefined
    return claims === undefined || isBound(claims) ? undefined : claims
  }

  return (question) => {
    const claims = remembered(question)
    return claims === undefined ? authenticate(question) : { kind: 'token', claims, scopes: scopesIn(claims) }
  }
}
