/** The runtime of compiled tables with `wildcard: any`. */
import type { Endpoints } from '../decision/endpoints.ts'
import { createPolicyAuthorizer, type PolicyAuthorizer } from '../decision/policy-authorizer.ts'
import { createQueries, type PolicyQueries } from '../decision/queries.ts'
import { treeInclusion } from '../decision/tree-inclusion.ts'
import { matchesRuns } from '../matcher/pattern-matcher.ts'
import { itemsOf, type List, type OpenTables } from '../matcher/tables.ts'
import { foldCase, printCanonical } from '../pattern/canonical.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { ENTRY_STEPS, readEntries } from './entries.ts'

/** `lists` has the entries of each scope, in the order of the scopes' numbers. */
export function openTrees(
  tables: OpenTables,
  lists: List<string>,
  rules: PathRules,
  authorizer: PolicyAuthorizer = createPolicyAuthorizer(tables, rules),
  extend: (endpoints: Endpoints) => Endpoints = (same) => same,
): PolicyQueries {
  const { effort } = authorizer
  const listAt = itemsOf(lists)
  const compared = (text: string): string => (rules.caseSensitive ? text : foldCase(text))
  const endpoints: Endpoints = {
    inclusion: treeInclusion(tables, authorizer),
    granting: (scope, method, path, mayGoOn) =>
      readEntries(listAt(scope) as string)
        .filter(({ methods, text }) => {
          effort.steps += ENTRY_STEPS + (path.length >> 2)
          return mayGoOn() && methods.includes(method) && matchesRuns(compared(text).split('*'), path)
        })
        .map(({ text }) => ({ endpoint: printCanonical(text) || '/' })),
  }
  return createQueries(tables.scopes, tables.methods, authorizer, extend(endpoints))
}
