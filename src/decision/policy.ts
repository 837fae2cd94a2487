/**
 * A {@link Policy}: the compiled tables with everything that can be asked of them.
 */
import type { Effort } from '../automaton/effort.ts'
import { buildTables } from '../matcher/build.ts'
import { copyTables } from '../matcher/tables.ts'
import { packPolicy } from '../policy/pack-policy.ts'
import { fingerprint } from '../policy/fingerprint.ts'
import { holdingOf } from '../policy/holding.ts'
import { nameGrants } from '../policy/name-grants.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import { toDocument } from '../policy/print.ts'
import { automatonInclusion } from './automaton-inclusion.ts'
import { explainDeprecated } from './deprecated.ts'
import { withDenial } from './with-denial.ts'
import { type FindMinimal, MINIMAL } from './minimal-of.ts'
import { INTERNALS, INTERNALS_VERSION, type Internals } from './internals.ts'
import { grantedEndpoints, grantingEndpoints, patternMatchers } from './loaded-endpoints.ts'
import { allowingSets } from './allowing-sets.ts'
import { NAME_RULES } from './authorize-names.ts'
import { isNameMethod } from '../language/scope-fields.ts'
import { type SmallestSet, smallestSet } from './minimal-scopes.ts'
import { heldScopes, type HeldScopes } from './held-scopes.ts'
import { smallestUnion } from './minimal-union.ts'
import { nearestFinder } from './nearest.ts'
import { createPolicyAuthorizer } from './policy-authorizer.ts'
import { bothInclusions } from './narrowest.ts'
import { createQueries } from './queries.ts'
import { treeInclusion } from './tree-inclusion.ts'
import type { Policy } from './types.ts'

/** For the weights of {@link smallestSet}. */
const INCLUSION_STEPS = 20_000_000

export function createPolicy(loaded: PolicyData): Policy {
  const tables = buildTables(loaded)
  const grantedNames = nameGrants(loaded)
  const nameTables = grantedNames && buildTables({ rules: NAME_RULES, grants: grantedNames })
  const data = packPolicy(loaded)
  const { rules } = data
  const names = tables.scopes
  const held = (effort: Effort): HeldScopes => heldScopes(tables.scopes, holdingOf(loaded), undefined, effort)
  const authorizer = createPolicyAuthorizer(tables, rules, held, nameTables)
  const { effort } = authorizer
  const matcherOf = patternMatchers(rules, effort)
  const findNearest = nearestFinder(data, effort, matcherOf)
  const inclusionOf = rules.wildcard === 'segment' ? automatonInclusion : treeInclusion
  const inclusionOfPaths = inclusionOf(tables, authorizer)
  const inclusion =
    nameTables === undefined || authorizer.names === undefined
      ? inclusionOfPaths
      : bothInclusions(inclusionOfPaths, treeInclusion(nameTables, authorizer.names))
  const { judge, idsOf, read, ...queries } = createQueries(names, tables.methods, authorizer, {
    inclusion,
    granting: grantingEndpoints(data, names, matcherOf, effort),
    nearest: (ids, method, target, reading) => {
      const scopes = ids.map((id) => names[id] as string)
      const nearest = findNearest(scopes, method, target, reading)
      return nearest && { nearest }
    },
  })
  const deprecated = new Set(
    [...data.scopes].flatMap(([name, scope]) => (scope.deprecated === undefined ? [] : [name])),
  )
  const explain = explainDeprecated(queries, deprecated)
  const requestAs: Policy['requestAs'] = (scope) => data.scopes.get(scope)?.requestAs ?? scope

  const grantsOf = (id: number): number => {
    let count = 0
    for (const { methods } of grantedEndpoints(data, names[id] as string)) count += methods.length
    return count
  }
  const ids = [...names.keys()].slice(0, authorizer.held.scopeCount)
  /** Where a request may need several scopes, or none, or is called on a name. */
  const smallestOfSets = (
    requests: readonly (readonly [method: string, path: string])[],
    deadline: number,
  ): SmallestSet => {
    const mayGoOn = authorizer.budget(INCLUSION_STEPS)
    const contains = inclusion(mayGoOn)
    const alternatives = requests.map(([method, path]) => {
      const reading = authorizer.read(method, path)
      if (reading.refusal !== undefined || reading.path === null) return []
      return allowingSets(authorizer, method, reading, mayGoOn)
    })
    const weightOf = (id: number): readonly number[] => [
      1,
      ids.filter((other) => contains(id, other) && !contains(other, id)).length,
      grantsOf(id),
      id,
    ]
    return smallestUnion(alternatives, weightOf, deadline)
  }
  const findMinimal: FindMinimal = (requests, milliseconds) => {
    const deadline = Date.now() + milliseconds
    const read = plainRequests(requests)
    const needsSets =
      authorizer.held.close !== undefined || read?.some(([method]) => isNameMethod(method)) === true
    const facts = {
      ids,
      rules,
      allows: authorizer.allows,
      inclusion: () => inclusion(authorizer.budget(INCLUSION_STEPS)),
      grantsOf,
    }
    const { ids: set, isProved } =
      needsSets && read !== null ? smallestOfSets(read, deadline) : smallestSet(requests, facts, deadline)
    return { scopes: set?.map((id) => names[id] as string) ?? null, isProved }
  }
  const minimalScopes: Policy['minimalScopes'] = (requests) => findMinimal(requests, Infinity).scopes
  let digest: string | undefined
  const policy: Policy = {
    ...queries,
    explain,
    requestAs,
    minimalScopes,
    scopes: data.scopes,
    combinations: data.combinations,
    ...(data.baseline !== undefined && { baseline: data.baseline }),
    get fingerprint(): string {
      return (digest ??= fingerprint(data))
    },
    toJSON: () => toDocument(data),
  }
  // Tables are copied for each caller, so that none can change what a policy decides with.
  const internals: Internals = Object.freeze({
    layout: INTERNALS_VERSION,
    data,
    tables: () => copyTables(tables),
    names: () => nameTables && copyTables(nameTables),
  })
  return Object.freeze(
    Object.defineProperties(withDenial(policy, { judge, idsOf, read }), {
      [INTERNALS]: { value: internals },
      [MINIMAL]: { value: findMinimal },
    }),
  )
}

/** The requests as pairs; null when something else is among them. */
function plainRequests(requests: unknown): readonly (readonly [method: string, path: string])[] | null {
  if (!Array.isArray(requests)) return null
  const pairs: (readonly [string, string])[] = []
  // By index: an array may have its own iterator, which need not end.
  // eslint-disable-next-line @typescript-eslint/prefer-for-of -- no iterator, see above
  for (let index = 0; index < requests.length; index++) {
    const request: unknown = requests[index]
    if (typeof request !== 'object' || request === null) return null
    const { method, path } = (
      Array.isArray(request) ? { method: request[0] as unknown, path: request[1] as unknown } : request
    ) as { readonly method?: unknown; readonly path?: unknown }
    if (typeof method !== 'string' || typeof path !== 'string') return null
    pairs.push([method, path])
  }
  return pairs
}
