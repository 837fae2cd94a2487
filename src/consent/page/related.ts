/** Who includes whom on one screen, for the line of a scope that speaks of others. */
import { shownScopes } from '../view/shown-scopes.ts'
import type { ConsentItem, ConsentScope, ConsentView } from '../view/types.ts'

export class Related {
  readonly #scopes: ReadonlyMap<string, ConsentScope>
  readonly #included = new Map<string, ConsentItem[]>()

  constructor(view: ConsentView) {
    this.#scopes = new Map(shownScopes(view).map((scope) => [scope.scope, scope]))
    for (const item of view.groups.flatMap(({ items }) => items)) {
      for (const [host, another] of item.includedIn ?? []) {
        if (host === undefined || another !== undefined) continue
        const included = this.#included.get(host) ?? []
        included.push(item)
        this.#included.set(host, included)
      }
    }
  }

  scope(name: string): ConsentScope | undefined {
    return this.#scopes.get(name)
  }

  /** Items with their own line that the one includes by itself. */
  includedIn({ scope }: ConsentItem): readonly ConsentItem[] {
    return this.#included.get(scope) ?? []
  }
}
