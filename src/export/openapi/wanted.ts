/**
 * Which sets of scopes are enough for each operation, by a policy: what `security` should say.
 *
 * Asked of `coverage`, which decides on automata: a scope counts if it opens every request of the operation. Sets
 * of several scopes are those of combinations; the empty set is the baseline. `security` cannot say that a scope
 * opens a part of an operation, or that no token may call it.
 */
import { internalsOf } from '../../decision/internals.ts'
import type { Policy } from '../../decision/types.ts'
import { coverageOf, type CoverageOptions } from '../../openapi/compare/coverage.ts'
import type { Alternative, ApiDescription } from '../../openapi/model.ts'

/** Sets of scopes, each enough by itself; none where nothing is. */
export type Wanted = readonly (readonly string[])[]

/** A name that no scope of a policy has: a token with it alone holds the baseline. */
const NOBODY = '$baseline'

/** In the order of `description.operations`. Throws `TypeError` for what is not a loaded policy. */
export function wantedSecurity(
  policy: Policy,
  description: ApiDescription,
  options: CoverageOptions,
): readonly Wanted[] {
  const data = internalsOf(policy)?.data
  if (data === undefined) throw new TypeError('not a loaded policy')
  const { operations } = coverageOf(policy, description, options)
  const sets = [...data.combinations.values()].map(({ scopes }) => scopes)
  if (data.baseline !== undefined) sets.unshift([NOBODY])
  const enough = sets.length === 0 ? undefined : enoughSets(policy, description, options, sets)
  return operations.map(({ scopes }, index): Wanted => {
    const together = enough?.[index] ?? []
    if (together[0]?.[0] === NOBODY) return [[]]
    const alone = scopes.filter(({ reach }) => reach === 'full').map(({ scope }) => scope)
    return [
      ...alone.map((scope) => [scope]),
      ...together.filter((set) => !set.some((scope) => alone.includes(scope))),
    ]
  })
}

/** For each operation those of the sets that open all of it. */
function enoughSets(
  policy: Policy,
  description: ApiDescription,
  options: CoverageOptions,
  sets: readonly (readonly string[])[],
): readonly Wanted[] {
  const security = sets.map((scopes): Alternative => ({ kind: 'scopes', scopes, others: false }))
  const operations = description.operations.map((operation) => ({ ...operation, security }))
  const asked = coverageOf(policy, { ...description, operations }, options)
  return asked.operations.map(({ unmet }) =>
    sets.filter((set) => !unmet.some(({ scopes }) => scopes.join(' ') === set.join(' '))),
  )
}
