/**
 * The hot path: from arguments to a decision, without allocating.
 *
 * Most requests are plain: no escape, no slash at the end, nothing to repair or refuse. For them the raw
 * path is compared verbatim, in place, between two offsets; only an allow that a star has given looks
 * at the characters that no pattern spelled ({@link isClean}). Everything else is read by `readPath` and
 * decided by `allows` with the same walker, so there is one meaning and a short cut to it:
 *
 * - matched without a star: every character was compared with a pattern, and patterns spell only what
 *   `readPath` accepts. Allowed, if no pattern of the policy keeps an escape.
 * - matched by a star: allowed if the rest is clean, else decided by the slow path.
 * - not matched: denied, unless there is an escape, which the slow path decodes first.
 *
 * Cost: one search for the query, the scopes' look-ups, three words of filter for each scope, and a walk
 * for those scopes that the filters let through. At 20 scopes with 10 endpoints, of about 130 ns without the
 * look-ups' 35: reading what stars stand for 22, the search for the query 9, that for an escape, before a
 * denial, 5, the walks 30; most of the rest are branches that no processor can foretell.
 *
 * Rejected: looking for the query only where no endpoint matches (4 ns less, but requests with a query are
 * walked twice); scopes by a hash of three characters of their names instead of by a `Map` (10 % dearer); the length
 * and first character of a method instead of a loop over the methods (as dear).
 */
import { createEffort, type Effort } from '../automaton/effort.ts'
import { createWalk, LITERAL, NONE } from '../matcher/walk.ts'
import {
  SCAN_THRESHOLD,
  filterBit,
  FILTER_WORDS,
  type OpenTables,
  rowsByName,
  type RowsByName,
} from '../matcher/tables.ts'
import { printCanonical } from '../pattern/canonical.ts'
import { isClean } from '../pattern/clean.ts'
import { type PathReading, type PathRules, readPath } from '../pattern/request-path.ts'
import { scopeNames } from './scope-names.ts'

const SLASH = 0x2f
const DOT = 0x2e
const STAR = 0x2a
/** A token with more names than this has each of them looked at once only. */
export const MANY_NAMES = 64

export interface Authorizer {
  readonly authorize: (scopes: unknown, method: unknown, path: unknown) => boolean
  /** The numbers of the scopes that the policy has, each once. */
  readonly idsOf: (scopes: unknown) => readonly number[]
  /** The same decision for scopes given as numbers. */
  readonly authorizeIds: (ids: readonly number[], method: unknown, path: unknown) => boolean
  /**
   * The slow path, for a path that was read before. What the budget of `mayGoOn` does not reach allows nothing.
   */
  readonly allows: (
    ids: readonly number[],
    method: string,
    reading: PathReading,
    mayGoOn?: MayGoOn,
  ) => boolean
  /** So many steps from now on, see {@link Effort}. */
  readonly budget: (steps: number) => MayGoOn
}

/** False from when a budget is used up, which is when the steps of an {@link Effort} reach `limit`. */
export interface MayGoOn {
  (): boolean
  readonly limit?: number
}

/** An authorizer that counts what all its calls cost. */
export interface CountingAuthorizer extends Authorizer {
  readonly effort: Effort
}

/** What it costs to look at a scope, and to walk its tree beside the searches, see {@link Effort}. */
const FILTER_STEPS = 5
const WALK_STEPS = 100
const always: MayGoOn = () => true

/** `numbers` are the scopes by the names that tokens carry; by default those of the tables. */
export function createAuthorizer(
  tables: OpenTables,
  rules: PathRules,
  numbers: RowsByName = rowsByName(tables.scopes),
  effort: Effort = createEffort(),
): CountingAuthorizer {
  const { hot, methods, roots, slashRoots, window } = tables
  const { basePath, extensions, pathLength } = rules
  const walk = createWalk(tables, rules.caseSensitive, effort)
  const filtered = tables.scopes.length > SCAN_THRESHOLD
  const escapes = tables.escapes || basePath !== printCanonical(basePath)

  /** The number of a method; -1 where none grants it. A loop is less than a call of `indexOf`. */
  const numberOf = (method: unknown): number => {
    for (let number = 0; number < methods.length; number++) if (methods[number] === method) return number
    return -1
  }

  /** Where the compared part of a plain path begins; -1 for a path that must take the slow path. */
  const startOf = (path: string, end: number): number => {
    if (end === 0 || end > pathLength) return -1
    let start = path.charCodeAt(0) === SLASH ? 1 : 0
    if (basePath !== '') {
      if (!path.startsWith(basePath, start)) return -1
      start += basePath.length
      if (start < end && path.charCodeAt(start++) !== SLASH) return -1
    }
    return start
  }

  /** Where it ends, extensions stripped; -1 for a path that must take the slow path. */
  const endOf = (path: string, start: number, before: number): number => {
    let end = before
    for (let index = 0; index < extensions.length; index++) {
      const extension = extensions[index] as string
      const dot = end - extension.length - 1
      if (dot >= start && path.charCodeAt(dot) === DOT && path.startsWith(extension, dot + 1)) {
        end = dot
        index = -1
      }
    }
    // What is left must not be a dot segment; a slash that is left is seen with the ending.
    return end < before && path.charCodeAt(end - 1) === DOT ? -1 : end
  }

  const beginningOf = (path: string, start: number, end: number): number => {
    const at = start + window
    if (!filtered || at >= end) return 0
    return filterBit(path.charCodeAt(at), at + 1 < end ? path.charCodeAt(at + 1) : 0)
  }

  /** The bit of the ending; -1 for a path that must take the slow path, for a slash at its end. */
  const endingOf = (path: string, start: number, end: number): number => {
    if (end === start) return 0
    const last = path.charCodeAt(end - 1)
    if (last === SLASH) return -1
    return filtered ? filterBit(last, end - 2 >= start ? path.charCodeAt(end - 2) : 0) : 0
  }

  /** Whether a plain path that matched is allowed verbatim; false sends it to the slow path. */
  const isPlain = (matched: number, path: string, end: number): boolean => {
    const first = path.charCodeAt(0)
    // Without a slash in front it may be another form of request target.
    if (first !== SLASH && (first === DOT || first === STAR || path.includes(':'))) return false
    // An escape that a pattern keeps is one character there, which raw text could hold, too.
    if (escapes) return isClean(path, 0, end)
    return matched === LITERAL || isClean(path, matched, end)
  }

  const slowPath = (ids: readonly number[], number: number, path: string): boolean =>
    allowsNumber(ids, number, readPath(path, rules), always)

  const allows: Authorizer['allows'] = (ids, method, reading, mayGoOn = always) =>
    allowsNumber(ids, numberOf(method), reading, mayGoOn)

  const allowsNumber = (
    ids: readonly number[],
    number: number,
    reading: PathReading,
    mayGoOn: MayGoOn,
  ): boolean => {
    if (number < 0 || reading.refusal !== undefined || reading.path === null) return false
    const { path, withoutSlash } = reading
    if (withoutSlash === undefined) return someMatch(roots, ids, number, path, mayGoOn)
    // The slash at the end may be dropped by a server: a pattern must ask for it, or both be granted.
    if (someMatch(slashRoots, ids, number, path, mayGoOn)) return true
    return (
      withoutSlash !== null &&
      someMatch(roots, ids, number, path, mayGoOn) &&
      someMatch(roots, ids, number, withoutSlash, mayGoOn)
    )
  }

  /** Whether a tree of one of the scopes has the path; the filters are for plain paths and canonical ones alike. */
  const someMatch = (
    from: Int32Array,
    ids: readonly number[],
    number: number,
    path: string,
    mayGoOn: MayGoOn,
  ): boolean => {
    const end = path.length
    const beginning = beginningOf(path, 0, end)
    const ending = endingOf(path, 0, end)
    effort.limit = mayGoOn.limit ?? Number.POSITIVE_INFINITY
    try {
      return ids.some((id) => {
        const root = from[id] as number
        effort.steps += FILTER_STEPS
        if (root < 0 || !mayGoOn()) return false
        if (ending >= 0 && !mayMatch(hot, (id * methods.length + number) * FILTER_WORDS, beginning, ending))
          return false
        effort.steps += WALK_STEPS + (end >> 3)
        return walk(root, number, path, 0, end) !== NONE
      })
    } finally {
      effort.limit = Number.POSITIVE_INFINITY
    }
  }

  const authorizeIds = (ids: readonly number[], method: unknown, path: unknown): boolean => {
    const number = numberOf(method)
    if (number < 0 || typeof path !== 'string') return false
    const query = path.indexOf('?')
    const whole = query < 0 ? path.length : query
    const start = startOf(path, whole)
    const end = start < 0 ? -1 : extensions.length === 0 ? whole : endOf(path, start, whole)
    const ending = end < 0 ? -1 : endingOf(path, start, end)
    if (ending < 0) return slowPath(ids, number, path)
    const beginning = beginningOf(path, start, end)
    // By index: leaving a loop over an iterator early calls what may have been written to its prototype.
    // eslint-disable-next-line @typescript-eslint/prefer-for-of -- no iterator, see above
    for (let index = 0; index < ids.length; index++) {
      const id = ids[index] as number
      if (!mayMatch(hot, (id * methods.length + number) * FILTER_WORDS, beginning, ending)) continue
      const matched = walk(roots[id] as number, number, path, start, end)
      if (matched === NONE) continue
      return isPlain(matched, path, end) || slowPath(ids, number, path)
    }
    return hasEscape(path, whole) && slowPath(ids, number, path)
  }

  const idsOf = (scopes: unknown): readonly number[] => {
    const ids = new Set<number>()
    for (const name of scopeNames(scopes) ?? []) {
      const id = numbers.get(name)
      if (id !== undefined) ids.add(id)
    }
    return [...ids]
  }

  /** As `authorizeIds`, with the names looked up one by one, so that the first match ends the search. */
  const authorizeList = (scopes: readonly unknown[], method: unknown, path: string): boolean => {
    const number = numberOf(method)
    if (number < 0) return false
    const query = path.indexOf('?')
    const whole = query < 0 ? path.length : query
    const start = startOf(path, whole)
    const end = start < 0 ? -1 : extensions.length === 0 ? whole : endOf(path, start, whole)
    const ending = end < 0 ? -1 : endingOf(path, start, end)
    if (ending < 0) return slowPath(idsOf(scopes), number, path)
    const beginning = beginningOf(path, start, end)
    for (let index = 0; index < scopes.length; index++) {
      const id = numbers.get(scopes[index] as string)
      if (id === undefined) continue
      if (!mayMatch(hot, (id * methods.length + number) * FILTER_WORDS, beginning, ending)) continue
      const matched = walk(roots[id] as number, number, path, start, end)
      // A name that is not the list's own came from a polluted prototype.
      if (matched === NONE || !Object.hasOwn(scopes, index)) continue
      return isPlain(matched, path, end) || slowPath(idsOf(scopes), number, path)
    }
    return hasEscape(path, whole) && slowPath(idsOf(scopes), number, path)
  }

  const authorize = (scopes: unknown, method: unknown, path: unknown): boolean => {
    if (typeof path !== 'string') return false
    try {
      if (Array.isArray(scopes) && scopes.length <= MANY_NAMES) return authorizeList(scopes, method, path)
    } catch {
      // A proxy in the place of a list may throw; whatever it is, it grants nothing.
      return false
    }
    return authorizeIds(idsOf(scopes), method, path)
  }

  const budget = (steps: number): MayGoOn => {
    const limit = effort.steps + steps
    return Object.assign(() => effort.steps < limit, { limit })
  }

  return { authorize, idsOf, authorizeIds, allows, budget, effort }
}

/** In front of the query. */
function hasEscape(path: string, end: number): boolean {
  const escape = path.indexOf('%')
  return escape >= 0 && escape < end
}

/** The filters of a scope and a method, see {@link FILTER_WORDS}; without a branch that could be foretold wrongly. */
export function mayMatch(hot: Int32Array, row: number, beginning: number, ending: number): boolean {
  const anchored = ((hot[row] as number) >>> beginning) & ((hot[row + 1] as number) >>> ending)
  return ((anchored | ((hot[row + 2] as number) >>> ending)) & 1) !== 0
}
