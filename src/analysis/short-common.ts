/**
 * A shortest request that both sets allow, by the short cuts of `glob.ts`.
 *
 * Pair of patterns by pair, those with the shortest paths first. Most pairs have nothing in common, which
 * shows at their beginnings and endings; what the others have in common is found in as many steps as their
 * lengths multiplied.
 */
import type { SearchBudget } from '../automaton/search-budget.ts'
import { searchProduct } from '../automaton/product-search.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { commonPath } from './common-path.ts'
import { meets, requestPath } from './glob.ts'
import type { AnalyzedEndpoint, RequestSet } from './request-set.ts'
import type { Witness } from './types.ts'

/** Null is a proof that there is none. Both sets must read paths alike and have `short`. */
export function shortestCommon(a: RequestSet, b: RequestSet, searchBudget: SearchBudget): Witness | null {
  const longest = Math.min(a.rules.pathLength, b.rules.pathLength)
  const methods = a.methods.filter((method) => b.methods.includes(method))
  if (methods.length === 0) return null
  let best: Witness | null = null
  const bound = (): number => best?.path.length ?? longest + 1
  for (const left of a.short ?? []) {
    if (left.glob.least >= bound()) break
    searchBudget.check()
    for (const right of b.short ?? []) {
      if (Math.max(left.glob.least, right.glob.least) >= bound()) break
      if (!meets(left.glob, right.glob)) continue
      const method = left.methods.find((one) => right.methods.includes(one))
      if (method === undefined) continue
      const isCommon = (path: string): boolean => a.allows(method, path) && b.allows(method, path)
      const path = shortestOfPair(left, right, bound() - 1, isCommon, a.rules, searchBudget)
      if (path !== null) best = { method, path }
    }
  }
  // A path that ends in a slash may be allowed by what several patterns of one set match together.
  const asks = [...a.items, ...b.items].some(({ pattern }) => pattern.endsInSlash)
  return asks ? searchWhole(a, b, methods, best, searchBudget) : best
}

/** A shortest path of at most `longest` characters that does not end in a slash and both match. */
function shortestOfPair(
  left: AnalyzedEndpoint,
  right: AnalyzedEndpoint,
  longest: number,
  isCommon: (path: string) => boolean,
  rules: PathRules,
  searchBudget: SearchBudget,
): string | null {
  const base = requestPath('', rules).length + (rules.basePath === '' ? 0 : 1)
  const inside = commonPath(left.places, right.places, longest - base)
  // The base path alone, without the slash after it, is the empty path. Neither is longer than `longest`.
  const path = requestPath(inside ?? '', rules)
  if (isCommon(path)) return path
  if (inside === null) return null
  searchBudget.restart()
  const wanted = { inBoth: true, longest: longest - 1 }
  return searchProduct(left.automaton, right.automaton, wanted, searchBudget).inBoth ?? null
}

function searchWhole(
  a: RequestSet,
  b: RequestSet,
  methods: readonly string[],
  known: Witness | null,
  searchBudget: SearchBudget,
): Witness | null {
  let best = known
  const longest = Math.min(a.rules.pathLength, b.rules.pathLength)
  for (const method of methods) {
    searchBudget.restart()
    const wanted = { inBoth: true, longest: (best?.path.length ?? longest + 1) - 2 }
    const path = searchProduct(a.automaton(method), b.automaton(method), wanted, searchBudget).inBoth
    if (path !== undefined) best = { method, path }
  }
  return best
}
