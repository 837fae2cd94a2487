/** The policy that tables are about, with what is made of it once for all their rows. */
import { BASELINE } from '../language/scope-fields.ts'
import { withIncluded } from '../policy/includes.ts'
import type { Policy } from '../decision/types.ts'
import type { Span } from '../source/span.ts'
import { AllowedAlone } from './allowed-alone.ts'
import { Endpoints, type OwnEndpoint } from './endpoints.ts'

export class Subject {
  readonly policy: Policy
  readonly names: readonly string[]
  readonly endpoints: Endpoints
  readonly #place: (span: Span) => string
  readonly #scopes: Policy['scopes']
  readonly #alone: AllowedAlone

  /** `place` names a place of the policy's document for people, as in `scopes.yaml:4:7`. */
  constructor(policy: Policy, place: (span: Span) => string) {
    this.policy = policy
    this.names = [...policy.scopes.keys()]
    this.endpoints = new Endpoints(policy)
    this.#place = place
    // A policy makes its scopes anew each time.
    this.#scopes = new Map(policy.scopes)
    this.#alone = new AllowedAlone(policy, this.names)
  }

  /** The scopes that allow the request alone, in document order. */
  allowedTo(method: string, target: string): readonly string[] {
    return this.#alone.indexes(method, target).map((index) => this.names[index] as string)
  }

  withIncluded(scope: string): readonly string[] {
    return withIncluded(scope, this.#scopes)
  }

  /** The rows whose own endpoints a token with these scopes shows: its scopes, their combinations, the baseline. */
  rowsOf(token: readonly string[]): readonly string[] {
    const { combinations, baseline } = this.policy
    const rows = baseline === undefined ? [...token] : [...token, BASELINE]
    if (combinations.size === 0) return rows
    const held = new Set(token.flatMap((name) => this.withIncluded(name)))
    for (const [key, { scopes }] of combinations) {
      if (scopes.every((name) => held.has(name))) rows.push(key)
    }
    return rows
  }

  /** An endpoint by which the scope allows the request. */
  grantedBy(scope: string, method: string, target: string): OwnEndpoint | undefined {
    for (const name of this.withIncluded(scope)) {
      const [index] = this.endpoints.allowing(name, method, target)
      if (index !== undefined) return this.endpoints.list[index]
    }
    return undefined
  }

  /** Where the endpoint is in the document of the policy. */
  placeOf({ span }: OwnEndpoint['endpoint']): string | undefined {
    return span && this.#place(span)
  }
}
