/** Smallest sets of scopes on random policies, against all subsets of the scopes. */
import type { Policy } from '../../src/index.ts'
import { documentOf, everyPath, pick, policyFrom, randomFrom, worldOf } from './small-policies.ts'
import type { Request } from './small-policies.ts'

const SCOPES = 5

/** What is wrong, or undefined; null when the policy does not load. */
export function checkMinimal(seed: number): string | undefined | null {
  const random = randomFrom(seed)
  const world = worldOf(random)
  const document = documentOf(random, world, SCOPES)
  const policy = policyFrom(document, world.options)
  if (policy === null) return null
  const base = (world.options['basePath'] as string | undefined) ?? ''
  const names = [...policy.scopes.keys()]
  const possible = everyPath(world.alphabet, 3, base)
    .flatMap((path) => ['GET', 'POST'].map((method) => ({ method, path })))
    .filter(({ method, path }) => policy.authorize(names, method, path) || random() < 0.001)
  if (possible.length === 0) return undefined
  const requests = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(random, possible))
  const found = policy.minimalScopes(requests)
  const problem = problemOf(policy, names, requests, found)
  return problem === undefined
    ? undefined
    : `seed ${seed}: ${problem}\n${JSON.stringify([requests, found, world.options, document])}`
}

function problemOf(
  policy: Policy,
  names: readonly string[],
  requests: readonly Request[],
  found: readonly string[] | null,
): string | undefined {
  const suffices = (scopes: readonly string[]): boolean =>
    requests.every(({ method, path }) => policy.authorize(scopes, method, path))
  const sets = subsets(names).filter(suffices)
  const least = Math.min(...sets.map(({ length }) => length))
  if (found === null) return sets.length === 0 ? undefined : 'there is one'
  if (!suffices(found)) return 'it does not suffice'
  if (found.length > least) return `${least} are enough`
  // Nothing in the set could be exchanged for a scope with a part of its endpoints.
  for (const wide of found) {
    for (const narrow of names) {
      const exchanged = found.map((name) => (name === wide ? narrow : name))
      if (!found.includes(narrow) && suffices(exchanged) && isPart(policy, narrow, wide))
        return `${narrow} is narrower`
    }
  }
  return undefined
}

/** A part of the endpoints, and none of the others covered by those: judged by text alone. */
function isPart(policy: Policy, narrow: string, wide: string): boolean {
  const grants = (name: string): Set<string> => {
    const scope = policy.scopes.get(name)
    const own = (scope?.endpoints ?? []).flatMap(({ pattern, methods }) =>
      methods.map((method) => `${method} ${pattern}`),
    )
    return new Set([...own, ...(scope?.includes ?? []).flatMap((other) => [...grants(other)])])
  }
  const [small, big] = [grants(narrow), grants(wide)]
  const extra = [...big].filter((one) => !small.has(one))
  // Only an endpoint for a method that the narrow one has not at all is certain to be more.
  const methods = new Set([...small].map((one) => one.split(' ')[0]))
  const more = extra.some(
    (one) =>
      !methods.has(one.split(' ')[0]) &&
      policy.authorize([wide], one.split(' ')[0] ?? '', `/${one.split(' ')[1] ?? ''}`),
  )
  return more && [...small].every((one) => big.has(one))
}

function subsets<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** list.length }, (_, bits) =>
    list.filter((_, index) => ((bits >> index) & 1) === 1),
  )
}
