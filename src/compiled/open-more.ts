/**
 * The runtime of compiled policies with names, combinations, aliases or a baseline: the others with what these words
 * mean added. A separate runtime, so that policies without them carry none of it.
 */
import { explainDeprecated } from '../decision/deprecated.ts'
import type { Endpoints } from '../decision/endpoints.ts'
import { shownPath } from '../decision/explain.ts'
import { bothInclusions } from '../decision/narrowest.ts'
import { createPolicyAuthorizer } from '../decision/policy-authorizer.ts'
import type { PolicyQueries } from '../decision/queries.ts'
import { treeInclusion } from '../decision/tree-inclusion.ts'
import { isNameMethod } from '../language/scope-fields.ts'
import { matchesRuns } from '../matcher/pattern-matcher.ts'
import { itemsOf, type List, type OpenTables, type Tables } from '../matcher/tables.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { openAutomata } from './automata.ts'
import type { More } from './data.ts'
import { ENTRY_STEPS, readEntries } from './entries.ts'
import { unpackTables } from './tables.ts'
import { openTrees } from './trees.ts'

export interface OpenedMore extends PolicyQueries {
  readonly requestAs: (scope: string) => string
  /** How many of the rows of the tables are scopes. */
  readonly scopeCount: number
}

/** {@link More} with its tables as arrays. */
export interface OpenMore extends Omit<More, 'names'> {
  readonly names: { readonly tables: OpenTables; readonly endpoints: List<string> } | null
}

/** {@link OpenMore} in arrays. */
export interface UnpackedMore extends OpenMore {
  readonly names: { readonly tables: Tables; readonly endpoints: readonly string[] } | null
}

export function unpackMore(more: More): UnpackedMore {
  const { names } = more
  return { ...more, names: names && { ...names, tables: unpackTables(names.tables) } }
}

export function openMore(
  tables: OpenTables,
  lists: List<string>,
  rules: PathRules,
  { holding, names, requestAs, deprecated }: OpenMore,
): OpenedMore {
  const nameTables = names?.tables
  const nameEntriesAt = names && itemsOf(names.endpoints)
  const authorizer = createPolicyAuthorizer(tables, rules, holding ?? undefined, nameTables)
  const { effort } = authorizer
  const extend = (endpoints: Endpoints): Endpoints => ({
    inclusion:
      nameTables === undefined || authorizer.names === undefined
        ? endpoints.inclusion
        : bothInclusions(endpoints.inclusion, treeInclusion(nameTables, authorizer.names)),
    granting: (row, method, path, mayGoOn) => {
      if (!isNameMethod(method)) return endpoints.granting(row, method, path, mayGoOn)
      return readEntries(nameEntriesAt?.(row) ?? '')
        .filter(({ methods, text }) => {
          effort.steps += ENTRY_STEPS + (path.length >> 2)
          return mayGoOn() && methods.includes(method) && matchesRuns(text.split('*'), path)
        })
        .map(({ text }) => ({ endpoint: shownPath(method, text) }))
    },
  })
  const open = rules.wildcard === 'segment' ? openAutomata : openTrees
  const queries = open(tables, lists, rules, authorizer, extend)
  return {
    ...queries,
    explain: explainDeprecated(queries, new Set(deprecated)),
    requestAs: (scope) => (Object.hasOwn(requestAs, scope) ? (requestAs[scope] as string) : scope),
    scopeCount: authorizer.held.scopeCount,
  }
}
