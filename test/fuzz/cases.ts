/**
 * One case: a document, the form it is loaded from, and near-miss requests derived from its patterns. The
 * case with a given seed and number is always the same one, whoever runs it.
 */
import fc from 'fast-check'
import { patternsOf } from '../arbitrary/document.ts'
import type { DocumentParts } from '../arbitrary/document.ts'
import { mutate, mutation } from '../arbitrary/mutation.ts'
import type { Mutation } from '../arbitrary/mutation.ts'
import { pathNear, recipe, toRequest } from '../arbitrary/request.ts'
import type { PlainRequest, Recipe } from '../arbitrary/request.ts'
import { optionsOf } from '../reference/document.ts'
import { fuzzDocument } from './documents.ts'
import { nameRecipe, nameRequest, withAliases } from './names.ts'
import type { NameRecipe } from './names.ts'

/** What a document is loaded from. */
export const SOURCES = ['object', 'json', 'yaml', 'bytes'] as const
export type SourceForm = (typeof SOURCES)[number]

export interface FuzzRequest extends PlainRequest {
  /** The pattern it was derived from, as written. */
  readonly near: string
}

export interface FuzzCase {
  readonly parts: DocumentParts
  readonly source: SourceForm
  readonly requests: readonly FuzzRequest[]
  /** Places of the scopes that the analysis compares, taken modulo the number of scopes. */
  readonly pair: readonly [number, number]
  /** How often the analysis may look at a state: few, so that it bails out now and then, or enough. */
  readonly states: number
}

export const REQUESTS = 320
/** Three requests in so many have a path of about the length limit. */
const LONG = 800
const LIMIT = 8192
/** Where a long run goes; no request keeps it. */
const MARK = '\0'
/** Request targets of the other forms (RFC 9112 §3.2), which changes to a path seldom lead to. */
const FORMS = ['*', '*?a', 'host:443', 'a:1', 'http://host/a', 'a://b', '']

interface Extra {
  /** A second recipe, whose path's end takes the place of the first one's. */
  readonly splice: Recipe | null
  readonly cut: number
  /** All scopes, and a method that the endpoint has: a request that only its path can spoil. */
  readonly willing: boolean
  readonly long: number
  /** Whether adjacent slashes, and a sign of per cent alone, are taken out again. */
  readonly repaired: boolean
  readonly again: Mutation | null
  /** Whether the path ends in extensions of the document. */
  readonly extended: boolean
  readonly named: NameRecipe
}

const extra: fc.Arbitrary<Extra> = fc.record({
  splice: fc.option(recipe, { freq: 5 }),
  cut: fc.nat({ max: 100 }),
  willing: fc.oneof(
    { weight: 3, arbitrary: fc.constant(true) },
    { weight: 2, arbitrary: fc.constant(false) },
  ),
  long: fc.noBias(fc.nat({ max: LONG })),
  repaired: fc.oneof(
    { weight: 3, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
  again: fc.option(mutation, { freq: 2 }),
  extended: fc.oneof(
    { weight: 4, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  named: nameRecipe,
})

const requests = fc.array(fc.tuple(recipe, extra), { minLength: REQUESTS, maxLength: REQUESTS, size: 'max' })

const parts = fc.tuple(
  fuzzDocument,
  fc.constantFrom(...SOURCES),
  requests,
  fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 999 })),
  fc.constantFrom(3, 4000, 4000, 4000),
)

/** The case of that number in the run of that seed. */
export function caseOf(seed: number, number: number): FuzzCase {
  const [found] = fc.sample(parts, { seed: mixed(seed, number), numRuns: 1 })
  if (found === undefined) throw new Error('no case')
  const [document, source, list, pair, states] = found
  return { parts: document, source, requests: list.map((one) => requestOf(document, ...one)), pair, states }
}

function requestOf(document: DocumentParts, chosen: Recipe, more: Extra): FuzzRequest {
  const patterns = patternsOf(document)
  const near = patterns[chosen.pattern % Math.max(1, patterns.length)] ?? ''
  const mild = { scopes: -1, ...(more.cut % 2 === 0 && { mutations: [] }) }
  const request = toRequest(document, more.willing ? { ...chosen, ...mild } : chosen)
  const scopes = withAliases(document, request.scopes, more.cut)
  const named = more.named.asked ? nameRequest(document, more.named) : undefined
  if (named !== undefined) return { near: '', scopes, ...named }
  return {
    near,
    scopes,
    method: more.willing ? methodNear(document, near, chosen.pattern) : request.method,
    path:
      more.long > LONG / 2 && more.long <= LONG / 2 + 3
        ? longPath(document, chosen, more.cut)
        : pathOf(document, request.path, more),
  }
}

function pathOf(
  document: DocumentParts,
  path: string,
  { splice, cut, long, repaired, again, extended }: Extra,
): string {
  if (long === LONG / 2) return FORMS[cut % FORMS.length] ?? ''
  const other = splice === null ? '' : pathNear(document, splice)
  // Behind the base path, so that it is what the two have in common.
  const at = Math.min(path.length, (document.options.basePath ?? '').length + (cut % (path.length + 1)))
  const spliced = rebased(document, splice === null ? path : path.slice(0, at) + other.slice(at))
  const near = repaired ? spliced.replace(/\/{2,}/g, '/').replace(/%(?![0-9A-Fa-f]{2})/g, '') : spliced
  const spoiled = again !== null && cut % 8 === 0 ? mutate(near, again) : near
  return extended ? spoiled + extensionsOf(document, cut) : spoiled
}

/** A path one character below, at or above the length limit, most of which the pattern's first star stands for. */
function longPath(document: DocumentParts, chosen: Recipe, cut: number): string {
  const path = pathNear(document, { ...chosen, fills: [MARK, 'a', 'b', 'c'], mutations: [] })
  const at = path.includes(MARK) ? path.indexOf(MARK) : path.length
  const rest = path.slice(at).replaceAll(MARK, '')
  return path.slice(0, at) + 'a'.repeat(Math.max(0, LIMIT - 1 + (cut % 3) - at - rest.length)) + rest
}

/** One or two of them, in any order, now and then with a slash between or behind. */
function extensionsOf({ options }: DocumentParts, cut: number): string {
  const { extensions } = optionsOf({ $options: options })
  const one = extensions[cut % extensions.length] ?? 'json'
  const other = extensions[(cut >> 2) % extensions.length] ?? 'json'
  return cut % 3 === 0 ? `.${one}` : `.${one}${cut % 7 === 0 ? '/' : ''}.${other}${cut % 11 === 0 ? '/' : ''}`
}

/** A base path of the document's own wins over that of its preset. */
function rebased({ options: { preset, basePath } }: DocumentParts, path: string): string {
  return preset === undefined || basePath === undefined ? path : path.replace(/^\/rest/, `/${basePath}`)
}

/** A method of the first endpoint with that pattern. */
function methodNear(document: DocumentParts, pattern: string, place: number): string {
  const bare = document.options.methods ?? ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']
  for (const [, scope] of document.scopes) {
    for (const endpoint of scope.endpoints ?? []) {
      if (endpoint === pattern) return bare[place % bare.length] ?? 'GET'
      if (typeof endpoint === 'string' || !Object.hasOwn(endpoint, pattern)) continue
      const found = endpoint[pattern] ?? 'GET'
      const methods = typeof found === 'string' ? [found] : found
      return (methods[place % methods.length] ?? 'GET').toUpperCase()
    }
  }
  return 'GET'
}

/** Seeds of neighbours far apart (the finaliser of MurmurHash3). */
function mixed(seed: number, number: number): number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ number
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return state ^ (state >>> 16)
}
