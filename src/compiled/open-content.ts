/** Content whose tables can be trusted, as a policy that decides: what all ways to it end in. */
import type { CompiledPolicy } from '../decision/named.ts'
import type { PolicyQueries } from '../decision/queries.ts'
import { withDenial } from '../decision/with-denial.ts'
import { itemsOf, type List, type OpenTables } from '../matcher/tables.ts'
import { openAutomata } from './automata.ts'
import { type OpenMore, openMore } from './open-more.ts'
import type { PolicyContent } from './to-compiled.ts'
import { openTrees } from './trees.ts'

/** {@link PolicyContent} whose lists may be lazy. */
export interface OpenContent extends Pick<PolicyContent, 'fingerprint' | 'rules'> {
  readonly tables: OpenTables
  readonly endpoints: List<string>
  readonly more?: OpenMore
}

export interface OpenedContent extends Pick<PolicyQueries, 'idsOf'> {
  readonly policy: CompiledPolicy
}

/** Does nothing for each scope or endpoint where the lists are lazy. */
export function openContent({ fingerprint, rules, tables, endpoints, more }: OpenContent): OpenedContent {
  const open = rules.wildcard === 'segment' ? openAutomata : openTrees
  const { judge, idsOf, read, scopeCount, ...queries } =
    more === undefined
      ? {
          ...open(tables, endpoints, rules),
          requestAs: (scope: string) => scope,
          scopeCount: tables.scopes.length,
        }
      : openMore(tables, endpoints, rules, more)
  const nameAt = itemsOf(tables.scopes)
  let scopes: readonly string[] | undefined
  const policy = {
    ...queries,
    get scopes(): readonly string[] {
      return (scopes ??= Object.freeze(Array.from({ length: scopeCount }, (_, row) => nameAt(row) as string)))
    },
    fingerprint,
  }
  return { policy: Object.freeze(withDenial(policy, { judge, idsOf, read })), idsOf }
}
