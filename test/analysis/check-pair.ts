/** One random policy and what brute force says about the comparison of its two scopes. */
import type { Policy } from '../../src/index.ts'
import type { Comparison } from '../../src/analysis/index.ts'
import { compareScopes } from '../../src/analysis/index.ts'
import type { World } from './small-policies.ts'
import { documentOf, everyPath, policyFrom, randomFrom, worldOf } from './small-policies.ts'

/** What is wrong, or undefined; null when the policy does not load. */
export function checkPair(seed: number): string | undefined | null {
  const random = randomFrom(seed)
  const world = worldOf(random)
  const document = documentOf(random, world)
  const policy = policyFrom(document, world.options)
  if (policy === null) return null
  const base = (world.options['basePath'] as string | undefined) ?? ''
  const paths = everyPath(world.alphabet, depthOf(world, seed), base)
  const describe = (what: string): string =>
    `seed ${seed}: ${what}\n${JSON.stringify({ $options: world.options, ...document }, null, 1)}`
  let comparison: Comparison
  try {
    comparison = compareScopes(policy, 's0', 's1')
  } catch (error) {
    return describe(String(error))
  }
  const problem = problemOf(policy, comparison, paths)
  return problem === undefined ? undefined : describe(`${JSON.stringify(comparison)}: ${problem}`)
}

const GOALS = [
  ['onlyInA', true, false],
  ['onlyInB', false, true],
  ['inBoth', true, true],
] as const

/** Deep for small alphabets, and now and then one letter deeper. */
function depthOf({ alphabet }: World, seed: number): number {
  return (alphabet.length > 3 ? 4 : 5) + (seed % 8 === 0 && alphabet.length < 5 ? 1 : 0)
}

function problemOf(policy: Policy, comparison: Comparison, paths: readonly string[]): string | undefined {
  const expected = shortestOfEach(policy, paths)
  for (const [goal, inA, inB] of GOALS) {
    const test = (method: string, path: string): boolean =>
      policy.authorize(['s0'], method, path) === inA && policy.authorize(['s1'], method, path) === inB
    const known = expected[goal]
    const witness = comparison[goal]
    if (witness === undefined) {
      if (known !== undefined) return `${goal} is missing, ${known}`
      continue
    }
    if (!witness.path.startsWith('/')) return `${goal} has no slash`
    if (!test(witness.method, witness.path)) return `${goal} is wrong`
    if (known !== undefined && known.length < witness.path.length)
      return `${goal} is not the shortest, ${known}`
  }
  return relationOf(comparison) === comparison.relation ? undefined : 'relation'
}

type Goal = (typeof GOALS)[number][0]

/** The first path, and they come shortest first, that only the one, only the other, or both allow. */
function shortestOfEach(policy: Policy, paths: readonly string[]): Partial<Record<Goal, string>> {
  const found: Partial<Record<Goal, string>> = {}
  const methods = ['GET', 'POST', 'HEAD'].filter((method) =>
    [...policy.scopes.values()].some(({ endpoints }) =>
      endpoints.some((one) => one.methods.includes(method)),
    ),
  )
  for (const path of paths) {
    for (const method of methods) {
      const inA = policy.authorize(['s0'], method, path)
      const inB = policy.authorize(['s1'], method, path)
      if (inA || inB) found[inA ? (inB ? 'inBoth' : 'onlyInA') : 'onlyInB'] ??= path
    }
  }
  return found
}

function relationOf({ onlyInA, onlyInB, inBoth }: Comparison): string {
  if (onlyInA === undefined && onlyInB === undefined) return 'equal'
  if (inBoth === undefined) return 'disjoint'
  if (onlyInA === undefined) return 'subset'
  return onlyInB === undefined ? 'superset' : 'partial'
}
