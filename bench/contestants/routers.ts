/**
 * Routers of web frameworks. They are fast because they answer a simpler question; the rate of wrong
 * answers says how much simpler. All get the raw target and compare letters exactly, as the policy does.
 */
import { type Contestant, peer, perCall } from './contestant.ts'
import { droppedNote, holdsOne, routesOf } from './routes.ts'

type Scopes = ReadonlySet<string>

interface FindMyWay {
  readonly on: (method: string, path: string, handler: () => void, store: Scopes) => void
  readonly find: (method: string, path: string) => { readonly store: Scopes } | null
}

export const findMyWay: Contestant = {
  name: 'find-my-way',
  family: 'router',
  package: 'find-my-way',
  about: 'the router of Fastify',
  create: async (policy) => {
    const { default: create } = (await peer('find-my-way')) as { default: () => FindMyWay }
    const router = create()
    const { routes } = routesOf(policy, {
      segment: (index) => `:p${index}`,
      rest: '*',
      inside: (before, after, index) =>
        `${before}:p${index}${after.startsWith('_') ? `(.*)${after}` : after}`,
    })
    for (const { method, path, scopes } of routes) router.on(method, path, () => undefined, scopes)
    return perCall((names, method, path) => {
      const found = router.find(method, path)
      return found !== null && holdsOne(names, found.store)
    })
  },
}

interface MemoiristRouter {
  readonly add: (method: string, path: string, store: Scopes) => unknown
  readonly find: (method: string, path: string) => { readonly store: Scopes } | null
}

export const memoirist: Contestant = {
  name: 'memoirist',
  family: 'router',
  package: 'memoirist',
  about: 'the router of Elysia',
  create: async (policy) => {
    const { Memoirist } = (await peer('memoirist')) as { Memoirist: new () => MemoiristRouter }
    const router = new Memoirist()
    const { routes, dropped } = routesOf(policy, {
      segment: (index) => `:p${index}`,
      rest: '*',
      inside: (before, after, index) => (after === '' ? `${before}:p${index}` : null),
    })
    for (const { method, path, scopes } of routes) router.add(method, path, scopes)
    return perCall(
      (names, method, path) => {
        const found = router.find(method, path)
        return found !== null && holdsOne(names, found.store)
      },
      droppedNote(dropped, 'patterns'),
    )
  },
}

interface Rou3 {
  readonly createRouter: () => unknown
  readonly addRoute: (router: unknown, method: string, path: string, data: Scopes) => void
  readonly findRoute: (
    router: unknown,
    method: string,
    path: string,
    options: { readonly params: boolean },
  ) => { readonly data: Scopes } | undefined
}

export const rou3: Contestant = {
  name: 'rou3',
  family: 'router',
  package: 'rou3',
  about: 'the router of Nitro and h3; `findRoute` without parameters',
  create: async (policy) => {
    const { createRouter, addRoute, findRoute } = (await peer('rou3')) as Rou3
    const router = createRouter()
    const { routes } = routesOf(policy, {
      segment: (index) => `:p${index}`,
      rest: '**',
      inside: (before, after) => `${before}*${after}`,
    })
    for (const { method, path, scopes } of routes) addRoute(router, method, path, scopes)
    const options = { params: false }
    return perCall((names, method, path) => {
      const found = findRoute(router, method, path, options)
      return found !== undefined && holdsOne(names, found.data)
    })
  },
}

interface HonoRouter {
  readonly add: (method: string, path: string, handler: Scopes) => void
  readonly match: (method: string, path: string) => readonly [(readonly [Scopes, unknown])[], ...unknown[]]
}

function hono(name: string, module: string, exported: string, about: string): Contestant {
  return {
    name,
    family: 'router',
    package: 'hono',
    about,
    create: async (policy) => {
      const library = (await peer(module)) as Record<string, new () => HonoRouter>
      const Router = library[exported]
      if (Router === undefined) throw new Error(`${module} has no ${exported}`)
      const router = new Router()
      const { routes } = routesOf(policy, {
        segment: (index) => `:p${index}`,
        rest: '*',
        inside: (before, after, index) => `:p${index}{${before}.*${after.replace('.', '\\.')}}`,
      })
      let dropped = 0
      for (const { method, path, scopes } of routes) {
        try {
          router.add(method, path, scopes)
        } catch {
          dropped += 1
        }
      }
      // The first match builds the matcher, and is slow.
      router.match('GET', '/')
      return perCall(
        (names, method, path) => {
          const [found] = router.match(method, path)
          for (const [scopes] of found) if (holdsOne(names, scopes)) return true
          return false
        },
        droppedNote(dropped, 'routes'),
      )
    },
  }
}

export const honoRegExp: Contestant = hono(
  'hono RegExpRouter',
  'hono/router/reg-exp-router',
  'RegExpRouter',
  'one large expression per method; returns every route that matches',
)

export const honoTrie: Contestant = hono(
  'hono TrieRouter',
  'hono/router/trie-router',
  'TrieRouter',
  'a tree of segments; returns every route that matches',
)
