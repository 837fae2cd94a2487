/**
 * The runtime of compiled policies with names, combinations, aliases or a baseline: the others with what these words
 * mean added. A separate runtime, so that policies without them carry none of it.
 */
import type { Effort } from '../automaton/effort.ts'
import { type Deprecated, explainDeprecated } from '../decision/deprecated.ts'
import type { Endpoints } from '../decision/endpoints.ts'
import { shownPath } from '../decision/explain.ts'
import { heldScopes, type HeldScopes } from '../decision/held-scopes.ts'
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

/** {@link More} as it is looked up, each part made for all scopes or for the one that is asked about. */
export interface OpenMore {
  readonly held: (effort: Effort) => HeldScopes
  readonly names: { readonly tables: OpenTables; readonly endpoints: List<string> } | null
  readonly requestAs: Pick<ReadonlyMap<string, string>, 'get'>
  readonly deprecated: Deprecated
}

/** {@link More} with its tables as arrays. */
export interface UnpackedMore extends Omit<More, 'names'> {
  readonly names: { readonly tables: Tables; readonly endpoints: readonly string[] } | null
}

/** `rows` are those of the tables of endpoints. */
export function unpackMore({ holding, names, requestAs, deprecated }: More, rows: List<string>): OpenMore {
  return {
    held: (effort) => heldScopes(rows, holding ?? undefined, undefined, effort),
    names: names && { ...names, tables: unpackTables(names.tables) },
    requestAs: new Map(Object.entries(requestAs)),
    deprecated: new Set(deprecated),
  }
}

export function openMore(
  tables: OpenTables,
  lists: List<string>,
  rules: PathRules,
  { held, names, requestAs, deprecated }: OpenMore,
): OpenedMore {
  const nameTables = names?.tables
  const nameEntriesAt = names && itemsOf(names.endpoints)
  const authorizer = createPolicyAuthorizer(tables, rules, held, nameTables)
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
    explain: explainDeprecated(queries, deprecated),
    requestAs: (scope) => requestAs.get(scope) ?? scope,
    scopeCount: authorizer.held.scopeCount,
  }
}
