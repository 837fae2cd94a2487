/**
 * A policy as rows of grants, each with the names that a token must carry: what targets are written from.
 *
 * Aliases, `includes` and combinations are resolved here by the code that decides, so a target only has to say
 * "all of these groups, of each group any name".
 */
import { heldScopes, numbersOf } from '../decision/held-scopes.ts'
import { internalsOf } from '../decision/internals.ts'
import { holdingOf } from '../policy/holding.ts'
import { nameGrants } from '../policy/name-grants.ts'
import type { InterpretedEndpoint } from '../policy/policy-data.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Unexpressed } from './model.ts'

export interface Row {
  /** The scope, the key of the combination, or `$baseline`. */
  readonly name: string
  /** A token holds the row if it has a name of each group; without groups every token does. */
  readonly groups: readonly (readonly string[])[]
  /** Without those that no request can match. */
  readonly paths: readonly InterpretedEndpoint[]
  readonly names: readonly InterpretedEndpoint[]
}

export interface PolicyRows {
  readonly rules: PathRules
  readonly rows: readonly Row[]
}

/** Throws `TypeError` for what is not a loaded policy. */
export function rowsOf(policy: unknown): PolicyRows {
  const internals = internalsOf(policy)
  if (internals === undefined) throw new TypeError('not a loaded policy')
  const { data } = internals
  const names = [...data.grants.keys()]
  const named = nameGrants(data)
  const holding = holdingOf(data)
  const numbers = numbersOf(names, holding)
  const { providers, scopeCount } = heldScopes(names, holding, numbers)
  const carriers = new Map<number, string[]>()
  for (const [name, id] of numbers) carriers.set(id, [...(carriers.get(id) ?? []), name])
  const groupsOf = (id: number): readonly (readonly string[])[] => {
    if (id < scopeCount) return [carriers.get(id) ?? []]
    const members = providers.get(id) ?? []
    return members.map((ids) => [...new Set(ids.flatMap((one) => carriers.get(one) ?? []))])
  }
  const alive = (list: readonly InterpretedEndpoint[] = []): readonly InterpretedEndpoint[] =>
    list.filter(({ pattern }) => pattern.meaning.kind !== 'never')
  const rows = names.map((name, id) => ({
    name,
    groups: groupsOf(id),
    paths: alive(data.grants.get(name)),
    names: alive(named?.get(name)),
  }))
  // A group without names is a scope that the policy does not have: no token holds that row.
  return { rules: data.rules, rows: rows.filter(({ groups }) => groups.every((group) => group.length > 0)) }
}

/** For targets that do not see names of tools, prompts and resources. */
export function namesLeftOut({ rows }: PolicyRows, reason: string): readonly Unexpressed[] {
  return rows.flatMap((row) =>
    row.names.map(({ pattern }) => ({ row: row.name, pattern: pattern.text, reason })),
  )
}
