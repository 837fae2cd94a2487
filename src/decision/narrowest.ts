/**
 * Scopes in order of what they grant: narrowest first.
 *
 * A scope is narrower than another when all it grants the other grants, too, and not the other way
 * round. Sorting by the number of narrower scopes among the candidates respects that order, because a
 * scope has at least the narrower ones of everything narrower than itself; ties keep document order.
 *
 * Endpoint by endpoint: an endpoint counts as covered when one endpoint of the other scope covers it for
 * the same method. That several together may cover it is left to the analysis of policies.
 *
 * Inclusion is asked, not stored: a table of all pairs would be larger than the policy. So sorting is quadratic,
 * and it is done for requests that are denied, which anybody can send: it stops at {@link SORTED} scopes.
 */
import { isIncluded } from '../automaton/inclusion.ts'
import type { Nfa } from '../automaton/nfa.ts'
import type { Authorizer } from './authorize.ts'

/** Whether all that the scope `small` grants is granted by the scope `big`, too. Scopes are numbers. */
export type Contains = (big: number, small: number) => boolean

/** Scopes that are compared with each other: 4,096 comparisons take 1 to 2 ms. */
const SORTED = 64

/** Sorts scopes that are given in document order; of more than 64 the others follow as they are given. */
export function narrowestFirst(ids: readonly number[], contains: Contains): readonly number[] {
  const compared = ids.slice(0, SORTED)
  const narrower = (id: number): number =>
    compared.filter((other) => contains(id, other) && !contains(other, id)).length
  const sorted = compared
    .map((id) => [narrower(id), id] as const)
    .sort(([a], [b]) => a - b)
    .map(([, id]) => id)
  return [...sorted, ...ids.slice(SORTED)]
}

/** An endpoint that some path can match. */
interface Reachable {
  readonly methods: readonly string[]
}

/** Literal runs with their stars between them, as they are compared with paths. */
export type ReachableText = Reachable & { readonly text: string }

/**
 * Inclusion with `wildcard: any`: a pattern is covered where its own text matches. A star of the smaller can
 * be any character, and no literal is a star, so only a star of the bigger can take it.
 */
export function containsText(
  of: (scope: number) => readonly ReachableText[],
  allows: Authorizer['allows'],
): Contains {
  return (big, small) =>
    of(small).every(({ text, methods }) => methods.every((method) => allows([big], method, { path: text })))
}

/** A pattern of `wildcard: segment`; null is the one of the root, which matches the empty path only. */
export type ReachableAutomaton = Reachable & { readonly pattern: string; readonly nfa: () => Nfa | null }

/** Pairs of scopes remembered; a policy has a fixed number of them, requests cannot add any. */
const REMEMBERED = 1 << 16

/** Inclusion with `wildcard: segment`, by inclusion of languages. Pairs that were compared stay in `known`. */
export function containsAutomaton(
  of: (scope: number) => readonly ReachableAutomaton[],
  known: Map<number, boolean>,
): Contains {
  const covers = (big: ReachableAutomaton, small: ReachableAutomaton): boolean => {
    if (big.pattern === small.pattern) return true
    const [left, right] = [small.nfa(), big.nfa()]
    return left !== null && right !== null && isIncluded(left, right) === true
  }
  return (big, small) => {
    const key = big * 0x4000000 + small
    const before = known.get(key)
    if (before !== undefined) return before
    const contained = of(small).every((endpoint) =>
      endpoint.methods.every((method) =>
        of(big).some((other) => other.methods.includes(method) && covers(other, endpoint)),
      ),
    )
    if (known.size >= REMEMBERED) known.clear()
    known.set(key, contained)
    return contained
  }
}

/** A function that makes the endpoints of a scope once, as long as it is kept itself. */
export function once<T extends object>(make: (scope: number) => T): (scope: number) => T {
  const made = new Map<number, T>()
  return (scope) => {
    const value = made.get(scope) ?? make(scope)
    made.set(scope, value)
    return value
  }
}
