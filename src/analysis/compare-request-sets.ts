/**
 * The three questions about two request sets: a request that only the first allows, one that only the second
 * does, one that both do. Each answer is a shortest request, a proof that there is none, or the reason why
 * it is undecided.
 *
 * Where the short cuts of `glob.ts` apply they answer; the product of automata decides the rest, all
 * methods that are granted by the same endpoints at once.
 */
import { BudgetExceededError, type SearchBudget } from '../automaton/search-budget.ts'
import { type Found, searchProduct, type Wanted } from '../automaton/product-search.ts'
import { includesEach } from './piecewise.ts'
import { sameRules, type RequestSet } from './request-set.ts'
import { shortestCommon } from './short-common.ts'
import { shortestOnlyIn } from './short-difference.ts'
import type { Witness } from './types.ts'

export type Goal = 'onlyInA' | 'onlyInB' | 'inBoth'

/** A witness; null where there is a proof that none exists; `undecided` with the reason. */
export type Answer = Witness | null | { readonly undecided: string }

export type Answers = Readonly<Record<Goal, Answer>>

export const GOALS: readonly Goal[] = ['onlyInA', 'onlyInB', 'inBoth']

export function isWitness(answer: Answer): answer is Witness {
  return answer !== null && 'path' in answer
}

/** Answers the questions asked; the others come back as null. */
export function compareRequestSets(
  a: RequestSet,
  b: RequestSet,
  goals: readonly Goal[],
  searchBudget: SearchBudget,
): Answers {
  const short = sameRules(a.rules, b.rules)
  const answers: Record<Goal, Answer> = { onlyInA: null, onlyInB: null, inBoth: null }
  const open: Goal[] = []
  for (const goal of goals) {
    const [left, right] = goal === 'onlyInB' ? [b, a] : [a, b]
    const usable = short && left.short !== null && (goal !== 'inBoth' || right.short !== null)
    if (!usable) open.push(goal)
    else {
      answers[goal] = guarded(() =>
        goal === 'inBoth'
          ? shortestCommon(left, right, searchBudget)
          : shortestOnlyIn(left, right, searchBudget),
      )
    }
  }
  if (open.length > 0) Object.assign(answers, searchAll(a, b, open, searchBudget))
  for (const goal of goals) verify(a, b, goal, answers[goal])
  return answers
}

/** By the product of automata. */
function searchAll(
  a: RequestSet,
  b: RequestSet,
  goals: readonly Goal[],
  searchBudget: SearchBudget,
): Partial<Record<Goal, Answer>> {
  const answers: Partial<Record<Goal, Answer>> = {}
  const asked = new Set<string>()
  const longest = longestPath(a, b)
  for (const method of new Set([...a.methods, ...b.methods])) {
    const key = `${a.key(method)} ${b.key(method)}`
    // The same endpoints answer the same; the first method represents the others.
    if (asked.has(key)) continue
    asked.add(key)
    const wanted: Record<Goal, boolean> = {
      onlyInA: goals.includes('onlyInA') && a.methods.includes(method),
      onlyInB: goals.includes('onlyInB') && b.methods.includes(method),
      inBoth: goals.includes('inBoth') && a.methods.includes(method) && b.methods.includes(method),
    }
    const found: Found & { undecided?: string } = {}
    try {
      searchMethod(a, b, method, wanted, longest, searchBudget, found)
    } catch (error) {
      if (!(error instanceof BudgetExceededError)) throw error
      found.undecided = error.reason
    }
    for (const goal of goals) {
      const best = answers[goal] ?? null
      const path = found[goal]
      if (path !== undefined) {
        if (best === null || !('path' in best) || best.path.length > path.length)
          answers[goal] = { method, path }
      } else if (wanted[goal] && found.undecided !== undefined && best === null) {
        answers[goal] = { undecided: found.undecided }
      }
    }
  }
  return answers
}

/** States of a first try, before inclusion is proved piece by piece. */
const FIRST_TRY = 2_000

/** Of `wanted` a question is taken back that is proved to have no witness. */
function searchMethod(
  a: RequestSet,
  b: RequestSet,
  method: string,
  wanted: Record<Goal, boolean>,
  longest: number,
  searchBudget: SearchBudget,
  found: Found,
): void {
  const all: Wanted = { ...wanted, longest }
  try {
    searchBudget.restart()
    searchProduct(a.automaton(method), b.automaton(method), all, searchBudget.within(FIRST_TRY), found)
    return
  } catch (error) {
    if (!(error instanceof BudgetExceededError)) throw error
  }
  const missing = (goal: Goal): boolean => wanted[goal] && found[goal] === undefined
  if (missing('onlyInA') && includesEach(b, a, method, searchBudget)) wanted.onlyInA = false
  if (missing('onlyInB') && includesEach(a, b, method, searchBudget)) wanted.onlyInB = false
  const rest: Wanted = {
    onlyInA: missing('onlyInA'),
    onlyInB: missing('onlyInB'),
    inBoth: missing('inBoth'),
    longest,
  }
  searchBudget.restart()
  searchProduct(a.automaton(method), b.automaton(method), rest, searchBudget, found)
}

/** One less than the limit, for the leading slash. */
function longestPath(a: RequestSet, b: RequestSet): number {
  return Math.min(a.rules.pathLength, b.rules.pathLength) - 1
}

function guarded(answer: () => Answer): Answer {
  try {
    return answer()
  } catch (error) {
    if (error instanceof BudgetExceededError) return { undecided: error.reason }
    throw error
  }
}

/** No witness leaves that `authorize` does not confirm. */
function verify(a: RequestSet, b: RequestSet, goal: Goal, answer: Answer): void {
  if (!isWitness(answer)) return
  const { method, path } = answer
  const expected = { onlyInA: [true, false], onlyInB: [false, true], inBoth: [true, true] }[goal]
  if (a.allows(method, path) !== expected[0] || b.allows(method, path) !== expected[1]) {
    throw new Error(`analysis and authorize disagree about ${method} ${path}`)
  }
}
