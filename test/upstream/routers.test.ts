/** The law through the routers of frameworks: the route that is taken for a granted target is granted, too. */
import { describe, expect, test } from 'vitest'
import type { PlainOptions } from '../reference/document.ts'
import { policyOf } from '../properties/policy-of.ts'
import { naive, ours } from './authorizers.ts'
import type { Authorizer } from './law.ts'
import { ALL, TIMEOUT } from './pieces.ts'
import { application, targetsOf } from './routers/application.ts'
import { EXPRESS } from './routers/express.ts'
import { FIND_MY_WAY } from './routers/find-my-way.ts'
import { HONO } from './routers/hono.ts'
import { KOA } from './routers/koa.ts'
import type { Router } from './routers/router.ts'

const ROUTERS: readonly Router[] = [...EXPRESS, ...FIND_MY_WAY, ...HONO, ...KOA]

const LONGEST = ALL ? 5 : 4
const STRICT = application()
const LENIENT = application({ trailingSlash: 'ignore', caseSensitive: false, extensions: ['json'] })

type Granted = readonly (readonly [target: string, scopes: readonly number[]])[]

/** Once for all routers. */
function grantedBy({ granting }: Authorizer): Granted {
  const granted: [string, readonly number[]][] = []
  for (const target of targetsOf(LONGEST)) {
    const scopes = granting(target)
    if (scopes.length > 0) granted.push([target, scopes])
  }
  return granted
}

const OURS: readonly (readonly [PlainOptions, typeof STRICT, Granted])[] = [STRICT, LENIENT].map(
  (document) => [document['$options'] as PlainOptions, document, grantedBy(ours(document))],
)
const NAIVE = grantedBy(naive(STRICT))

/** Targets that are granted to a scope which does not grant the route that is taken. */
async function bypasses(
  router: Router,
  document: typeof STRICT,
  granted: Granted,
): Promise<{ found: string[]; taken: number }> {
  const { authorize, scopes } = policyOf(document)
  const names = [...scopes.keys()]
  const found: string[] = []
  let taken = 0
  for (const [target, scopesOfTarget] of granted) {
    const path = await router.take(target)
    if (path === undefined) continue
    taken += 1
    for (const scope of scopesOfTarget) {
      const name = names[scope] ?? ''
      if (!authorize([name], 'GET', path)) found.push(`${name} grants ${target}, which is taken for ${path}`)
    }
  }
  if (ALL) console.log(JSON.stringify({ router: router.name, granted: granted.length, taken }))
  return { found, taken }
}

describe.each(ROUTERS.map((router) => [router.name, router] as const))('%s', (_, router) => {
  test.each(OURS)(
    'takes no route that is not granted, with %o',
    async (__, document, granted) => {
      const { found, taken } = await bypasses(router, document, granted)
      expect(found).toEqual([])
      expect(taken).toBeGreaterThan(100)
    },
    TIMEOUT,
  )

  test(
    'takes one by a glob without path rules',
    async () => {
      const { found } = await bypasses(router, STRICT, NAIVE)
      expect(found).not.toEqual([])
    },
    TIMEOUT,
  )
})
