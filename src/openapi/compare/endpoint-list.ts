/**
 * The patterns of a policy, each once, with the scopes that have them. Scopes share patterns, so questions are
 * asked about patterns.
 */
import { readPattern, type Pattern } from '../../pattern/pattern.ts'
import type { Endpoint } from '../../policy/model.ts'
import type { PolicyData } from '../../policy/policy-data.ts'

/** An endpoint where it stands. */
export interface OwnEndpoint {
  readonly scope: string
  readonly endpoint: Endpoint
}

interface Grant {
  readonly scope: number
  readonly methods: readonly string[]
}

export class EndpointList {
  readonly scopes: readonly string[]
  readonly patterns: readonly Pattern[]
  readonly own: readonly OwnEndpoint[]
  /** For each pattern indexes of `own`. */
  readonly #owners: readonly number[][]
  readonly #grants: readonly Grant[][]
  readonly #numbers: ReadonlyMap<string, number>

  constructor(data: PolicyData) {
    this.scopes = [...data.scopes.keys()]
    this.#numbers = new Map(this.scopes.map((name, index) => [name, index]))
    const ids = new Map<string, number>()
    const patterns: Pattern[] = []
    const owners: number[][] = []
    const grants: Grant[][] = []
    const idOf = (text: string): number => {
      const known = ids.get(text)
      if (known !== undefined) return known
      const id = patterns.push(readPattern(text, data.rules)) - 1
      ids.set(text, id)
      owners.push([])
      grants.push([])
      return id
    }
    const own: OwnEndpoint[] = []
    for (const [scope, { endpoints }] of data.scopes) {
      for (const endpoint of endpoints) {
        owners[idOf(endpoint.pattern)]?.push(own.push({ scope, endpoint }) - 1)
      }
    }
    for (const [scope, name] of this.scopes.entries()) {
      for (const { endpoint } of data.grants.get(name) ?? []) {
        grants[idOf(endpoint.pattern)]?.push({ scope, methods: endpoint.methods })
      }
    }
    this.patterns = patterns
    this.own = own
    this.#owners = owners
    this.#grants = grants
  }

  /** Endpoints with one of these patterns that grant the method, as indexes of `own`. */
  withPattern(id: number, method: string): readonly number[] {
    return (this.#owners[id] ?? []).filter((index) => this.own[index]?.endpoint.methods.includes(method))
  }

  /** For each scope that has some of these patterns for the method, which ones; all ascending. */
  byScope(ids: readonly number[], method: string): ReadonlyMap<number, readonly number[]> {
    const found = new Map<number, number[]>()
    for (const id of ids) {
      for (const { scope, methods } of this.#grants[id] ?? []) {
        if (!methods.includes(method)) continue
        const list = found.get(scope)
        if (list === undefined) found.set(scope, [id])
        else if (list.at(-1) !== id) list.push(id)
      }
    }
    return new Map([...found].sort(([a], [b]) => a - b))
  }

  numberOf(scope: string): number | undefined {
    return this.#numbers.get(scope)
  }
}
