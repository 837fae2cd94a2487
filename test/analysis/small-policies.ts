/**
 * Random small policies over a tiny alphabet, and all requests over it up to a length: what the analysis is
 * compared with. Nothing here looks at patterns; only `authorize` decides.
 */
import { loadPolicy } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'

export type Random = () => number

/** Mulberry32: small, fast, the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000
  }
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}

const METHODS = ['GET', 'POST']

export type Options = Readonly<Record<string, unknown>>

export interface World {
  readonly alphabet: readonly string[]
  readonly options: Options
}

export function worldOf(random: Random): World {
  const rare = (chance: number): boolean => random() < chance
  const extensions = rare(0.2) ? { extensions: pick(random, [['a'], ['b', 'a'], ['a.b', 'b']]) } : {}
  const options = {
    ...extensions,
    ...(rare(0.15) && { basePath: pick(random, ['/a', '/b/a']) }),
    ...(rare(0.3) && { trailingSlash: 'ignore' }),
    ...(rare(0.2) && { caseSensitive: false }),
    ...(rare(0.4) && { wildcard: 'segment' }),
    ...(rare(0.1) && { head: 'as-get' }),
    ...(rare(0.1) && { encodedSlash: 'data' }),
    ...(rare(0.1) && { encodedSlash: 'opaque' }),
    ...(rare(0.1) && { delimiters: 'data' }),
  }
  const others = ['b', '.', 'A', '%20', '%2F', ';', '%C3%A9', '0', 'b', 'b']
  const dot = 'extensions' in options ? ['.'] : []
  return { options, alphabet: [...new Set(['a', '/', ...dot, pick(random, others), pick(random, others)])] }
}

function patternOf(random: Random, { alphabet, options }: World): string {
  const segment = options['wildcard'] === 'segment'
  const syntax = segment ? ['*', '**', '?', '{a,b}', '[ab]', '*', '/**', '**/'] : ['*', '*', '*']
  const length = 1 + Math.floor(random() * 5)
  let pattern = ''
  for (let index = 0; index < length; index++) {
    const roll = random()
    pattern += roll < 0.35 ? pick(random, syntax) : roll < 0.55 ? '/' : pick(random, alphabet)
  }
  return pattern
}

type Endpoint = Readonly<Record<string, readonly string[]>>
export type Document = Record<string, { label: string; includes?: string[]; endpoints: Endpoint[] }>

export function documentOf(random: Random, world: World, scopes = 2): Document {
  const document: Document = {}
  for (let number = 0; number < scopes; number++) {
    const endpoints = Array.from({ length: Math.floor(random() * 4) + (random() < 0.95 ? 1 : 0) }, () => {
      const methods = METHODS.filter(() => random() < 0.6)
      return { [patternOf(random, world)]: methods.length === 0 ? ['GET'] : methods }
    })
    const includes = number > 0 && random() < 0.15 ? { includes: ['s0'] } : {}
    document[`s${number}`] = { label: `scope ${number}`, ...includes, endpoints }
  }
  return document
}

export function policyFrom(document: Document, options: Options): Policy | null {
  try {
    return loadPolicy({ $options: options, ...document })
  } catch {
    return null
  }
}

/** A few changes: endpoints added, taken away, other methods. */
export function edited(random: Random, world: World, document: Document): Document {
  const copy = structuredClone(document)
  const other = documentOf(random, world, Object.keys(copy).length)
  for (const [name, scope] of Object.entries(copy)) {
    const roll = random()
    if (roll < 0.3) scope.endpoints.pop()
    if (roll > 0.2 && roll < 0.6) scope.endpoints.push(...(other[name]?.endpoints.slice(0, 1) ?? []))
    if (random() < 0.2) scope.label = 'another label'
  }
  if (random() < 0.1) delete copy['s1']
  if (random() < 0.1) copy['s9'] = { label: 'new', endpoints: other['s0']?.endpoints ?? [] }
  return copy
}

const paths = new Map<string, readonly string[]>()

/** Every text over the alphabet up to so many letters, as request paths; the shortest first. */
export function everyPath(alphabet: readonly string[], letters: number, prefix: string): readonly string[] {
  const key = JSON.stringify([alphabet, letters, prefix])
  const known = paths.get(key) ?? spellPaths(alphabet, letters, prefix)
  paths.set(key, known)
  return known
}

function spellPaths(alphabet: readonly string[], letters: number, prefix: string): readonly string[] {
  let level = ['']
  const all = ['']
  for (let length = 1; length <= letters; length++) {
    level = level.flatMap((text) => alphabet.map((letter) => text + letter))
    all.push(...level)
  }
  const inside = all.map((text) => `${prefix}/${text}`)
  return (prefix === '' ? inside : [prefix, ...inside]).sort((a, b) => a.length - b.length)
}

export interface Request {
  readonly method: string
  readonly path: string
}

/** The shortest request for which the test holds. */
export function shortest(
  paths: readonly string[],
  test: (method: string, path: string) => boolean,
): Request | undefined {
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'HEAD']) if (test(method, path)) return { method, path }
  }
  return undefined
}
