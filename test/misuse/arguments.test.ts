/**
 * Every argument of every method, of every wrong kind, in every form of a policy: never a grant that the
 * plain values would not give, never an exception from what decides, never without an end.
 */
import { describe, expect, test } from 'vitest'
import { HOSTILE, type Hostile } from './arguments.ts'
import { type Loose, PATHS, subjects } from './subjects.ts'

const METHODS = ['GET', 'POST', 'TRACE', 'undefined', 'toString'] as const

/** Asks everything that takes scopes; true where something grants. */
function grants(
  { authorize, grant, explain, methodsFor }: Loose,
  scopes: () => unknown,
  method: unknown,
  path: unknown,
): boolean {
  const answers = [
    authorize(scopes(), method, path),
    grant(scopes()).authorize(method, path),
    explain(scopes(), method, path).allowed,
    typeof method === 'string' && methodsFor(scopes(), path).includes(method),
  ]
  for (const answer of answers) expect(typeof answer).toBe('boolean')
  return answers.includes(true)
}

describe.each(await subjects())('%s', (_, policy) => {
  test.each(HOSTILE)('$what as scopes', ({ make, holds }: Hostile) => {
    for (const path of PATHS) {
      for (const method of METHODS) {
        const atMost = holds.some((name) => policy.authorize([name], method, path) === true)
        if (grants(policy, make, method, path)) expect(atMost, `${method} ${path}`).toBe(true)
      }
    }
    expect(policy.grant(make()).scopes.filter((name) => !holds.includes(name))).toEqual([])
  })

  test.each(HOSTILE.filter(({ make }) => typeof make() !== 'string'))(
    '$what as method and as path',
    ({ make }) => {
      for (const scopes of [['wide'], new Set(['wide', 'narrow']), 'wide narrow']) {
        expect(grants(policy, () => scopes, make(), '/workers/me')).toBe(false)
        expect(grants(policy, () => scopes, 'GET', make())).toBe(false)
        expect(grants(policy, make, make(), make())).toBe(false)
      }
      expect(policy.scopesFor(make(), '/workers/me')).toEqual([])
      expect(policy.scopesFor('GET', make())).toEqual([])
      expect(policy.methodsFor(['wide'], make())).toEqual([])
    },
  )

  if (policy.minimalScopes !== undefined) {
    const { minimalScopes } = policy

    test('requests with an iterator of their own that never ends', () => {
      const one = { method: 'GET', path: '/workers/me' }
      class Endless extends Array<object> {
        override *[Symbol.iterator](): ArrayIterator<object> {
          for (;;) yield one
        }
      }
      expect(minimalScopes(new Endless(one, one))).toEqual(['narrow'])
    })

    test.each(HOSTILE)('$what as requests, or in one', ({ make }) => {
      const one = { method: 'GET', path: '/workers/me' }
      for (const requests of [
        make(),
        [make()],
        [one, make()],
        [{ ...one, method: make() }],
        [{ ...one, path: make() }],
      ]) {
        const found = guarded(() => minimalScopes(requests))
        // Nothing is needed for no requests; whatever is not a request cannot be allowed.
        if (found !== null) expect(found).toEqual([])
      }
    })
  }

  test('nothing at all', () => {
    const bare = policy as unknown as Record<string, (...none: readonly never[]) => unknown>
    expect(bare['authorize']?.()).toBe(false)
    expect(policy.grant(undefined).authorize(undefined, undefined)).toBe(false)
    expect(bare['explain']?.()).toMatchObject({ allowed: false, reason: 'invalid-argument' })
    expect(bare['scopesFor']?.()).toEqual([])
    expect(bare['methodsFor']?.()).toEqual([])
  })

  test('a receiver of another kind, since methods are taken out of their policy', () => {
    for (const receiver of [null, undefined, 1, {}, new Proxy({}, { get: () => () => true })]) {
      expect(Reflect.apply(policy.authorize, receiver, [['narrow'], 'DELETE', '/workers/me'])).toBe(false)
      expect(Reflect.apply(policy.authorize, receiver, [['narrow'], 'GET', '/workers/me'])).toBe(true)
    }
  })
})

/** `minimalScopes` is asked by programs, not by requests: what throws when it is read may be thrown. */
function guarded(ask: () => readonly string[] | null): readonly string[] | null {
  try {
    return ask()
  } catch (error) {
    expect(error).toBeInstanceOf(Error)
    return null
  }
}
