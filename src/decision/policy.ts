/**
 * A {@link Policy} over a compiled matcher. The decision itself is {@link allows}; the rest resolves
 * arguments around it.
 */
import type { AcceptedPath, PathReading } from '../pattern/request-path.ts'
import { readPath } from '../pattern/request-path.ts'
import { compile, type Matcher } from '../matcher/matcher.ts'
import { fingerprint } from '../policy/fingerprint.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import { toDocument } from '../policy/print.ts'
import { readonlyMap } from '../policy/readonly-map.ts'
import { explainer } from './explain.ts'
import { narrowestFirst } from './narrowest.ts'
import { scopeNames } from './scope-names.ts'
import type { Grant, Policy } from './types.ts'

export function createPolicy(data: PolicyData): Policy {
  const matcher = compile(data)
  const sortScopes = narrowestFirst(data)
  const names = [...data.grants.keys()]
  const everyMethod = [
    ...new Set([...data.grants.values()].flatMap((list) => list.flatMap(({ endpoint }) => endpoint.methods))),
  ].sort()
  const { rules } = data

  const idsOf = (scopes: unknown): readonly number[] => {
    const ids = new Set<number>()
    for (const name of scopeNames(scopes) ?? []) {
      const id = matcher.scopeId(name)
      if (id >= 0) ids.add(id)
    }
    return [...ids]
  }
  const authorizeIds = (ids: readonly number[], method: unknown, path: unknown): boolean => {
    if (typeof method !== 'string' || typeof path !== 'string' || ids.length === 0) return false
    return allows(matcher, ids, method, readPath(path, rules))
  }
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
    return everyMethod.filter((method) => allows(matcher, ids, method, reading))
  }
  const scopesFor = (method: unknown, path: unknown): readonly string[] => {
    if (typeof method !== 'string' || typeof path !== 'string') return []
    const reading = readPath(path, rules)
    return sortScopes(names.filter((_, id) => allows(matcher, [id], method, reading)))
  }
  let digest: string | undefined

  return Object.freeze({
    authorize: (scopes: unknown, method: unknown, path: unknown) => authorizeIds(idsOf(scopes), method, path),
    grant,
    explain: explainer(data, matcher, { scopesFor, methodsFor }),
    scopesFor,
    methodsFor,
    scopes: readonlyMap(data.scopes),
    get fingerprint(): string {
      return (digest ??= fingerprint(data))
    },
    toJSON: () => toDocument(data),
  })
}

/**
 * The decision: some scope matches the path. A path that ends in a slash which a server may drop needs
 * more: a pattern that asks for the slash, or the path without it granted as well.
 */
export function allows(
  matcher: Matcher,
  scopes: readonly number[],
  method: string,
  reading: PathReading,
): boolean {
  if (reading.refusal !== undefined || reading.path === null) return false
  const { path, withoutSlash } = reading as AcceptedPath & { readonly path: string }
  if (withoutSlash === undefined) return scopes.some((scope) => matcher.matches(scope, method, path))
  if (scopes.some((scope) => matcher.matchesSlash(scope, method, path))) return true
  return (
    withoutSlash !== null &&
    scopes.some((scope) => matcher.matches(scope, method, path)) &&
    scopes.some((scope) => matcher.matches(scope, method, withoutSlash))
  )
}
