/**
 * A policy in little memory: the same {@link PolicyData}, with endpoints as numbers and one long text.
 *
 * A loaded policy lives as long as its gateway, and most of it is only ever read by the tables it was
 * compiled into. So the patterns are kept as text in one string, with offsets; objects are made of them
 * again when somebody asks (an explanation, a consent screen, a diff). About 55 bytes an endpoint instead
 * of 350.
 */
import { readPattern } from '../pattern/pattern.ts'
import { withIncluded } from './includes.ts'
import { BASELINE } from '../language/scope-fields.ts'
import type { Combination, Endpoint, Scope } from './model.ts'
import type { InterpretedEndpoint, PolicyData } from './policy-data.ts'

/** Endpoints of all scopes, one after the other. */
interface Endpoints {
  readonly texts: string
  /** Where each pattern ends in `texts`. */
  readonly ends: Uint32Array
  readonly spanStarts: Uint32Array
  readonly spanEnds: Uint32Array
  /** Indexes of `methodSets`. */
  readonly sets: Uint16Array | Uint32Array
  readonly methodSets: readonly (readonly string[])[]
}

/** The same policy; nothing of `data` is kept alive. */
export function packPolicy(data: PolicyData): PolicyData {
  const { options } = data
  const rules = Object.freeze({ ...data.rules })
  const { baseline } = data
  const combined = [
    ...data.combinations,
    ...(baseline === undefined ? [] : ([[BASELINE, baseline]] as const)),
  ]
  // Combinations and the baseline are packed as scopes without labels.
  const scopes = [
    ...data.scopes.values(),
    ...combined.map(([name, one]): Scope => ({ name, label: '', optional: false, includes: [], ...one })),
  ]
  const endpoints = pack(scopes.flatMap((scope) => scope.endpoints))
  const firsts = new Uint32Array(scopes.length + 1)
  for (const [index, scope] of scopes.entries())
    firsts[index + 1] = (firsts[index] ?? 0) + scope.endpoints.length
  // Strings that were cut out of the document would keep all of it in memory; JSON makes new ones.
  const heads = JSON.parse(JSON.stringify(scopes.map((scope) => ({ ...scope, endpoints: [] })))) as Scope[]
  const numbers = new Map(heads.map(({ name }, index) => [name, index]))
  const scopeNumbers = new Map([...numbers].slice(0, data.scopes.size))
  const combinationNumbers = new Map(
    [...numbers].slice(data.scopes.size, data.scopes.size + data.combinations.size),
  )
  const headByName = new Map(heads.map((head) => [head.name, head]))

  const endpointsOf = (index: number): readonly Endpoint[] => {
    const list: Endpoint[] = []
    for (let at = firsts[index] ?? 0; at < (firsts[index + 1] ?? 0); at++) list.push(unpack(endpoints, at))
    return Object.freeze(list)
  }
  const scopeOf = (index: number): Scope =>
    deepFreeze({ ...(heads[index] as Scope), endpoints: endpointsOf(index) })
  const combinationOf = (index: number): Combination => {
    const { scopes: names, tools, resources, prompts } = heads[index] as Scope & Combination
    return deepFreeze({
      scopes: names,
      endpoints: endpointsOf(index),
      ...(tools && { tools }),
      ...(resources && { resources }),
      ...(prompts && { prompts }),
    })
  }
  const grantsOf = (index: number): readonly InterpretedEndpoint[] =>
    withIncluded(heads[index]?.name ?? '', headByName).flatMap((name) =>
      endpointsOf(numbers.get(name) ?? -1).map((endpoint) => ({
        endpoint,
        pattern: readPattern(endpoint.pattern, rules),
      })),
    )
  return Object.freeze({
    options,
    rules,
    scopes: lazyMap(scopeNumbers, scopeOf),
    combinations: lazyMap(combinationNumbers, combinationOf),
    ...(baseline !== undefined && { baseline: combinationOf(numbers.get(BASELINE) ?? -1) }),
    grants: lazyMap(numbers, grantsOf),
  })
}

/**
 * A map that cannot be changed and makes its values when they are asked for, each time anew: from the
 * names to numbers, and a function from numbers to values.
 */
function lazyMap<V>(
  numbers: ReadonlyMap<string, number>,
  make: (number: number) => V,
): ReadonlyMap<string, V> {
  function* entries(): MapIterator<[string, V]> {
    for (const [name, number] of numbers) yield [name, make(number)]
    return undefined
  }
  function* values(): MapIterator<V> {
    for (const number of numbers.values()) yield make(number)
    return undefined
  }
  const map: ReadonlyMap<string, V> = {
    get size() {
      return numbers.size
    },
    has: (name) => numbers.has(name),
    get: (name) => {
      const number = numbers.get(name)
      return number === undefined ? undefined : make(number)
    },
    keys: () => numbers.keys(),
    values,
    entries,
    forEach: (callback, thisArgument?: unknown) => {
      for (const [name, value] of entries()) callback.call(thisArgument, value, name, map)
    },
    [Symbol.iterator]: entries,
  }
  return Object.freeze(map)
}

function pack(endpoints: readonly Endpoint[]): Endpoints {
  const ends = new Uint32Array(endpoints.length)
  const spanStarts = new Uint32Array(endpoints.length)
  const spanEnds = new Uint32Array(endpoints.length)
  const setIds: number[] = []
  const methodSets: (readonly string[])[] = []
  const ids = new Map<readonly string[] | string, number>()
  let end = 0
  for (const [index, { pattern, methods, span }] of endpoints.entries()) {
    let id = ids.get(methods)
    if (id === undefined) {
      const key = methods.join(' ')
      id = ids.get(key) ?? methodSets.push(Object.freeze([...methods])) - 1
      ids.set(key, id).set(methods, id)
    }
    end += pattern.length
    ends[index] = end
    setIds.push(id)
    spanStarts[index] = span?.start ?? 0
    spanEnds[index] = span?.end ?? 0
  }
  return {
    texts: endpoints.map(({ pattern }) => pattern).join(''),
    ends,
    spanStarts,
    spanEnds,
    sets: methodSets.length > 0xffff ? Uint32Array.from(setIds) : Uint16Array.from(setIds),
    methodSets,
  }
}

function unpack({ texts, ends, spanStarts, spanEnds, sets, methodSets }: Endpoints, at: number): Endpoint {
  const span = Object.freeze({ start: spanStarts[at] ?? 0, end: spanEnds[at] ?? 0 })
  const pattern = texts.slice(at === 0 ? 0 : ends[at - 1], ends[at])
  const methods = methodSets[sets[at] ?? 0] ?? []
  return Object.freeze({ pattern, methods, ...(span.end > span.start && { span }) })
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === 'object' && inner !== null && !Object.isFrozen(inner)) deepFreeze(inner)
  }
  return Object.freeze(value)
}
