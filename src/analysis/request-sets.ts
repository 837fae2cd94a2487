/**
 * The request sets of a policy's scopes, created on first use and kept with the policy.
 */
import type { Policy } from '../decision/types.ts'
import { heldScopes, type HeldScopes } from '../decision/held-scopes.ts'
import { holdingOf } from '../policy/holding.ts'
import { withIncluded } from '../policy/includes.ts'
import { nameGrants } from '../policy/name-grants.ts'
import type { InterpretedEndpoint, PolicyData } from '../policy/policy-data.ts'
import { AutomatonCache } from './automaton-cache.ts'
import { policyData } from './policy-data.ts'
import { AnalyzedEndpoint, RequestSet } from './request-set.ts'

export class RequestSets {
  readonly data: PolicyData
  readonly policy: Policy
  readonly #sets = new Map<string, RequestSet>()
  readonly #items = new Map<string, AnalyzedEndpoint>()
  readonly #cache = new AutomatonCache()
  #held: HeldScopes | undefined
  #names: ReadonlyMap<string, readonly InterpretedEndpoint[]> | undefined

  constructor(policy: Policy) {
    this.policy = policy
    this.data = policyData(policy)
  }

  get names(): readonly string[] {
    return [...this.data.scopes.keys()]
  }

  has(scope: string): boolean {
    return this.data.scopes.has(scope)
  }

  /** Throws `RangeError` for a scope that the policy does not have. */
  of(scope: string): RequestSet {
    const known = this.#sets.get(scope)
    if (known !== undefined) return known
    if (!this.has(scope)) throw new RangeError(`the policy has no scope ${JSON.stringify(scope)}`)
    const set = this.token([scope])
    this.#sets.set(scope, set)
    return set
  }

  /** The rows that a token with these scopes holds: scopes, combinations, the baseline. */
  rows(scopes: readonly string[]): readonly string[] {
    const { numbers, close } = (this.#held ??= heldScopes(this.#rows, holdingOf(this.data)))
    const ids = [...new Set(scopes.flatMap((name) => numbers.get(name) ?? []))]
    return (close?.(ids) ?? ids).map((id) => this.#rows[id] as string)
  }

  /** The scopes that hold a scope, itself among them. */
  providersOf(scope: string): readonly string[] {
    const { scopes } = this.data
    return this.names.filter((name) => withIncluded(name, scopes).includes(scope))
  }

  /** What a token with these scopes may do; it decides by `authorize` itself. */
  token(scopes: readonly string[]): RequestSet {
    const items = this.rows(scopes).flatMap((row) => this.itemsOf(row))
    const allows = (method: string, path: string): boolean => this.policy.authorize(scopes, method, path)
    return new RequestSet(items, this.data.rules, allows, this.#cache)
  }

  itemsOf(row: string): readonly AnalyzedEndpoint[] {
    return (this.data.grants.get(row) ?? []).map((grant) => this.item(grant))
  }

  /** The names that a row grants, or that a token does. */
  namesOf(rows: readonly string[]): readonly InterpretedEndpoint[] {
    const names = (this.#names ??= nameGrants(this.data) ?? new Map<string, readonly InterpretedEndpoint[]>())
    return rows.flatMap((row) => names.get(row) ?? [])
  }

  get #rows(): readonly string[] {
    return [...this.data.grants.keys()]
  }

  /** One item for equal endpoints of different scopes. */
  item(grant: ConstructorParameters<typeof AnalyzedEndpoint>[0]): AnalyzedEndpoint {
    const { pattern, methods, span } = grant.endpoint
    const key = `${pattern}\n${methods.join()}\n${span?.start}`
    const known = this.#items.get(key) ?? new AnalyzedEndpoint(grant, this.data.rules, this.#cache)
    this.#items.set(key, known)
    return known
  }
}

const kept = new WeakMap<Policy, RequestSets>()

export function requestSetsOf(policy: Policy): RequestSets {
  const known = kept.get(policy) ?? new RequestSets(policy)
  kept.set(policy, known)
  return known
}
