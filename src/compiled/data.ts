/**
 * A compiled policy as plain data: what can be written as JSON and opened again without the document.
 */
import { READING_OPTIONS } from '../language/options.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Holding } from '../policy/holding.ts'
import { crc32 } from './crc32.ts'
import type { PackedNfa, PackedTables } from './tables.ts'

export const FORMAT = 'scope-policy/compiled'
export const VERSION = 1

/** Written by `toCompiled`, read by `fromCompiled`; its form belongs to the library. */
export interface CompiledData {
  readonly format: typeof FORMAT
  readonly version: typeof VERSION
  /** CRC-32 of all that follows: a guard against accidents, not against people. */
  readonly checksum: string
  /** The fingerprint of the policy that was compiled. */
  readonly fingerprint: string
  readonly rules: PathRules
  readonly tables: PackedTables
  /** For each scope of the tables its endpoints, as `Entry` lines. */
  readonly endpoints: readonly string[]
  /** What policies without names, combinations, aliases and a baseline do not have. */
  readonly more?: More
}

export interface More {
  /** Which rows of the tables a token holds beside its scopes; null where each row is a scope. */
  readonly holding: Holding | null
  /** Tables of names and the list that they were made from, as for endpoints. */
  readonly names: { readonly tables: PackedTables; readonly endpoints: readonly string[] } | null
  /** Names by which clients ask for scopes. */
  readonly requestAs: Readonly<Record<string, string>>
  readonly deprecated: readonly string[]
}

export type Content = Omit<CompiledData, 'format' | 'version' | 'checksum'>

/**
 * The order of members in which the checksum is taken, whatever order they were read in. `wildcard` comes after the
 * other options, as it does in data that was stored before options had an order.
 */
const RULES: readonly (keyof PathRules)[] = [
  ...READING_OPTIONS.filter((name) => name !== 'wildcard'),
  'wildcard',
  'pathLength',
]
const TABLES: readonly (keyof PackedTables)[] = [
  'scopes',
  'methods',
  'sets',
  'setCount',
  'code',
  'hot',
  'window',
  'roots',
  'slashRoots',
  'escapes',
  'runs',
  'automata',
]
const AUTOMATON: readonly (keyof PackedNfa)[] = ['accepting', 'arcs', 'first', 'last', 'to']
const HOLDING: readonly (keyof Holding)[] = ['combinations', 'baseline', 'includes', 'aliases']
const MORE: readonly (keyof More)[] = ['holding', 'names', 'requestAs', 'deprecated']
const CONTENT: readonly (keyof Content)[] = ['fingerprint', 'rules', 'tables', 'endpoints']
const WHOLE: readonly (keyof CompiledData)[] = ['format', 'version', 'checksum', ...CONTENT]

/** The members that each object of the data has, no more and no less. */
export const MEMBERS: Readonly<
  Record<'whole' | 'rules' | 'tables' | 'automaton' | 'holding' | 'more', readonly string[]>
> = {
  whole: WHOLE,
  rules: RULES,
  tables: TABLES,
  automaton: AUTOMATON,
  holding: HOLDING,
  more: MORE,
}

/** The tables with their members in order. */
export function inOrder(tables: PackedTables): PackedTables {
  const automata = tables.automata.map((automaton) => pick(automaton, AUTOMATON))
  return pick({ ...tables, automata }, TABLES)
}

/** The whole of it with its members in order. */
export function seal({ fingerprint, rules, tables, endpoints, more }: Content): CompiledData {
  const content: Content = {
    fingerprint,
    rules: pick(rules, RULES),
    tables: inOrder(tables),
    endpoints,
    ...(more !== undefined && { more: moreInOrder(more) }),
  }
  return { format: FORMAT, version: VERSION, checksum: crc32(JSON.stringify(content)), ...content }
}

function moreInOrder({ holding, names, requestAs, deprecated }: More): More {
  return {
    holding: holding && pick(holding, HOLDING),
    names: names && { tables: inOrder(names.tables), endpoints: names.endpoints },
    requestAs,
    deprecated,
  }
}

function pick<T extends object>(value: T, members: readonly (keyof T)[]): T {
  return Object.fromEntries(members.map((member) => [member, value[member]])) as T
}
