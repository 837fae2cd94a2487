/**
 * A loaded policy as it is handed from one thread to another, and opened there without blocking it.
 *
 * The thread that reads the document builds the tables; their arrays change hands without being copied, and
 * what takes time for each scope or automaton is done in slices. Nothing is verified: unlike `fromCompiled`,
 * which opens data from anywhere, this opens what the same process has just made.
 *
 * Strings and small arrays by the hundred thousand are what is expensive to hand over, so the lists of endpoints
 * are one string, and the automata five arrays. At 100,000 endpoints the receiving thread works for some 10 ms
 * in all, and reading the document takes 2 s.
 *
 * Rejected: compiled data (`toCompiled`), whose tables are strings that take as long to unpack as YAML to read.
 */
import type { CompiledPolicy } from '../decision/named.ts'
import type { Policy, ScopesArgument } from '../decision/types.ts'
import type { FlatNfa } from '../automaton/flat-nfa.ts'
import type { Tables } from '../matcher/tables.ts'
import type { Pattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { readEntries } from './entries.ts'
import type { Numbers } from './pack.ts'
import { openContent } from './open-content.ts'
import type { OpenMore } from './open-more.ts'
import { entryReader } from './rebuild.ts'
import { contentOf, type PolicyContent } from './to-compiled.ts'

/** For `postMessage`; its form belongs to the library. */
export interface PolicySnapshot {
  readonly fingerprint: string
  readonly rules: PathRules
  readonly tables: FlatTables
  readonly endpoints: JoinedStrings
  readonly more?: Omit<OpenMore, 'names'> & {
    readonly names: { readonly tables: FlatTables; readonly endpoints: JoinedStrings } | null
  }
}

/** Strings one after another, and the length of each. */
interface JoinedStrings {
  readonly text: string
  readonly lengths: Int32Array
}

type FlatTables = Omit<Tables, 'automata'> & { readonly automata: JoinedAutomata }

/** The arrays of all automata one after another, and of each the number of states and of ranges. */
type JoinedAutomata = FlatNfa & { readonly sizes: Int32Array }

/** A policy that decides and explains, and knows its patterns. */
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
  const names = more?.names && {
    tables: flatTables(more.names.tables),
    endpoints: joinStrings(more.names.endpoints),
  }
  return {
    ...rest,
    tables: flatTables(tables),
    endpoints: joinStrings(endpoints),
    ...(more !== undefined && { more: { ...more, names: names ?? null } }),
  }
}

/** The buffers that can change hands with the snapshot, for the second argument of `postMessage`. */
export function buffersOf({ tables, endpoints, more }: PolicySnapshot): readonly ArrayBuffer[] {
  const names = more?.names
  return [
    ...tableBuffers(tables),
    endpoints.lengths.buffer as ArrayBuffer,
    ...(names === null || names === undefined
      ? []
      : [...tableBuffers(names.tables), names.endpoints.lengths.buffer as ArrayBuffer]),
  ]
}

/** `pause` is waited for between slices of the work. */
export async function openSnapshot(
  { tables, endpoints, more, ...rest }: PolicySnapshot,
  pause: () => Promise<void>,
): Promise<OpenedSnapshot> {
  const content: PolicyContent = {
    ...rest,
    tables: await openTables(tables, pause),
    endpoints: await splitStrings(endpoints, pause),
    ...(more !== undefined && {
      more: {
        ...more,
        names: more.names && {
          tables: await openTables(more.names.tables, pause),
          endpoints: await splitStrings(more.names.endpoints, pause),
        },
      },
    }),
  }
  await pause()
  const { policy, idsOf } = openContent(content)
  await pause()
  const { rules } = rest
  const read = entryReader(rules)
  function* patterns(scopes: ScopesArgument, method: string): Generator<Pattern> {
    const seen = new Set<Pattern>()
    for (const row of idsOf(scopes)) {
      for (const entry of readEntries(content.endpoints[row] ?? '')) {
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

const SLICE = 5_000

async function splitStrings(
  { text, lengths }: JoinedStrings,
  pause: () => Promise<void>,
): Promise<readonly string[]> {
  const strings: string[] = []
  let at = 0
  for (const length of lengths) {
    strings.push(text.slice(at, (at += length)))
    if (strings.length % SLICE === 0) await pause()
  }
  return strings
}

function joinStrings(strings: readonly string[]): JoinedStrings {
  return { text: strings.join(''), lengths: Int32Array.from(strings, ({ length }) => length) }
}

function flatTables(tables: Tables): FlatTables {
  return { ...tables, automata: joinAutomata(tables.automata) }
}

async function openTables(
  { automata: joined, ...tables }: FlatTables,
  pause: () => Promise<void>,
): Promise<Tables> {
  const { sizes, accepting, arcs, first, last, to } = joined
  const automata: FlatNfa[] = []
  let state = 0
  let range = 0
  for (let at = 0; at < sizes.length; at += 2) {
    const states = state + (sizes[at] as number)
    const ranges = range + (sizes[at + 1] as number)
    automata.push({
      accepting: accepting.subarray(state, states),
      // One more than there are states.
      arcs: arcs.subarray(state + at / 2, states + at / 2 + 1),
      first: first.subarray(range, ranges),
      last: last.subarray(range, ranges),
      to: to.subarray(range, ranges),
    })
    state = states
    range = ranges
    if (automata.length % SLICE === 0) await pause()
  }
  return { ...tables, automata }
}

function joinAutomata(automata: readonly FlatNfa[]): JoinedAutomata {
  return {
    sizes: Int32Array.from(automata.flatMap(({ accepting, to }) => [accepting.length, to.length])),
    accepting: Uint8Array.from(joined(automata, 'accepting')),
    arcs: Int32Array.from(joined(automata, 'arcs')),
    first: Uint16Array.from(joined(automata, 'first')),
    last: Uint16Array.from(joined(automata, 'last')),
    to: Int32Array.from(joined(automata, 'to')),
  }
}

function* joined(automata: readonly FlatNfa[], member: keyof FlatNfa): Generator<number> {
  for (const automaton of automata) yield* automaton[member]
}

function tableBuffers({ sets, code, hot, roots, slashRoots, automata }: FlatTables): ArrayBuffer[] {
  return [sets, code, hot, roots, slashRoots, ...Object.values<Numbers>({ ...automata })].map(
    ({ buffer }) => buffer as ArrayBuffer,
  )
}
