/**
 * The patterns of a policy, each once, with the rows that have them: scopes, then combinations, then the baseline
 * (see `decision/held-scopes.ts`). Rows share patterns, so questions are asked about patterns.
 */
import { heldScopes, type HeldScopes } from '../../decision/held-scopes.ts'
import { holdingOf } from '../../policy/holding.ts'
import { readPattern, type Pattern } from '../../pattern/pattern.ts'
import type { Endpoint } from '../../policy/model.ts'
import type { PolicyData } from '../../policy/policy-data.ts'

/** An endpoint of a scope, of a combination by its key, or of `$baseline`. */
export interface OwnEndpoint {
  readonly scope: string
  readonly endpoint: Endpoint
}

interface Grant {
  readonly row: number
  readonly methods: readonly string[]
}

export class EndpointList {
  readonly scopes: readonly string[]
  readonly patterns: readonly Pattern[]
  readonly own: readonly OwnEndpoint[]
  /** For each pattern indexes of `own`. */
  readonly #owners: readonly number[][]
  readonly #grants: readonly Grant[][]
  readonly #held: HeldScopes
  /** Which rows these scopes hold together. */
  readonly #rowsOf: (ids: readonly number[]) => readonly number[]
  /** The row of the baseline, where there is one. */
  readonly #baseline: number | undefined

  constructor(data: PolicyData) {
    this.scopes = [...data.scopes.keys()]
    const rows = [...data.grants.keys()]
    this.#held = heldScopes(rows, holdingOf(data))
    this.#rowsOf = this.#held.close ?? ((ids) => ids)
    this.#baseline = data.baseline === undefined ? undefined : rows.length - 1
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
    for (const [row, name] of rows.entries()) {
      const granted = data.grants.get(name) ?? []
      const written = data.scopes.get(name)?.endpoints ?? granted.map(({ endpoint }) => endpoint)
      for (const endpoint of written) {
        owners[idOf(endpoint.pattern)]?.push(own.push({ scope: name, endpoint }) - 1)
      }
      for (const { endpoint } of granted) {
        grants[idOf(endpoint.pattern)]?.push({ row, methods: endpoint.methods })
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

  /** For each row that has some of these patterns for the method, which ones; all ascending. */
  byRow(ids: readonly number[], method: string): ReadonlyMap<number, readonly number[]> {
    const found = new Map<number, number[]>()
    for (const id of ids) {
      for (const { row, methods } of this.#grants[id] ?? []) {
        if (!methods.includes(method)) continue
        const list = found.get(row)
        if (list === undefined) found.set(row, [id])
        else if (list.at(-1) !== id) list.push(id)
      }
    }
    return new Map([...found].sort(([a], [b]) => a - b))
  }

  /** The row of a scope, by its name or an alias. */
  numberOf(scope: string): number | undefined {
    return this.#held.numbers.get(scope)
  }

  /** The patterns that a token with these scopes has, ascending. */
  heldBy(scopes: readonly number[], byRow: ReadonlyMap<number, readonly number[]>): readonly number[] {
    return ascending(this.#rowsOf(scopes).flatMap((row) => byRow.get(row) ?? NONE))
  }

  /** Those of a token with all scopes, which holds all combinations as well. */
  heldByAll(byRow: ReadonlyMap<number, readonly number[]>): readonly number[] {
    return ascending([...byRow.values()].flat())
  }

  /** The scopes that may add something to a token; ascending. */
  candidates(byRow: ReadonlyMap<number, readonly number[]>): readonly number[] {
    const rows = [...byRow.keys()]
    const scopes = rows.filter((row) => row < this.scopes.length)
    // A combination may be held by one scope that includes the others.
    return rows.every((row) => row < this.scopes.length || row === this.#baseline)
      ? scopes
      : [...this.scopes.keys()]
  }

  /** The patterns that one scope adds to a token: those of all rows that it holds but the baseline. */
  addedBy(scope: number, byRow: ReadonlyMap<number, readonly number[]>): readonly number[] {
    const rows = this.#rowsOf([scope]).filter((row) => row !== this.#baseline)
    return ascending(rows.flatMap((row) => byRow.get(row) ?? []))
  }
}

const NONE: readonly number[] = []

function ascending(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].sort((a, b) => a - b)
}
