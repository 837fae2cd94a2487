/**
 * Requests derived from the endpoints of a catalog, and the decisions of both implementations on them: for
 * every scope alone, for all scopes in one token, and for sampled tokens. Nothing is left to chance: the
 * same catalog gives the same requests.
 */
import type { Policy } from '../../src/index.ts'
import { mutate, MUTATION_KINDS, MUTATION_INSERTS } from '../arbitrary/mutation.ts'
import { fillStars } from '../arbitrary/request.ts'
import { referencePolicy } from '../reference/authorize.ts'
import { toPlainDocument } from './catalog.ts'
import type { Catalog } from './catalog.ts'

export interface Comparison {
  decisions: number
  granted: number
  readonly differences: string[]
}

const FILLS = [
  '7',
  'me',
  'a-b.c',
  '00000000-0000-0000-0000-000000000000',
  'x%20y',
  'caf%C3%A9',
  'a/b',
  'settings',
  '',
]

/** A linear congruential generator (Numerical Recipes' constants). */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export function compare(
  catalog: Catalog,
  policy: Policy,
  requests: number,
  onProgress: (share: number) => void,
): Comparison {
  const reference = referencePolicy(toPlainDocument(catalog))
  const names = catalog.scopes.map(({ name }) => name)
  const draw = numbers(names.length)
  const all = policy.grant(names)
  const result: Comparison = { decisions: 0, granted: 0, differences: [] }

  const list = requestsOf(catalog, requests, draw)
  for (const [index, { scope, method, path }] of list.entries()) {
    onProgress(index / list.length)
    const tested = reference.testedPath(path)
    const check = (token: readonly string[], what: string, actual: boolean): void => {
      const expected = tested !== undefined && reference.allows(token, method, tested)
      result.decisions += 1
      if (expected) result.granted += 1
      if (actual !== expected)
        result.differences.push(`${what}: ${method} ${path} is ${actual ? 'granted' : 'denied'}`)
    }
    check([scope], scope, policy.authorize([scope], method, path))
    check(names, 'all scopes', all.authorize(method, path))
    for (let times = 0; times < 2; times++) {
      const token = Array.from({ length: 1 + draw(6) }, () => names[draw(names.length)] ?? scope)
      check(token, token.join(' '), policy.authorize(token.join(' '), method, path))
    }
    const allowing = new Set(policy.scopesFor(method, path))
    for (const name of names) check([name], `scopesFor ${name}`, allowing.has(name))
  }
  return result
}

interface CatalogRequest {
  readonly scope: string
  readonly method: string
  readonly path: string
}

/** About `count` requests, spread evenly over the endpoints: half of them meant to match, half near misses. */
function requestsOf(
  { scopes, options }: Catalog,
  count: number,
  draw: (below: number) => number,
): CatalogRequest[] {
  const endpoints = scopes.flatMap(({ name, endpoints }) =>
    endpoints.map((endpoint) => ({ name, ...endpoint })),
  )
  const step = Math.max(1, (endpoints.length * 4) / count)
  const base = options.preset === 'cerb' ? '/rest/' : ''
  const list: CatalogRequest[] = []
  for (let at = 0; at < endpoints.length; at += step) {
    const endpoint = endpoints[Math.floor(at)]
    if (endpoint === undefined) continue
    const fills = Array.from({ length: 3 }, () => FILLS[draw(FILLS.length)] ?? '')
    const path = base + fillStars(endpoint.path, fills)
    const method = endpoint.methods[draw(endpoint.methods.length)] ?? 'GET'
    const other = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'get'][draw(7)] ?? 'GET'
    const near = (): string =>
      mutate(path, {
        kind: MUTATION_KINDS[draw(MUTATION_KINDS.length)] ?? 'insert',
        place: draw(200),
        insert: MUTATION_INSERTS[draw(MUTATION_INSERTS.length)] ?? '',
      })
    list.push({ scope: endpoint.name, method, path: base + fillStars(endpoint.path, ['7']) })
    list.push({ scope: endpoint.name, method, path })
    list.push({ scope: endpoint.name, method, path: near() })
    list.push({ scope: endpoint.name, method: other, path: near() })
  }
  return list
}
