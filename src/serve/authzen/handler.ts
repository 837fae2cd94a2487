/**
 * AuthZEN 1.0 over HTTP (§10): where its endpoints are, who may ask, and what an answer looks like.
 *
 * | | |
 * |---|---|
 * | `POST /access/v1/evaluation` | one decision |
 * | `POST /access/v1/evaluations` | several, by the three semantics of §7.1.2.1 |
 * | `POST /access/v1/search/subject`, `resource`, `action` | what is allowed |
 * | `GET /.well-known/authzen-configuration` | metadata (§9) |
 *
 * A denial is 200 with `decision: false`; a status of 4xx is about the question. Clients show a bearer token;
 * where none are configured only this machine may ask, since whoever asks may state the scopes of anybody.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { bearerToken } from '../../claims/bearer-token.ts'
import { isObject } from '../../source/own.ts'
import type { Decision, DecisionPoint } from './decision-point.ts'
import { ProofBudget } from './decision-point.ts'
import { BadRequest, type JsonObject, member, parseBody, readEvaluation } from './messages.ts'
import { search, type SearchKind } from './search.ts'

const EVALUATION = '/access/v1/evaluation'
const EVALUATIONS = '/access/v1/evaluations'
const SEARCH = '/access/v1/search/'
const METADATA = '/.well-known/authzen-configuration'
const KINDS: readonly SearchKind[] = ['subject', 'resource', 'action']
const MAX_EVALUATIONS = 1_000
const SEMANTICS = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const

type Semantic = (typeof SEMANTICS)[number]

export interface AuthzenAnswer {
  readonly status: 200 | 400 | 401 | 403 | 405 | 500
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly body: unknown
  /** One word for logs and metrics. */
  readonly reason: string
  readonly record: JsonObject
}

export interface AuthzenService {
  readonly point: DecisionPoint
  /** By name, the token of each client. Empty: loopback only. */
  readonly clients: () => ReadonlyMap<string, string>
  readonly url?: string | undefined
}

export function isAuthzenPath(path: string): boolean {
  return path.startsWith('/access/v1/') || path === METADATA
}

/** Undefined for a path that is not one of AuthZEN. Never throws. */
export function answerAuthzen(
  request: Pick<IncomingMessage, 'method' | 'headersDistinct' | 'headers'> & {
    readonly remoteAddress: string | undefined
    readonly isEncrypted: boolean
  },
  path: string,
  body: string,
  service: AuthzenService,
): AuthzenAnswer | undefined {
  const ids = request.headersDistinct['x-request-id'] ?? []
  const headers = {
    'content-type': 'application/json',
    // Of several identifiers none is the request's.
    ...(ids.length === 1 && { 'x-request-id': ids[0] ?? '' }),
  }
  const answer = answerTo(request, path, body, service)
  return answer && { ...answer, headers: { ...headers, ...answer.headers } }
}

function answerTo(
  request: Parameters<typeof answerAuthzen>[0],
  path: string,
  body: string,
  service: AuthzenService,
): AuthzenAnswer | undefined {
  if (path === METADATA) {
    if (request.method !== 'GET') return refused(405, 'the metadata is read by GET', { allow: 'GET' })
    return { status: 200, headers: {}, body: metadata(request, service.url), reason: 'metadata', record: {} }
  }
  const kind = KINDS.find((one) => path === `${SEARCH}${one}`)
  if (kind === undefined && path !== EVALUATION && path !== EVALUATIONS) return undefined
  const client = clientOf(request, service.clients())
  if ('status' in client) return client
  if (request.method !== 'POST') return refused(405, 'the request has to be a POST', { allow: 'POST' })
  const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';', 1)
  if (mediaType.trim().toLowerCase() !== 'application/json')
    return refused(400, 'the Content-Type is not application/json')
  try {
    const json = parseBody(body)
    const {
      body: answered,
      reason,
      record,
    } = kind === undefined
      ? evaluate(json, path === EVALUATIONS, service.point)
      : searched(kind, json, service.point)
    return { status: 200, headers: {}, body: answered, reason, record: { ...client, ...record } }
  } catch (error) {
    if (error instanceof BadRequest) return refused(400, error.message, {}, client)
    const problem = error instanceof Error ? error.message : 'something was thrown'
    return { ...refused(500, 'the request could not be judged'), record: { ...client, problem } }
  }
}

type Judged = Pick<AuthzenAnswer, 'body' | 'reason' | 'record'>

function searched(kind: SearchKind, json: JsonObject, point: DecisionPoint): Judged {
  const body = search(kind, json, point)
  return { body, reason: 'search', record: { search: kind, results: body.results.length } }
}

function evaluate(body: JsonObject, isBatch: boolean, point: DecisionPoint): Judged {
  const budget = new ProofBudget()
  const list = isBatch ? member(body, 'evaluations') : undefined
  if (list !== undefined && !Array.isArray(list)) throw new BadRequest('`evaluations` is not an array')
  // Without evaluations a batch is a single evaluation (§7.1).
  if (list === undefined || list.length === 0) {
    const evaluation = readEvaluation(body)
    const decision = point.evaluate(evaluation, budget)
    const { subject, action, resource } = evaluation
    return {
      body: decision,
      reason: reasonOf(decision),
      record: {
        subject: subject.id,
        action: action.name,
        resource: resource.id,
        resourceType: resource.type,
      },
    }
  }
  if (list.length > MAX_EVALUATIONS)
    throw new BadRequest(`\`evaluations\` has more than ${MAX_EVALUATIONS} entries`)
  const semantic = semanticOf(body)
  const evaluations: Decision[] = []
  for (const one of list as readonly unknown[]) {
    const decision = evaluateOne(one, body, point, budget)
    evaluations.push(decision)
    if (semantic === 'deny_on_first_deny' && !decision.decision) break
    if (semantic === 'permit_on_first_permit' && decision.decision) break
  }
  const denied = evaluations.filter(({ decision }) => !decision).length
  return {
    body: { evaluations },
    reason: denied === 0 ? 'granted' : 'batch-denied',
    record: { evaluations: evaluations.length, denied },
  }
}

/** What is wrong with one evaluation denies that one. */
function evaluateOne(
  one: unknown,
  defaults: JsonObject,
  point: DecisionPoint,
  budget: ProofBudget,
): Decision {
  try {
    if (!isObject(one)) throw new BadRequest('an evaluation is not an object')
    return point.evaluate(readEvaluation(one, defaults), budget)
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error
    return {
      decision: false,
      context: { reason: 'malformed-evaluation', error: { status: 400, message: error.message } },
    }
  }
}

function semanticOf(body: JsonObject): Semantic {
  const options = member(body, 'options')
  if (options === undefined) return 'execute_all'
  if (!isObject(options)) throw new BadRequest('`options` is not an object')
  const semantic = member(options, 'evaluations_semantic')
  if (semantic === undefined) return 'execute_all'
  const known = SEMANTICS.find((one) => one === semantic)
  if (known === undefined)
    throw new BadRequest(`\`options.evaluations_semantic\` is none of ${SEMANTICS.join(', ')}`)
  return known
}

function reasonOf({ decision, context }: Decision): string {
  return decision ? 'granted' : (context?.reason ?? 'denied')
}

/** The client that asks, or why it may not. */
function clientOf(
  { headersDistinct, remoteAddress }: Parameters<typeof answerAuthzen>[0],
  clients: ReadonlyMap<string, string>,
): { readonly client?: string } | AuthzenAnswer {
  if (clients.size === 0) {
    if (remoteAddress === undefined || /^(?:::ffff:)?127\.|^::1$/.test(remoteAddress)) return {}
    return refused(403, 'without `authzen.clients` only this machine may ask')
  }
  const bearer = bearerToken(headersDistinct['authorization'])
  const challenge = { 'www-authenticate': 'Bearer' }
  if (bearer.kind !== 'token') return refused(401, 'a bearer token is needed', challenge)
  let found: string | undefined
  // Each is compared in full, so that time says nothing about any of them.
  for (const [name, token] of clients) if (isEqual(token, bearer.token)) found = name
  return found === undefined
    ? refused(401, 'the bearer token is not one of a client', challenge)
    : { client: found }
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}

function metadata(request: Parameters<typeof answerAuthzen>[0], configured: string | undefined): JsonObject {
  const proto = request.headers['x-forwarded-proto']
  const scheme = request.isEncrypted ? 'https' : proto === 'https' ? 'https' : 'http'
  const url = (configured ?? `${scheme}://${request.headers.host ?? 'localhost'}`).replace(/\/$/, '')
  return {
    policy_decision_point: url,
    access_evaluation_endpoint: `${url}${EVALUATION}`,
    access_evaluations_endpoint: `${url}${EVALUATIONS}`,
    search_subject_endpoint: `${url}${SEARCH}subject`,
    search_resource_endpoint: `${url}${SEARCH}resource`,
    search_action_endpoint: `${url}${SEARCH}action`,
  }
}

/** The body of an error is a message (§10.1.2). */
function refused(
  status: AuthzenAnswer['status'],
  message: string,
  headers: Readonly<Record<string, string>> = {},
  record: JsonObject = {},
): AuthzenAnswer {
  return {
    status,
    headers,
    body: message,
    reason: 'authzen-refused',
    record: { ...record, problem: message },
  }
}
