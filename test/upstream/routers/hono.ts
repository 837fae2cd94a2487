import { Hono } from 'hono'
import type { Context } from 'hono'
import { LinearRouter } from 'hono/router/linear-router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'
import { pathOf, type Router, ROUTES } from './router.ts'

/** Every route on an application of Hono; the rest of a path is what `request.path` has left escaped. */
export function routed(app: Hono, take: (path: string) => void): Hono {
  for (const route of ROUTES) {
    app.get(route, (context: Context) => {
      const id = route.includes(':id') ? (context.req.param('id') ?? '') : ''
      take(pathOf(route, id, decodeURIComponent(context.req.path.slice(route.length - 1))))
      return context.text('reached')
    })
  }
  return app
}

function hono(name: string, options: ConstructorParameters<typeof Hono>[0]): Router {
  let taken: string | undefined
  const app = routed(new Hono(options), (path) => {
    taken = path
  })
  return {
    name,
    take: async (target) => {
      taken = undefined
      let request: Request
      try {
        request = new Request(`http://host${target}`)
      } catch {
        return undefined
      }
      await app.fetch(request)
      return taken
    },
  }
}

export const HONO: readonly Router[] = [
  hono('Hono', {}),
  hono('Hono, not strict', { strict: false }),
  hono('Hono, trie', { router: new TrieRouter() }),
  hono('Hono, linear', { router: new LinearRouter() }),
  hono('Hono, regular expressions or trie', {
    router: new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] }),
  }),
]
