/**
 * A policy of a few lines: what a guard does with the answers of a policy must not depend on how it finds them.
 * Each name has the sets of scopes that open it.
 */
import type { DecidingPolicy } from '../../src/enforce/types.ts'

type Sets = readonly (readonly string[])[]

/** `tools/call get_issue` → sets of scopes; a name with `..` is refused. */
export function tablePolicy(table: Readonly<Record<string, Sets>>): DecidingPolicy {
  const setsOf = (method: string, name: string): Sets => table[`${method} ${name}`] ?? []
  const held = (scopes: unknown): ReadonlySet<unknown> =>
    new Set(typeof scopes === 'string' ? scopes.split(' ') : (scopes as Iterable<unknown>))
  const authorize = (scopes: unknown, method: string, name: string): boolean =>
    setsOf(method, name).some((set) => set.every((scope) => held(scopes).has(scope)))
  const explain = (scopes: unknown, method: string, name: string): unknown => ({
    allowed: authorize(scopes, method, name),
    reason: name.includes('..') ? 'path-refused' : 'no-scope-covers-path',
    ...(name.includes('..') ? { refusal: 'dot-segment' } : {}),
    scopesThatWouldAllow: setsOf(method, name).flatMap((set) => (set.length === 1 ? set : [])),
    setsThatWouldAllow: setsOf(method, name),
    methodsAllowed: [],
  })
  return { authorize, explain, fingerprint: 'table' } as DecidingPolicy
}

/** Reading and writing of issues, and a tool that needs two scopes at once. */
export const POLICY: DecidingPolicy = tablePolicy({
  'tools/call get_issue': [['issues:read'], ['issues:write']],
  'tools/call create_issue': [['issues:write']],
  'tools/call move_issue': [['issues:write', 'projects:write']],
  'prompts/get triage': [['issues:read']],
  'resources/read repo://a/1': [['issues:read']],
})
