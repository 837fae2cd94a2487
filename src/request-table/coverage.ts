/**
 * Which grants of a policy some table shows: a grant is one method of one endpoint of a scope, of a combination or of
 * the baseline, and is covered by a request that is expected to be allowed to a token that holds it, is allowed, and
 * that the endpoint allows on its own.
 *
 * An endpoint counts in the list in which it is. One that can allow no request on its own does not
 * count, since no table could show it.
 */
import type { OwnEndpoint } from './endpoints.ts'
import { exampleTarget } from './example-target.ts'
import type { Subject } from './subject.ts'

export interface Uncovered extends OwnEndpoint {
  /** Those of its methods that no request shows. */
  readonly methods: readonly string[]
}

export interface CoverageSummary {
  readonly covered: number
  readonly total: number
  /** In document order. */
  readonly uncovered: readonly Uncovered[]
}

export class Coverage {
  readonly #subject: Subject
  /** For each endpoint the methods that are not covered. */
  readonly #missing: readonly Set<string>[]

  constructor(subject: Subject) {
    this.#subject = subject
    this.#missing = subject.endpoints.list.map(({ endpoint }) => new Set(endpoint.methods))
  }

  /** A request that is allowed to a token with these scopes, as it is expected to be. */
  add(token: readonly string[], method: string, target: string): void {
    const { endpoints } = this.#subject
    for (const row of this.#subject.rowsOf(token)) {
      // Most requests repeat what is covered: a row of which all is covered is not looked at again.
      if (endpoints.of(row).every((index) => this.#missing[index]?.has(method) !== true)) continue
      for (const index of endpoints.allowing(row, method, target)) this.#missing[index]?.delete(method)
    }
  }

  summary(): CoverageSummary {
    const uncovered: Uncovered[] = []
    let [covered, total] = [0, 0]
    for (const [index, own] of this.#subject.endpoints.list.entries()) {
      const missing = this.#missing[index] ?? new Set()
      const { methods } = own.endpoint
      if (missing.size === methods.length && exampleTarget(this.#subject.endpoints, index) === null) continue
      total += methods.length
      covered += methods.length - missing.size
      if (missing.size > 0) uncovered.push({ ...own, methods: [...missing] })
    }
    return { covered, total, uncovered }
  }
}

/** In whole percent, rounded down, so that 100 means all. */
export function percentOf({ covered, total }: CoverageSummary): number {
  return total === 0 ? 100 : Math.floor((100 * covered) / total)
}
