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
 * Which scopes provide the members of combinations, as numbers: what another thread can hand over at once, and what
 * is opened without a look at any of them. A place is one member of one combination.
 */
export interface PackedHolding {
  readonly scopeCount: number
  readonly rowCount: number
  readonly baseline: boolean
  /** For each combination where its places begin; then the end. */
  readonly combinations: Int32Array
  /** For each place where its providers begin; then the end. */
  readonly starts: Int32Array
  /** The scopes of which each provides a place, the member itself first. */
  readonly providers: Int32Array
  /** For each scope where the places begin that it provides; then the end. Empty without combinations. */
  readonly scopes: Int32Array
  /** The row of a combination and the number of its place, in turns. */
  readonly places: Int32Array
}

/** `rows` are the names of all rows; without a holding each is a scope. `effort` counts what `close` costs. */
export function heldScopes(
  rows: List<string>,
  holding: Holding | undefined,
  numbers: RowsByName = numbersOf(rows, holding),
  effort: Effort = createEffort(),
): HeldScopes {
  return openHolding(packHolding(rows, holding, numbers), numbers, effort)
}

export function packHolding(
  rows: List<string>,
  holding: Holding | undefined,
  numbers: RowsByName,
): PackedHolding {
  const { combinations = [], baseline = false, includes = {} } = holding ?? {}
  const scopeCount = scopeCountOf(rows, holding)
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
  const places = combinations.map(([, scopes]) => scopes.map(providersOf))
  /** For each scope the places that it provides; undefined for most scopes. */
  const provided: number[][] = []
  for (const [index, members] of places.entries()) {
    for (const [place, ids] of members.entries()) {
      for (const id of ids) (provided[id] ??= []).push(scopeCount + index, place)
    }
  }
  const ofScopes = Array.from({ length: places.length === 0 ? 0 : scopeCount }, (_, id) => provided[id] ?? [])
  return {
    scopeCount,
    rowCount: rows.length,
    baseline,
    combinations: startsOf(places),
    starts: startsOf(places.flat()),
    providers: Int32Array.from(places.flat(2)),
    scopes: startsOf(ofScopes),
    places: Int32Array.from(ofScopes.flat()),
  }
}

/** With the rows of all names that tokens carry. Does nothing for each row. */
export function openHolding(
  { scopeCount, rowCount, baseline, combinations, starts, providers, scopes, places }: PackedHolding,
  numbers: RowsByName,
  effort: Effort,
): HeldScopes {
  if (combinations.length === 1 && !baseline)
    return { scopeCount, numbers, close: undefined, providers: new Map() }
  const close = (ids: readonly number[]): readonly number[] => {
    const held = [...ids]
    let found: Map<number, Set<number>> | undefined
    for (const id of ids) {
      const [start = 0, end = start] = [scopes[id], scopes[id + 1]]
      effort.steps += (PLACE_STEPS / 2) * (end - start)
      for (let at = start; at < end; at += 2) {
        const row = places[at] as number
        found ??= new Map()
        found.set(row, (found.get(row) ?? new Set()).add(places[at + 1] as number))
      }
    }
    for (const [row, { size }] of found ?? []) {
      const index = row - scopeCount
      if (size === (combinations[index + 1] as number) - (combinations[index] as number)) held.push(row)
    }
    if (baseline) held.push(rowCount - 1)
    return held
  }
  const unpack = (): HeldScopes['providers'] =>
    new Map(
      Array.from(combinations.subarray(1), (end, index) => [
        scopeCount + index,
        Array.from(starts.subarray(combinations[index], end), (start, place) => [
          ...providers.subarray(start, starts[(combinations[index] as number) + place + 1]),
        ]),
      ]),
    )
  let unpacked: HeldScopes['providers'] | undefined
  return {
    scopeCount,
    numbers,
    close,
    get providers() {
      return (unpacked ??= unpack())
    },
  }
}

/** Where each list begins if they come one after another; then the end. */
function startsOf(lists: readonly { readonly length: number }[]): Int32Array {
  const starts = new Int32Array(lists.length + 1)
  for (const [index, { length }] of lists.entries()) starts[index + 1] = (starts[index] as number) + length
  return starts
}

/** How many rows are scopes: those of combinations and the baseline follow them. */
function scopeCountOf(rows: Pick<List<string>, 'length'>, holding: Holding | undefined): number {
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
function aliasRows(
  names: RowsByName,
  holding: Holding | undefined,
): readonly (readonly [alias: string, row: number])[] {
  return Object.entries(holding?.aliases ?? {}).flatMap(([alias, scope]) => {
    const id = names.get(scope)
    return id === undefined || names.has(alias) ? [] : [[alias, id] as const]
  })
}
