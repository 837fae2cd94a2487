/**
 * The guard of MCP endpoints: reads the body strictly, calls the policy for each message, words the answer,
 * reports the decision. It depends on no framework; `node.ts` and `fetch.ts` read requests and carry out outcomes.
 *
 * Like the guard of HTTP requests (`enforce/guard.ts`) it holds no state between requests, and it never throws
 * and never rejects: whatever is thrown while a request is judged denies it with 500.
 *
 * | | status |
 * |---|---|
 * | an HTTP method that MCP does not have | 405 |
 * | no scopes at all, or an invalid token | 401, with the `baseline` scopes |
 * | a body or name that has more than one reading | 400, 413, 415 |
 * | insufficient scopes, or an unknown method | 403, with all scopes that the request needs |
 * | anything thrown | 500 |
 *
 * Report-only mode lets all of these through but a body over the limit, of which the handler would get the rest.
 *
 * GET (the stream of a session) and DELETE (its end) need a valid token and nothing more.
 */
import { credentialProblem } from '../claims/token-errors.ts'
import { callHook } from '../enforce/apply-mode.ts'
import { firstErrorReporter } from '../enforce/report-error.ts'
import type { Answer } from '../enforce/metadata.ts'
import { overridesMethod } from '../enforce/method-override.ts'
import { resolveOptions } from '../enforce/options.ts'
import { requestNames } from '../enforce/scopes-to-ask-for.ts'
import type { Awaitable, DecidingPolicy, ScopePolicyOptions, ScopesOfRequest } from '../enforce/types.ts'
import { isUnambiguous } from '../enforce/unambiguous.ts'
import * as denials from './denials.ts'
import { filterMessage } from './lists/filter-message.ts'
import { judgeMessages, type McpVerdict, type Scopes } from './judge.ts'
import { LIST_METHODS } from './methods.ts'
import { MAX_BODY_SIZE, MAX_DEPTH } from './read/body.ts'
import { readJudged, type JudgedBody } from './read/read-messages.ts'
import type { BodyLimits, BodyRefusal, HeaderFields, McpMessage } from './types.ts'

/** Options of both guards: those of the other middleware, and what only MCP has. */
export interface McpOptions<Request>
  extends Omit<ScopePolicyOptions<Request>, 'onDecision' | 'allowHeader'>, BodyLimits {
  /**
   * Takes what the token may not use out of the results of `tools/list`, `prompts/list`, `resources/list` and
   * `resources/templates/list`, in JSON and in event streams. Default: `false`.
   */
  readonly filterLists?: boolean | undefined
  /**
   * Further methods that every valid token may call, such as those of an extension (`tasks/get`). A method
   * that is judged by name cannot be opened by it. Default: none.
   */
  readonly methods?: readonly string[] | undefined
  /** As for the other middleware; the record has the messages. */
  readonly onDecision?: ((record: McpDecisionRecord, request: Request) => unknown) | undefined
}

/** What was decided about one request to an MCP endpoint. */
export interface McpDecisionRecord {
  readonly allowed: boolean
  /** What happened: `would-deny` is a denial that `report-only` let through. */
  readonly outcome: 'allowed' | 'denied' | 'would-deny'
  /**
   * `granted`; a reason of the policy; `unknown-method`; `body-refused` with the `refusal`; `no-scopes`,
   * `invalid-token`, `malformed-token`; `method-not-allowed`, `method-override`, `internal-error`.
   */
  readonly reason: string
  /** With `body-refused` the way in which it was, with `path-refused` the rule that refused a name. */
  readonly refusal?: string
  /** The status of the denial, also when it was not sent; undefined for an allowed request. */
  readonly status?: number
  /** The HTTP method. */
  readonly method: string
  /** The request target up to its query: the client's text. */
  readonly path: string
  /** The messages of the body, each with whether it may pass by itself. Names are the client's text. */
  readonly messages: readonly (McpMessage & { readonly allowed: boolean })[]
  readonly scopes: ScopesOfRequest
  /** All scopes that a denied request needs; undefined where none would do. */
  readonly scopesNeeded?: readonly string[]
  readonly fingerprint?: string
  /** With `internal-error`: what was thrown. No part of it is ever in a response. */
  readonly error?: unknown
}

/** What an adapter reads from its request. */
export interface McpReader<Request> {
  readonly method: (request: Request) => unknown
  readonly target: (request: Request) => unknown
  readonly headers: (request: Request) => HeaderFields
  readonly header: (request: Request, name: string) => unknown
  /** The scopes where the options have no function for them; undefined where there has to be one. */
  readonly scopes: ((request: Request) => Awaitable<ScopesOfRequest>) | undefined
  /** The bytes, the text, or the object that was parsed before; a refusal when there are more bytes. */
  readonly body: (request: Request, maxBodySize: number) => Awaitable<GivenBody>
}

export type GivenBody = { readonly given: unknown } | { readonly refusal: BodyRefusal }

/** What an adapter has to do. */
export type McpOutcome =
  | {
      readonly allow: true
      readonly decision: McpDecisionRecord | undefined
      /** What was judged, for the handler; absent where there is no body. */
      readonly judged?: { readonly given: unknown; readonly value: unknown }
      /** The filter for what the handler answers; absent where nothing is filtered. */
      readonly filter?: (message: unknown) => unknown
    }
  | { readonly allow: false; readonly decision: McpDecisionRecord; readonly answer: Answer }

/** The options that only MCP has. */
const OPTIONS = Object.keys({
  filterLists: 0,
  methods: 0,
  maxBodySize: 0,
  maxDepth: 0,
} satisfies Record<Exclude<keyof McpOptions<unknown>, keyof ScopePolicyOptions<unknown>>, 0>)

/** What is read of a request without a token, for the ID of the answer. */
const UNAUTHENTICATED_BODY_SIZE = 64 * 1024

/** @throws TypeError when the options are malformed, or one is unknown. */
export function createMcpGuard<Request>(
  options: McpOptions<Request>,
  reader: McpReader<Request>,
  adapterOptions: readonly string[] = [],
): (request: Request) => Promise<McpOutcome> {
  const { policy, scopes, mode, skip, rejectMethodOverride, challengeParameters } = resolveOptions<Request>(
    // The hook gets another record here; it is checked all the same.
    options as ScopePolicyOptions<Request>,
    reader.scopes,
    [...OPTIONS, ...adapterOptions],
  )
  const onDecision = ownOption(options, 'onDecision')
  const own = checkedOptions(options)
  const { realm, resourceMetadata, baseline } = challengeParameters
  const base = { realm, resourceMetadata }
  const report = onDecision === undefined ? firstErrorReporter() : undefined

  /** Fixes the outcome, then calls the hook, which cannot make it more permissive. */
  const conclude = (facts: Facts, request: Request): McpOutcome => {
    if (facts.reason === 'internal-error') report?.(facts.error)
    // A body of which a part was read cannot be put back for the handler.
    const isLost = facts.refusal === 'too-large' && facts.judged === undefined
    const decision = record(facts, isLost ? 'enforce' : mode)
    const failure = callHook(onDecision, decision, request)
    if (mode === 'report-only' && !isLost) {
      return { allow: true, decision, ...(facts.judged === undefined ? {} : { judged: facts.judged }) }
    }
    if (facts.answer !== undefined) return { allow: false, decision, answer: facts.answer }
    if (failure !== undefined) {
      const answer = denials.internalError(facts.messages[0]?.id)
      const failed = record({ ...facts, answer, reason: 'internal-error', error: failure.error }, mode)
      return { allow: false, decision: failed, answer }
    }
    const { judged, filter } = facts
    return {
      allow: true,
      decision,
      ...(judged === undefined ? {} : { judged }),
      ...(filter === undefined ? {} : { filter }),
    }
  }

  const filterFor = (chosen: DecidingPolicy, given: Scopes): Pick<Facts, 'filter'> =>
    own.filterLists ? { filter: (message) => filterMessage(chosen, given, message) } : {}

  /** The steps up to the outcome; `facts` grows on the way, so that a failure is reported with what was known. */
  const judge = async (request: Request, progress: { facts: Facts }): Promise<Facts> => {
    const know = (more: Partial<Facts>): Facts => (progress.facts = { ...progress.facts, ...more })
    const { method } = progress.facts
    const given = know({ scopes: await scopes(request) }).scopes
    if (method !== 'POST' && method !== 'GET' && method !== 'DELETE') {
      return know({ reason: 'method-not-allowed', answer: denials.methodNotAllowed() })
    }
    if (given === undefined || given === null) {
      const id = method === 'POST' ? await idOf(request) : undefined
      return know({ reason: 'no-scopes', answer: denials.unauthenticated(base, baseline, id) })
    }
    if (method !== 'POST') {
      const chosen = await (typeof policy === 'function' ? policy(request) : policy)
      const filtered = method === 'GET' ? filterFor(chosen, given) : {}
      return know({ reason: 'granted', fingerprint: chosen.fingerprint, ...filtered })
    }

    const received = await reader.body(request, own.limits.maxBodySize)
    if ('refusal' in received) return know(refused(received.refusal, []))
    const { body, value } = readJudged(received.given, reader.headers(request), own.limits, own.methods)
    know({ judged: { given: received.given, value }, messages: body.messages.map(undecided) })
    if (body.refusal !== undefined) return know(refused(body.refusal, body.messages))

    const chosen = await (typeof policy === 'function' ? policy(request) : policy)
    const verdict = judgeMessages(chosen, given, body.messages)
    know({
      fingerprint: chosen.fingerprint,
      messages: body.messages.map((message, index) => ({
        ...message,
        allowed: verdict.perMessage[index] === true,
      })),
    })
    if (!verdict.allowed) return know(denied(chosen, verdict))
    const lists = body.messages.some((message) => LIST_METHODS.has(message.method ?? ''))
    return know({ reason: 'granted', ...(lists ? filterFor(chosen, given) : {}) })
  }

  const refused = (refusal: BodyRefusal, messages: readonly McpMessage[]): Partial<Facts> => ({
    reason: 'body-refused',
    refusal,
    answer: denials.bodyRefused(refusal, messages[0]?.id),
  })

  const denied = (chosen: DecidingPolicy, verdict: McpVerdict): Partial<Facts> => {
    const { reason = 'internal-error', refusal, needed } = verdict
    const id = verdict.denied?.id
    const known = { reason, ...(refusal === undefined ? {} : { refusal }) }
    if (reason === 'unknown-method') return { ...known, answer: denials.unknownMethod(base, id) }
    if (reason === 'path-refused') return { ...known, answer: denials.nameRefused(refusal, id) }
    if (reason === 'granted') {
      const error = new Error('`authorize` denied what `explain` grants')
      return { reason: 'internal-error', error, answer: denials.internalError(id) }
    }
    const asked = needed === undefined ? undefined : requestNames(chosen, needed)
    const names = needed === undefined ? {} : { scopesNeeded: needed }
    return { ...known, ...names, answer: denials.insufficientScope(base, asked, id) }
  }

  /** What is about the credentials is the client's to mend; everything else is the server's. */
  const thrown = (error: unknown, id: McpMessage['id']): Partial<Facts> => {
    switch (credentialProblem(error)) {
      case 'invalid_token':
        return {
          reason: 'invalid-token',
          error,
          answer: denials.unauthenticated(base, baseline, id, 'invalid_token'),
        }
      case 'invalid_request':
        return {
          reason: 'malformed-token',
          error,
          answer: denials.badRequest(base, 'the Authorization header is malformed'),
        }
      case undefined:
        return { reason: 'internal-error', error, answer: denials.internalError(id) }
    }
  }

  /** The ID for an answer to a request without a token: only of a short body, and only when it is clear. */
  const idOf = async (request: Request): Promise<McpMessage['id']> => {
    const received = await reader.body(request, Math.min(UNAUTHENTICATED_BODY_SIZE, own.limits.maxBodySize))
    if ('refusal' in received) return undefined
    const { body }: JudgedBody = readJudged(received.given, undefined, own.limits, own.methods)
    return body.messages[0]?.id
  }

  return async (request) => {
    const progress = { facts: UNREAD }
    try {
      const target = stringOrEmpty(reader.target(request))
      const method = stringOrEmpty(reader.method(request))
      progress.facts = { ...UNREAD, method, target }
      // Before `skip`, which has seen a method that would not be the handler's.
      if (rejectMethodOverride && overridesMethod(target, (name) => reader.header(request, name))) {
        const answer = denials.badRequest(base, 'the method of a request cannot be overridden here')
        return conclude({ ...progress.facts, reason: 'method-override', answer }, request)
      }
      if (skip !== undefined && isUnambiguous(target) && (skip(request) as unknown) === true) {
        return { allow: true, decision: undefined }
      }
      return conclude(await judge(request, progress), request)
    } catch (error) {
      return conclude({ ...progress.facts, ...thrown(error, progress.facts.messages[0]?.id) }, request)
    }
  }
}

/** What is known of a request so far. Without an `answer` it may pass. */
interface Facts {
  readonly method: string
  readonly target: string
  readonly scopes: ScopesOfRequest
  readonly reason: string
  readonly messages: McpDecisionRecord['messages']
  readonly answer?: Answer
  readonly refusal?: string
  readonly scopesNeeded?: readonly string[]
  readonly fingerprint?: string
  readonly error?: unknown
  readonly judged?: { readonly given: unknown; readonly value: unknown }
  readonly filter?: (message: unknown) => unknown
}

const UNREAD: Facts = { method: '', target: '', scopes: undefined, reason: 'internal-error', messages: [] }

function undecided(message: McpMessage): McpDecisionRecord['messages'][number] {
  return { ...message, allowed: false }
}

function record(facts: Facts, mode: string): McpDecisionRecord {
  const { method, target, scopes, messages, reason, refusal, scopesNeeded, fingerprint, answer } = facts
  const isDenied = answer !== undefined
  return Object.freeze({
    allowed: !isDenied,
    outcome: isDenied ? (mode === 'enforce' ? 'denied' : 'would-deny') : 'allowed',
    reason,
    method,
    path: target.split('?', 1)[0] ?? '',
    messages,
    scopes,
    ...(refusal === undefined ? {} : { refusal }),
    ...(isDenied ? { status: answer.status } : {}),
    ...(scopesNeeded === undefined ? {} : { scopesNeeded }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...('error' in facts ? { error: facts.error } : {}),
  })
}

interface CheckedOptions {
  readonly filterLists: boolean
  readonly methods: ReadonlySet<string>
  readonly limits: { readonly maxBodySize: number; readonly maxDepth: number }
}

function checkedOptions<Request>(options: McpOptions<Request>): CheckedOptions {
  const filterLists = ownOption(options, 'filterLists') ?? false
  const methods = ownOption(options, 'methods') ?? []
  const maxBodySize = ownOption(options, 'maxBodySize') ?? MAX_BODY_SIZE
  const maxDepth = ownOption(options, 'maxDepth') ?? MAX_DEPTH
  if (typeof filterLists !== 'boolean') throw new TypeError('`filterLists` must be true or false')
  if (!Array.isArray(methods) || !methods.every((method) => typeof method === 'string'))
    throw new TypeError('`methods` must be an array of method names')
  for (const [name, number] of Object.entries({ maxBodySize, maxDepth })) {
    if (!Number.isSafeInteger(number) || number < 1)
      throw new TypeError(`\`${name}\` must be a positive integer`)
  }
  return { filterLists, methods: new Set(methods), limits: { maxBodySize, maxDepth } }
}

/** Only own options count; see `enforce/options.ts`. */
function ownOption<T extends object, K extends keyof T>(options: T, key: K): T[K] | undefined {
  return Object.hasOwn(options, key) ? options[key] : undefined
}

function stringOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
