/**
 * The fewest scopes that allow some requests: minimum hitting set, by branch and bound.
 *
 * Each request becomes *clauses*, sets of scopes of which one is needed. Most requests are one clause: the
 * scopes that match the path. A path with a slash at its end (`trailingSlash: strict`) is two: a scope that
 * matches it, and one that asks for the slash or matches the path without it; they may be different scopes.
 *
 * A scope weighs one, then what it opens beside: the number of scopes that are narrower than it, its
 * grants, its place in the document. Weights are added up and compared in this order, so no smallest set
 * is returned where one of its scopes could be exchanged for a narrower one.
 *
 * Before the search, clauses that follow from others and scopes for which another does at least as much at
 * no more weight are dropped; the bound is a set of clauses that share no scope. Textbook: Karp's hitting
 * set (1972), NP-hard, so `MAX_STEPS` bounds all of it, in members of clauses
 * that are looked at: a node of the search costs as many as its clauses have. What people ask for is far below.
 */
import { type PathReading, type PathRules, readPath } from '../pattern/request-path.ts'
import type { Authorizer } from './authorize.ts'
import type { Contains } from './narrowest.ts'

/** Nodes of the search. */
const MAX_NODES = 200_000
/** Members of clauses that are looked at: about a second. */
const MAX_STEPS = 20_000_000
/** So many comparisons of scopes; beyond, only candidates are compared with each other. */
const PAIRS = 50_000

type Weight = readonly [scopes: number, narrower: number, grants: number, places: number]

/** The scopes by their numbers, which one is needed of. */
type Clause = ReadonlySet<number>

/** Steps that are left; less than none when they have ended. */
interface Budget {
  nodes: number
  left: number
  /** In milliseconds of `Date.now`; looked at once a node. */
  readonly deadline: number
}

/** The numbers of scopes, and whether the search ended before its bounds. */
export interface SmallestSet {
  readonly ids: readonly number[] | null
  readonly isProved: boolean
}

export interface ScopeFacts {
  readonly ids: readonly number[]
  readonly rules: PathRules
  readonly allows: Authorizer['allows']
  readonly inclusion: () => Contains
  /** How many pairs of endpoint and method a scope has. */
  readonly grantsOf: (id: number) => number
}

/**
 * The numbers of the scopes in document order; null when not even all scopes allow all requests. When the
 * search needs more steps, or more time than to the `deadline`, the best set that it has found.
 */
export function smallestSet(
  requests: unknown,
  facts: ScopeFacts,
  deadline: number = Infinity,
  nodes: number = MAX_NODES,
): SmallestSet {
  const none: SmallestSet = { ids: null, isProved: true }
  if (!Array.isArray(requests)) return none
  const clauses: Clause[] = []
  // By index: an array may have its own iterator, which need not end.
  // eslint-disable-next-line @typescript-eslint/prefer-for-of -- no iterator, see above
  for (let index = 0; index < requests.length; index++) {
    const needed = clausesOf(requests[index], facts)
    if (needed === null) return none
    clauses.push(...needed)
  }
  const budget: Budget = { nodes, left: MAX_STEPS, deadline }
  const needed = withoutImplied(clauses, budget)
  if (needed.some(({ size }) => size === 0)) return none
  const weights = weigh(new Set(needed.flatMap((clause) => [...clause])), facts)
  const ids = search(reduce(needed, weights, budget), weights, budget)
  return { ids, isProved: budget.nodes >= 0 && budget.left >= 0 }
}

function clausesOf(request: unknown, { ids, rules, allows }: ScopeFacts): readonly Clause[] | null {
  if (typeof request !== 'object' || request === null) return null
  const { method, path } = (
    Array.isArray(request) ? { method: request[0] as unknown, path: request[1] as unknown } : request
  ) as {
    readonly method?: unknown
    readonly path?: unknown
  }
  if (typeof method !== 'string' || typeof path !== 'string') return null
  const reading = readPath(path, rules)
  if (reading.refusal !== undefined) return null
  const allowing = (one: PathReading): Clause => new Set(ids.filter((id) => allows([id], method, one)))
  const { path: text, withoutSlash } = reading
  if (withoutSlash === undefined) return [allowing(reading)]
  const asking = allowing({ path: text, withoutSlash: null })
  return [allowing({ path: text }), new Set([...asking, ...allowing({ path: withoutSlash })])]
}

/** Without clauses that hold wherever another one does, as far as the budget goes; small ones first. */
function withoutImplied(clauses: readonly Clause[], budget: Budget): readonly Clause[] {
  const kept: Clause[] = []
  for (const clause of [...clauses].sort((a, b) => a.size - b.size)) {
    budget.left -= kept.length
    if (budget.left < 0 || !kept.some((smaller) => isSubset(smaller, clause))) kept.push(clause)
  }
  return kept
}

function weigh(
  candidates: ReadonlySet<number>,
  { ids, inclusion, grantsOf }: ScopeFacts,
): ReadonlyMap<number, Weight> {
  const contains = inclusion()
  const list = [...candidates]
  const measure = list.length * ids.length <= PAIRS ? ids : list
  const weightOf = (id: number): Weight => {
    const narrower = measure.filter((other) => contains(id, other) && !contains(other, id))
    return [1, narrower.length, grantsOf(id), id]
  }
  return new Map(list.map((id) => [id, weightOf(id)]))
}

/** Drops scopes that another one can stand in for, until nothing changes. */
function reduce(
  clauses: readonly Clause[],
  weights: ReadonlyMap<number, Weight>,
  budget: Budget,
): readonly Clause[] {
  let current = clauses
  for (;;) {
    const hits = new Map<number, Set<number>>()
    for (const [index, clause] of current.entries()) {
      for (const id of clause) hits.set(id, (hits.get(id) ?? new Set()).add(index))
    }
    const entries = [...hits]
    budget.left -= entries.length ** 2
    if (budget.left < 0) return current
    // Weights differ in the place at least, so no two drop each other.
    const replaceable = entries.filter(([id, own]) =>
      entries.some(
        ([other, others]) =>
          isSubset(own, others) && compare(weightIn(weights, other), weightIn(weights, id)) < 0,
      ),
    )
    if (replaceable.length === 0) return current
    const dropped = replaceable.map(([id]) => id)
    current = withoutImplied(
      current.map((clause) => without(clause, dropped)),
      budget,
    )
  }
}

function search(
  all: readonly Clause[],
  weights: ReadonlyMap<number, Weight>,
  budget: Budget,
): readonly number[] {
  // A clause of one scope leaves no choice; no other clause has that scope, unless the budget has ended.
  const forced = all.flatMap((clause) => (clause.size === 1 ? [...clause] : []))
  const clauses = all.filter(({ size }) => size > 1)
  let best = greedy(clauses, weights)
  let bestWeight = sum(best, weights)
  const visit = (open: readonly Clause[], chosen: readonly number[], weight: Weight): void => {
    // What it costs to bound the clauses, and to leave out a member of them.
    budget.left -= open.reduce((sum, { size }) => sum + size, 1)
    budget.nodes -= 1
    if (budget.deadline !== Infinity && Date.now() > budget.deadline) budget.nodes = -1
    if (budget.nodes < 0 || budget.left < 0 || compare(add(weight, bound(open, weights)), bestWeight) >= 0)
      return
    const [next] = open
    if (next === undefined) {
      best = chosen
      bestWeight = weight
      return
    }
    const order = [...next].sort((a, b) => compare(weightIn(weights, a), weightIn(weights, b)))
    let unseen = open
    for (const id of order) {
      const rest = unseen.filter((clause) => !clause.has(id))
      rest.sort((a, b) => a.size - b.size)
      visit(rest, [...chosen, id], add(weight, weightIn(weights, id)))
      // Sets with this scope have been seen. No clause is smaller than `next`, so none becomes empty.
      unseen = unseen.map((clause) => (clause.has(id) ? without(clause, [id]) : clause))
    }
  }
  visit(clauses, [], [0, 0, 0, 0])
  return [...new Set([...forced, ...best])].sort((a, b) => a - b)
}

/** Clauses without a common scope need a scope each. */
function bound(clauses: readonly Clause[], weights: ReadonlyMap<number, Weight>): Weight {
  const used = new Set<number>()
  let least: Weight = [0, 0, 0, 0]
  for (const clause of clauses) {
    if ([...clause].some((id) => used.has(id))) continue
    for (const id of clause) used.add(id)
    const all = [...clause].map((id) => weightIn(weights, id))
    const smallest = (part: 0 | 1 | 2 | 3): number => Math.min(...all.map((weight) => weight[part]))
    least = add(least, [smallest(0), smallest(1), smallest(2), smallest(3)])
  }
  return least
}

/** Again and again the scope that settles most clauses. */
function greedy(clauses: readonly Clause[], weights: ReadonlyMap<number, Weight>): readonly number[] {
  const chosen: number[] = []
  let open = clauses
  while (open.length > 0) {
    const counts = new Map<number, number>()
    for (const clause of open) for (const id of clause) counts.set(id, (counts.get(id) ?? 0) + 1)
    const [[first]] = [...counts].sort(
      ([a, most], [b, other]) => other - most || compare(weightIn(weights, a), weightIn(weights, b)),
    ) as [[number, number]]
    chosen.push(first)
    open = open.filter((clause) => !clause.has(first))
  }
  return chosen
}

// The methods that sets have for this are younger than the oldest supported runtime.
function isSubset(small: ReadonlySet<number>, big: ReadonlySet<number>): boolean {
  for (const one of small) if (!big.has(one)) return false
  return true
}

function without(clause: Clause, ids: readonly number[]): Clause {
  const rest = new Set(clause)
  for (const id of ids) rest.delete(id)
  return rest
}

function sum(ids: readonly number[], weights: ReadonlyMap<number, Weight>): Weight {
  return ids.reduce<Weight>((total, id) => add(total, weightIn(weights, id)), [0, 0, 0, 0])
}

function add(a: Weight, b: Weight): Weight {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]
}

function compare(a: Weight, b: Weight): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]
}

function weightIn(weights: ReadonlyMap<number, Weight>, id: number): Weight {
  return weights.get(id) as Weight
}
