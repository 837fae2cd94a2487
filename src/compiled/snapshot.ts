/**
 * A loaded policy as it is handed from one thread to another, and opened there without blocking it.
 *
 * The thread that reads the document builds the tables; their arrays change hands without being copied. Whatever
 * there is one of for each scope, endpoint, run or automaton is in one string or a few arrays, and is looked at when
 * it is asked for. So a snapshot has some dozens of values whatever the size of the policy, and to receive and open
 * one takes some milliseconds with 100,000 scopes, which are copies of its strings. Nothing is verified: unlike
 * `fromCompiled`, which opens data from anywhere, this opens what the same process has just made.
 *
 * Rejected: to build lists and a `Map` of names in slices. No slice is long, but what 100,000 strings and automata
 * leave to the garbage collector is: 0.2 s in one piece, half of it only seconds later.
 * Rejected: compiled data (`toCompiled`), whose tables are strings that take as long to unpack as YAML to read.
 */
import type { CompiledPolicy } from '../decision/named.ts'
import type { Policy, ScopesArgument } from '../decision/types.ts'
import type { FlatNfa } from '../automaton/flat-nfa.ts'
import { numbersOf, openHolding, type PackedHolding, packHolding } from '../decision/held-scopes.ts'
import {
  itemsOf,
  type LazyList,
  type OpenTables,
  type RowsByName,
  rowsByName,
  type Tables,
} from '../matcher/tables.ts'
import type { Pattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { readEntries } from './entries.ts'
import type { Numbers } from './pack.ts'
import { openContent } from './open-content.ts'
import type { OpenMore, UnpackedMore } from './open-more.ts'
import {
  openRows,
  openStrings,
  type PackedRows,
  packRows,
  type PackedStrings,
  packStrings,
} from './packed-strings.ts'
import { entryReader } from './rebuild.ts'
import { contentOf } from './to-compiled.ts'

/** For `postMessage`; its form belongs to the library. */
export interface PolicySnapshot {
  readonly fingerprint: string
  readonly rules: PathRules
  readonly tables: FlatTables
  readonly rowsByName: PackedRows
  readonly endpoints: PackedStrings
  readonly more?: {
    readonly holding: PackedHolding
    readonly names: { readonly tables: FlatTables; readonly endpoints: PackedStrings } | null
    /** The rows of `rowsByName` are numbers of `values`. */
    readonly requestAs: { readonly rowsByName: PackedRows; readonly values: PackedStrings }
    readonly deprecated: PackedRows
  }
}

type FlatTables = Omit<Tables, 'scopes' | 'runs' | 'automata'> & {
  readonly scopes: PackedStrings
  readonly runs: PackedStrings
  readonly automata: JoinedAutomata
}

/** The arrays of all automata one after another, and of each where its states and its ranges begin; then the ends. */
type JoinedAutomata = FlatNfa & { readonly starts: Int32Array }

/** A policy that decides and explains, and has its patterns. */
export interface OpenedSnapshot extends CompiledPolicy {
  /** All methods that some endpoint grants. */
  readonly methods: readonly string[]
  readonly rules: PathRules
  /** The patterns by which a token with these scopes may call a method, each once. */
  readonly patterns: (scopes: ScopesArgument, method: string) => Iterable<Pattern>
}

/** Throws `TypeError` for anything but a policy that `loadPolicy` or `parsePolicy` gave. */
export function toSnapshot(policy: Pick<Policy, 'fingerprint'>): PolicySnapshot {
  const { tables, endpoints, more, ...rest } = contentOf(policy)
  // The names with aliases, so that nothing is left to do for them.
  const numbers = numbersOf(tables.scopes, more?.holding ?? undefined)
  return {
    ...rest,
    tables: flatTables(tables),
    rowsByName: packRows([...numbers]),
    endpoints: packStrings(endpoints),
    ...(more !== undefined && { more: packMore(more, tables.scopes, numbers) }),
  }
}

/** The buffers that can change hands with the snapshot, for the second argument of `postMessage`. */
export function buffersOf(snapshot: PolicySnapshot): readonly ArrayBuffer[] {
  const { tables, rowsByName, endpoints, more } = snapshot
  const buffers = [...tableBuffers(tables), ...rowBuffers(rowsByName), bufferOf(endpoints.starts)]
  if (more === undefined) return buffers
  const { holding, names, requestAs, deprecated } = more
  const { combinations, starts, providers, scopes, places } = holding
  return [
    ...buffers,
    ...[combinations, starts, providers, scopes, places, requestAs.values.starts].map(bufferOf),
    ...[requestAs.rowsByName, deprecated].flatMap(rowBuffers),
    ...(names === null ? [] : [...tableBuffers(names.tables), bufferOf(names.endpoints.starts)]),
  ]
}

export function openSnapshot({
  tables,
  rowsByName,
  endpoints,
  more,
  ...rest
}: PolicySnapshot): OpenedSnapshot {
  const lists = openStrings(endpoints)
  const numbers = openRows(rowsByName)
  const { policy, idsOf } = openContent({
    ...rest,
    tables: { ...openTables(tables), rowsByName: numbers },
    endpoints: lists,
    ...(more !== undefined && { more: openMore(more, numbers) }),
  })
  const { rules } = rest
  const read = entryReader(rules)
  function* patterns(scopes: ScopesArgument, method: string): Generator<Pattern> {
    const seen = new Set<Pattern>()
    for (const row of idsOf(scopes)) {
      for (const entry of readEntries(lists.at(row) ?? '')) {
        if (!entry.methods.includes(method)) continue
        const { pattern } = read(entry)
        if (!seen.has(pattern)) yield pattern
        seen.add(pattern)
      }
    }
  }
  const own = { methods: tables.methods, rules, patterns }
  // With the symbol by which the policy explains denials, which is not enumerable.
  const opened = Object.defineProperties(own, Object.getOwnPropertyDescriptors(policy))
  return Object.freeze(opened as typeof own & CompiledPolicy)
}

function packMore(
  { names, holding, requestAs, deprecated }: UnpackedMore,
  rows: readonly string[],
  numbers: RowsByName,
): NonNullable<PolicySnapshot['more']> {
  return {
    holding: packHolding(rows, holding ?? undefined, numbers),
    names: names && { tables: flatTables(names.tables), endpoints: packStrings(names.endpoints) },
    requestAs: {
      rowsByName: packRows([...rowsByName(Object.keys(requestAs))]),
      values: packStrings(Object.values(requestAs)),
    },
    deprecated: packRows([...rowsByName(deprecated)]),
  }
}

function openMore(
  { holding, names, requestAs, deprecated }: NonNullable<PolicySnapshot['more']>,
  numbers: RowsByName,
): OpenMore {
  const numberOf = openRows(requestAs.rowsByName)
  const valueAt = itemsOf(openStrings(requestAs.values))
  return {
    held: (effort) => openHolding(holding, numbers, effort),
    names: names && { tables: openTables(names.tables), endpoints: openStrings(names.endpoints) },
    requestAs: {
      get: (scope) => {
        const number = numberOf.get(scope)
        return number === undefined ? undefined : valueAt(number)
      },
    },
    deprecated: { has: openRows(deprecated).has, size: deprecated.rows.length },
  }
}

function flatTables(tables: Tables): FlatTables {
  return {
    ...tables,
    scopes: packStrings(tables.scopes),
    runs: packStrings(tables.runs),
    automata: joinAutomata(tables.automata),
  }
}

function openTables({ scopes, runs, automata, ...tables }: FlatTables): OpenTables {
  return {
    ...tables,
    scopes: openStrings(scopes),
    runs: openStrings(runs),
    automata: openAutomata(automata),
  }
}

function openAutomata({ starts, accepting, arcs, first, last, to }: JoinedAutomata): LazyList<FlatNfa> {
  const length = (starts.length >> 1) - 1
  // Each is opened once: that takes as long as it takes to run it.
  const opened = new Array<FlatNfa | undefined>(length)
  const open = (index: number): FlatNfa => {
    const [state = 0, range, states = 0, ranges] = starts.subarray(2 * index)
    return {
      accepting: accepting.subarray(state, states),
      // One more than there are states.
      arcs: arcs.subarray(state + index, states + index + 1),
      first: first.subarray(range, ranges),
      last: last.subarray(range, ranges),
      to: to.subarray(range, ranges),
    }
  }
  return {
    length,
    at: (index) => (index >= 0 && index < length ? (opened[index] ??= open(index)) : undefined),
  }
}

function joinAutomata(automata: readonly FlatNfa[]): JoinedAutomata {
  const starts = new Int32Array(2 * automata.length + 2)
  for (const [index, { accepting, to }] of automata.entries()) {
    starts[2 * index + 2] = (starts[2 * index] as number) + accepting.length
    starts[2 * index + 3] = (starts[2 * index + 1] as number) + to.length
  }
  const [states = 0, ranges = 0] = starts.subarray(-2)
  const joined = {
    starts,
    accepting: new Uint8Array(states),
    arcs: new Int32Array(states + automata.length),
    first: new Uint16Array(ranges),
    last: new Uint16Array(ranges),
    to: new Int32Array(ranges),
  }
  for (const [index, { accepting, arcs, first, last, to }] of automata.entries()) {
    const [state = 0, range = 0] = starts.subarray(2 * index)
    joined.accepting.set(accepting, state)
    joined.arcs.set(arcs, state + index)
    joined.first.set(first, range)
    joined.last.set(last, range)
    joined.to.set(to, range)
  }
  return joined
}

function tableBuffers({ sets, code, hot, roots, slashRoots, ...lists }: FlatTables): ArrayBuffer[] {
  const { scopes, runs, automata } = lists
  const ofAutomata = Object.values<Numbers>({ ...automata })
  return [sets, code, hot, roots, slashRoots, scopes.starts, runs.starts, ...ofAutomata].map(bufferOf)
}

function rowBuffers({ names, rows, slots }: PackedRows): ArrayBuffer[] {
  return [names.starts, rows, slots].map(bufferOf)
}

function bufferOf({ buffer }: Numbers): ArrayBuffer {
  return buffer as ArrayBuffer
}
