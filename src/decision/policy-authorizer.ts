/**
 * The authorizer of a whole policy: paths and names, scopes with aliases, combinations and the baseline.
 *
 * Names are decided by separate tables, under methods that no HTTP request has. So a policy without names, without
 * combinations and without a baseline is decided by {@link createAuthorizer} alone, as fast as if there were none of
 * these words.
 */
import { createEffort, type Effort } from '../automaton/effort.ts'
import { isNameMethod } from '../language/scope-fields.ts'
import type { OpenTables } from '../matcher/tables.ts'
import { readName } from '../pattern/name.ts'
import { type PathReading, type PathRules, readPath } from '../pattern/request-path.ts'
import { type CountingAuthorizer, createAuthorizer } from './authorize.ts'
import { createNameAuthorizer } from './authorize-names.ts'
import { heldScopes, type HeldScopes } from './held-scopes.ts'
import { scopeNames } from './scope-names.ts'

export interface PolicyAuthorizer extends CountingAuthorizer {
  readonly held: Pick<HeldScopes, 'scopeCount' | 'close' | 'providers'>
  /** Whether a name is that of a scope, or an alias. */
  readonly isKnown: (name: string) => boolean
  /** Reads a target or a name, as the method asks for. */
  readonly read: (method: unknown, target: string) => PathReading
  /** The authorizer of names, for what looks at tables; undefined without names. */
  readonly names: CountingAuthorizer | undefined
}

/** `open` gives what its scopes make a token hold; by default each row of the tables is a scope. */
export function createPolicyAuthorizer(
  tables: OpenTables,
  rules: PathRules,
  open: (effort: Effort) => HeldScopes = (effort) =>
    heldScopes(tables.scopes, undefined, tables.rowsByName, effort),
  nameTables?: OpenTables,
): PolicyAuthorizer {
  const effort = createEffort()
  const held = open(effort)
  const { close, numbers } = held
  const paths = createAuthorizer(tables, rules, numbers, effort)
  const names = nameTables && createNameAuthorizer(nameTables, numbers, effort)
  const read = (method: unknown, target: string): PathReading =>
    isNameMethod(method) ? readName(method, target) : readPath(target, rules)
  const isKnown = (name: string): boolean => numbers.has(name)
  if (names === undefined && close === undefined) return { ...paths, held, isKnown, read, names }

  const idsOf = (scopes: unknown): readonly number[] => {
    const given = scopeNames(scopes)
    // An absent token, or something that is none, does not even hold the baseline.
    if (given === null) return []
    const ids = paths.idsOf(given)
    return close === undefined ? ids : close(ids)
  }
  const authorizeIds: CountingAuthorizer['authorizeIds'] = (ids, method, target) => {
    if (!isNameMethod(method)) return paths.authorizeIds(ids, method, target)
    return names?.authorizeIds(ids, method, target) ?? false
  }
  return {
    ...paths,
    authorize: (scopes, method, target) => {
      if (close !== undefined) return authorizeIds(idsOf(scopes), method, target)
      if (!isNameMethod(method)) return paths.authorize(scopes, method, target)
      return names?.authorize(scopes, method, target) ?? false
    },
    idsOf,
    authorizeIds,
    allows: (ids, method, reading, mayGoOn) => {
      if (!isNameMethod(method)) return paths.allows(ids, method, reading, mayGoOn)
      return names?.allows(ids, method, reading, mayGoOn) ?? false
    },
    held,
    isKnown,
    read,
    names,
  }
}
