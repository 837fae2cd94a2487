/**
 * Koa has no router of its own, and `@koa/router` is not among the dependencies: the path that Koa gives to its
 * middleware, compared with the routes as `@koa/router` compares them (a slash at the end is optional).
 */
import Koa from 'koa'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pathOf, type Router, ROUTES } from './router.ts'

const TABLE = ROUTES.map((route) => ({
  route,
  expression: new RegExp(
    `^${route.replace(':id', '(?<id>[^/]+)').replace('*', '(?<rest>.*)').replace(/\/$/, '')}/?$`,
  ),
}))

/** The route that takes a path of Koa, as a path again. */
export function routeOf(path: string): string | undefined {
  for (const { route, expression } of TABLE) {
    const match = expression.exec(path)
    if (match === null) continue
    const { id = '', rest = '' } = match.groups ?? {}
    try {
      return pathOf(route, decodeURIComponent(id), decodeURIComponent(rest))
    } catch {
      return undefined
    }
  }
  return undefined
}

const app = new Koa()

export const KOA: readonly Router[] = [
  {
    name: 'Koa',
    take: (target) => {
      const request: object = { method: 'GET', url: target, headers: {}, socket: {} }
      const response: object = {}
      return routeOf(app.createContext(request as IncomingMessage, response as ServerResponse).path)
    },
  },
]
