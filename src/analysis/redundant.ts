import { type Budget, BudgetEnded, Clock } from '../automaton/clock.ts'
import { RequestAutomaton } from '../automaton/request-automaton.ts'
import type { Policy } from '../decision/types.ts'
import { matches, meets } from './glob.ts'
import { searchOnly } from './own-requests.ts'
import { type Item, Side } from './side.ts'
import { type Sides, sidesOf } from './sides.ts'
import type { RedundantEndpoint } from './types.ts'

/**
 * Endpoints of a scope that its other endpoints, and those of the scopes it includes, make superfluous.
 * All that are listed can be removed together without changing a decision: of endpoints that cover each
 * other the later ones are listed. Exact, also where only several others together cover one; what the
 * budget leaves open is not listed.
 */
export function redundantEndpoints(policy: Policy, budget?: Budget): readonly RedundantEndpoint[] {
  const clock = new Clock(budget)
  const sides = sidesOf(policy)
  return sides.names.flatMap((scope) => redundantIn(scope, sides, clock))
}

function redundantIn(scope: string, sides: Sides, clock: Clock): readonly RedundantEndpoint[] {
  const side = sides.of(scope)
  const own = new Set(sides.data.scopes.get(scope)?.endpoints.map(placeOf) ?? [])
  const found: RedundantEndpoint[] = []
  /** What is left of the methods of each item. */
  const left = new Map(side.items.map((item) => [item, new Set(item.methods)]))
  for (const item of [...side.items].reverse()) {
    if (!own.has(placeOf(item.endpoint))) continue
    const covers = new Set<Item>()
    const methods = item.methods.filter((method) => {
      const others = side.items.filter((other) => other !== item && left.get(other)?.has(method) === true)
      const covering = coveredBy(item, others, side, method, clock)
      for (const cover of covering ?? []) covers.add(cover)
      if (covering !== null) left.get(item)?.delete(method)
      return covering !== null
    })
    if (methods.length === 0) continue
    const endpoints = new Set([...covers].map(({ endpoint }) => endpoint.pattern))
    found.push({ scope, endpoint: item.endpoint.pattern, methods, coveredBy: [...endpoints] })
  }
  return found.reverse()
}

function placeOf({ pattern, methods, span }: Item['endpoint']): string {
  return `${pattern}\n${methods.join()}\n${span?.start ?? ''}`
}

/** A few of the others that grant all that the item grants; null when all of them do not, or when open. */
function coveredBy(
  item: Item,
  others: readonly Item[],
  side: Side,
  method: string,
  clock: Clock,
): readonly Item[] | null {
  const same = others.find(({ pattern }) => pattern.text === item.pattern.text)
  if (same !== undefined) return [same]
  if (side.short !== null) return byFreshLetter(item, others)
  try {
    return searched(item, others, side, method, clock)
  } catch (error) {
    if (error instanceof BudgetEnded) return null
    throw error
  }
}

/** See `glob.ts`: where one path is matched by another pattern, all are. */
function byFreshLetter({ glob, pattern }: Item, others: readonly Item[]): readonly Item[] | null {
  const text = glob?.runs.join('*') ?? ''
  const matching = (path: string): readonly Item[] =>
    others.filter((other) => other.glob !== null && matches(other.glob, path))
  const covers = matching(text)
  const [first] = covers
  if (first === undefined) return null
  if (!pattern.endsInSlash) return [first]
  const asking = covers.find((other) => other.pattern.endsInSlash)
  if (asking !== undefined) return [asking]
  // A slash at the end that nobody asks for needs a match without it as well.
  const [shorter] = matching(text.slice(0, -1))
  return shorter === undefined ? null : [first, shorter]
}

function searched(
  item: Item,
  others: readonly Item[],
  side: Side,
  method: string,
  clock: Clock,
): readonly Item[] | null {
  const covers = (some: readonly Item[]): boolean => {
    const rest = new Side(some, side.rules)
    const longest = side.rules.pathLength
    // What it matches counts, and not only what it allows alone: other scopes of a token may build on it.
    const matching = new RequestAutomaton([item.pattern], side.rules, 'match')
    if (searchOnly(matching, rest.automaton(method, 'match'), longest, clock) !== null) return false
    return (
      !item.pattern.endsInSlash || searchOnly(item.automaton, rest.automaton(method), longest, clock) === null
    )
  }
  const near = others.filter(({ glob }) => glob === null || item.glob === null || meets(glob, item.glob))
  if (!covers(near)) return null
  const one = near.find((other) => covers([other]))
  if (one !== undefined) return [one]
  let some = near
  for (const other of near) {
    const fewer = some.filter((kept) => kept !== other)
    if (covers(fewer)) some = fewer
  }
  return some
}
