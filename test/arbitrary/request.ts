/**
 * Requests as near misses. Paths drawn at random almost never match anything, so a request is a recipe:
 * pick a pattern of the document, fill its stars, put the base path in front, change a little or nothing.
 * Recipes know nothing of the document, so both shrink on their own.
 */
import fc from 'fast-check'
import { patternsOf } from './document.ts'
import type { DocumentParts } from './document.ts'
import { requestMethod } from './method.ts'
import { mutate, mutation } from './mutation.ts'
import type { Mutation } from './mutation.ts'
import { scopeName } from './scope-name.ts'
import { BOUNDS } from './settings.ts'

export interface Recipe {
  readonly pattern: number
  readonly fills: readonly string[]
  readonly mutations: readonly Mutation[]
  readonly method: string
  /** Bits: which scopes of the document the token has. */
  readonly scopes: number
  readonly unknown: readonly string[]
}

export interface PlainRequest {
  readonly scopes: readonly string[]
  readonly method: string
  readonly path: string
}

const FILLS = [
  '',
  '',
  'a',
  'b',
  '5',
  'me',
  'a/b',
  'x/y/z',
  '20',
  '%20',
  '%C3%A9',
  'a%20b',
  '.json',
  'a.json',
  '-',
  'A',
  '/',
  'B7',
  '.well-known',
  'a..b',
]

const ALL_SCOPES = 2 ** BOUNDS.scopes - 1

export const recipe: fc.Arbitrary<Recipe> = fc.record({
  pattern: fc.nat({ max: 1000 }),
  fills: fc.array(fc.constantFrom(...FILLS), { minLength: 1, maxLength: 4 }),
  mutations: fc.oneof(
    { weight: 2, arbitrary: fc.constant<Mutation[]>([]) },
    { weight: 2, arbitrary: fc.tuple(mutation) },
    { weight: 1, arbitrary: fc.array(mutation, { maxLength: BOUNDS.mutations }) },
  ),
  method: requestMethod,
  scopes: fc.oneof(fc.nat({ max: ALL_SCOPES }), fc.constant(ALL_SCOPES)),
  unknown: fc.array(scopeName, { maxLength: 1 }),
})

export const recipes: fc.Arbitrary<Recipe[]> = fc.array(recipe, { minLength: 1, maxLength: BOUNDS.requests })

export function toRequest(parts: DocumentParts, chosen: Recipe): PlainRequest {
  const names = parts.scopes.map(([name]) => name)
  return {
    scopes: [...names.filter((_, index) => (chosen.scopes >> index) & 1), ...chosen.unknown],
    method: chosen.method,
    path: pathNear(parts, chosen),
  }
}

/** The path alone, derived from the pattern that the recipe picks. */
export function pathNear(parts: DocumentParts, { pattern, fills, mutations }: Recipe): string {
  const patterns = patternsOf(parts)
  const picked = patterns[pattern % Math.max(1, patterns.length)] ?? 'a'
  const filled = parts.options.wildcard === 'segment' ? fillSegments(picked, fills) : fillStars(picked, fills)
  const base = parts.options.preset === 'cerb' ? '/rest' : (parts.options.basePath ?? '')
  const path = `${base.startsWith('/') || base === '' ? base : `/${base}`}${filled.startsWith('/') ? '' : '/'}${filled}`
  return mutations.reduce(mutate, path)
}

export function fillStars(pattern: string, fills: readonly string[]): string {
  let star = 0
  return pattern.replace(/\*/g, () => fills[star++ % fills.length] ?? '')
}

/** Enough of the syntax to come close: what is not understood stays as it is. */
export function fillSegments(pattern: string, fills: readonly string[]): string {
  let used = 0
  const next = (): string => fills[used++ % fills.length] ?? ''
  const flat = pattern.replace(/\{([^{}]*)\}/g, (_, list: string) => {
    const items = list.split(',')
    return items[next().length % items.length] ?? ''
  })
  return flat
    .replace(/\*\*+|\*/g, (stars) => (stars === '*' ? next().replaceAll('/', '') : next()))
    .replace(/\?|\[[^\]]*\]+/g, () => next().slice(0, 1) || 'a')
}
