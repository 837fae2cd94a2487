/** The router of Fastify, with what Fastify lets one set. */
import { createRequire } from 'node:module'
import { pathOf, type Router, ROUTES } from './router.ts'

interface FindMyWay {
  readonly on: (method: 'GET', path: string, handler: () => void, store: string) => void
  readonly find: (
    method: 'GET',
    path: string,
  ) => { store: unknown; params: Record<string, string | undefined> } | null
}

const load = createRequire(import.meta.url)
/** As Fastify loads it. */
const fromFastify = createRequire(load.resolve('fastify'))
const create = fromFastify('find-my-way') as (options: object) => FindMyWay

function findMyWay(name: string, options: object): Router {
  const router = create(options)
  for (const route of ROUTES) router.on('GET', route, () => undefined, route)
  return {
    name,
    take: (target) => {
      const found = router.find('GET', target)
      if (typeof found?.store !== 'string') return undefined
      const { id = '', '*': rest = '' } = found.params
      return pathOf(found.store, id, rest)
    },
  }
}

export const FIND_MY_WAY: readonly Router[] = [
  findMyWay('find-my-way', {}),
  findMyWay('find-my-way, lenient', {
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    caseSensitive: false,
    useSemicolonDelimiter: true,
  }),
]
