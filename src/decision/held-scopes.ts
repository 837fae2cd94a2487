/**
 * Which rows of the tables a token holds: its scopes, by their names and aliases, then each combination of which it
 * holds all scopes (also through `includes`), then the baseline.
 *
 * A combination is its own row with the grants that its scopes have together only. So what a token may do is
 * the union of the rows that it holds, and one more scope never takes a row away.
 *
 * Cost: for each scope of the token the members of combinations that it provides. Policies without combinations
 * and baseline do without all of it.
 */
import { createEffort, type Effort } from '../automaton/effort.ts'
import type { Holding } from '../policy/holding.ts'

export interface HeldScopes {
  /** How many of the rows are scopes; those of combinations and the baseline follow. */
  readonly scopeCount: number
  /** The row of a scope, by its name or an alias. */
  readonly numbers: ReadonlyMap<string, number>
  /** All rows that a token holds which holds these scopes; undefined where that is just them. */
  readonly close: ((ids: readonly number[]) => readonly number[]) | undefined
  /** For each combination, by its row, the scopes of which one provides each of its members, the member itself first. */
  readonly providers: ReadonlyMap<number, readonly (readonly number[])[]>
}

/** What a place in a combination costs. */
const PLACE_STEPS = 30

/** `rows` are the names of all rows; without a holding each is a scope. `effort` counts what `close` costs. */
export function heldScopes(
  rows: readonly string[],
  holding?: Holding,
  effort: Effort = createEffort(),
): HeldScopes {
  const { combinations = [], baseline = false, includes = {}, aliases = {} } = holding ?? {}
  const scopeCount = rows.length - combinations.length - (baseline ? 1 : 0)
  const names = new Map(rows.slice(0, scopeCount).map((name, id) => [name, id]))
  const otherNames = Object.entries(aliases).flatMap(([alias, scope]) => {
    const id = names.get(scope)
    return id === undefined || names.has(alias) ? [] : [[alias, id] as const]
  })
  const numbers = otherNames.length === 0 ? names : new Map([...names, ...otherNames])
  if (combinations.length === 0 && !baseline)
    return { scopeCount, numbers, close: undefined, providers: new Map() }
  const providersOf = new Map([...names].map(([name, id]) => [name, new Set([id])]))
  for (const [name, id] of names) {
    if (Object.hasOwn(includes, name))
      for (const member of includes[name] ?? []) providersOf.get(member)?.add(id)
  }
  const providers = new Map(
    combinations.map(([, scopes], index) => [
      scopeCount + index,
      scopes.map((name): readonly number[] => [...(providersOf.get(name) ?? [])]),
    ]),
  )

  /** For each scope the members of combinations that it provides, as [row, place]; undefined for most scopes. */
  const provided: ((readonly [row: number, place: number])[] | undefined)[] = Array.from(
    { length: scopeCount },
    () => undefined,
  )
  for (const [row, members] of providers) {
    for (const [place, ids] of members.entries()) {
      for (const id of ids) (provided[id] ??= []).push([row, place])
    }
  }
  const close = (ids: readonly number[]): readonly number[] => {
    const held = [...ids]
    let found: Map<number, Set<number>> | undefined
    for (const id of ids) {
      const places = provided[id]
      if (places === undefined) continue
      effort.steps += PLACE_STEPS * places.length
      found ??= new Map()
      for (const [row, place] of places) found.set(row, (found.get(row) ?? new Set()).add(place))
    }
    if (found !== undefined) {
      for (const [row, places] of found) if (places.size === providers.get(row)?.length) held.push(row)
    }
    if (baseline) held.push(rows.length - 1)
    return held
  }
  return { scopeCount, numbers, close, providers }
}
