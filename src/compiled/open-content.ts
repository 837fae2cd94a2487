/** Content whose tables can be trusted, as a policy that decides: what all ways to it end in. */
import type { CompiledPolicy } from '../decision/named.ts'
import type { PolicyQueries } from '../decision/queries.ts'
import { withDenial } from '../decision/with-denial.ts'
import { openAutomata } from './automata.ts'
import { openMore } from './open-more.ts'
import type { PolicyContent } from './to-compiled.ts'
import { openTrees } from './trees.ts'

export interface OpenedContent extends Pick<PolicyQueries, 'idsOf'> {
  readonly policy: CompiledPolicy
}

export function openContent({ fingerprint, rules, tables, endpoints, more }: PolicyContent): OpenedContent {
  const open = rules.wildcard === 'segment' ? openAutomata : openTrees
  const { judge, idsOf, read, ...policy } =
    more === undefined
      ? {
          ...open(tables, endpoints, rules),
          requestAs: (scope: string) => scope,
          scopes: [...tables.scopes],
        }
      : openMore(tables, endpoints, rules, more)
  const whole = { ...policy, scopes: Object.freeze(policy.scopes), fingerprint }
  return { policy: Object.freeze(withDenial(whole, { judge, idsOf, read })), idsOf }
}
