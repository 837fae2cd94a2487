/**
 * A {@link Policy}: the compiled tables with everything that can be asked of them.
 */
import { buildTables } from '../matcher/build.ts'
import { copyTables } from '../matcher/tables.ts'
import { type AcceptedPath, readPath } from '../pattern/request-path.ts'
import { compact } from '../policy/compact.ts'
import { fingerprint } from '../policy/fingerprint.ts'
import type { InterpretedEndpoint, PolicyData } from '../policy/policy-data.ts'
import { toDocument } from '../policy/print.ts'
import { createAnswers } from './answers.ts'
import { createAuthorizer } from './authorize.ts'
import { loadedEndpoints, patternMatchers } from './loaded-endpoints.ts'
import { findNearest } from './nearest.ts'
import { smallestSet } from './minimal-scopes.ts'
import { LAYOUT, PARTS, type Parts } from './parts.ts'
import type { Decision, Policy } from './types.ts'

export function createPolicy(loaded: PolicyData): Policy {
  const tables = buildTables(loaded)
  const data = compact(loaded)
  const { rules } = data
  const names = tables.scopes
  const matchers = patternMatchers()
  const authorizer = createAuthorizer(tables, rules)
  const endpoints = loadedEndpoints(data, names, matchers, authorizer.allows)
  const answers = createAnswers(names, tables.methods, authorizer, endpoints, rules)

  const explain: Policy['explain'] = (scopes, method, target): Decision => {
    const decision = answers.explain(scopes, method, target)
    if (decision.reason !== 'no-scope-covers-path' && decision.reason !== 'method-not-granted')
      return decision
    const known = authorizer.idsOf(scopes).map((id) => names[id] as string)
    const reading = readPath(target, rules) as AcceptedPath
    const nearest = findNearest(data, matchers, known, method, target, reading)
    return nearest === undefined ? decision : { ...decision, nearest }
  }
  const endpointsOf = (id: number): readonly InterpretedEndpoint[] =>
    data.grants.get(names[id] as string) as readonly InterpretedEndpoint[]
  const minimalScopes: Policy['minimalScopes'] = (requests) => {
    const set = smallestSet(requests, {
      ids: [...names.keys()],
      rules,
      allows: authorizer.allows,
      inclusion: endpoints.inclusion,
      grantsOf: (id) => endpointsOf(id).reduce((sum, { endpoint }) => sum + endpoint.methods.length, 0),
    })
    return set?.map((id) => names[id] as string) ?? null
  }
  let digest: string | undefined
  const policy: Policy = {
    ...answers,
    explain,
    minimalScopes,
    scopes: data.scopes,
    get fingerprint(): string {
      return (digest ??= fingerprint(data))
    },
    toJSON: () => toDocument(data),
  }
  // A copy each time: what a policy decides with is nobody's to change.
  const parts = (): Parts => Object.freeze({ layout: LAYOUT, tables: copyTables(tables), data })
  return Object.freeze(Object.defineProperty(policy, PARTS, { get: parts }))
}
