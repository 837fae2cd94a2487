/**
 * A compiled policy: typed arrays and strings that the walker reads, and that can be stored as data.
 *
 * `code` holds the trees of all scopes, one contiguous block for each scope. A node is
 *
 *     length  label…  head  [set]  [more]  characters…  offsets…
 *
 * - `length`, `label`: the characters on the way to this node, without the one that chose it.
 * - `head`: number of children × 8, + 1 a path may end here (`set` follows), + 2 offsets take two units
 *   (high, low) instead of one, + 4 `more` follows.
 * - `set`: which methods are granted where a path ends here, a column of `sets`.
 * - `more`: offset of what may follow a star that stands here. In the outer tree that is the inner tree of
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
  /** Per scope {@link HOT} words that reject most requests before `code` is read. */
  readonly hot: Int32Array
  /** Where the first filter looks: characters from this one on, counted from the start of the path. */
  readonly window: number
  /** Per scope: where the tree of endpoints that spell a slash at their end begins; -1 without any. */
  readonly slashRoots: Int32Array
  /** Whether some pattern keeps an escape, so that `code` has characters no raw path may have. */
  readonly escapes: boolean
  /** Runs between two stars. */
  readonly runs: readonly string[]
  /** Patterns of `wildcard: segment`. */
  readonly automata: readonly FlatNfa[]
}

/**
 * Words per scope in `hot`:
 *
 * 0. the methods, a bit each (bit 31 for all from the 32nd on);
 * 1. the beginnings, and 2. the endings, of the endpoints that have enough text in front of their first star;
 * 3. the endings of the others;
 * 4. the root of the outer tree; -1 when the scope grants nothing.
 *
 * A request can match only if it passes 0, and 1 together with 2, or 3.
 */
export const HOT = 5

/** An automaton as arrays: for state `s` the arcs `arcs[s]` to `arcs[s + 1]` of `first`, `last`, `to`. */
export interface FlatNfa {
  readonly accepting: Uint8Array
  readonly arcs: Int32Array
  readonly first: Uint16Array
  readonly last: Uint16Array
  readonly to: Int32Array
}

/** Characters that the filters look at. */
export const FILTER_LENGTH = 3
export const EVERYTHING = -1

/** One of 32 bits for three characters; 0 stands for "behind the end". */
export function filterBit(a: number, b: number, c: number): number {
  return 1 << ((a * 7 + b * 31 + c * 13) & 31)
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
