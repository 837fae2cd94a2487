/**
 * Scopes in order of what they grant: narrowest first.
 *
 * A scope is narrower than another when all it grants the other grants, too, and not the other way
 * round. Sorting by the number of narrower scopes among the candidates respects that order, because a
 * scope has at least the narrower ones of everything narrower than itself; ties keep document order.
 *
 * Endpoint by endpoint: an endpoint counts as covered when one endpoint of the other scope covers it for
 * the same method. That several together may cover it is left to the analysis of policies.
 */
import { isIncluded } from '../automaton/inclusion.ts'
import { buildNfa, type Nfa } from '../automaton/nfa.ts'
import { matchesRuns } from '../matcher/pattern-matcher.ts'
import type { Pattern } from '../pattern/pattern.ts'
import type { InterpretedEndpoint, PolicyData } from '../policy/policy-data.ts'

/** Pairs remembered; a policy has a fixed number of them, requests cannot add any. */
const REMEMBERED = 1 << 16

/** A function that sorts scope names of this policy, narrowest first. */
export function narrowestFirst(data: PolicyData): (names: readonly string[]) => readonly string[] {
  const order = new Map([...data.grants.keys()].map((name, index) => [name, index]))
  const known = new Map<string, boolean>()
  const nfas = new WeakMap<Pattern, Nfa>()
  const nfaOf = (pattern: Pattern): Nfa => {
    let nfa = nfas.get(pattern)
    if (nfa === undefined && pattern.meaning.kind === 'expression') {
      nfa = buildNfa(pattern.meaning.expression)
      nfas.set(pattern, nfa)
    }
    return nfa ?? []
  }
  const covers = (big: Pattern, small: Pattern): boolean => {
    if (big.text === small.text || small.meaning.kind === 'never') return true
    if (big.meaning.kind === 'runs' && small.meaning.kind === 'runs') {
      // A star of the smaller can be any character, so only a star of the bigger can take it.
      return matchesRuns(big.meaning.runs, small.meaning.runs.join('*'))
    }
    if (big.meaning.kind !== 'expression' || small.meaning.kind !== 'expression') return false
    return isIncluded(nfaOf(small), nfaOf(big)) === true
  }
  const contains = (big: string, small: string): boolean => {
    const key = `${order.get(big) ?? 0} ${order.get(small) ?? 0}`
    const before = known.get(key)
    if (before !== undefined) return before
    const of = data.grants.get(big) ?? []
    const contained = (data.grants.get(small) ?? []).every((endpoint) => isCovered(endpoint, of, covers))
    if (known.size >= REMEMBERED) known.clear()
    known.set(key, contained)
    return contained
  }
  return (names) => {
    const narrower = (name: string): number =>
      names.filter((other) => other !== name && contains(name, other) && !contains(other, name)).length
    return names
      .map((name) => ({ name, weight: narrower(name), index: order.get(name) ?? 0 }))
      .sort((a, b) => a.weight - b.weight || a.index - b.index)
      .map(({ name }) => name)
  }
}

function isCovered(
  { endpoint, pattern }: InterpretedEndpoint,
  others: readonly InterpretedEndpoint[],
  covers: (big: Pattern, small: Pattern) => boolean,
): boolean {
  return endpoint.methods.every((method) =>
    others.some((other) => other.endpoint.methods.includes(method) && covers(other.pattern, pattern)),
  )
}
