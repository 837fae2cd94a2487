/**
 * From a question of a gateway to its answer.
 *
 * | | status | challenge |
 * |---|---|---|
 * | granted | 200 | |
 * | no token | 401 | bare |
 * | several or malformed tokens | 401 | `invalid_request` |
 * | a token that is not valid | 401 | `invalid_token` |
 * | a proof that is not valid (RFC 9449) | 401 | `invalid_dpop_proof` |
 * | scopes that do not suffice | 403 | `insufficient_scope`, with all scopes of the narrowest set that would |
 * | a refused path, no original request, no policy for the token | 403 | `invalid_request` or none |
 * | keys or introspection out of reach | 503 | |
 *
 * A refused path is 403 here and not 400, because gateways take everything but 2xx, 401 and 403 for a
 * failure of this server (nginx, `ngx_http_auth_request_module`). 503 denies as well.
 */
import { insufficientScope } from '../enforce/denials.ts'
import { judge, judgeName, type Verdict } from '../enforce/judge.ts'
import type { Challenge } from './challenges.ts'
import type { IdentityHeaders } from './identity.ts'
import type { ServedPolicy } from './load-policy.ts'
import { mcpOfRequest, mcpTarget } from './mcp.ts'
import { type GatewayRequest, originalRequest } from './original-request.ts'
import { clientOf } from './policies.ts'
import { type McpQuestion, type Question, withoutQuery } from './question.ts'
import type { HeaderFamily } from './settings.ts'
import type { Authenticate } from './tokens/authenticate.ts'
import { InvalidProof } from './tokens/dpop.ts'
import { type Claims, InvalidToken, Unavailable } from './tokens/verifier.ts'
import { traceOf } from './trace.ts'

export interface Answer {
  readonly status: 200 | 401 | 403 | 500 | 503
  readonly headers: Readonly<Record<string, string>>
  /** One word for logs and metrics. */
  readonly reason: string
  /** For the log. */
  readonly record: Readonly<Record<string, unknown>>
}

/** Grants are many, and their records are read only where they are logged or exported. */
class Grant implements Answer {
  readonly status = 200
  readonly reason = 'granted'
  readonly headers: Answer['headers']
  readonly #record: () => Answer['record']

  constructor(headers: Answer['headers'], record: () => Answer['record']) {
    this.headers = headers
    this.#record = record
  }

  get record(): Answer['record'] {
    return this.#record()
  }
}

export interface Decider {
  readonly family: HeaderFamily
  /** The path of the MCP server, for the family `mcp`. */
  readonly mcpPath: string
  readonly authenticate: Authenticate
  readonly choose: (claims: Claims, origins: () => readonly string[]) => ServedPolicy | undefined
  readonly challenge: Challenge
  readonly realm?: string | undefined
  readonly resourceMetadata?: string | undefined
  readonly identityHeaders: IdentityHeaders
}

/** Decides about the request that a gateway asks about by HTTP. Never throws, never rejects. */
export function decide(request: GatewayRequest, decider: Decider): Answer | Promise<Answer> {
  const question = originalRequest(request, decider.family)
  return 'problem' in question ? unreadable(question.problem) : answerTo(question, decider)
}

/** The answer to a question that cannot be read. */
export function unreadable(problem: string): Answer {
  return denied(403, 'no-original-request', { problem })
}

/**
 * Decides about a question, whichever protocol it came by: at once where its token is remembered, so that most
 * requests cost no promise. Never throws, never rejects.
 */
export function answerTo(question: Question, decider: Decider): Answer | Promise<Answer> {
  const { authenticate, family, mcpPath } = decider
  const mcp = question.mcp ?? (family === 'mcp' ? mcpOfRequest(question, mcpPath) : undefined)
  if (mcp !== undefined && 'problem' in mcp) return unreadable(mcp.problem)
  try {
    const found = authenticate(question)
    if (!(found instanceof Promise)) return answerFor(found, question, mcp, decider)
    return found
      .then((one) => answerFor(one, question, mcp, decider))
      .catch((error: unknown) => answerOn(error, question, mcp, decider))
  } catch (error) {
    return answerOn(error, question, mcp, decider)
  }
}

/** What is asked, for the log. */
function asked({ method, target, valuesOf }: Question, mcp: McpQuestion | undefined): Answer['record'] {
  return {
    method,
    path: withoutQuery(target),
    ...(mcp !== undefined && { mcpMethod: mcp.method, mcpName: mcp.name }),
    ...traceOf(valuesOf),
  }
}

function answerFor(
  found: Awaited<ReturnType<Authenticate>>,
  question: Question,
  mcp: McpQuestion | undefined,
  decider: Decider,
): Answer {
  const { challenge } = decider
  switch (found.kind) {
    case 'token':
      return judged(found.claims, found.scopes, question, mcp, decider)
    case 'missing':
      return denied(401, 'no-token', asked(question, mcp), challenge())
    case 'malformed': {
      const value = challenge({
        error: 'invalid_request',
        errorDescription: 'the access token is malformed, or there are several',
      })
      return denied(401, 'malformed-token', { ...asked(question, mcp), problem: found.problem }, value)
    }
  }
}

/** The answer where a token is not valid, or something was thrown. */
function answerOn(
  error: unknown,
  question: Question,
  mcp: McpQuestion | undefined,
  { challenge }: Decider,
): Answer {
  if (error instanceof InvalidToken) {
    const isProof = error instanceof InvalidProof
    const value = challenge({
      error: isProof ? 'invalid_dpop_proof' : 'invalid_token',
      errorDescription: isProof ? 'the DPoP proof is not valid' : 'the access token is not valid',
    })
    const reason = isProof ? 'invalid-proof' : 'invalid-token'
    return denied(401, reason, { ...asked(question, mcp), problem: error.message }, value)
  }
  const problem = error instanceof Error ? error.message : 'something was thrown'
  const known = error instanceof Unavailable
  const record = { ...asked(question, mcp), problem }
  return denied(known ? 503 : 500, known ? 'unavailable' : 'internal-error', record)
}

function judged(
  claims: Claims,
  scopes: readonly string[],
  question: Question,
  mcp: McpQuestion | undefined,
  decider: Decider,
): Answer {
  const { method, target } = question
  const { sub } = claims
  const client = clientOf(claims)
  const who = (): Answer['record'] => ({
    ...asked(question, mcp),
    ...(typeof sub === 'string' && { subject: sub }),
    client,
    scopes,
  })
  const policy = decider.choose(claims, question.origins)
  if (policy === undefined) return denied(403, 'no-policy', who())
  const { realm, resourceMetadata, challenge } = decider
  const verdict =
    mcp === undefined
      ? judge(policy, { method, target, scopes }, { realm, resourceMetadata })
      : judgeMcp(policy, mcp, scopes)
  const { fingerprint } = policy
  if (verdict.denial === undefined) {
    const headers = decider.identityHeaders({ claims, client, scopes, fingerprint })
    return new Grant(headers, () => ({ ...who(), fingerprint }))
  }
  const record = { ...who(), fingerprint, refusal: verdict.refusal }
  const { status, body } = verdict.denial
  const wouldAllow = verdict.scopesThatWouldAllow?.slice(0, 10)
  if (status === 500) return denied(500, verdict.reason, { ...record, wouldAllow })
  const value = challenge({
    error: body.error,
    errorDescription: body.error_description,
    scope: body.error === 'insufficient_scope' ? verdict.scopesToAskFor : undefined,
  })
  return denied(403, verdict.reason, { ...record, wouldAllow }, value)
}

/** As `judge`, for what is asked of an MCP server. */
function judgeMcp(policy: ServedPolicy, question: McpQuestion, scopes: readonly string[]): Verdict {
  const { fingerprint } = policy
  const target = mcpTarget(question)
  if (target.kind === 'open') return { denial: undefined, reason: 'granted', fingerprint }
  if (target.kind === 'unknown')
    return { denial: insufficientScope({}, [], []), reason: 'method-not-granted', fingerprint }
  return judgeName(policy, { method: target.method, target: target.name, scopes }, {})
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
