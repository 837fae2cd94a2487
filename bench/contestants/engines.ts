/**
 * Authorization libraries. They know rules, not paths, so each gets the pattern in the form it has for
 * that: a RegExp as a condition, a function in the matcher, `like`.
 */
import { type Contestant, peer, perCall } from './contestant.ts'
import { expressionOf } from './expressions.ts'

interface Rule {
  readonly action: readonly string[]
  readonly subject: string
  readonly conditions: RegExp
}

interface Casl {
  readonly Ability: new (
    rules: readonly Rule[],
    options: {
      readonly conditionsMatcher: (condition: RegExp) => (request: { readonly path: string }) => boolean
      readonly detectSubjectType: () => string
    },
  ) => { readonly can: (action: string, subject: { readonly path: string }) => boolean }
}

export const casl: Contestant = {
  name: 'casl',
  family: 'exact',
  package: '@casl/ability',
  about: 'one ability per scope, built beforehand, with expressions as conditions',
  create: async ({ scopes }) => {
    const { Ability } = (await peer('@casl/ability')) as Casl
    const options = {
      conditionsMatcher: (condition: RegExp) => (request: { readonly path: string }) =>
        condition.test(request.path),
      detectSubjectType: () => 'Request',
    }
    const abilities = new Map(
      scopes.map(([name, entries]) => {
        const rules = entries.map(({ pattern, methods }) => {
          return { action: methods, subject: 'Request', conditions: expressionOf(pattern) }
        })
        return [name, new Ability(rules, options)]
      }),
    )
    return perCall((names, method, path) => {
      const request = { path }
      for (const name of names) if (abilities.get(name)?.can(method, request) === true) return true
      return false
    })
  },
}

interface Enforcer {
  readonly addFunction: (name: string, body: (...values: never[]) => boolean) => Promise<void>
  readonly addPolicies: (rules: readonly (readonly string[])[]) => Promise<boolean>
  readonly enforceSync: (scopes: readonly string[], method: string, path: string) => boolean
}

interface Casbin {
  readonly newModelFromString: (text: string) => unknown
  readonly newEnforcer: (model: unknown) => Promise<Enforcer>
}

const CASBIN_MODEL = `
[request_definition]
r = scopes, method, path
[policy_definition]
p = scope, method, pattern
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.method == p.method && holds(r.scopes, p.scope) && glob(r.path, p.pattern)
`

export const casbin: Contestant = {
  name: 'casbin',
  family: 'exact',
  package: 'casbin',
  about: 'one rule per grant, with two functions of our own in the matcher, `enforceSync`',
  create: async ({ scopes }) => {
    const { newModelFromString, newEnforcer } = (await peer('casbin')) as Casbin
    const enforcer = await newEnforcer(newModelFromString(CASBIN_MODEL))
    const expressions = new Map<string, RegExp>()
    const rules: string[][] = []
    for (const [scope, entries] of scopes) {
      for (const { pattern, methods } of entries) {
        expressions.set(pattern, expressionOf(pattern))
        for (const method of methods) rules.push([scope, method, pattern])
      }
    }
    await enforcer.addFunction('holds', (names: readonly string[], scope: string) => names.includes(scope))
    await enforcer.addFunction(
      'glob',
      (path: string, pattern: string) => expressions.get(pattern)?.test(path) === true,
    )
    await enforcer.addPolicies(rules)
    return perCall((names, method, path) => enforcer.enforceSync(names, method, path))
  },
}

interface CedarEntity {
  readonly type: string
  readonly id: string
}

interface Cedar {
  readonly preparsePolicySet: (id: string, policies: { staticPolicies: string }) => { type: string }
  readonly statefulIsAuthorized: (call: {
    readonly principal: CedarEntity
    readonly action: CedarEntity
    readonly resource: CedarEntity
    readonly context: { readonly path: string }
    readonly preparsedPolicySetId: string
    readonly entities: readonly object[]
  }) => { readonly type: string; readonly response: { readonly decision: string } }
}

const PRINCIPAL: CedarEntity = { type: 'Token', id: 'token' }
const RESOURCE: CedarEntity = { type: 'Api', id: 'api' }

export const cedar: Contestant = {
  name: 'cedar-wasm',
  family: 'exact',
  package: '@cedar-policy/cedar-wasm',
  about: '`statefulIsAuthorized`, policies parsed beforehand, patterns as `like`',
  create: async ({ scopes }) => {
    const library = (await peer('@cedar-policy/cedar-wasm/nodejs')) as { default?: Cedar } & Cedar
    const { preparsePolicySet, statefulIsAuthorized } = library.default ?? library
    const policies = scopes.flatMap(([scope, entries]) =>
      entries.map(({ pattern, methods }) => {
        const actions = methods.map((method) => `Action::"${method}"`).join(', ')
        return `permit(principal in Scope::${JSON.stringify(scope)}, action in [${actions}], resource) when { context.path like ${JSON.stringify(`/${pattern}`)} };`
      }),
    )
    const parsed = preparsePolicySet('policy', { staticPolicies: policies.join('\n') })
    if (parsed.type !== 'success') throw new Error(`cedar refuses the policy: ${JSON.stringify(parsed)}`)
    return perCall((names, method, path) => {
      const answer = statefulIsAuthorized({
        principal: PRINCIPAL,
        action: { type: 'Action', id: method },
        resource: RESOURCE,
        context: { path },
        preparsedPolicySetId: 'policy',
        entities: [{ uid: PRINCIPAL, attrs: {}, parents: names.map((id) => ({ type: 'Scope', id })) }],
      })
      return answer.type === 'success' && answer.response.decision === 'allow'
    })
  },
}
