/**
 * The smallest sets of scopes that allow a request: those of which no scope can be left out.
 *
 * Most are single scopes. A combination needs one provider for each of its scopes, and a path with a slash at its end
 * (`trailingSlash: strict`) can be allowed by two scopes together, one of which matches it and the other one the
 * path without the slash. Where the baseline allows the request, no scope is needed.
 *
 * Policies without combinations and baseline do with `plainSets`, and compiled ones carry nothing else.
 */
import type { Effort } from '../automaton/effort.ts'
import type { AcceptedPath } from '../pattern/request-path.ts'
import type { MayGoOn } from './authorize.ts'
import type { Ids } from './narrowest.ts'
import { MAX_HALVES } from './plain-sets.ts'
import type { PolicyAuthorizer } from './policy-authorizer.ts'

/** Sets that are listed. */
const MAX_SETS = 256
/**
 * What other sets than the scopes that a combination names may cost altogether; the rest of the budget sorts them.
 * Seven scopes that each have three wider ones make thousands of sets.
 */
const MAX_UNION_STEPS = 150_000
/** What it costs to make a set, and to compare it with another one, for each of its members. */
const MEMBER_STEPS = 20
const COMPARE_STEPS = 4

/** Single scopes that allow a request, each with the rows that it makes a token hold. */
export function allowingAlone(
  { allows, held }: Pick<PolicyAuthorizer, 'allows' | 'held'>,
  method: string,
  reading: AcceptedPath,
  mayGoOn: MayGoOn,
): readonly Ids[] {
  const ids = [...Array(held.scopeCount).keys()]
  return ids
    .filter((id) => mayGoOn() && allows(held.close?.([id]) ?? [id], method, reading, mayGoOn))
    .map((id) => [id])
}

/** Scopes as numbers, each set and the list in document order; some of them where the budget ends before. */
export function allowingSets(
  { allows, held, effort }: Pick<PolicyAuthorizer, 'allows' | 'held' | 'effort'>,
  method: string,
  { path, withoutSlash }: AcceptedPath,
  mayGoOn: MayGoOn,
): readonly Ids[] {
  const { scopeCount, close, providers } = held
  const lastStep = effort.steps + MAX_UNION_STEPS
  /** Sets of which none has another one in it: the union of one of each list. */
  const smallestUnions = (lists: readonly (readonly Ids[])[]): SmallestSets | null => {
    let some: readonly Ids[] = [[]]
    const all = new SmallestSets(effort)
    for (const list of lists) {
      const grown = new SmallestSets(effort)
      for (const set of some) {
        for (const more of list) {
          // What is not a union of all lists allows nothing.
          if (!mayGoOn() || effort.steps > lastStep) return null
          grown.add(union(set, more))
        }
      }
      some = grown.sets
    }
    for (const set of some) all.add(set)
    return all
  }
  /** The scopes that a combination names, without those that another one of them includes. */
  const themselves = (members: readonly Ids[]): Ids => {
    let set = members.reduce<Ids>((ids, [own]) => (own === undefined ? ids : union(ids, [own])), [])
    for (const id of set) {
      if (!mayGoOn()) break
      const others = new Set(set.filter((other) => other !== id))
      const isCovered = members.every((ids) => {
        effort.steps += MEMBER_STEPS * ids.length
        return ids.some((other) => others.has(other))
      })
      if (isCovered) set = [...others]
    }
    return set
  }
  const matching = (one: AcceptedPath): readonly Ids[] => {
    if (close !== undefined && allows(close([]), method, one, mayGoOn)) return [[]]
    const found = new SmallestSets(effort)
    for (let id = 0; id < scopeCount && mayGoOn(); id++) {
      if (allows(close?.([id]) ?? [id], method, one, mayGoOn)) found.add([id])
    }
    for (const [row, members] of providers) {
      if (!mayGoOn() || !allows([row], method, one, mayGoOn)) continue
      // Whatever the others cost, a denial has to name a set.
      found.add(themselves(members))
      const unions = smallestUnions(members.map((ids) => ids.map((id) => [id])))
      for (const set of unions?.sets ?? []) found.add(set)
    }
    return found.sorted()
  }
  const reading = (text: string | null, shorter?: null): AcceptedPath => ({
    refusal: undefined,
    path: text,
    withoutSlash: shorter,
  })
  if (withoutSlash === undefined) return matching(reading(path))
  const asking = matching(reading(path, null))
  if (withoutSlash === null) return asking
  const halves = [path, withoutSlash].map((text) => matching(reading(text)).slice(0, MAX_HALVES))
  const together = smallestUnions(halves)
  if (together === null) return asking
  for (const set of asking) together.add(set)
  return together.sorted()
}

/** At most {@link MAX_SETS} sets of which none has another one in it, the smallest that were added. */
class SmallestSets {
  sets: Ids[] = []
  readonly #effort: Effort

  constructor(effort: Effort) {
    this.#effort = effort
  }

  add(set: Ids): void {
    this.#effort.steps += MEMBER_STEPS * set.length
    const { sets } = this
    for (const other of sets) {
      this.#effort.steps += COMPARE_STEPS * (1 + set.length)
      if (other.length <= set.length && isSubset(other, set)) return
    }
    this.sets = sets.filter((other) => other.length <= set.length || !isSubset(set, other))
    if (this.sets.length < MAX_SETS) this.sets.push(set)
    else {
      const largest = this.sets.reduce(
        (at, { length }, index) => (length > (sets[at]?.length ?? 0) ? index : at),
        0,
      )
      if ((this.sets[largest]?.length ?? 0) > set.length) this.sets[largest] = set
    }
  }

  /** Smaller ones first, then in document order. */
  sorted(): readonly Ids[] {
    return [...this.sets].sort((a, b) => a.length - b.length || compare(a, b))
  }
}

function union(a: Ids, b: Ids): Ids {
  return [...new Set([...a, ...b])].sort((left, right) => left - right)
}

/** Both in ascending order. */
function isSubset(small: Ids, big: Ids): boolean {
  let at = 0
  for (const id of small) {
    while (at < big.length && (big[at] as number) < id) at += 1
    if (big[at] !== id) return false
  }
  return true
}

function compare(a: Ids, b: Ids): number {
  for (const [at, id] of a.entries()) if (id !== b[at]) return id - (b[at] ?? 0)
  return 0
}
