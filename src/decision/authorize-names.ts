/**
 * The hot path for names: tools, resources and prompts instead of paths, see `authorize.ts`.
 *
 * Nothing of a name is stripped, decoded or repaired, so it is compared verbatim and at once. What no pattern spelled
 * is read afterwards, where a star has matched it: `readName` refuses a name, and never changes what a tool or prompt
 * is compared by. Only a URI with an escape, or one beside patterns that keep escapes, is read first.
 *
 * Cost: one look-up, three words of filter and perhaps a walk for each scope, as for paths; without the searches for
 * a query and for escapes.
 */
import type { Effort } from '../automaton/effort.ts'
import { DEFAULT_OPTIONS } from '../language/options.ts'
import { isNameMethod, type NameMethod } from '../language/scope-fields.ts'
import {
  SCAN_THRESHOLD,
  filterBit,
  FILTER_WORDS,
  type OpenTables,
  type RowsByName,
} from '../matcher/tables.ts'
import { createWalk, LITERAL, NONE } from '../matcher/walk.ts'
import { MAX_NAME_LENGTH, readName } from '../pattern/name.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { type CountingAuthorizer, createAuthorizer, MANY_NAMES, mayMatch } from './authorize.ts'

const SLASH = 0x2f
/** What no name has to be refused for. */
const NOT_PLAIN = /[^ -~]/

/** The options do not apply to names. */
export const NAME_RULES: PathRules = { ...DEFAULT_OPTIONS, pathLength: MAX_NAME_LENGTH }

/** `authorize` and `authorizeIds` take a name where other authorizers take a path. */
export function createNameAuthorizer(
  tables: OpenTables,
  numbers: RowsByName,
  effort: Effort,
): CountingAuthorizer {
  const { hot, methods, roots, window, escapes } = tables
  const authorizer = createAuthorizer(tables, NAME_RULES, numbers, effort)
  const { allows, idsOf } = authorizer
  const walk = createWalk(tables, true, effort)
  const filtered = tables.scopes.length > SCAN_THRESHOLD

  const slowPath = (ids: readonly number[], method: NameMethod, name: string): boolean =>
    allows(ids, method, readName(method, name))

  /** What a scope's tree has of a name. */
  const match = (id: number, number: number, name: string, beginning: number, ending: number): number => {
    if (!mayMatch(hot, (id * methods.length + number) * FILTER_WORDS, beginning, ending)) return NONE
    return walk(roots[id] as number, number, name, 0, name.length)
  }

  const beginningOf = (name: string): number => {
    if (!filtered || window >= name.length) return 0
    return filterBit(name.charCodeAt(window), window + 1 < name.length ? name.charCodeAt(window + 1) : 0)
  }

  /** The bit of the ending; -1 for a name that is to be read first. */
  const endingOf = (method: unknown, name: string): number => {
    const end = name.length
    if (end === 0 || end > MAX_NAME_LENGTH) return -1
    const last = name.charCodeAt(end - 1)
    // The filters have no endings in a slash.
    if (last === SLASH) return -1
    if (method === 'resources/read' && (escapes || name.includes('%'))) return -1
    return filtered ? filterBit(last, end > 1 ? name.charCodeAt(end - 2) : 0) : 0
  }

  /** Whether a name that matched is allowed verbatim; false sends it to the slow path. */
  const isPlain = (matched: number, method: unknown, name: string): boolean =>
    matched === LITERAL || (method !== 'resources/read' && !NOT_PLAIN.test(name))

  const authorizeIds: CountingAuthorizer['authorizeIds'] = (ids, method, name) => {
    const number = methods.indexOf(method as string)
    if (number < 0 || typeof name !== 'string' || !isNameMethod(method)) return false
    const ending = endingOf(method, name)
    if (ending < 0) return slowPath(ids, method, name)
    const beginning = beginningOf(name)
    // By index, as in `authorize.ts`.
    // eslint-disable-next-line @typescript-eslint/prefer-for-of -- no iterator
    for (let index = 0; index < ids.length; index++) {
      const matched = match(ids[index] as number, number, name, beginning, ending)
      if (matched !== NONE) return isPlain(matched, method, name) || slowPath(ids, method, name)
    }
    return false
  }

  /** As `authorizeIds`, with the names of the scopes looked up one by one. */
  const authorizeList = (scopes: readonly unknown[], method: NameMethod, name: string): boolean => {
    const number = methods.indexOf(method)
    if (number < 0) return false
    const ending = endingOf(method, name)
    if (ending < 0) return slowPath(idsOf(scopes), method, name)
    const beginning = beginningOf(name)
    for (let index = 0; index < scopes.length; index++) {
      const id = numbers.get(scopes[index] as string)
      if (id === undefined) continue
      const matched = match(id, number, name, beginning, ending)
      if (matched === NONE || !Object.hasOwn(scopes, index)) continue
      return isPlain(matched, method, name) || slowPath(idsOf(scopes), method, name)
    }
    return false
  }

  const authorize: CountingAuthorizer['authorize'] = (scopes, method, name) => {
    if (typeof name !== 'string' || !isNameMethod(method)) return false
    try {
      if (Array.isArray(scopes) && scopes.length <= MANY_NAMES) return authorizeList(scopes, method, name)
    } catch {
      // A proxy in the place of a list may throw; whatever it is, it grants nothing.
      return false
    }
    return authorizeIds(idsOf(scopes), method, name)
  }

  return { ...authorizer, authorize, authorizeIds }
}
