/** The compiled forms of a policy, and what they must have in common with it. */
import { expect } from 'vitest'
import { fromCompiled, toCompiled, toModule } from '../../src/compiled/index.ts'
import { buffersOf, openSnapshot, type OpenedSnapshot, toSnapshot } from '../../src/compiled/snapshot.ts'
import type { CompiledPolicy } from '../../src/compiled/index.ts'
import type { Decision, Policy } from '../../src/index.ts'

/** What its JSON text is opened as. */
export function decoded(policy: Policy): CompiledPolicy {
  return fromCompiled(JSON.stringify(toCompiled(policy)))
}

/** The module as a runtime imports it. */
export async function imported(source: string): Promise<CompiledPolicy> {
  return (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`
  )) as CompiledPolicy
}

/** What another thread receives and opens. */
export function transferred(policy: Policy): OpenedSnapshot {
  const snapshot = toSnapshot(policy)
  return openSnapshot(structuredClone(snapshot, { transfer: [...buffersOf(snapshot)] }))
}

export async function compiledForms(policy: Policy): Promise<readonly (readonly [string, CompiledPolicy])[]> {
  return [
    ['data', decoded(policy)],
    ['module', await imported(toModule(policy))],
    ['snapshot', transferred(policy)],
  ]
}

/** A decision without what only a loaded policy knows: places in the document and near misses. */
export function withoutPlaces(decision: Decision): Decision {
  const grantedBy = decision.grantedBy.map(({ scope, endpoint }) => ({ scope, endpoint }))
  const { nearest, ...rest } = decision
  expect(nearest === undefined || !decision.allowed).toBe(true)
  return { ...rest, grantedBy }
}

/** Every answer of a policy to one request. */
export function answersOf(
  policy: Pick<CompiledPolicy, 'authorize' | 'grant' | 'explain' | 'scopesFor' | 'methodsFor'>,
  scopes: readonly string[],
  method: string,
  path: string,
): Readonly<Record<string, unknown>> {
  const grant = policy.grant(scopes)
  return {
    array: policy.authorize(scopes, method, path),
    set: policy.authorize(new Set(scopes), method, path),
    text: policy.authorize(scopes.join(' '), method, path),
    grant: grant.authorize(method, path),
    granted: grant.scopes,
    explain: withoutPlaces(policy.explain(scopes, method, path)),
    scopesFor: policy.scopesFor(method, path),
    methodsFor: policy.methodsFor(scopes, path),
  }
}
