/**
 * Tables built anew from the list of endpoints.
 *
 * Compiled data has both: the list, which people can read and explanations are made of, and the tables, which
 * decide. Data from anywhere is opened only if the tables are, to the last number, those that the list gives:
 * so the list is evidence of what is allowed, with either wildcard, and whatever the walker relies on holds.
 * It costs about as much as loading the document again without YAML.
 *
 * Rejected: to check the tables in place. Whatever such a check does not look at (filters, columns that nothing
 * uses, automata) can be forged.
 */
import { flatNfaOf } from '../automaton/flat-nfa.ts'
import { buildTables } from '../matcher/build.ts'
import type { Tables } from '../matcher/tables.ts'
import { printCanonical } from '../pattern/canonical.ts'
import { type Pattern, readPattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { InterpretedEndpoint } from '../policy/policy-data.ts'
import { automatonNumbers } from './automaton-numbers.ts'
import { NAME_RULES } from '../decision/authorize-names.ts'
import { isNameMethod } from '../language/scope-fields.ts'
import { readNamePattern } from '../pattern/name.ts'
import { type CompiledData, inOrder, type More } from './data.ts'
import { type Entry, readEntries } from './entries.ts'
import { assert } from './error.ts'
import { type PackedTables, packTables } from './tables.ts'

/** The tables of verified data; throws `CompiledPolicyError` where they are not those of its list. */
export function rebuild(data: CompiledData): Tables {
  const { rules, tables: packed, endpoints } = data
  const read = entryReader(rules)
  const lists = endpoints.map((lines) => readEntries(lines).map(read))
  const grants = new Map(packed.scopes.map((name, index) => [name, lists[index] ?? []]))
  const tables = buildTables({ grants, rules }, packed)
  verifySame(tables, packed)
  if (rules.wildcard === 'segment') verifyNumbers(data, lists.flat())
  return tables
}

function verifySame(tables: Tables, packed: PackedTables): void {
  const isSame = JSON.stringify(inOrder(packTables(tables))) === JSON.stringify(inOrder(packed))
  assert(isSame, 'tables and endpoints differ')
}

/** The same for the tables of names. */
export function verifyNames({ tables: packed, endpoints }: NonNullable<More['names']>): void {
  const lists = endpoints.map((lines) =>
    readEntries(lines).map(({ methods, text }): InterpretedEndpoint => {
      const [method] = methods
      assert(methods.length === 1 && isNameMethod(method) && text !== '', 'a name')
      const pattern = readNamePattern(method, method === 'resources/read' ? printCanonical(text) : text)
      const { meaning } = pattern
      assert(meaning.kind === 'runs' && meaning.runs.join('*') === text, 'a name')
      return { endpoint: { pattern: pattern.text, methods }, pattern }
    }),
  )
  const grants = new Map(packed.scopes.map((name, index) => [name, lists[index] ?? []]))
  verifySame(buildTables({ grants, rules: NAME_RULES }, packed), packed)
}

/** Reads the pattern of an entry, each once. Throws `CompiledPolicyError` for what is not a pattern. */
export function entryReader(rules: PathRules): (entry: Entry) => InterpretedEndpoint {
  const patterns = new Map<string, Pattern>()
  const lists = new Map<string, readonly string[]>()
  return ({ methods, text }) => {
    const written = rules.wildcard === 'any' ? printCanonical(text) || '/' : text.slice(text.indexOf(' ') + 1)
    const pattern = patterns.get(written) ?? readAgain(written, rules)
    patterns.set(written, pattern)
    // Equal lists as one, as the loader has them.
    const key = methods.join()
    const list = lists.get(key) ?? methods
    lists.set(key, list)
    return { endpoint: { pattern: written, methods: list }, pattern }
  }
}

function readAgain(written: string, rules: PathRules): Pattern {
  let pattern: Pattern | undefined
  try {
    pattern = readPattern(written, rules)
    if (pattern.meaning.kind === 'expression') flatNfaOf(pattern.meaning.expression)
  } catch {
    // Syntax that patterns do not have, or too much of it.
  }
  assert(pattern !== undefined && pattern.meaning.kind !== 'never', 'the pattern of an endpoint')
  return pattern
}

/** Explanations ask the automaton that an entry names. */
function verifyNumbers({ endpoints }: CompiledData, list: readonly InterpretedEndpoint[]): void {
  const numberOf = automatonNumbers(list)
  const numbers = endpoints.flatMap((lines) =>
    readEntries(lines).map(({ text }) => text.slice(0, text.indexOf(' '))),
  )
  assert(
    list.every(({ pattern }, index) => numbers[index] === String(numberOf(pattern.text))),
    'the number of an automaton',
  )
}
