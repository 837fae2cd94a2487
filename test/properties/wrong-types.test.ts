/** Values of every wrong type, hostile objects included, never grant anything and never throw. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Policy } from '../../src/index.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from './policy-of.ts'

const policy = policyOf({
  all: { label: 'everything', endpoints: ['*', { 'workers/me': ['GET', 'HEAD', 'OPTIONS'] }] },
  undefined: { label: 'a name that a coerced value could hit', endpoints: ['*'] },
  '[object-Object]': { label: 'another', endpoints: ['*'] },
  '1': { label: 'a number', endpoints: ['*'] },
  true: { label: 'a boolean', endpoints: ['*'] },
  null: { label: 'null', endpoints: ['*'] },
})

type Loose = (scopes: unknown, method: unknown, path: unknown) => boolean

/** Every member that decides, with its types stripped. All must agree. */
function decide(scopes: unknown, method: unknown, path: unknown): boolean {
  const loose = policy as unknown as Record<'authorize', Loose> &
    Pick<Policy, 'grant' | 'explain' | 'methodsFor' | 'scopesFor'>
  const allowed = loose.authorize(scopes, method, path)
  expect(loose.grant(scopes as string).authorize(method as string, path as string)).toBe(allowed)
  expect(loose.explain(scopes as string, method as string, path as string).allowed).toBe(allowed)
  expect(loose.methodsFor(scopes as string, path as string).includes(method as string)).toBe(allowed)
  if (allowed) expect(loose.scopesFor(method as string, path as string)).toContain('all')
  return allowed
}

const throwing = new Proxy(
  {},
  {
    get: () => {
      throw new Error('a getter that throws')
    },
    getPrototypeOf: () => {
      throw new Error('a prototype that throws')
    },
    ownKeys: () => {
      throw new Error('keys that throw')
    },
  },
)

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

const throwingElement = (): unknown[] => {
  const list: unknown[] = ['x']
  Object.defineProperty(list, 1, {
    get: () => {
      throw new Error('an element that throws')
    },
    enumerable: true,
  })
  return list
}

class LyingSet extends Set<string> {
  override has(): boolean {
    return true
  }
  override [Symbol.iterator](): SetIterator<string> {
    return new Set(['all'])[Symbol.iterator]()
  }
  override get size(): number {
    throw new Error('a size that throws')
  }
}

const coercible = { toString: () => 'all', valueOf: () => 'all', [Symbol.toPrimitive]: () => 'all' }

const HOSTILE: readonly (readonly [what: string, value: () => unknown])[] = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['a boolean', () => true],
  ['a number', () => 1],
  ['a bigint', () => 1n],
  ['a symbol', () => Symbol('all')],
  ['a function', () => () => 'all'],
  ['a String object', () => new String('all')],
  ['an object that becomes a string', () => coercible],
  ['an array of arrays', () => [['all']]],
  ['an array of String objects', () => [new String('all'), coercible, 1, true, null, undefined]],
  ['an object like an array', () => ({ 0: 'all', length: 1 })],
  [
    'an object like a set',
    () => ({
      has: () => true,
      size: 1,
      *[Symbol.iterator]() {
        yield 'all'
      },
    }),
  ],
  ['a map', () => new Map([['all', 'all']])],
  [
    'a generator',
    () =>
      (function* () {
        yield 'all'
      })(),
  ],
  ['a typed array', () => new TextEncoder().encode('all')],
  ['a proxy that throws', () => throwing],
  ['a revoked proxy', () => revoked({})],
  ['a revoked array', () => revoked(['all'])],
  ['an array with an element that throws', throwingElement],
  ['a long sparse array', () => Object.assign([], { length: 1_000_000 })],
  ['a set that lies', () => new LyingSet()],
  ['a promise', () => Promise.resolve('all')],
  ['a regular expression', () => /all/],
  ['a date', () => new Date(0)],
]

describe('grants nothing and throws nothing', () => {
  test.each(HOSTILE)('%s as scopes', (_, value) => {
    expect(decide(value(), 'GET', '/workers/me')).toBe(false)
  })

  test.each(HOSTILE)('%s as method', (_, value) => {
    expect(decide(['all'], value(), '/workers/me')).toBe(false)
  })

  test.each(HOSTILE)('%s as path', (_, value) => {
    expect(decide(['all'], 'GET', value())).toBe(false)
  })

  test('inherited elements of an array', () => {
    const prototype = Array.prototype as unknown[]
    try {
      prototype[0] = 'all'
      expect(policy.authorize(new Array<string>(1), 'GET', '/workers/me')).toBe(false)
    } finally {
      Reflect.deleteProperty(prototype, 0)
    }
  })

  test('a scope name with a space inside an array or set', () => {
    expect(decide(['all x'], 'GET', '/a')).toBe(false)
    expect(decide(new Set(['all x']), 'GET', '/a')).toBe(false)
    expect(decide(['all x', 'all'], 'GET', '/a')).toBe(true)
  })

  test('scope names separated by anything but spaces', () => {
    for (const between of [',', '\t', '\n', '\u00a0', '+', '\0']) {
      expect(decide(`x${between}all`, 'GET', '/a'), JSON.stringify(between)).toBe(false)
    }
    expect(decide(' x  all ', 'GET', '/a')).toBe(true)
  })
})

test('random values in every position grant only what strings, arrays and sets of them grant', () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withNullPrototype: true,
    withObjectString: true,
    key: fc.constantFrom('length', '0', 'all', 'has', 'toString'),
  })
  const names = (value: unknown): unknown[] => {
    if (typeof value === 'string') return value.split(' ')
    return Array.isArray(value) || value instanceof Set ? [...(value as Iterable<unknown>)] : []
  }
  const scopesOrAny = fc.oneof(fc.constantFrom<unknown>('all', ['all'], new Set(['all'])), anything)
  fc.assert(
    fc.property(
      scopesOrAny,
      fc.oneof(fc.constant<unknown>('GET'), anything),
      fc.oneof(fc.constant<unknown>('/workers/me'), anything),
      (scopes, method, path) => {
        const allowed = decide(scopes, method, path)
        if (!allowed) return
        expect(typeof method).toBe('string')
        expect(typeof path).toBe('string')
        expect(names(scopes).some((name) => typeof name === 'string' && policy.scopes.has(name))).toBe(true)
      },
    ),
    runs(680),
  )
})

test('nothing is remembered of an argument that changes later', () => {
  const scopes = ['all']
  const grant = policy.grant(scopes)
  expect(policy.authorize(scopes, 'GET', '/a')).toBe(true)
  scopes[0] = 'x'
  expect(policy.authorize(scopes, 'GET', '/a')).toBe(false)
  expect(grant.authorize('GET', '/a')).toBe(true)
})
