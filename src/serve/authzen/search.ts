/**
 * The three searches of AuthZEN 1.0 §8: every candidate of the configuration is evaluated, in its order, so
 * that what is found is what an evaluation allows.
 *
 * Paged by an opaque token: the place of the next candidate, and a hash of the question, since a token is
 * only good for the question that it was given for. One page looks at a bounded number of candidates.
 */
import { createHash } from 'node:crypto'
import { isObject } from '../../source/own.ts'
import type { DecisionPoint } from './decision-point.ts'
import { ProofBudget } from './decision-point.ts'
import {
  BadRequest,
  checkContext,
  type JsonObject,
  member,
  readAction,
  readEntity,
  readTarget,
} from './messages.ts'

export type SearchKind = 'subject' | 'resource' | 'action'

/** Results and candidates of one page. */
const MAX_RESULTS = 1_000
const MAX_CANDIDATES = 10_000

export interface SearchResponse {
  readonly page?: { readonly next_token: string; readonly count: number }
  readonly results: readonly JsonObject[]
}

interface Search {
  readonly candidates: Iterable<string>
  readonly isGranted: (candidate: string) => boolean
  readonly result: (candidate: string) => JsonObject
}

/** Throws {@link BadRequest}. */
export function search(kind: SearchKind, body: JsonObject, point: DecisionPoint): SearchResponse {
  checkContext(body)
  const asked = prepare(kind, body, point)
  const question = hashOf(kind, body)
  const { start, limit, isPaged } = readPage(body, question)
  const results: JsonObject[] = []
  let at = 0
  let next = ''
  for (const candidate of asked.candidates) {
    const isDone = results.length >= limit || at - start >= MAX_CANDIDATES
    if (at >= start && isDone) {
      next = tokenOf({ at, limit, question })
      break
    }
    if (at >= start && asked.isGranted(candidate)) results.push(asked.result(candidate))
    at += 1
  }
  if (!isPaged && next === '') return { results }
  return { page: { next_token: next, count: results.length }, results }
}

function prepare(kind: SearchKind, body: JsonObject, point: DecisionPoint): Search {
  const budget = new ProofBudget()
  if (kind === 'subject') {
    const { type, properties } = readTarget(body, 'subject')
    const action = readAction(body)
    const resource = readEntity(body, 'resource')
    // Scopes in the properties would be those of everybody.
    const rest = without(properties, ['scope', 'scopes'])
    return {
      candidates: point.subjectIds(type),
      isGranted: (id) =>
        point.evaluate({ subject: { type, id, properties: rest }, action, resource }, budget).decision,
      result: (id) => ({ type, id }),
    }
  }
  const subject = readEntity(body, 'subject')
  if (kind === 'resource') {
    const { type, properties } = readTarget(body, 'resource')
    const action = readAction(body)
    return {
      candidates: point.resourceIds(type),
      isGranted: (id) =>
        point.evaluate({ subject, action, resource: { type, id, properties } }, budget).decision,
      result: (id) => ({ type, id }),
    }
  }
  const resource = readEntity(body, 'resource')
  return {
    candidates: point.actionNames(resource.type),
    isGranted: (name) => point.evaluate({ subject, action: { name }, resource }, budget).decision,
    result: (name) => ({ name }),
  }
}

interface Place {
  readonly at: number
  readonly limit: number
  readonly question: string
}

function readPage(
  body: JsonObject,
  question: string,
): { readonly start: number; readonly limit: number; readonly isPaged: boolean } {
  const page = member(body, 'page')
  if (page === undefined) return { start: 0, limit: MAX_RESULTS, isPaged: false }
  if (!isObject(page)) throw new BadRequest('`page` is not an object')
  const given = member(page, 'limit')
  if (given !== undefined && !(Number.isSafeInteger(given) && (given as number) >= 0))
    throw new BadRequest('`page.limit` is not a non-negative integer')
  const limit = Math.min((given as number | undefined) ?? MAX_RESULTS, MAX_RESULTS)
  const token = member(page, 'token')
  if (token === undefined || token === '') return { start: 0, limit, isPaged: true }
  const place = typeof token === 'string' ? placeOf(token) : undefined
  if (place === undefined) throw new BadRequest('`page.token` is not one that was given')
  if (place.question !== question || (given !== undefined && limit !== place.limit))
    throw new BadRequest(
      '`page.token` was given for another search; only `token` may change from page to page',
    )
  return { start: place.at, limit: place.limit, isPaged: true }
}

function tokenOf({ at, limit, question }: Place): string {
  return Buffer.from(JSON.stringify([at, limit, question])).toString('base64url')
}

function placeOf(token: string): Place | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (!Array.isArray(value)) return undefined
    const [at, limit, question] = value as readonly unknown[]
    const isPlace = (one: unknown): one is number => Number.isSafeInteger(one) && (one as number) >= 0
    if (!isPlace(at) || !isPlace(limit) || limit > MAX_RESULTS || typeof question !== 'string')
      return undefined
    return { at, limit, question }
  } catch {
    return undefined
  }
}

function hashOf(kind: SearchKind, body: JsonObject): string {
  return createHash('sha256')
    .update(`${kind} ${JSON.stringify(without(body, ['page']))}`)
    .digest('base64url')
    .slice(0, 22)
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}
