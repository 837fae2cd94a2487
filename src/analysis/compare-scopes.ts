import type { Budget } from '../automaton/search-budget.ts'
import type { Policy } from '../decision/types.ts'
import { searchBudgetFor } from './search-budget-for.ts'
import { type Answer, type Answers, compareRequestSets, GOALS, isWitness } from './compare-request-sets.ts'
import type { InterpretedEndpoint } from '../policy/policy-data.ts'
import { commonName, nameGains } from './name-gains.ts'
import { type RequestSets, requestSetsOf } from './request-sets.ts'
import type { Comparison, Relation, Witness } from './types.ts'

/**
 * How the requests that scope `a` alone allows compare with those of scope `b` alone. Exact over all
 * accepted paths up to the length limit, all methods, options and `includes`: `superset` without `onlyInB`
 * is a proof that there is no such request. Witnesses are the shortest possible, but where the budget ends
 * the search for a shorter one: they are true all the same.
 *
 * Throws `RangeError` for a scope that the policy does not have.
 */
export function compareScopes(policy: Policy, a: string, b: string, budget?: Budget): Comparison {
  const sets = requestSetsOf(policy)
  const [left, right] = [sets.of(a), sets.of(b)]
  const answers = compareRequestSets(left, right, GOALS, searchBudgetFor(budget))
  return toComparison(withNames(answers, sets, a, b))
}

/** Questions that paths do not answer with a request, answered by names. */
function withNames(answers: Answers, sets: RequestSets, a: string, b: string): Answers {
  const namesOf = (scope: string): readonly InterpretedEndpoint[] => sets.namesOf(sets.rows([scope]))
  const [mine, theirs] = [namesOf(a), namesOf(b)]
  const allows =
    (scope: string) =>
    (method: string, name: string): boolean =>
      sets.policy.authorize([scope], method, name)
  const only = (
    from: readonly InterpretedEndpoint[],
    by: string,
    other: readonly InterpretedEndpoint[],
    to: string,
  ): Answer => {
    const { endpoints, undecided } = nameGains(from, other, allows(by), allows(to))
    return endpoints[0]?.witness ?? (undecided === undefined ? null : { undecided })
  }
  const both: typeof answers.inBoth = commonName(
    mine,
    theirs,
    (method, name) => allows(a)(method, name) && allows(b)(method, name),
  )
  const or = (path: Answer, name: Answer): Answer =>
    isWitness(path) ? path : isWitness(name) ? name : (path ?? name)
  return {
    onlyInA: or(answers.onlyInA, only(mine, a, theirs, b)),
    onlyInB: or(answers.onlyInB, only(theirs, b, mine, a)),
    inBoth: or(answers.inBoth, both),
  }
}

function toComparison(answers: Answers): Comparison {
  const relation = relationOf(answers)
  const [reason] = GOALS.map((goal) => answers[goal]).flatMap((answer) =>
    answer !== null && 'undecided' in answer ? [answer.undecided] : [],
  )
  const witness = (goal: keyof Answers): Partial<Record<keyof Answers, Witness>> => {
    const answer = answers[goal]
    return isWitness(answer) ? { [goal]: answer } : {}
  }
  return {
    relation,
    ...witness('onlyInA'),
    ...witness('onlyInB'),
    ...witness('inBoth'),
    // Of disjoint scopes it is not needed.
    ...(relation !== 'disjoint' && reason !== undefined && { reason }),
  }
}

function relationOf({ onlyInA, onlyInB, inBoth }: Answers): Relation {
  if (onlyInA === null && onlyInB === null) return 'equal'
  // With nothing in common, one witness is enough against `equal`.
  if (inBoth === null) return isWitness(onlyInA) || isWitness(onlyInB) ? 'disjoint' : 'undecided'
  if (isOpen(onlyInA) || isOpen(onlyInB) || isOpen(inBoth)) return 'undecided'
  if (onlyInB === null) return 'superset'
  return onlyInA === null ? 'subset' : 'partial'
}

function isOpen(answer: Answers['onlyInA']): boolean {
  return answer !== null && 'undecided' in answer
}
