/**
 * Whether the trees are trees, and say what the list of endpoints says.
 *
 * Every tree is read back into its patterns, with the methods that it grants on each, and compared with
 * the entries of the scope. On the way every unit of the code may belong to one node only, so nothing is
 * shared, nothing overlaps and nothing goes round in circles, and reading is linear in the code. What the
 * walker would find behind a node is then what was read here.
 *
 * The filters are not compared: a wrong filter can only deny.
 */
import type { Tables } from '../matcher/tables.ts'
import { foldCase } from '../pattern/canonical.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { CompiledData } from './data.ts'
import { type Entry, readEntries } from './entries.ts'
import { assert } from './error.ts'
import { type PatternGrant, TreeReader } from './tree-reader.ts'

export function verifyTrees(tables: Tables, data: CompiledData): void {
  assert(data.rules.wildcard === 'segment' || tables.automata.length === 0, 'automata')
  // Without its mark, a raw path could pass for one with the escape that a pattern keeps.
  assert(tables.escapes || !data.endpoints.some(hasEscape), 'escapes')
  const reader = new TreeReader(tables, data.rules)
  for (const [scope, lines] of data.endpoints.entries()) {
    const grants = readEntries(lines).map((entry) => grantOf(entry, data.rules))
    const compare = (root: number | undefined, written: readonly PatternGrant[]): void => {
      assert(root !== undefined && areSame(reader.read(root, written), written), 'trees and endpoints differ')
    }
    compare(tables.roots[scope], grants)
    compare(
      tables.slashRoots[scope],
      grants.filter(({ endsInSlash }) => endsInSlash),
    )
  }
  assert(reader.isComplete(), 'code that belongs to no tree')
}

/** The pattern of an entry as trees have it: folded, stars next to each other as one, or an automaton. */
function grantOf({ methods, text }: Entry, { wildcard, caseSensitive }: PathRules): WrittenGrant {
  if (wildcard === 'segment') {
    const at = text.indexOf(' ')
    const written = text.slice(at + 1)
    return { pattern: text.slice(0, at), methods, endsInSlash: written !== '/' && written.endsWith('/') }
  }
  const pattern = (caseSensitive ? text : foldCase(text)).replace(/\*+/g, '*')
  return { pattern, methods, endsInSlash: text.endsWith('/') }
}

type WrittenGrant = PatternGrant & { readonly endsInSlash: boolean }

function areSame(read: readonly PatternGrant[], written: readonly PatternGrant[]): boolean {
  const [left, right] = [gather(read), gather(written)]
  return left.size === right.size && [...left].every(([pattern, methods]) => right.get(pattern) === methods)
}

/** For each pattern the methods of all its grants, sorted, as one text. */
function gather(grants: readonly PatternGrant[]): ReadonlyMap<string, string> {
  const sets = new Map<string, Set<string>>()
  for (const { pattern, methods } of grants) {
    const known = sets.get(pattern) ?? new Set()
    for (const method of methods) known.add(method)
    sets.set(pattern, known)
  }
  return new Map([...sets].map(([pattern, set]) => [pattern, [...set].sort().join(' ')]))
}

function hasEscape(lines: string): boolean {
  return /[%\ue000-\ue0ff]/.test(lines)
}
