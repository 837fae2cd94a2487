/**
 * Sets of scopes, mostly of one, in order of what they grant: narrowest first.
 *
 * A scope is narrower than another when all it grants the other grants, too, and not the other way
 * round. Sorting by the number of narrower scopes among the candidates respects that order, because a
 * scope has at least the narrower ones of everything narrower than itself; ties keep document order.
 *
 * Endpoint by endpoint: an endpoint counts as covered when one endpoint of the other scope covers it for
 * the same method. That several together may cover it is left to the analysis of policies.
 *
 * Cost: quadratic in the candidates, and with `wildcard: segment` in their endpoints, for requests that are
 * denied, which anybody can send. So there is a budget for the whole of it, and where it ends the order is
 * that of the document. Most pairs end at the first endpoint with a path that the bigger scope does not
 * allow, which one walk of its tree shows.
 *
 * What was compared is remembered with the steps that it took, and remembered answers cost as many: so the
 * answer to a request depends on no request before it.
 */
import type { Effort } from '../automaton/effort.ts'
import type { CountingAuthorizer, MayGoOn } from './authorize.ts'

/** Whether all that the scope `small` grants is granted by the scope `big`, too. Scopes are numbers. */
export type Contains = (big: number, small: number) => boolean

/** Scopes of one set, as numbers in document order. */
export type Ids = readonly number[]

/** Sets that are compared with each other. */
const MAX_SORTED = 64

/**
 * Sorts sets of scopes that are given in document order, smaller sets first among equals; of more than 64 the others
 * follow as they are given, and all do where `mayGoOn` returns false before the last comparison.
 */
export function narrowestFirst(sets: readonly Ids[], contains: Contains, mayGoOn: MayGoOn): readonly Ids[] {
  const compared = sets.slice(0, MAX_SORTED)
  const covers = (big: Ids, small: Ids): boolean =>
    small.every((id) => big.some((other) => other === id || (mayGoOn() && contains(other, id))))
  const narrower = (set: Ids): number =>
    compared.filter((other) => other !== set && covers(set, other) && !covers(other, set)).length
  const sorted = compared
    .map((set) => [narrower(set), set] as const)
    .sort(([a, left], [b, right]) => a - b || left.length - right.length)
    .map(([, set]) => set)
  return mayGoOn() ? [...sorted, ...sets.slice(MAX_SORTED)] : sets
}

/** What it costs to look up a key, and a remembered answer, see {@link Effort}. */
const KEY_STEPS = 20
const LOOKUP_STEPS = 20

/** What a scope grants, for comparisons. */
export interface ComparedGrant {
  readonly methods: readonly string[]
  /** A path that a scope with this grant allows, if one is known; with `wildcard: any` the pattern itself. */
  readonly text: string | null
  /** Equal only for the same pattern; a short cut, where there is one. */
  readonly key?: string
}

/** Reads the grants of a scope, counting what it costs; some of them where `mayGoOn` returns false before the end. */
export type GrantsOf<T> = (scope: number, mayGoOn: MayGoOn) => readonly T[]

/**
 * Inclusion of `count` scopes; `of` has the grants of a scope. With `wildcard: any` a pattern is covered where its own
 * text matches: a star of the smaller can be any character, and no literal is a star, so only a star of the
 * bigger can take it. Elsewhere `covers` decides where the text matches.
 */
export function inclusion<T extends ComparedGrant>(
  count: number,
  of: GrantsOf<T>,
  { allows, effort }: Pick<CountingAuthorizer, 'allows' | 'effort'>,
  covers?: (big: T, small: T) => boolean,
): (mayGoOn: MayGoOn) => Contains {
  const known = new Map<number, number>()
  const sizes = new Map<number, number>()
  return (mayGoOn) => {
    const loaded = new Map<number, readonly T[]>()
    const load = (scope: number): readonly T[] => {
      const grants = of(scope, mayGoOn)
      loaded.set(scope, grants)
      return grants
    }
    /** After {@link touch}, which has paid for it. */
    const read = (scope: number): readonly T[] => {
      const known = loaded.get(scope)
      if (known !== undefined) return known
      effort.steps -= sizes.get(scope) ?? 0
      return load(scope)
    }
    const keysOf = once((scope) => {
      const methodsOf = new Map<string, readonly string[]>()
      for (const { key, methods } of read(scope)) {
        if (key !== undefined) methodsOf.set(key, [...(methodsOf.get(key) ?? []), ...methods])
      }
      return methodsOf
    })
    const touched = new Set<number>()
    /** Each sorting pays once for each scope, whether or not it still has to be read. */
    const touch = (scope: number): void => {
      if (touched.has(scope)) return
      touched.add(scope)
      const size = sizes.get(scope)
      if (size !== undefined) {
        effort.steps += size
        return
      }
      const start = effort.steps
      load(scope)
      if (mayGoOn()) sizes.set(scope, effort.steps - start)
    }
    const includes = (big: number, small: number): boolean =>
      read(small).every((grant) => {
        const { methods, text, key } = grant
        if (!mayGoOn()) return false
        effort.steps += KEY_STEPS
        const same = key === undefined ? undefined : keysOf(big).get(key)
        if (same !== undefined && methods.every((method) => same.includes(method))) return true
        if (text !== null) {
          effort.steps += text.length
          if (!methods.every((method) => allows([big], method, { path: text }))) return false
        }
        if (covers === undefined) return true
        let open = methods
        for (const other of read(big)) {
          // A pair of patterns is compared once, for all methods.
          if (!other.methods.some((method) => open.includes(method))) continue
          if (!mayGoOn() || !covers(other, grant)) continue
          open = open.filter((method) => !other.methods.includes(method))
        }
        return open.length === 0
      })
    return (big, small) => {
      touch(big)
      touch(small)
      return remembered(known, big * count + small, effort, mayGoOn, () => includes(big, small))
    }
  }
}

/** Answers kept in one map; a policy has a fixed number of questions, requests cannot add any. */
const MAX_CACHED_ANSWERS = 1 << 16

/**
 * The answer kept under `key`, or that of `ask`. `known` has the steps that an answer took, negative for false.
 * What `mayGoOn` has ended is no answer, and is not kept.
 */
export function remembered(
  known: Map<number, number>,
  key: number,
  effort: Effort,
  mayGoOn: MayGoOn,
  ask: () => boolean,
): boolean {
  const before = known.get(key)
  if (before !== undefined) {
    effort.steps += Math.abs(before)
    return before > 0
  }
  const start = effort.steps
  effort.steps += LOOKUP_STEPS
  const answer = ask()
  if (mayGoOn()) {
    if (known.size >= MAX_CACHED_ANSWERS) known.clear()
    known.set(key, answer ? effort.steps - start : start - effort.steps)
  }
  return answer
}

/** A function that makes a value for each number once, as long as it is kept itself. */
function once<T extends object>(make: (scope: number) => T): (scope: number) => T {
  const made = new Map<number, T>()
  return (scope) => {
    const value = made.get(scope) ?? make(scope)
    made.set(scope, value)
    return value
  }
}

type InclusionOf = (mayGoOn: MayGoOn) => Contains

/** Inclusion in what is granted in paths and in names. */
export function bothInclusions(paths: InclusionOf, names: InclusionOf): InclusionOf {
  return (mayGoOn) => {
    const [inPaths, inNames] = [paths(mayGoOn), names(mayGoOn)]
    return (big, small) => inNames(big, small) && inPaths(big, small)
  }
}
