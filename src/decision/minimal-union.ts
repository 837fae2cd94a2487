/**
 * The fewest scopes that allow some requests, where a request may need several scopes at once or none: each request
 * has alternatives, the smallest sets of scopes that allow it, and of each one is chosen so that their union is the
 * smallest. By branch and bound, the request with the fewest alternatives first; `STEPS` bounds it.
 */
type Ids = readonly number[]
/** Added up over the scopes of a set, and compared member by member. */
type Weight = readonly number[]

const STEPS = 200_000

/**
 * `alternatives` of all requests; null when a request has none. `weightOf` begins with 1 for the scope itself. Until
 * `deadline` (of `Date.now`) at most; `isProved`: the search ended before its bounds.
 */
export function smallestUnion(
  alternatives: readonly (readonly Ids[])[],
  weightOf: (id: number) => Weight,
  deadline: number,
): { readonly ids: Ids | null; readonly isProved: boolean } {
  if (alternatives.some((sets) => sets.length === 0)) return { ids: null, isProved: true }
  const weights = new Map<number, Weight>()
  const weigh = (ids: Iterable<number>): Weight => {
    let sum: Weight = [0, 0, 0, 0]
    for (const id of ids) {
      const weight = weights.get(id) ?? weightOf(id)
      weights.set(id, weight)
      sum = sum.map((part, at) => part + (weight[at] ?? 0))
    }
    return sum
  }
  const requests = [...new Map(alternatives.map((sets) => [JSON.stringify(sets), sets])).values()].sort(
    (a, b) => a.length - b.length,
  )
  let best: ReadonlySet<number> | undefined
  let bestWeight: Weight = [Infinity]
  let left = STEPS
  const visit = (at: number, chosen: ReadonlySet<number>, weight: Weight): void => {
    left -= 1
    if (deadline !== Infinity && Date.now() > deadline) left = -1
    if ((left < 0 && best !== undefined) || compare(weight, bestWeight) >= 0) return
    const sets = requests[at]
    if (sets === undefined) {
      best = chosen
      bestWeight = weight
      return
    }
    if (sets.some((set) => set.every((id) => chosen.has(id)))) {
      visit(at + 1, chosen, weight)
      return
    }
    const tried = sets
      .map((set) => new Set([...chosen, ...set]))
      .map((set) => [set, weigh(set)] as const)
      .sort(([, a], [, b]) => compare(a, b))
    for (const [set, sum] of tried) visit(at + 1, set, sum)
  }
  visit(0, new Set(), [0, 0, 0, 0])
  const ids = best === undefined ? null : [...best].sort((a, b) => a - b)
  return { ids, isProved: left >= 0 }
}

function compare(a: Weight, b: Weight): number {
  for (const [at, part] of a.entries()) if (part !== (b[at] ?? 0)) return part - (b[at] ?? 0)
  return 0
}
