/**
 * The application behind the middleware, the same on every framework: routes that say that they ran, and for
 * which path.
 */
import { loadPolicy } from '../../../src/index.ts'
import type { Policy } from '../../../src/index.ts'
import type { DecisionRecord } from '../../../src/enforce/types.ts'

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS'
  /** Below `/rest`; `:id` is a parameter of one segment, which may be called nothing else. */
  readonly path: string
}

/** One call of a handler. */
export interface Run {
  /** Of the request; not always that of the route (HEAD). */
  readonly method: string
  readonly route: Route
  /** Decoded by the framework. */
  readonly id?: string | undefined
  /** What the middleware left for the handler. */
  readonly decision: DecisionRecord | undefined
}

export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/workers/me' },
  { method: 'PUT', path: '/workers/me' },
  { method: 'DELETE', path: '/workers/me' },
  { method: 'GET', path: '/workers/:id' },
  { method: 'POST', path: '/workers/:id' },
  { method: 'DELETE', path: '/workers/:id' },
  { method: 'GET', path: '/records/:id/search' },
  { method: 'GET', path: '/public' },
  { method: 'GET', path: '/public/:id' },
  { method: 'GET', path: '/admin' },
  { method: 'GET', path: '/admin/:id' },
  { method: 'OPTIONS', path: '/workers/me' },
]

/** Not judged: each server says so in the way of its framework. */
export const OPEN: Route = { method: 'GET', path: '/open' }

export const policy: Policy = loadPolicy(
  `
profile: { label: Profile, endpoints: [workers/me: GET] }
search: { label: Search, endpoints: ['records/*/search': [GET]] }
public: { label: Public, endpoints: ['public/*': GET] }
workers: { label: Workers, endpoints: ['workers/*': [GET, POST]] }
api: { label: Everything, endpoints: ['*'] }
`,
  { basePath: '/rest' },
)

/** The path that a handler believes to serve, written as a request for exactly it would be. */
export function pathOf({ route, id = '' }: Run): string {
  return `/rest${route.path.replace(':id', () => encodeURIComponent(id))}`
}

/** Whether a handler ran that these scopes do not grant. */
export function isBypass(run: Run, scopes: readonly string[]): boolean {
  return run.route !== OPEN && !policy.authorize(scopes, run.method, pathOf(run))
}
