/**
 * Which scopes need no separate line, because another requested one opens all that they do.
 *
 * Folding must not hide anything: scopes that the person may refuse are never folded, nor does anything
 * fold into them; a scope that opens nothing of the API (`openid`) means something that is not written
 * here; and what is riskier than the scope it would go into keeps its line.
 */
import type { Policy } from '../../decision/types.ts'
import { grantsIn } from './access.ts'
import { GrantingScopes, Inclusion } from './inclusion.ts'
import { isRiskier } from './risk.ts'
import type { ConsentItem } from './types.ts'

/** By scope: the scope that it is folded into, which is not folded itself. */
export type Folding = ReadonlyMap<string, string>

type Candidate = Pick<ConsentItem, 'scope' | 'optional' | 'risk' | 'access' | 'new' | 'earlier' | 'widened'>

/** `items` in the order of the document. Of scopes that open the same the first keeps its line. */
export function fold(policy: Policy, items: readonly Candidate[]): Folding {
  const candidates = new Map(
    items
      .filter(({ optional, access }) => !optional && grantsIn(access).length > 0)
      .map((item) => [item.scope, item]),
  )
  const folded = new Map<string, string>()
  if (candidates.size < 2) return folded
  const names = [...candidates.keys()]
  const inclusion = new Inclusion(policy)
  const halves = new GrantingScopes(policy, names)
  const rootOf = (scope: string): string => {
    let root = scope
    for (let next = folded.get(root); next !== undefined; next = folded.get(root)) root = next
    return root
  }
  for (const small of [...candidates.values()].reverse()) {
    const { scope } = small
    const big = halves
      .allowing(inclusion.discriminatingWitness(scope))
      .find(
        (other) =>
          mayHold(candidates.get(other), small) &&
          rootOf(other) !== scope &&
          inclusion.completesNothing(scope, names) &&
          inclusion.holds(other, scope),
      )
    if (big !== undefined) folded.set(scope, rootOf(big))
  }
  for (const scope of folded.keys()) folded.set(scope, rootOf(scope))
  if (folded.size === 0) return folded
  const shown = names.filter((name) => !folded.has(name))
  return inclusion.matchesNothingMore(names, shown) ? folded : new Map()
}

function mayHold(big: Candidate | undefined, small: Candidate): boolean {
  if (big === undefined || big.scope === small.scope || isRiskier(small, big)) return false
  if (big.earlier !== small.earlier) return false
  return big.new === small.new && (big.widened === undefined) === (small.widened === undefined)
}
