/**
 * All scopes that allow a request alone, without asking each of them.
 *
 * Idea: one more scope never takes access away, so where a token with many scopes is denied, each of them
 * is. A binary tree over the scopes holds a grant for every half, quarter and so on; a denied part is done
 * with one decision. Only leaves count as answers, since with a slash at the end of the path scopes may
 * allow together what none allows alone.
 *
 * Cost: one decision for a request that no scope allows, about `2 k log(n / k)` for k of n scopes; the tree
 * holds `n log n` numbers. `policy.scopesFor` asks all n scopes, and sorts those it finds by inclusion,
 * which grows with the size of the policy.
 */
import type { Grant, Policy } from '../decision/types.ts'

interface Part {
  readonly grant: Grant
  /** Index of the scope, for a part of one. */
  readonly index: number
  readonly halves: readonly Part[]
}

export class AllowedAlone {
  readonly #root: Part | undefined

  constructor({ grant }: Pick<Policy, 'grant'>, names: readonly string[]) {
    const part = (from: number, to: number): Part => {
      const middle = (from + to) >>> 1
      const halves = to - from === 1 ? [] : [part(from, middle), part(middle, to)]
      return { grant: grant(names.slice(from, to)), index: from, halves }
    }
    this.#root = names.length === 0 ? undefined : part(0, names.length)
  }

  /** Indexes into the names, ascending. */
  indexes(method: string, target: string): readonly number[] {
    const found: number[] = []
    const visit = ({ grant, index, halves }: Part): void => {
      if (!grant.authorize(method, target)) return
      if (halves.length === 0) found.push(index)
      else halves.forEach(visit)
    }
    if (this.#root !== undefined) visit(this.#root)
    return found
  }
}
