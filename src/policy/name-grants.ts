/**
 * The names that the rows of a policy grant, in the form of endpoints: a pattern with the one method of its field.
 */
import { BASELINE, NAME_FIELDS, SCOPE_FIELDS } from '../language/scope-fields.ts'
import { readNamePattern } from '../pattern/name.ts'
import { withIncluded } from './includes.ts'
import type { Grants } from './model.ts'
import type { InterpretedEndpoint, PolicyData } from './policy-data.ts'

/** By row, as `PolicyData.grants`; undefined for a policy that grants no names. */
export function nameGrants(
  data: Pick<PolicyData, 'scopes' | 'combinations' | 'baseline'>,
): ReadonlyMap<string, readonly InterpretedEndpoint[]> | undefined {
  const { scopes, combinations, baseline } = data
  const own = new Map<string, readonly InterpretedEndpoint[]>()
  const add = (row: string, grants: Grants): void => {
    own.set(row, interpreted(grants))
  }
  for (const [name, scope] of scopes) add(name, scope)
  for (const [key, combination] of combinations) add(key, combination)
  if (baseline !== undefined) add(BASELINE, baseline)
  if ([...own.values()].every((list) => list.length === 0)) return undefined
  return new Map(
    [...own.keys()].map((row) => [row, withIncluded(row, scopes).flatMap((name) => own.get(name) ?? [])]),
  )
}

/** The names of one scope or combination. */
export function interpreted(grants: Grants): readonly InterpretedEndpoint[] {
  return NAME_FIELDS.flatMap((field) => {
    const { method } = SCOPE_FIELDS[field]
    const methods = METHOD_LISTS[field]
    // A polluted prototype grants nothing.
    const own = Object.hasOwn(grants, field) ? (grants[field] ?? []) : []
    return own.map(({ pattern, span }) => ({
      endpoint: { pattern, methods, ...(span !== undefined && { span }) },
      pattern: readNamePattern(method, pattern),
    }))
  })
}

/** One list for each method: whoever packs grants compares lists by identity first. */
const METHOD_LISTS = Object.fromEntries(
  NAME_FIELDS.map((field) => [field, Object.freeze([SCOPE_FIELDS[field].method])]),
) as unknown as Readonly<Record<(typeof NAME_FIELDS)[number], readonly string[]>>
