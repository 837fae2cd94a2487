import type { FlatNfa } from '../automaton/flat-nfa.ts'

/** A list whose items are made when they are asked for: opening a large policy then costs nothing for each of them. */
export interface LazyList<T> {
  readonly length: number
  /** The item at an index from 0 on; undefined beyond the end. */
  readonly at: (index: number) => T | undefined
}

export type List<T> = readonly T[] | LazyList<T>

/** By index, not by `Array.prototype.at`, which may be replaced later. */
export function itemsOf<T>(list: List<T>): (index: number) => T | undefined {
  return isArray(list) ? (index) => list[index] : list.at
}

function isArray<T>(list: List<T>): list is readonly T[] {
  return Array.isArray(list)
}

/** What deciding needs of {@link Tables}. */
export interface OpenTables extends Omit<Tables, 'scopes' | 'runs' | 'automata'> {
  readonly scopes: List<string>
  readonly runs: List<string>
  readonly automata: List<FlatNfa>
  /** The rows of scopes by their names and aliases, where they were built before. */
  readonly rowsByName?: RowsByName
}

export type RowsByName = Pick<ReadonlyMap<string, number>, 'get' | 'has'>

/** The first `count` rows by their names. */
export function rowsByName(rows: List<string>, count: number = rows.length): Map<string, number> {
  const itemAt = itemsOf(rows)
  const numbers = new Map<string, number>()
  for (let id = 0; id < count; id++) numbers.set(itemAt(id) as string, id)
  return numbers
}

/**
 * A compiled policy: typed arrays and strings that the walker reads, and that can be stored as data.
 *
 * `code` holds the trees of all scopes, one contiguous block for each scope. A node is
 *
 *     length  label…  head  [set]  [rest]  [more]  characters…  offsets…
 *
 * - `length`, `label`: the characters on the way to this node, without the one that chose it.
 * - `head`: number of children × 16, + 1 a path may end here (`set` follows), + 2 offsets take two units
 *   (high, low) instead of one, + 4 `more` follows, + 8 a pattern ends in a star here (`rest` follows).
 * - `set`: which methods are granted where a path ends here, a column of `sets`.
 * - `rest`: the same for a path that goes on from here in any way, or ends; in the outer tree only.
 * - `more`: offset of what may follow a star that is here. In the outer tree that is the inner tree of
 *   endings (labels reversed); in an inner tree, where its `set` has no further star, a list of middles
 *   `count (set  number-of-runs  run…)…`; with `wildcard: segment` a list of automata
 *   `count (set  automaton)…`.
 * - `characters`, `offsets`: the children. Offsets count from the start of the node.
 */
export interface Tables {
  /** All scope names; a scope's number is its index. */
  readonly scopes: readonly string[]
  /** All methods that some endpoint grants; a method's number is its index. */
  readonly methods: readonly string[]
  /** Row per method, column per set of methods: 1 where the set has the method. */
  readonly sets: Uint8Array
  /** Number of columns. */
  readonly setCount: number
  /** Of 32 bits where something does not fit into 16: very many runs, automata or sets of methods. */
  readonly code: Uint16Array | Uint32Array
  /** Per scope and method {@link FILTER_WORDS} words that reject most requests before `code` is read. */
  readonly hot: Int32Array
  /** Where the first filter looks: characters from this one on, counted from the start of the path. */
  readonly window: number
  /** Per scope: where the tree of its endpoints begins; -1 without any. */
  readonly roots: Int32Array
  /** Per scope: where the tree of endpoints that spell a slash at their end begins; -1 without any. */
  readonly slashRoots: Int32Array
  /** Whether some pattern keeps an escape, so that `code` has characters no raw path may have. */
  readonly escapes: boolean
  /** Runs between two stars. */
  readonly runs: readonly string[]
  /** Patterns of `wildcard: segment`. */
  readonly automata: readonly FlatNfa[]
}

/** Flags of `head`, and the bit at which the number of children begins. */
export const SET = 1
export const WIDE = 2
export const MORE = 4
export const REST = 8
export const CHILD_COUNT_SHIFT = 4

/**
 * Words in `hot` for a scope and a method, of the endpoints that grant it:
 *
 * 0. the beginnings, and 1. the endings, of those that have enough text in front of their first star;
 * 2. the endings of the others.
 *
 * A request can match only if it passes 0 together with 1, or 2.
 * Words for each method are five times those for each scope, and still 3 % of the policy's bytes; of the
 * requests they let through, a third less match nothing.
 */
export const FILTER_WORDS = 3

/** Characters that a filter looks at. A third makes no filter of 32 bits reject more. */
export const FILTER_LENGTH = 2
export const ALL_BITS = -1
/** Up to this many scopes walks are cheaper than reading characters for the filters: all bits are set. */
export const SCAN_THRESHOLD = 8

/**
 * The bit of a filter for two characters, its number from 0 to 31; 0 means "after the end". The same for
 * both cases of a letter, which are 32 apart, so that nothing need be folded for it.
 */
export function filterBit(a: number, b: number): number {
  return (a * 7 + b * 31) & 31
}

export function copyTables(tables: Tables): Tables {
  return {
    ...tables,
    scopes: [...tables.scopes],
    methods: [...tables.methods],
    runs: [...tables.runs],
    sets: tables.sets.slice(),
    code: tables.code.slice(),
    hot: tables.hot.slice(),
    roots: tables.roots.slice(),
    slashRoots: tables.slashRoots.slice(),
    automata: tables.automata.map(({ accepting, arcs, first, last, to }) => ({
      accepting: accepting.slice(),
      arcs: arcs.slice(),
      first: first.slice(),
      last: last.slice(),
      to: to.slice(),
    })),
  }
}
