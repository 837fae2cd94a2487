/**
 * A {@link Policy}: the compiled tables with everything that can be asked of them.
 */
import { buildTables } from '../matcher/build.ts'
import { readPath } from '../pattern/request-path.ts'
import { compact } from '../policy/compact.ts'
import { fingerprint } from '../policy/fingerprint.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import { toDocument } from '../policy/print.ts'
import { createAuthorizer } from './authorize.ts'
import { explainer } from './explain.ts'
import { narrowestFirst } from './narrowest.ts'
import type { Grant, Policy } from './types.ts'

export function createPolicy(loaded: PolicyData): Policy {
  const tables = buildTables(loaded)
  const data = compact(loaded)
  const { rules } = data
  const { authorize, idsOf, authorizeIds, allows } = createAuthorizer(tables, rules)
  const names = tables.scopes
  const everyMethod = [...tables.methods].sort()
  const sortScopes = narrowestFirst(data)

  const grant = (scopes: unknown): Grant => {
    const ids = idsOf(scopes)
    return Object.freeze({
      authorize: (method: unknown, path: unknown) => authorizeIds(ids, method, path),
      scopes: Object.freeze([...ids].sort((a, b) => a - b).map((id) => names[id] ?? '')),
    })
  }
  const methodsFor = (scopes: unknown, path: unknown): readonly string[] => {
    if (typeof path !== 'string') return []
    const ids = idsOf(scopes)
    const reading = readPath(path, rules)
    return everyMethod.filter((method) => allows(ids, method, reading))
  }
  const scopesFor = (method: unknown, path: unknown): readonly string[] => {
    if (typeof method !== 'string' || typeof path !== 'string') return []
    const reading = readPath(path, rules)
    return sortScopes(names.filter((_, id) => allows([id], method, reading)))
  }
  let digest: string | undefined

  return Object.freeze({
    authorize,
    grant,
    explain: explainer(data, { scopesFor, methodsFor }),
    scopesFor,
    methodsFor,
    scopes: data.scopes,
    get fingerprint(): string {
      return (digest ??= fingerprint(data))
    },
    toJSON: () => toDocument(data),
  })
}
