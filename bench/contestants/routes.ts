/**
 * A policy as routes. A router finds one route for a request, so each route carries the set of scopes
 * that grant it, and the token passes when it has one of them. That is the fastest use of a router; its
 * price is that only the most specific route is asked, although another one may grant the request too.
 *
 * To a router a star in the middle is one segment, and only a star at the end can span slashes.
 */
import type { PolicyInput } from './contestant.ts'

/** Segments with a star inside them, such as `*.csv`: how a router writes them, or null for not at all. */
export interface RouteSyntax {
  /** One whole segment; the number makes parameter names distinct within a route. */
  readonly segment: (index: number) => string
  /** The rest of the path. */
  readonly rest: string
  readonly inside: (before: string, after: string, index: number) => string | null
}

export interface Route {
  readonly method: string
  readonly path: string
  readonly scopes: Set<string>
}

export function routeOf(pattern: string, syntax: RouteSyntax): string | null {
  const segments = pattern.split('/')
  const written: string[] = []
  for (const [index, segment] of segments.entries()) {
    const stars = segment.split('*')
    const [before = '', after = ''] = stars
    if (stars.length === 1) written.push(segment)
    else if (segment === '*')
      written.push(index === segments.length - 1 ? syntax.rest : syntax.segment(index))
    else {
      const inside = stars.length > 2 ? null : syntax.inside(before, after, index)
      if (inside === null) return null
      written.push(inside)
    }
  }
  return `/${written.join('/')}`
}

/** All routes, each once, with the scopes that grant it; and how many patterns could not be written. */
export function routesOf(
  policy: PolicyInput,
  syntax: RouteSyntax,
): { readonly routes: readonly Route[]; readonly dropped: number } {
  const routes = new Map<string, Route>()
  let dropped = 0
  for (const [scope, entries] of policy.scopes) {
    for (const { pattern, methods } of entries) {
      const path = routeOf(pattern, syntax)
      if (path === null) {
        dropped += 1
        continue
      }
      for (const method of methods) {
        const key = `${method} ${path}`
        const route = routes.get(key) ?? { method, path, scopes: new Set<string>() }
        routes.set(key, route)
        route.scopes.add(scope)
      }
    }
  }
  return { routes: [...routes.values()], dropped }
}

export function holdsOne(names: readonly string[], scopes: ReadonlySet<string>): boolean {
  for (const name of names) if (scopes.has(name)) return true
  return false
}

export function droppedNote(dropped: number, what: string): string | undefined {
  return dropped === 0 ? undefined : `${dropped.toLocaleString('en')} ${what} left out: it cannot hold them`
}
