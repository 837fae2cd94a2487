/**
 * Proofs of possession (DPoP, RFC 9449 §4.3 and §7): a JWT in the header `DPoP`, signed for this request by
 * the key that the access token is bound to.
 *
 * All checks of §4.3: one proof, `typ`, an asymmetric algorithm, a public key, the signature, `htm`, `htu`
 * (§4.3: without query and fragment, after the normalizations of RFC 3986 §6.2.2 and §6.2.3), `iat`, `jti`
 * not seen before, `ath`, and the thumbprint in `cnf.jkt`.
 */
import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, type JWK, jwtVerify } from 'jose'
import { only, type Question, withoutQuery } from '../question.ts'
import { ASYMMETRIC, type Settings } from '../settings.ts'
import type { ReplayGuard } from './replay-guard.ts'
import { InvalidToken, shown } from './verifier.ts'

/** The proof is not good for this request: 401 `invalid_dpop_proof`. */
export class InvalidProof extends InvalidToken {
  override readonly name = 'InvalidProof'
}

const MAX_JTI_LENGTH = 1_024

export interface ProofOptions extends Pick<Settings, 'dpopMaxAge' | 'clockTolerance' | 'origin'> {
  readonly algorithms: readonly string[]
  readonly replays: ReplayGuard
  /** In milliseconds. */
  readonly now: () => number
}

/** The algorithms of the list by which a proof may be signed. */
export function proofAlgorithms(algorithms: readonly string[]): readonly string[] {
  return algorithms.filter((one) => ASYMMETRIC.includes(one))
}

/** Resolves when the request proves that the client has the key with this thumbprint. */
export async function checkProof(
  question: Question,
  token: string,
  jkt: unknown,
  options: ProofOptions,
): Promise<void> {
  const proof = only(question.valuesOf, 'dpop')
  if (proof === undefined) {
    const count = question.valuesOf('dpop').length
    throw new InvalidProof(count === 0 ? 'there is no DPoP proof' : 'there are several DPoP proofs')
  }
  const { claims, key } = await verified(proof, options)
  const { htm, htu, iat, jti, ath } = claims
  if (htm !== question.method)
    throw new InvalidProof(`\`htm\` of the proof is ${shown(htm)}, expected ${shown(question.method)}`)
  checkUri(htu, question, options.origin)
  const now = options.now() / 1000
  if (typeof iat !== 'number' || iat > now + options.clockTolerance)
    throw new InvalidProof(`\`iat\` of the proof is ${shown(iat)}, expected a time that has come`)
  if (iat < now - options.dpopMaxAge - options.clockTolerance)
    throw new InvalidProof(`the proof is too old: its \`iat\` is ${shown(iat)}`)
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH)
    throw new InvalidProof('the proof has no `jti` of 1 to 1,024 characters')
  if (ath !== sha256(token)) throw new InvalidProof('`ath` of the proof is not the hash of the token')
  const thumbprint = await calculateJwkThumbprint(key, 'sha256')
  if (typeof jkt !== 'string' || thumbprint !== jkt)
    throw new InvalidToken('the token is bound to another key than the one that signed the proof')
  // Last, so that only a proof that is good takes a place.
  if (!options.replays.admit(`${thumbprint} ${jti}`, iat, now))
    throw new InvalidProof('the proof was used before')
}

async function verified(
  proof: string,
  { algorithms }: ProofOptions,
): Promise<{ readonly claims: Readonly<Record<string, unknown>>; readonly key: JWK }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: [...algorithms],
      // Times are judged below, with limits that do not depend on what the proof states.
      clockTolerance: 60,
    })
    return { claims: Object.assign(Object.create(null) as object, payload), key: protectedHeader.jwk as JWK }
  } catch (error) {
    throw new InvalidProof(
      `the DPoP proof is not valid: ${error instanceof Error ? error.message : 'unknown cause'}`,
    )
  }
}

function checkUri(htu: unknown, { target, origins }: Question, configured: readonly string[]): void {
  const accepted = configured.length > 0 ? configured : origins()
  const path = withoutQuery(target)
  const expected = accepted.map((origin) => `${origin}${path}`)
  const wanted = typeof htu === 'string' ? normalized(htu) : undefined
  if (wanted === undefined || !expected.some((uri) => normalized(uri) === wanted))
    throw new InvalidProof(`\`htu\` of the proof is ${shown(htu)}, expected ${shown(expected)}`)
}

/**
 * Scheme and host in lower case, no default port, no query and fragment, escapes of unreserved characters
 * decoded. The path is not parsed as a URL: that would remove dot segments, which a server may keep.
 */
function normalized(uri: string): string | undefined {
  const [, origin, path = ''] = /^(https?:\/\/[^/?#\\\s@]+)([^?#]*)/i.exec(uri) ?? []
  if (origin === undefined || !URL.canParse(origin)) return undefined
  const unescaped = path.replace(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16))
    return /[A-Za-z0-9._~-]/.test(char) ? char : escape.toUpperCase()
  })
  return `${new URL(origin).origin}${unescaped === '' ? '/' : unescaped}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
