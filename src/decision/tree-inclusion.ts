/** Inclusion of the scopes of tables, loaded or compiled: what a scope grants is read from its tree. */
import type { Effort } from '../automaton/effort.ts'
import { type TreeGrant, treeReader } from '../matcher/read-trees.ts'
import type { OpenTables } from '../matcher/tables.ts'
import type { CountingAuthorizer, MayGoOn } from './authorize.ts'
import { type ComparedGrant, type Contains, type GrantsOf, inclusion } from './narrowest.ts'

/** What one end of a tree costs to read, beside each character of its text. */
const GRANT_STEPS = 150

export type ComparedTreeGrant = ComparedGrant & Pick<TreeGrant, 'automaton'>

/** For `wildcard: any`, see {@link inclusion}. */
export function treeInclusion(
  tables: OpenTables,
  authorizer: Pick<CountingAuthorizer, 'allows' | 'effort'>,
): (mayGoOn: MayGoOn) => Contains {
  return inclusion(tables.scopes.length, treeGrants(tables, authorizer.effort), authorizer)
}

/** The grants of a scope; `stepsOf` counts more for one of them. */
export function treeGrants(
  tables: OpenTables,
  effort: Effort,
  stepsOf: (grant: TreeGrant) => number = () => 0,
): GrantsOf<ComparedTreeGrant> {
  const read = treeReader(tables)
  return (scope, mayGoOn) => {
    const keep = (grant: TreeGrant): boolean => {
      effort.steps += GRANT_STEPS + grant.text.length + stepsOf(grant)
      return mayGoOn()
    }
    return read(tables.roots[scope] as number, keep).map((grant) => ({
      ...grant,
      key: `${grant.automaton} ${grant.text}`,
    }))
  }
}
