/** The runtime of compiled tables with `wildcard: any`. */
import { createPolicyAuthorizer } from '../decision/policy-authorizer.ts'
import { createQueries, type PolicyQueries } from '../decision/queries.ts'
import { treeInclusion } from '../decision/tree-inclusion.ts'
import { matchesRuns } from '../matcher/pattern-matcher.ts'
import type { Tables } from '../matcher/tables.ts'
import { foldCase, printCanonical } from '../pattern/canonical.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { ENTRY_STEPS, readEntries } from './entries.ts'

/** `lists` has the entries of each scope, in the order of the scopes' numbers. */
export function openTrees(tables: Tables, lists: readonly string[], rules: PathRules): PolicyQueries {
  const authorizer = createPolicyAuthorizer(tables, rules)
  const { effort } = authorizer
  const compared = (text: string): string => (rules.caseSensitive ? text : foldCase(text))
  return createQueries(tables.scopes, tables.methods, authorizer, {
    inclusion: treeInclusion(tables, authorizer),
    granting: (scope, method, path, mayGoOn) =>
      readEntries(lists[scope] as string)
        .filter(({ methods, text }) => {
          effort.steps += ENTRY_STEPS + (path.length >> 2)
          return mayGoOn() && methods.includes(method) && matchesRuns(compared(text).split('*'), path)
        })
        .map(({ text }) => ({ endpoint: printCanonical(text) || '/' })),
  })
}
