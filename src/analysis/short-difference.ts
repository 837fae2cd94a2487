/**
 * A shortest request that one set allows and the other does not, by the short cuts of `glob.ts`.
 *
 * Pattern by pattern, those with the shortest paths first. The fresh letter shows whether the other set
 * grants all of it. If not, its least paths are tried, then paths that are one longer, and so on; what is
 * found at the least length cannot be beaten. Only where something longer was found is a search left, for
 * a path shorter than that.
 */
import { type SearchBudget, BudgetExceededError } from '../automaton/search-budget.ts'
import { searchProduct } from '../automaton/product-search.ts'
import { type Glob, meets, requestPath, spell } from './glob.ts'
import type { RequestSet } from './request-set.ts'
import type { Witness } from './types.ts'

/** Put for the stars of a pattern, all the same; the last is spelled by no pattern. */
const FILLS: readonly string[] = 'abcdefghijklmnopqrstuvwxyz0123456789*'.split('')

/** Null is a proof that there is none. Both sets must read paths alike, and `a.short` be there. */
export function shortestOnlyIn(a: RequestSet, b: RequestSet, searchBudget: SearchBudget): Witness | null {
  let best: Witness | null = null
  /** Methods for which a shorter one than `best` may exist, with the least length it can have. */
  const gaps = new Map<string, number>()
  const longest = Math.min(a.rules.pathLength, b.rules.pathLength)
  for (const { glob, methods } of a.short ?? []) {
    if (glob.least >= (best?.path.length ?? longest + 1)) break
    for (const method of methods) {
      searchBudget.check()
      const isWitness = (path: string): boolean =>
        path.length <= longest && a.allows(method, path) && !b.allows(method, path)
      if (b.methods.includes(method) && b.allows(method, glob.fresh)) continue
      const found = shortestOf(glob, a, method, isWitness)
      if (found !== null && found.path.length < (best?.path.length ?? Number.POSITIVE_INFINITY)) {
        best = { method, path: found.path }
      }
      // The first one has the least length.
      if (found?.proved !== true && !gaps.has(method)) gaps.set(method, glob.least)
    }
  }
  let exceeded: BudgetExceededError | undefined
  for (const [method, least] of gaps) {
    const below = (best?.path.length ?? longest + 1) - 1
    if (least > below) continue
    try {
      searchBudget.restart()
      const wanted = { onlyInA: true, longest: below - 1 }
      const shorter = searchProduct(a.automaton(method), b.automaton(method), wanted, searchBudget).onlyInA
      if (shorter !== undefined) best = { method, path: shorter }
    } catch (error) {
      if (!(error instanceof BudgetExceededError)) throw error
      exceeded = error
    }
  }
  // A request at hand proves the difference, though perhaps not the shortest one; without it nothing is proved.
  if (best === null && exceeded !== undefined) throw exceeded
  return best
}

/** The shortest request of one pattern that passes `test`, as far as a few tries show; `proved` if it is. */
export function shortestOf(
  glob: Glob,
  a: RequestSet,
  method: string,
  test: (path: string) => boolean,
): { readonly path: string; readonly proved: boolean } | null {
  const { needed } = glob
  const path = (fill: (star: number) => string): string => requestPath(spell(glob, fill), a.rules)
  const some = needed.includes(true)
  const fills = some ? FILLS : ['']
  for (const letter of fills) {
    const least = path((star) => (needed[star] === true ? letter : ''))
    if (test(least)) return { path: least, proved: true }
  }
  const proved = !some || !mayEndInStar(glob, a, method)
  for (const letter of FILLS) {
    for (let one = needed.length - 1; one >= 0; one--) {
      if (needed[one] === true) continue
      const longer = path((star) => (needed[star] === true || star === one ? letter : ''))
      if (test(longer)) return { path: longer, proved }
    }
  }
  for (const letter of FILLS) {
    const longest = path(() => letter)
    if (test(longest)) return { path: longest, proved: false }
  }
  return null
}

/**
 * Whether a least path of this pattern may be allowed although uniform letters were not. One that ends in
 * the slash before the last star needs another pattern of the set that matches it without that slash.
 */
function mayEndInStar(glob: Glob, a: RequestSet, method: string): boolean {
  const { runs } = glob
  const before = runs.at(-2) ?? ''
  if (runs.at(-1) !== '' || !before.endsWith('/') || a.rules.trailingSlash === 'ignore') return true
  const shorter = { ...glob, runs: [...runs.slice(0, -2), before.slice(0, -1)] }
  return a.items.some(
    (item) =>
      item.glob !== null &&
      item.glob.least < glob.least &&
      item.methods.includes(method) &&
      meets(item.glob, shorter),
  )
}
