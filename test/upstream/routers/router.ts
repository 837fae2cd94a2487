/**
 * For testing only. A router with the routes of one application. It is asked which route it takes, and answers
 * with the path that the handler believes to serve.
 */

/** In the way of Express 4; `:id` is one segment, `*` is whatever follows. The first that matches is taken. */
export const ROUTES: readonly string[] = [
  '/',
  '/workers/me',
  '/workers/:id',
  '/records/:id/search',
  '/records/:id',
  '/public',
  '/public/:id',
  '/public/*',
  '/admin',
  '/admin/*',
]

export interface Router {
  readonly name: string
  /** The path that a handler serves for a GET of this target; undefined where none is taken. */
  readonly take: (target: string) => Promise<string | undefined> | string | undefined
}

/** The path of a route with its parameters, as a request for exactly that would be written. */
export function pathOf(route: string, id: string, rest: string): string {
  const escape = (text: string): string => encodeURIComponent(text)
  return route.replace(':id', () => escape(id)).replace('*', () => rest.split('/').map(escape).join('/'))
}
