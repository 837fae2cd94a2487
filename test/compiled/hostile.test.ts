/**
 * Data that nobody vouches for: `fromCompiled` throws its own error, or gives a policy that grants nothing
 * but what the list of endpoints in the data says. Never another exception, never a loop without end.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seal } from '../../src/compiled/data.ts'
import { readEntries } from '../../src/compiled/entries.ts'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import type { CompiledData, CompiledPolicy } from '../../src/compiled/index.ts'
import { pack, unpack } from '../../src/compiled/pack.ts'
import { loadPolicy } from '../../src/index.ts'
import type { ParseOptions } from '../../src/index.ts'
import { printCanonical } from '../../src/pattern/canonical.ts'
import { anyDocument, plainDocument, segmentDocument, toDocument } from '../arbitrary/document.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from '../properties/policy-of.ts'
import { answersOf } from './forms.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** The policy, or null for the library's own error. Everything else that is thrown fails the test. */
function opened(data: unknown): CompiledPolicy | null {
  try {
    return fromCompiled(data)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_INVALID_COMPILED_POLICY') return null
    throw error
  }
}

/** The data with the checksum that belongs to it, if it is still of a form that has one. */
function resealed(data: Json): unknown {
  try {
    return { ...(data as object), checksum: seal(data as unknown as CompiledData).checksum }
  } catch {
    return data
  }
}

function compiledOf(document: object, options: ParseOptions = {}): CompiledData {
  return toCompiled(loadPolicy(document, options))
}

describe('what is no compiled policy at all is refused', () => {
  const throwing = new Proxy({}, { ownKeys: () => Promise.reject.call(null) as never })
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  test.each<readonly [string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', 1],
    ['a list', []],
    ['an empty object', {}],
    ['text that is no JSON', 'profile'],
    ['JSON of something else', '"profile"'],
    ['a function', () => true],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['a circle', circular],
    ['an object that throws', throwing],
    ['a document', { profile: { label: 'x', endpoints: [] } }],
  ])('%s', (_, data) => {
    expect(opened(data)).toBe(null)
    expect(() => fromCompiled(data)).toThrow(/^not a compiled policy: /)
  })
})

describe('one part that is not as it should be is refused, also with the checksum that belongs to it', () => {
  const ANY = compiledOf({
    a: { label: 'a', endpoints: ['x', 'x/*', 'y*mid*z', { 'x/long-enough': 'GET' }, 'q%20/'] },
    b: { label: 'b', endpoints: ['x/*'] },
  })
  const SEGMENT = compiledOf({ a: { label: 'a', endpoints: ['x/**', '/', '*/y'] } }, { wildcard: 'segment' })

  type Change = (data: { -readonly [K in keyof CompiledData]: CompiledData[K] }) => object

  const tables = (change: Partial<CompiledData['tables']>): Change => {
    return (data) => ({ ...data, tables: { ...data.tables, ...change } })
  }
  const rules = (change: Partial<Record<keyof CompiledData['rules'], unknown>>): Change => {
    return (data) => ({ ...data, rules: { ...data.rules, ...change } })
  }
  /** One unit of the code replaced: the first that `where` picks. */
  const unit = (where: (code: readonly number[]) => number, value: number): Change => {
    return (data) => {
      const code = [...unpack(data.tables.code, Uint16Array)]
      code[where(code)] = value
      return { ...data, tables: { ...data.tables, code: pack(Uint16Array.from(code)) } }
    }
  }
  const automaton = (change: Partial<CompiledData['tables']['automata'][number]>): Change => {
    return (data) => {
      const [first, ...rest] = data.tables.automata
      return { ...data, tables: { ...data.tables, automata: [{ ...first, ...change }, ...rest] } }
    }
  }
  const last = (code: readonly number[]): number => code.length - 1

  test('the data themselves are none of them', () => {
    for (const data of [ANY, SEGMENT]) expect(opened(resealed(data as unknown as Json))).not.toBe(null)
  })

  test.each<readonly [string, CompiledData, Change]>([
    ['another format', ANY, (data) => ({ ...data, format: 'x' })],
    ['another version', ANY, (data) => ({ ...data, version: 2 })],
    ['a version as text', ANY, (data) => ({ ...data, version: '1' })],
    ['a member more', ANY, (data) => ({ ...data, more: 1 })],
    ['a fingerprint that is none', ANY, (data) => ({ ...data, fingerprint: 'f' })],
    ['a list of endpoints too few', ANY, (data) => ({ ...data, endpoints: data.endpoints.slice(1) })],
    ['endpoints that are no text', ANY, (data) => ({ ...data, endpoints: [1, 2] })],
    [
      'an endpoint without its tree',
      ANY,
      (data) => ({ ...data, endpoints: [`${data.endpoints[0] ?? ''}\nGET w`, data.endpoints[1]] }),
    ],
    ['a tree without its endpoint', ANY, (data) => ({ ...data, endpoints: ['', data.endpoints[1]] })],
    [
      'a method without its endpoint',
      ANY,
      (data) => ({ ...data, endpoints: [data.endpoints[0], 'GET x/*'] }),
    ],
    ['a method that there is not', ANY, (data) => ({ ...data, endpoints: [data.endpoints[0], 'GETS x/*'] })],
    ['a line that is no endpoint', ANY, (data) => ({ ...data, endpoints: [data.endpoints[0], 'GET'] })],
    ['a base path with a slash at its end', ANY, rules({ basePath: 'a/' })],
    ['a base path with an empty segment', ANY, rules({ basePath: 'a//b' })],
    ['a base path with a dot segment', ANY, rules({ basePath: 'a/..' })],
    ['an extension with a slash', ANY, rules({ extensions: ['a/b'] })],
    ['an empty extension', ANY, rules({ extensions: [''] })],
    ['an option that is unknown', ANY, rules({ trailingSlash: 'both' })],
    ['a limit below zero', ANY, rules({ pathLength: -1 })],
    ['another wildcard mode', ANY, rules({ wildcard: 'segment' })],
    ['another wildcard mode, the other way', SEGMENT, rules({ wildcard: 'any' })],
    ['case folded in one place only', ANY, rules({ caseSensitive: 'no' })],
    ['a scope twice', ANY, tables({ scopes: ['a', 'a'] })],
    ['a scope name that is none', ANY, tables({ scopes: ['a b', 'c'] })],
    ['no methods', ANY, tables({ methods: [], sets: '', setCount: 1e15 })],
    ['columns without end', ANY, tables({ setCount: Number.MAX_SAFE_INTEGER })],
    ['sets of a wrong size', ANY, tables({ sets: 'A' })],
    ['sets that are no bits', ANY, tables({ sets: ANY.tables.sets.replaceAll('B', 'C') })],
    ['filters too few', ANY, tables({ hot: '' })],
    ['roots too few', ANY, tables({ slashRoots: 'A' })],
    ['a root in the middle of a tree', ANY, tables({ slashRoots: 'BA' })],
    ['a root behind the end', ANY, tables({ slashRoots: '}zzzA' })],
    ['two scopes with one tree', ANY, tables({ slashRoots: 'BB' })],
    ['no mark for a pattern that keeps an escape', ANY, tables({ escapes: false })],
    ['a mark that is no boolean', ANY, tables({ escapes: 1 as never })],
    ['a window below zero', ANY, tables({ window: -1 })],
    ['no runs', ANY, tables({ runs: [] })],
    ['another run', ANY, tables({ runs: ['n'] })],
    ['an empty run', ANY, tables({ runs: [''] })],
    ['code that ends too early', ANY, tables({ code: ANY.tables.code.slice(0, -1) })],
    ['code behind the end', ANY, tables({ code: `${ANY.tables.code}A` })],
    ['text that was not packed', ANY, tables({ code: `${ANY.tables.code}}###` })],
    ['no code', ANY, tables({ code: '' })],
    ['automata where none belong', ANY, tables({ automata: SEGMENT.tables.automata })],
    ['a label that is too long', ANY, unit(() => 0, 0xffff)],
    ['a set of methods that there is not', ANY, unit(last, 9)],
    ['another character', ANY, unit((code) => code.indexOf('l'.charCodeAt(0)), 'L'.charCodeAt(0))],
    ['no automata', SEGMENT, tables({ automata: [] })],
    ['an automaton without states', SEGMENT, automaton({ accepting: '' })],
    ['an automaton with arcs missing', SEGMENT, automaton({ arcs: 'B' })],
    ['an automaton with arcs that go back', SEGMENT, automaton({ arcs: 'BZB' })],
    ['an automaton that leads out of itself', SEGMENT, automaton({ to: '}zzz' })],
    ['an automaton with a range missing', SEGMENT, automaton({ last: '' })],
    ['an automaton with another member', SEGMENT, automaton({ more: 'A' } as never)],
  ])('%s', (_, data, change) => {
    const changed = change({ ...data })
    expect(opened(changed), 'with the old checksum').toBe(null)
    expect(opened(resealed(changed as Json)), 'with a checksum of its own').toBe(null)
  })

  test('every unit of the code with every small value, an offset that goes round in circles among them', () => {
    const code = unpack(ANY.tables.code, Uint16Array)
    for (let at = 0; at < code.length; at++) {
      for (let value = 0; value < 64; value++) {
        const changed = Uint16Array.from(code)
        changed[at] = value
        const data = { ...ANY, tables: { ...ANY.tables, code: pack(changed) } }
        // Only what spells the same tree in another way may pass.
        const policy = opened(resealed(data as unknown as Json))
        if (policy !== null && value !== code[at])
          expect(policy.explain('a', 'GET', '/x')).toEqual(fromCompiled(ANY).explain('a', 'GET', '/x'))
      }
    }
  })
})

/** Paths to every value of some JSON. */
function placesIn(value: Json, here: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [here]
  const entries: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return [here, ...entries.flatMap(([name, inner]) => placesIn(inner, [...here, name]))]
}

function replaced(value: Json, place: readonly (string | number)[], change: (old: Json) => Json): Json {
  const [first, ...rest] = place
  if (first === undefined) return change(value)
  if (Array.isArray(value))
    return value.map((item, index) => (index === first ? replaced(item, rest, change) : item))
  const object = value as Readonly<Record<string, Json>>
  return { ...object, [first]: replaced(object[first] ?? null, rest, change) }
}

const junk: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1, 2 ** 31, 2 ** 53, 1.5, '', 'A', '}zzz', 'GET *', [], {}),
  fc.jsonValue().map((value) => value as Json),
)

/** A value changed a little: a character, an item, a number; or replaced by something else. */
const change: fc.Arbitrary<(old: Json) => Json> = fc
  .tuple(
    fc.nat(),
    fc.constantFrom('delete', 'double', 'swap', 'letter'),
    fc.nat({ max: 93 }),
    junk,
    fc.nat({ max: 4 }),
  )
  .map(([at, how, letter, other, whether]) => (old) => {
    if (whether === 0) return other
    if (typeof old === 'number') return old + (letter % 5) - 2
    if (typeof old === 'boolean') return !old
    if (typeof old === 'string')
      return edited(Array.from(old), at, how, String.fromCharCode(33 + letter)).join('')
    if (Array.isArray(old)) return edited(old, at, how, other)
    return other
  })

function edited<T>(list: readonly T[], at: number, how: string, item: T): T[] {
  const index = at % (list.length + 1)
  const found = list[index]
  if (found === undefined) return [...list, item]
  const [before, after] = [list.slice(0, index), list.slice(index + 1)]
  if (how === 'delete') return [...before, ...after]
  if (how === 'double') return [...before, found, found, ...after]
  if (how === 'swap') return [...before, ...after.slice(0, 1), found, ...after.slice(1)]
  return [...before, item, ...after]
}

const changes = fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 3 })

function mutated(data: CompiledData, list: readonly (readonly [number, (old: Json) => Json])[]): Json {
  return list.reduce<Json>(
    (value, [at, make]) => {
      const places = placesIn(value)
      return replaced(value, places[at % places.length] ?? [], make)
    },
    data as unknown as Json,
  )
}

/** A policy of the endpoints that the data list. */
function policyOfList(data: CompiledData): ReturnType<typeof policyOf> {
  const { pathLength, basePath, ...rules } = data.rules
  const scopes = data.tables.scopes.map((name, index) => {
    const endpoints = readEntries(data.endpoints[index] ?? '').map(({ text, methods }) => ({
      [printCanonical(text) || '/']: methods,
    }))
    return [name, { label: name, endpoints }]
  })
  const options = { ...rules, basePath: basePath === '' ? '' : `/${printCanonical(basePath)}` }
  return policyOf(Object.fromEntries([['$options', options], ...scopes]), { limits: { pathLength } })
}

describe('random damage', () => {
  test('is found by the checksum, whatever it is', () => {
    fc.assert(
      fc.property(plainDocument, recipes, changes, (parts, list, damage) => {
        const policy = policyOf(toDocument(parts))
        const compiled = opened(mutated(toCompiled(policy), damage))
        for (const chosen of compiled === null ? [] : list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          expect(compiled?.authorize(scopes, method, path)).toBe(policy.authorize(scopes, method, path))
        }
      }),
      runs(300),
    )
  })

  test('with a checksum of its own opens nothing that the list of endpoints does not say', () => {
    let passed = 0
    fc.assert(
      fc.property(anyDocument, recipes, changes, (parts, list, damage) => {
        const data = resealed(mutated(toCompiled(policyOf(toDocument(parts))), damage))
        const compiled = opened(data)
        if (compiled === null) return
        passed += 1
        const listed = policyOfList(data as CompiledData)
        for (const chosen of list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          const names = [...scopes, ...compiled.scopes.slice(0, 2)]
          const answers = answersOf(compiled, names, method, path)
          if (answers['array'] === true) expect(listed.authorize(names, method, path)).toBe(true)
        }
      }),
      runs(1000),
    )
    expect(passed).toBeGreaterThan(50)
  })

  test('of automata throws nothing and ends', () => {
    fc.assert(
      fc.property(segmentDocument, recipes, changes, (parts, list, damage) => {
        const compiled = opened(resealed(mutated(toCompiled(policyOf(toDocument(parts))), damage)))
        for (const chosen of compiled === null ? [] : list) {
          const { scopes, method, path } = toRequest(parts, chosen)
          if (compiled !== null) answersOf(compiled, scopes, method, path)
        }
      }),
      runs(300),
    )
  })
})

test('data may have its members in any order, as a database gives them back', () => {
  const shuffle = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(shuffle)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, inner]) => [name, shuffle(inner)]),
    )
  }
  for (const wildcard of ['any', 'segment'] as const) {
    const data = compiledOf({ a: { label: 'a', endpoints: ['x/*', '*/y'] } }, { wildcard })
    expect(fromCompiled(shuffle(data as unknown as Json)).authorize('a', 'GET', '/x/1')).toBe(true)
  }
})
