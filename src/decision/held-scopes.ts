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
import { itemsOf, type List, rowsByName, type RowsByName } from '../matcher/tables.ts'
import type { Holding } from '../policy/holding.ts'

export interface HeldScopes {
  /** How many of the rows are scopes; those of combinations and the baseline follow. */
  readonly scopeCount: number
  /** The row of a scope, by its name or an alias. */
  readonly numbers: RowsByName
  /** All rows that a token holds which holds these scopes; undefined where that is just them. */
  readonly close: ((ids: readonly number[]) => readonly number[]) | undefined
  /** For each combination, by its row, the scopes of which one provides each of its members, the member itself first. */
  readonly providers: ReadonlyMap<number, readonly (readonly number[])[]>
}

/** What a place in a combination costs. */
const PLACE_STEPS = 30

/**
 * `rows` are the names of all rows; without a holding each is a scope. With `numbers` nothing is done here for each
 * row. `effort` counts what `close` costs.
 */
export function heldScopes(
  rows: List<string>,
  holding: Holding | undefined,
  numbers: RowsByName = numbersOf(rows, holding),
  effort: Effort = createEffort(),
): HeldScopes {
  const { combinations = [], baseline = false, includes = {} } = holding ?? {}
  const scopeCount = scopeCountOf(rows, holding)
  if (combinations.length === 0 && !baseline)
    return { scopeCount, numbers, close: undefined, providers: new Map() }
  const rowAt = itemsOf(rows)
  /** The number of a scope; an alias is not one. */
  const scopeOf = (name: string): number | undefined => {
    const id = numbers.get(name)
    return id !== undefined && rowAt(id) === name ? id : undefined
  }
  const includers = new Map<string, number[]>()
  for (const [name, members] of Object.entries(includes)) {
    const id = scopeOf(name)
    if (id === undefined) continue
    for (const member of members) {
      const ids = includers.get(member) ?? []
      includers.set(member, ids)
      ids.push(id)
    }
  }
  const providersOf = (name: string): readonly number[] => {
    const id = scopeOf(name)
    return id === undefined ? [] : [...new Set([id, ...(includers.get(name) ?? []).sort((a, b) => a - b)])]
  }
  const providers = new Map(
    combinations.map(([, scopes], index) => [scopeCount + index, scopes.map(providersOf)]),
  )

  /** For each scope the members of combinations that it provides, as [row, place]; undefined for most scopes. */
  const provided = new Array<(readonly [row: number, place: number])[] | undefined>(scopeCount).fill(
    undefined,
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

/** How many rows are scopes: those of combinations and the baseline follow them. */
export function scopeCountOf(rows: Pick<List<string>, 'length'>, holding: Holding | undefined): number {
  const { combinations = [], baseline = false } = holding ?? {}
  return rows.length - combinations.length - (baseline ? 1 : 0)
}

/** The rows of scopes by their names and aliases. */
export function numbersOf(rows: List<string>, holding: Holding | undefined): ReadonlyMap<string, number> {
  const numbers = rowsByName(rows, scopeCountOf(rows, holding))
  for (const [alias, id] of aliasRows(numbers, holding)) numbers.set(alias, id)
  return numbers
}

/** The aliases that are not names of scopes themselves. */
export function aliasRows(
  names: RowsByName,
  holding: Holding | undefined,
): readonly (readonly [alias: string, row: number])[] {
  return Object.entries(holding?.aliases ?? {}).flatMap(([alias, scope]) => {
    const id = names.get(scope)
    return id === undefined || names.has(alias) ? [] : [[alias, id] as const]
  })
}
