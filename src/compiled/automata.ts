/** The runtime of compiled tables with `wildcard: segment`. */
import { automatonInclusion } from '../decision/automaton-inclusion.ts'
import type { Endpoints } from '../decision/endpoints.ts'
import { createPolicyAuthorizer, type PolicyAuthorizer } from '../decision/policy-authorizer.ts'
import { createQueries, type PolicyQueries } from '../decision/queries.ts'
import { createAutomatonRunner } from '../matcher/run-automaton.ts'
import { itemsOf, type List, type OpenTables } from '../matcher/tables.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { ENTRY_STEPS, readEntries } from './entries.ts'

/**
 * As `openTrees`; the text of an entry is the number of the automaton and the pattern. -1 is the pattern of the
 * root, which matches the empty path only.
 */
export function openAutomata(
  tables: OpenTables,
  lists: List<string>,
  rules: PathRules,
  authorizer: PolicyAuthorizer = createPolicyAuthorizer(tables, rules),
  extend: (endpoints: Endpoints) => Endpoints = (same) => same,
): PolicyQueries {
  const { effort } = authorizer
  const listAt = itemsOf(lists)
  const run = createAutomatonRunner(tables.automata, effort)
  const matches = (automaton: number, path: string): boolean =>
    automaton < 0 ? path === '' : run(automaton, path, 0, path.length)
  const endpoints: Endpoints = {
    inclusion: automatonInclusion(tables, authorizer),
    granting: (scope, method, path, mayGoOn) =>
      readEntries(listAt(scope) as string)
        .filter(({ methods, text }) => {
          effort.steps += ENTRY_STEPS
          return mayGoOn() && methods.includes(method) && matches(Number.parseInt(text), path)
        })
        .map(({ text }) => ({ endpoint: text.slice(text.indexOf(' ') + 1) })),
  }
  return createQueries(tables.scopes, tables.methods, authorizer, extend(endpoints))
}
