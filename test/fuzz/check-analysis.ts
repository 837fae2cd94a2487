/**
 * The relation of two scopes against the reference: witnesses are requests that the reference decides so, and
 * where there is no witness no request of the case may be one.
 */
import type { PlainRequest } from '../arbitrary/request.ts'
import type { Policy } from '../../src/index.ts'
import type { Comparison, Relation } from '../../src/analysis/index.ts'
import type { ReferencePolicy } from '../reference/authorize.ts'
import type { Problem } from './check-request.ts'
import { judge } from './judged.ts'
import type { Judged } from './judged.ts'
import { SAFE_URI } from './names.ts'
import type { Subject } from './subject.ts'

const GOALS = [
  ['onlyInA', true, false],
  ['onlyInB', false, true],
  ['inBoth', true, true],
] as const

/** Of which requests a relation says that there are none. */
const PROVED: Readonly<Record<Relation, readonly (typeof GOALS)[number][0][]>> = {
  equal: ['onlyInA', 'onlyInB'],
  disjoint: ['inBoth'],
  superset: ['onlyInB'],
  subset: ['onlyInA'],
  partial: [],
  undecided: [],
}

/** No search may end for its time, which is not the same twice. */
const MILLISECONDS = 600_000

export function checkAnalysis(
  subject: Subject,
  policy: Policy,
  reference: ReferencePolicy,
  [a, b]: readonly [string, string],
  states: number,
  judged: readonly Judged[],
  problems: Problem[],
): Relation {
  const comparison = subject.compareScopes(policy, a, b, { states, milliseconds: MILLISECONDS })
  const say = (what: string, request: Omit<PlainRequest, 'scopes'> | undefined): void => {
    const detail = `${a} and ${b}: ${JSON.stringify(comparison)}`
    problems.push({
      check: `compareScopes: ${what}`,
      detail,
      ...(request && { request: { scopes: [a, b], method: request.method, path: request.path } }),
    })
  }
  const { relation } = comparison
  if (relation !== 'undecided' && relationOf(comparison) !== relation) say('relation', undefined)
  for (const [goal, inA, inB] of GOALS) {
    const holds = ({ request: { method }, allows }: Judged): boolean =>
      allows([a], method) === inA && allows([b], method) === inB
    const witness = comparison[goal]
    // Of other URIs the reference knows nothing.
    const isJudged = witness?.method !== 'resources/read' || SAFE_URI.test(witness.path)
    if (witness !== undefined && isJudged && !holds(judge(reference, { scopes: [], ...witness })))
      say(`${goal} is no witness`, witness)
    if (!PROVED[relation].includes(goal)) continue
    const missed = judged.find(holds)
    if (missed !== undefined) say(`${goal} is missing`, missed.request)
  }
  return relation
}

function relationOf({ onlyInA, onlyInB, inBoth }: Comparison): Relation {
  if (onlyInA === undefined && onlyInB === undefined) return 'equal'
  if (inBoth === undefined) return 'disjoint'
  if (onlyInA === undefined) return 'subset'
  return onlyInB === undefined ? 'superset' : 'partial'
}
