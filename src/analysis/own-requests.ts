/**
 * The shortest request that one endpoint allows on its own and another set does not.
 */
import type { SearchBudget } from '../automaton/search-budget.ts'
import { searchProduct } from '../automaton/product-search.ts'
import type { RequestAutomaton } from '../automaton/request-automaton.ts'
import { printCanonical } from '../pattern/canonical.ts'
import { type PathRules, readPath } from '../pattern/request-path.ts'
import { type Glob, matches } from './glob.ts'
import { shortestOf } from './short-difference.ts'
import { type AnalyzedEndpoint, sameRules, RequestSet } from './request-set.ts'

/** Null is a proof that there is none. */
export function shortestOwn(
  item: AnalyzedEndpoint,
  own: RequestSet,
  other: RequestSet,
  method: string,
  searchBudget: SearchBudget,
): string | null {
  const { rules } = own
  const longest = Math.min(rules.pathLength, other.rules.pathLength)
  const { glob } = item
  if (glob !== null && glob.fresh !== null) {
    if (sameRules(rules, other.rules) && other.allows(method, glob.fresh)) return null
    searchBudget.check()
    // No other endpoint takes part.
    const others = new RequestSet([], rules)
    let example: string | null = null
    const found = shortestOf(glob, others, method, (tried) =>
      spellings(tried, rules).some((path) => {
        example = path
        return path.length <= longest && !other.allows(method, path) && allowsAlone(item, glob, path, rules)
      }),
    )
    // Nothing that the pattern matches is shorter, by whatever rules the other set reads paths.
    if (found?.proved === true) return example
  }
  return searchOnly(item.automaton, other.automaton(method), longest, searchBudget)
}

/** Where case does not matter, also with another first letter. */
function spellings(path: string, { caseSensitive, basePath }: PathRules): readonly string[] {
  const start = basePath === '' ? 1 : printCanonical(basePath).length + 2
  const first = path.charAt(start).toUpperCase()
  return caseSensitive ? [path] : [path, path.slice(0, start) + first + path.slice(start + 1)]
}

function allowsAlone(item: AnalyzedEndpoint, glob: Glob, path: string, rules: PathRules): boolean {
  const reading = readPath(path, rules)
  if (reading.refusal !== undefined || reading.path === null || !matches(glob, reading.path)) return false
  return reading.withoutSlash === undefined || item.pattern.endsInSlash
}

/** The shortest path that only the first allows; null is a proof that there is none. */
export function searchOnly(
  a: RequestAutomaton,
  b: RequestAutomaton,
  longest: number,
  searchBudget: SearchBudget,
): string | null {
  searchBudget.restart()
  return searchProduct(a, b, { onlyInA: true, longest: longest - 1 }, searchBudget).onlyInA ?? null
}
