/**
 * A policy of a few lines for the tests of the core: what the core does with the policy's answers must not
 * depend on how the policy finds them.
 *
 * It knows the scopes `read` (GET on `/a`) and `write` (GET and PUT on `/a`), and refuses paths with `..`.
 */
import type { Decision, Policy, ScopesArgument } from '../../src/decision/types.ts'

const GRANTS: readonly [scope: string, methods: readonly string[]][] = [
  ['read', ['GET']],
  ['write', ['GET', 'PUT']],
]

const pathOf = (target: string): string => target.split('?')[0] ?? ''
const isRefused = (target: string): boolean => target === '' || target.includes('..')

function scopesFor(method: string, target: string): string[] {
  if (isRefused(target) || pathOf(target) !== '/a') return []
  return GRANTS.filter(([, methods]) => methods.includes(method)).map(([scope]) => scope)
}

function authorize(scopes: ScopesArgument, method: string, target: string): boolean {
  const names = new Set(typeof scopes === 'string' ? scopes.split(' ') : scopes)
  return scopesFor(method, target).some((scope) => names.has(scope))
}

function explain(scopes: ScopesArgument, method: string, target: string): Decision {
  const allowed = authorize(scopes, method, target)
  const scopesThatWouldAllow = scopesFor(method, target)
  const denied = scopesThatWouldAllow.length > 0 ? 'method-not-granted' : 'no-scope-covers-path'
  return {
    allowed,
    reason: isRefused(target) ? 'path-refused' : allowed ? 'granted' : denied,
    ...(isRefused(target) ? { refusal: target === '' ? 'empty-target' : 'dot-segment' } : {}),
    path: pathOf(target),
    grantedBy: [],
    scopesThatWouldAllow,
    setsThatWouldAllow: scopesThatWouldAllow.map((scope) => [scope]),
    methodsAllowed: [],
    unknownScopes: [],
  }
}

const unused = (): never => {
  throw new Error('the middleware has no use for this member')
}

/** The fake policy; `changes` replaces members. */
export function fakePolicy(changes: Partial<Policy> = {}): Policy {
  const policy = {
    authorize,
    explain,
    grant: unused,
    scopesFor: unused,
    setsFor: unused,
    requestAs: (scope: string) => scope,
    methodsFor: unused,
    minimalScopes: unused,
    toJSON: unused,
  }
  return { ...policy, scopes: new Map(), combinations: new Map(), fingerprint: 'f1', ...changes }
}
