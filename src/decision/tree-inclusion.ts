/** Inclusion of the scopes of tables, loaded or compiled: what a scope grants is read from its tree. */
import { type TreeGrant, treeReader } from '../matcher/read-trees.ts'
import type { Tables } from '../matcher/tables.ts'
import type { CountingAuthorizer, MayGoOn } from './authorize.ts'
import { type ComparedGrant, type Contains, inclusion } from './narrowest.ts'

/** What one end of a tree costs to read. */
const GRANT_STEPS = 100

export type ComparedTreeGrant = ComparedGrant & Pick<TreeGrant, 'automaton'>

/** For `wildcard: any`, see {@link inclusion}. */
export function treeInclusion(
  tables: Tables,
  authorizer: Pick<CountingAuthorizer, 'allows' | 'effort'>,
): (mayGoOn: MayGoOn) => Contains {
  return inclusion(tables.scopes.length, treeGrants(tables), authorizer)
}

/** The grants of a scope. */
export function treeGrants(tables: Tables): (scope: number) => readonly ComparedTreeGrant[] {
  const read = treeReader(tables)
  return (scope) =>
    read(tables.roots[scope] as number).map((grant) => ({
      ...grant,
      steps: GRANT_STEPS,
      key: `${grant.set} ${grant.automaton} ${grant.text}`,
    }))
}
