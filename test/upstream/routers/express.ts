import express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { pathOf, type Router, ROUTES } from './router.ts'

/** Every route on an application or a router of Express 5. */
export function routed(
  app: Pick<express.Router, 'get'>,
  take: (path: string, response: Response) => void,
): void {
  for (const route of ROUTES) {
    app.get(route.replace('*', '*rest'), (request: Request, response: Response) => {
      const { id = '', rest = [] } = request.params as { id?: string; rest?: string[] }
      take(pathOf(route, id, rest.join('/')), response)
    })
  }
}

/** The router alone, called as a server calls it. */
function expressRouter(name: string, options: express.RouterOptions): Router {
  const router = express.Router(options)
  let taken: string | undefined
  routed(router, (path) => {
    taken = path
  })
  return {
    name,
    take: (target) => {
      taken = undefined
      const ignore: NextFunction = () => undefined
      const request: object = { method: 'GET', url: target, headers: {} }
      const response: object = {}
      router(request as Request, response as Response, ignore)
      return taken
    },
  }
}

export const EXPRESS: readonly Router[] = [
  expressRouter('Express', {}),
  expressRouter('Express, strict and case-sensitive', { strict: true, caseSensitive: true }),
]
