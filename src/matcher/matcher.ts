import type { PolicyData } from '../policy/policy-data.ts'
import { patternMatcher } from './pattern-matcher.ts'

/**
 * The compiled form of a policy. Scopes are numbers, so that a token's names are looked up once; paths
 * are what `readPath` gives.
 */
export interface Matcher {
  /** The number of a scope, or -1 when the policy does not know it. */
  readonly scopeId: (name: string) => number
  /** Whether the scope, with all it includes, grants the method on the path. */
  readonly matches: (scope: number, method: string, path: string) => boolean
  /** The same, by endpoints alone whose pattern spells a slash at its end. */
  readonly matchesSlash: (scope: number, method: string, path: string) => boolean
}

/** Compiles a policy: per scope and method the list of its patterns, each tried in turn. */
export function compile(data: PolicyData): Matcher {
  const ids = new Map([...data.grants.keys()].map((name, id) => [name, id]))
  const all: MethodTable[] = []
  const slashed: MethodTable[] = []
  for (const endpoints of data.grants.values()) {
    all.push(methodTable(endpoints))
    slashed.push(methodTable(endpoints.filter(({ pattern }) => pattern.endsInSlash)))
  }
  return {
    scopeId: (name) => ids.get(name) ?? -1,
    matches: (scope, method, path) => anyMatches(all[scope]?.get(method), path),
    matchesSlash: (scope, method, path) => anyMatches(slashed[scope]?.get(method), path),
  }
}

type MethodTable = ReadonlyMap<string, readonly ((path: string) => boolean)[]>

function methodTable(
  endpoints: PolicyData['grants'] extends ReadonlyMap<string, infer E> ? E : never,
): MethodTable {
  const table = new Map<string, ((path: string) => boolean)[]>()
  for (const { endpoint, pattern } of endpoints) {
    const matches = patternMatcher(pattern.meaning)
    for (const method of endpoint.methods) {
      const list = table.get(method)
      if (list === undefined) table.set(method, [matches])
      else list.push(matches)
    }
  }
  return table
}

function anyMatches(patterns: readonly ((path: string) => boolean)[] | undefined, path: string): boolean {
  if (patterns === undefined) return false
  for (const matches of patterns) if (matches(path)) return true
  return false
}
