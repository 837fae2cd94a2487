import { withIncluded } from './includes.ts'
import type { PolicyData } from './policy-data.ts'

/** What beside the names of scopes makes a token hold rows, see `decision/held-scopes.ts`; undefined where nothing does. */
export interface Holding {
  readonly combinations: readonly (readonly [key: string, scopes: readonly string[]])[]
  readonly baseline: boolean
  /** Of scopes that include others: all that they include, themselves left out. */
  readonly includes: Readonly<Record<string, readonly string[]>>
  readonly aliases: Readonly<Record<string, string>>
}

export function holdingOf({ scopes, combinations, baseline }: PolicyData): Holding | undefined {
  const aliases = aliasesOf(scopes)
  if (aliases.size === 0 && combinations.size === 0 && baseline === undefined) return undefined
  const needed = new Set([...combinations.values()].flatMap((one) => one.scopes))
  const includes = [...scopes.keys()].flatMap((name) => {
    const members = withIncluded(name, scopes).filter((other) => other !== name && needed.has(other))
    return members.length === 0 ? [] : [[name, members] as const]
  })
  return {
    combinations: [...combinations].map(([key, one]) => [key, one.scopes] as const),
    baseline: baseline !== undefined,
    includes: own(includes),
    aliases: own([...aliases]),
  }
}

/** From other names by which tokens carry a scope to its own. */
export function aliasesOf(scopes: PolicyData['scopes']): ReadonlyMap<string, string> {
  return new Map([...scopes].flatMap(([name, { aliases = [] }]) => aliases.map((alias) => [alias, name])))
}

/** An object with own members only: a scope may be called `__proto__`. */
function own<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries)
}
