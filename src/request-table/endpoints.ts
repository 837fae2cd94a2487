/**
 * The endpoints and names of a policy one by one: which of them allow a request on their own.
 *
 * Idea: a second policy in which every endpoint is its own scope. So the same matcher answers, by the
 * same rules, which endpoints lead to a decision, however many there are. (`explain` would go through
 * the endpoints of a scope anew for each request.)
 */
import { BASELINE, NAME_FIELDS, type NameField, SCOPE_FIELDS } from '../language/scope-fields.ts'
import { policyData } from '../analysis/policy-data.ts'
import { createPolicy } from '../decision/policy.ts'
import type { Policy } from '../decision/types.ts'
import { type Pattern, readPattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Endpoint, Grants, Scope } from '../policy/model.ts'
import { interpreted } from '../policy/name-grants.ts'
import { AllowedAlone } from './allowed-alone.ts'

/** The field of a name, which is an endpoint with the method of its field; undefined for a path. */
function nameField({ methods }: Pick<Endpoint, 'methods'>): NameField | undefined {
  return NAME_FIELDS.find((field) => methods[0] === SCOPE_FIELDS[field].method)
}

/** An endpoint, or a name with the method of its field, and the row of the policy in whose list it is. */
export interface OwnEndpoint {
  /** The name of a scope, the key of a combination, or that of the baseline. */
  readonly row: string
  /** The scopes that a token must hold for it. */
  readonly needs: readonly string[]
  readonly endpoint: Endpoint
}

export class Endpoints {
  readonly list: readonly OwnEndpoint[]
  readonly rules: PathRules
  readonly #patterns: readonly Pattern[]
  readonly #apart: Policy
  /** For each row the indexes of its endpoints. */
  readonly #indexes = new Map<string, number[]>()
  readonly #alone = new Map<string, AllowedAlone>()

  constructor(policy: Policy) {
    const data = policyData(policy)
    this.rules = data.rules
    const rows: (readonly [row: string, needs: readonly string[], grants: Grants])[] = [
      ...[...data.scopes].map(([name, scope]) => [name, [name], scope] as const),
      ...[...data.combinations].map(([key, one]) => [key, one.scopes, one] as const),
      ...(data.baseline === undefined ? [] : [[BASELINE, [], data.baseline] as const]),
    ]
    const own = rows.flatMap(([row, needs, grants]) => [
      ...grants.endpoints.map((endpoint) => ({
        row,
        needs,
        endpoint,
        pattern: readPattern(endpoint.pattern, data.rules),
      })),
      ...interpreted(grants).map(({ endpoint, pattern }) => ({ row, needs, endpoint, pattern })),
    ])
    this.list = own.map(({ row, needs, endpoint }) => ({ row, needs, endpoint }))
    this.#patterns = own.map(({ pattern }) => pattern)
    for (const [row] of rows) this.#indexes.set(row, [])
    for (const [index, { row }] of this.list.entries()) this.#indexes.get(row)?.push(index)
    const scopes = this.list.map(({ endpoint }, index): [string, Scope] => {
      const name = String(index)
      const field = nameField(endpoint)
      const granted = field === undefined ? { endpoints: [endpoint] } : { endpoints: [], [field]: [endpoint] }
      return [name, { name, label: name, optional: false, includes: [], ...granted }]
    })
    const grants = this.list.map(({ endpoint }, index) => {
      const isName = nameField(endpoint) !== undefined
      return [String(index), isName ? [] : [{ endpoint, pattern: this.pattern(index) }]] as const
    })
    this.#apart = createPolicy({
      options: data.options,
      rules: data.rules,
      scopes: new Map(scopes),
      combinations: new Map(),
      grants: new Map(grants),
    })
  }

  pattern(index: number): Pattern {
    return this.#patterns[index] as Pattern
  }

  /** Whether the endpoint allows the request on its own. */
  allows(index: number, method: string, target: string): boolean {
    return this.#apart.authorize([String(index)], method, target)
  }

  /** The endpoints of a row, as indexes of the list. */
  of(row: string): readonly number[] {
    return this.#indexes.get(row) ?? []
  }

  /** Those that allow the request on their own. */
  allowing(row: string, method: string, target: string): readonly number[] {
    const indexes = this.of(row)
    const alone = this.#alone.get(row) ?? new AllowedAlone(this.#apart, indexes.map(String))
    this.#alone.set(row, alone)
    return alone.indexes(method, target).map((at) => indexes[at] as number)
  }
}
