/** One random policy and an edited copy, compared, and what brute force says about it. */
import type { Policy } from '../../src/index.ts'
import { comparePolicies, redundantEndpoints, unreachable } from '../../src/analysis/index.ts'
import type { PolicyComparison, ScopeChange } from '../../src/analysis/index.ts'
import {
  documentOf,
  edited,
  everyPath,
  pick,
  policyFrom,
  randomFrom,
  shortest,
  worldOf,
} from './small-policies.ts'
import type { Document, Options, Random, World } from './small-policies.ts'

/** Sometimes an option is changed instead of the scopes, or besides them. */
function otherOptions(random: Random, { options }: World): Options {
  if (random() < 0.7) return options
  return {
    ...options,
    ...pick<Options>(random, [
      { trailingSlash: options['trailingSlash'] === 'ignore' ? 'strict' : 'ignore' },
      { caseSensitive: options['caseSensitive'] === false },
      { wildcard: options['wildcard'] === 'segment' ? 'any' : 'segment' },
      { basePath: options['basePath'] === '/a' ? '' : '/a' },
      { extensions: options['extensions'] === undefined ? ['a'] : [] },
      { delimiters: options['delimiters'] === 'data' ? 'refuse' : 'data' },
      { encodedSlash: options['encodedSlash'] === 'data' ? 'refuse' : 'data' },
    ]),
  }
}

/** What is wrong, or undefined; null when a policy does not load. */
export function checkChange(seed: number): string | undefined | null {
  const random = randomFrom(seed)
  const world = worldOf(random)
  const first = documentOf(random, world)
  const second = edited(random, world, first)
  const options = otherOptions(random, world)
  const before = policyFrom(first, world.options)
  const after = policyFrom(second, options)
  if (before === null || after === null) return null
  const prefixes = new Set(
    [world.options['basePath'], options['basePath']].map((base) => (typeof base === 'string' ? base : '')),
  )
  const letters = world.alphabet.length > 4 ? 4 : 5
  const paths = [...prefixes]
    .flatMap((prefix) => everyPath(world.alphabet, letters, prefix))
    .sort((a, b) => a.length - b.length)
  try {
    const comparison = comparePolicies(before, after)
    const problem =
      problemOf(before, after, comparison, paths) ??
      mirrorProblem(comparison, comparePolicies(after, before)) ??
      redundancyProblem(first, world.options, before, paths) ??
      unreachableProblem(first, world, before, paths)
    return problem === undefined
      ? undefined
      : describe(seed, problem, [world.options, first, options, second])
  } catch (error) {
    return describe(seed, String((error as Error).stack), [world.options, first, options, second])
  }
}

function describe(seed: number, problem: string, rest: readonly unknown[]): string {
  return `seed ${seed}: ${problem}\n${rest.map((one) => JSON.stringify(one)).join('\n')}`
}

function problemOf(
  before: Policy,
  after: Policy,
  comparison: PolicyComparison,
  paths: readonly string[],
): string | undefined {
  for (const scope of comparison.scopes) {
    const problem =
      sideProblem(scope, scope.added, after, before, paths) ??
      sideProblem(scope, scope.removed, before, after, paths)
    if (problem !== undefined) return `${scope.scope}: ${problem}`
    const change = ['equal', 'widened', 'narrowed', 'mixed'][
      Number(scope.added.length > 0) + 2 * Number(scope.removed.length > 0)
    ]
    if (scope.change !== change) return `${scope.scope} is ${scope.change}, not ${String(change)}`
  }
  for (const { scopes, change, witness } of comparison.combined) {
    const [more, less] = change === 'widened' ? [after, before] : [before, after]
    const { method, path } = witness
    if (!more.authorize(scopes, method, path) || less.authorize(scopes, method, path)) return 'combined'
  }
  const names = comparison.scopes.filter(({ status }) => status === 'kept').map(({ scope }) => scope)
  const together = (more: Policy, less: Policy): boolean =>
    shortest(
      paths,
      (method, path) => more.authorize(names, method, path) && !less.authorize(names, method, path),
    ) !== undefined
  const { change } = comparison
  if (together(after, before) && change !== 'widened' && change !== 'mixed')
    return `change ${change}, widened`
  if (together(before, after) && change !== 'narrowed' && change !== 'mixed')
    return `change ${change}, narrowed`
  return undefined
}

function sideProblem(
  { scope }: ScopeChange,
  entries: ScopeChange['added'],
  more: Policy,
  less: Policy,
  paths: readonly string[],
): string | undefined {
  const differs = (method: string, path: string): boolean =>
    more.authorize([scope], method, path) && !less.authorize([scope], method, path)
  for (const { endpoint, methods, witness } of entries) {
    if (!methods.includes(witness.method)) return `${endpoint} has a witness of another method`
    if (!differs(witness.method, witness.path)) return `${endpoint} has a wrong witness ${witness.path}`
  }
  for (const method of ['GET', 'POST', 'HEAD']) {
    const found = shortest(paths, (one, path) => one === method && differs(one, path))
    const listed = entries.filter(({ methods }) => methods.includes(method))
    if (found !== undefined && listed.length === 0) return `${method} ${found.path} is not listed`
    const best = Math.min(...entries.map(({ witness }) => witness.path.length))
    // Two endpoints together may allow a shorter path that ends in a slash; each is listed by its own.
    const own = found !== undefined && !/\/(?:$|\.)/.test(found.path)
    if (own && found.path.length < best) return `${found.path} is shorter`
  }
  return undefined
}

function mirrorProblem(one: PolicyComparison, other: PolicyComparison): string | undefined {
  const mirrored = {
    equal: 'equal',
    widened: 'narrowed',
    narrowed: 'widened',
    mixed: 'mixed',
    undecided: 'undecided',
  }
  if (other.change !== mirrored[one.change]) return `the mirror of ${one.change} is ${other.change}`
  for (const scope of one.scopes) {
    const twin = other.scopes.find(({ scope: name }) => name === scope.scope)
    if (JSON.stringify(twin?.removed) !== JSON.stringify(scope.added)) return 'the mirror differs'
  }
  return undefined
}

/** Everything listed can be removed at once, and no decision changes; for two scopes together neither. */
function redundancyProblem(
  document: Document,
  options: Options,
  policy: Policy,
  paths: readonly string[],
): string | undefined {
  const redundant = redundantEndpoints(policy)
  const smaller = structuredClone(document)
  for (const { scope, endpoint, methods } of redundant) {
    const endpoints = smaller[scope]?.endpoints ?? []
    const own = policy.scopes.get(scope)?.endpoints ?? []
    // Of equal endpoints the later ones are listed.
    for (let index = own.length - 1; index >= 0; index--) {
      if (own[index]?.pattern !== endpoint) continue
      const [pattern = '', granted = []] = Object.entries(endpoints[index] ?? {})[0] ?? []
      if (!methods.every((method) => granted.includes(method) || method === 'HEAD')) continue
      if (methods.every((method) => method === 'HEAD')) continue
      endpoints[index] = { [pattern]: granted.filter((method) => !methods.includes(method)) }
      break
    }
  }
  for (const scope of Object.values(smaller)) {
    scope.endpoints = scope.endpoints.filter((endpoint) => Object.values(endpoint)[0]?.length !== 0)
  }
  const rest = policyFrom(smaller, options)
  if (rest === null) return 'the rest does not load'
  const names = Object.keys(document)
  for (const scopes of [...names.map((name) => [name]), names]) {
    const found = shortest(
      paths,
      (method, path) =>
        // HEAD goes with GET and cannot be removed alone.
        !(method === 'HEAD') &&
        policy.authorize(scopes, method, path) !== rest.authorize(scopes, method, path),
    )
    if (found !== undefined)
      return `redundant: ${found.method} ${found.path} for ${scopes.join()} ${JSON.stringify(redundant)}`
  }
  return undefined
}

function unreachableProblem(
  document: Document,
  world: World,
  policy: Policy,
  paths: readonly string[],
): string | undefined {
  const dead = unreachable(policy)
  for (const [name, scope] of Object.entries(document)) {
    for (const [index, endpoint] of scope.endpoints.entries()) {
      const pattern = policy.scopes.get(name)?.endpoints[index]?.pattern
      const listed = dead.some((one) => one.scope === name && one.endpoint === pattern)
      const alone = policyFrom({ s0: { label: 'alone', endpoints: [endpoint] } }, world.options)
      const found = shortest(paths, (method, path) => alone?.authorize(['s0'], method, path) === true)
      if (listed && found !== undefined) return `${String(pattern)} is reachable: ${found.path}`
    }
  }
  return undefined
}
