/**
 * Which of the scopes that a person may refuse are a choice: a box that changes nothing must not be shown
 * as one, nor may a scope be called declined while all that it opens is granted.
 *
 * A scope marked as `optional` is included where scopes that are granted in any case open all that it does,
 * alone or together. Other optional scopes may do so as soon as they are ticked; of these every one that
 * does it alone is found (beside what is granted in any case), and one way to do it with several together.
 * What opens nothing of the API keeps its box: it means something that is not written here.
 *
 * What stays undecided within the budget is a choice.
 */
import type { Policy } from '../../decision/types.ts'
import { grantsIn } from './access.ts'
import { GrantingScopes, Inclusion } from './inclusion.ts'
import type { ConsentItem, ConsentScope } from './types.ts'

/** What is not a free choice: `optional` is false where it is granted in any case. */
export type Choice = Pick<ConsentItem, 'optional'> & Required<Pick<ConsentItem, 'includedIn'>>

type Asked = Pick<ConsentItem, 'scope' | 'optional' | 'access'>

/** By scope; of those marked as optional only those that others include. */
export function choices(
  policy: Policy,
  asked: readonly Asked[],
  granted: readonly Pick<ConsentScope, 'scope'>[],
): ReadonlyMap<string, Choice> {
  const offered = asked.filter(({ optional, access }) => optional && grantsIn(access).length > 0)
  if (offered.length === 0) return new Map()
  const names = new Set([...asked.filter(({ optional }) => !optional), ...granted].map(({ scope }) => scope))
  const certain = [...policy.scopes.keys()].filter((name) => names.has(name))
  const reader = new Choices(
    policy,
    certain,
    offered.map(({ scope }) => scope),
  )
  return new Map(
    offered.flatMap(({ scope }) => {
      const choice = reader.of(scope)
      return choice === null ? [] : [[scope, choice]]
    }),
  )
}

class Choices {
  readonly #policy: Policy
  readonly #certain: readonly string[]
  readonly #offered: readonly string[]
  readonly #inclusion: Inclusion
  readonly #certainHalves: GrantingScopes
  readonly #offeredHalves: GrantingScopes

  constructor(policy: Policy, certain: readonly string[], offered: readonly string[]) {
    this.#policy = policy
    this.#certain = certain
    this.#offered = offered
    this.#inclusion = new Inclusion(policy)
    this.#certainHalves = new GrantingScopes(policy, certain)
    this.#offeredHalves = new GrantingScopes(policy, offered)
  }

  of(scope: string): Choice | null {
    const alone = this.#certainHalves
      .allowing(this.#inclusion.discriminatingWitness(scope))
      .find((other) => this.#inclusion.addsNothing(scope, [other]))
    if (alone !== undefined) return { optional: false, includedIn: [[alone]] }
    if (this.#inclusion.addsNothing(scope, this.#certain)) {
      return { optional: false, includedIn: [this.#fewest(scope, this.#certain, [])] }
    }
    const includedIn = this.#whenTicked(scope)
    return includedIn.length === 0 ? null : { optional: true, includedIn }
  }

  #whenTicked(scope: string): readonly (readonly string[])[] {
    const { authorize } = this.#policy.grant(this.#certain)
    const others = this.#offeredHalves
      .allowing(this.#inclusion.discriminatingWitness(scope, authorize))
      .filter((other) => other !== scope)
    const alone = others.filter(
      (other) =>
        this.#inclusion.addsNothing(scope, [other]) ||
        this.#inclusion.addsNothing(scope, [...this.#certain, other]),
    )
    const rest = this.#offered.filter((other) => other !== scope && !alone.includes(other))
    const together =
      others.length > alone.length && this.#inclusion.addsNothing(scope, [...this.#certain, ...rest])
    return [...alone.map((other) => [other]), ...(together ? [this.#fewest(scope, rest, this.#certain)] : [])]
  }

  /** Some of `names` that suffice beside `others`: none of them can be left out, but of very many. */
  #fewest(scope: string, names: readonly string[], others: readonly string[]): readonly string[] {
    let left = names
    for (const name of names.slice(0, MAX_TRIED)) {
      const without = left.filter((one) => one !== name)
      if (this.#inclusion.addsNothing(scope, [...others, ...without])) left = without
    }
    return left
  }
}

const MAX_TRIED = 64
