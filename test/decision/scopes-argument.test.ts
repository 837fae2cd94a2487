/**
 * The `scopes` argument comes from a token and may be anything: what it is counts by its own string
 * elements only, and whatever it does, it neither grants nor throws.
 */
import { afterEach, describe, expect, test } from 'vitest'
import type { Policy, ScopesArgument } from '../../src/index.ts'
import { policyOf } from './example.ts'

const policy = policyOf({ api: '*', other: [{ x: 'GET' }] })

/** Every way of asking, with arguments of any type; a throw or a difference is a failure. */
function grants(...given: readonly unknown[]): boolean {
  // Not by default parameters: `undefined` is an argument to try, too.
  const asked = [
    given[0],
    given.length > 1 ? given[1] : 'GET',
    given.length > 2 ? given[2] : '/a',
  ] as Parameters<Policy['authorize']>
  const answer = policy.authorize(...asked)
  expect(typeof answer).toBe('boolean')
  expect(policy.grant(asked[0]).authorize(asked[1], asked[2])).toBe(answer)
  expect(policy.explain(...asked).allowed).toBe(answer)
  expect(policy.methodsFor(asked[0], asked[2]).includes(asked[1])).toBe(answer)
  return answer
}

describe('an array', () => {
  test('grants by its string elements', () => {
    expect(grants(['api'])).toBe(true)
    expect(grants(['unknown', 'api'])).toBe(true)
    expect(grants([])).toBe(false)
    expect(grants(['unknown'])).toBe(false)
  })

  test('takes no element apart and none together', () => {
    expect(grants(['api other'])).toBe(false)
    expect(grants(['api '])).toBe(false)
    expect(grants([' api'])).toBe(false)
    expect(grants(['a', 'pi'])).toBe(false)
    expect(grants(['API'])).toBe(false)
    expect(grants(['api\n'])).toBe(false)
    expect(grants(['api,other'])).toBe(false)
  })

  test('has no elements that are not strings', () => {
    const odd = [
      null,
      undefined,
      0,
      1,
      true,
      ['api'],
      { toString: () => 'api' },
      new String('api'),
      Symbol('api'),
      () => 'api',
    ]
    for (const element of odd) expect(grants([element])).toBe(false)
    expect(grants([...odd, 'api'])).toBe(true)
  })

  test('with holes has only what is its own', () => {
    const sparse: string[] = []
    sparse[3] = 'api'
    expect(grants(sparse)).toBe(true)
    expect(grants(new Array(5))).toBe(false)
  })

  test('of a hundred thousand names is as good as of one', () => {
    const many = Array.from({ length: 99_999 }, (_, index) => `n${index % 7}`)
    expect(grants(many)).toBe(false)
    expect(grants([...many, 'api'])).toBe(true)
    expect(grants(many.fill('other'))).toBe(false)
  })

  test('of more names than any token has grants nothing, without being gone through', () => {
    let reads = 0
    const list = new Proxy(Object.assign(new Array<string>(2 ** 32 - 1), { 0: 'api' }), {
      get: (target, key) => {
        if (key !== 'length') reads += 1
        return Reflect.get(target, key) as unknown
      },
    })
    expect(grants(list)).toBe(false)
    expect(reads).toBe(0)
  })

  test('of a class of its own is read by index', () => {
    class Hostile extends Array<string> {
      override [Symbol.iterator](): ArrayIterator<string> {
        return ['api'].values()
      }
      override includes(): boolean {
        return true
      }
      override map(): never {
        throw new Error('never called')
      }
    }
    expect(grants(Hostile.from(['x']))).toBe(false)
    expect(grants(new Hostile())).toBe(false)
    expect(grants(Hostile.from(['api']))).toBe(true)
  })

  test('with an iterator of its own is read by index', () => {
    const list = ['x']
    Object.defineProperty(list, Symbol.iterator, { value: () => ['api'].values() })
    expect(grants(list)).toBe(false)
  })

  test('with an element that throws grants nothing', () => {
    const list: string[] = ['api']
    Object.defineProperty(list, 1, {
      get: () => {
        throw new Error('boom')
      },
    })
    expect(() => policy.authorize(list, 'GET', '/a')).not.toThrow()
    expect(() => policy.grant(list)).not.toThrow()
    expect(() => policy.explain(list, 'GET', '/a')).not.toThrow()
    expect(policy.grant(list).authorize('GET', '/a')).toBe(false)
  })

  test('with an element that changes when it is read again is taken at its word once', () => {
    for (const answers of [
      ['x', 'api'],
      ['api', 'x'],
    ]) {
      let reads = 0
      const list: string[] = []
      Object.defineProperty(list, 0, { get: () => answers[Math.min(reads++, 1)], enumerable: true })
      expect(() => policy.authorize(list, 'GET', '/a')).not.toThrow()
    }
  })
})

describe('a Set', () => {
  test('grants by its string members', () => {
    expect(grants(new Set(['api']))).toBe(true)
    expect(grants(new Set(['x', 5, null, 'api']))).toBe(true)
    expect(grants(new Set())).toBe(false)
    expect(grants(new Set([['api'], new String('api')]))).toBe(false)
    expect(grants(new Set(['api other']))).toBe(false)
  })

  test('of a class of its own is read without its methods', () => {
    class Hostile extends Set<string> {
      override has(): boolean {
        return true
      }
      override forEach(callback: (value: string, same: string, set: Set<string>) => void): void {
        callback('api', 'api', this)
      }
      override [Symbol.iterator](): SetIterator<string> {
        return new Set(['api'])[Symbol.iterator]()
      }
      override get size(): number {
        return 1
      }
      override values(): SetIterator<string> {
        return new Set(['api']).values()
      }
    }
    expect(grants(new Hostile())).toBe(false)
    expect(grants(new Hostile(['x']))).toBe(false)
  })

  test('only in name is none', () => {
    const pretending = [
      Object.create(Set.prototype),
      {
        has: () => true,
        forEach: (callback: (name: string) => void) => {
          callback('api')
        },
        size: 1,
      },
      { [Symbol.toStringTag]: 'Set', [Symbol.iterator]: () => ['api'].values() },
      new Map([['api', 'api']]),
      new WeakSet(),
      new Proxy(new Set(['api']), {}),
    ]
    for (const value of pretending) expect(grants(value)).toBe(false)
  })
})

describe('a string', () => {
  test('is names separated by single spaces', () => {
    expect(grants('api')).toBe(true)
    expect(grants('x api y')).toBe(true)
    expect(grants('')).toBe(false)
    expect(grants('  ')).toBe(false)
    expect(grants('apix')).toBe(false)
    expect(grants('xapi y')).toBe(false)
  })

  test('is separated by nothing but U+0020', () => {
    for (const separator of ['\t', '\n', '\r', '\u00a0', '\u2003', '\u3000', ',', ';', '|', '\u0000']) {
      expect(grants(`x${separator}api`)).toBe(false)
      expect(grants(`api${separator}x`)).toBe(false)
    }
  })
})

describe('anything else', () => {
  const others: readonly (readonly [what: string, value: unknown])[] = [
    ['undefined', undefined],
    ['null', null],
    ['a number', 1],
    ['a bigint', 1n],
    ['a boolean', true],
    ['a symbol', Symbol('api')],
    ['a function', () => ['api']],
    ['a boxed string', new String('api')],
    ['an object', { 0: 'api', length: 1 }],
    [
      'arguments',
      (function (...names: readonly string[]): unknown {
        // eslint-disable-next-line prefer-rest-params -- the very object that old code passes on
        return names.length === arguments.length && arguments
      })('api'),
    ],
    [
      'an object with an iterator',
      {
        *[Symbol.iterator]() {
          yield 'api'
        },
      },
    ],
    [
      'a generator',
      (function* f() {
        yield 'api'
      })(),
    ],
    ['a typed array', Uint8Array.of(97)],
    ['a Map', new Map([['api', true]])],
    ['a promise', Promise.resolve(['api'])],
    ['an object with toString', { toString: () => 'api' }],
    ['an object with toPrimitive', { [Symbol.toPrimitive]: () => 'api' }],
    ['a date', new Date(0)],
    ['a URL', new URL('http://api')],
    ['a regular expression', /api/],
    ['an object without prototype', Object.create(null)],
  ]
  for (const [what, value] of others) {
    test(`as scopes, such as ${what}, grants nothing`, () => {
      expect(grants(value)).toBe(false)
      expect(policy.explain(value as ScopesArgument, 'GET', '/a').reason).toBe('invalid-argument')
    })

    test(`as a method or path, such as ${what}, grants nothing`, () => {
      expect(grants(['api'], value)).toBe(false)
      expect(grants(['api'], 'GET', value)).toBe(false)
      expect(policy.scopesFor(value as string, '/a')).toEqual([])
      expect(policy.scopesFor('GET', value as string)).toEqual([])
    })
  }

  test('as a method or path, such as a string in a list, grants nothing', () => {
    expect(grants(['api'], ['GET'])).toBe(false)
    expect(grants(['api'], 'GET', ['/a'])).toBe(false)
    expect(grants(['api'], new String('GET'))).toBe(false)
    expect(grants(['api'], 'GET', new String('/a'))).toBe(false)
  })

  test('such as no arguments at all grants nothing', () => {
    const { authorize, grant, explain, scopesFor, methodsFor } = policy as unknown as Record<
      string,
      () => unknown
    >
    expect(authorize?.()).toBe(false)
    expect(() => grant?.()).not.toThrow()
    expect(explain?.()).toMatchObject({ allowed: false, reason: 'invalid-argument' })
    expect(scopesFor?.()).toEqual([])
    expect(methodsFor?.()).toEqual([])
  })
})

describe('a proxy', () => {
  const traps = [
    'get',
    'has',
    'ownKeys',
    'getPrototypeOf',
    'getOwnPropertyDescriptor',
    'apply',
    'set',
  ] as const
  const throwing = Object.fromEntries(
    traps.map((trap) => [
      trap,
      () => {
        throw new Error('boom')
      },
    ]),
  )

  test('whose traps throw grants nothing', () => {
    for (const target of [[], ['api'], new Set(['api']), {}, () => 'api']) {
      expect(grants(new Proxy(target, throwing))).toBe(false)
      expect(grants(['api'], new Proxy(target, throwing))).toBe(false)
      expect(grants(['api'], 'GET', new Proxy(target, throwing))).toBe(false)
    }
  })

  test('that is revoked grants nothing', () => {
    for (const target of [['api'], {}]) {
      const { proxy, revoke } = Proxy.revocable(target, {})
      revoke()
      expect(grants(proxy)).toBe(false)
    }
  })

  test('of a list that says it is endless or has no length grants nothing', () => {
    for (const length of [NaN, -1, 'x', undefined, null]) {
      const list = new Proxy(['x'], {
        get: (target, key) => (key === 'length' ? length : (Reflect.get(target, key) as unknown)),
      })
      expect(grants(list)).toBe(false)
    }
  })
})

describe('a polluted prototype', () => {
  afterEach(() => {
    delete (Array.prototype as unknown as Record<string, unknown>)[0]
    delete (Array.prototype as unknown as Record<string, unknown>)[1]
    for (const key of [
      'allowed',
      'refusal',
      'path',
      'withoutSlash',
      'accepting',
      'api',
      'GET',
      '0',
      'scope',
      'length',
    ]) {
      Reflect.deleteProperty(Object.prototype, key)
    }
  })

  test('of arrays fills no hole', () => {
    Object.assign(Array.prototype, { 0: 'api', 1: 'api' })
    expect(grants(new Array(2))).toBe(false)
    expect(grants([])).toBe(false)
    expect(grants('')).toBe(false)
    expect(grants(new Set())).toBe(false)
    expect(policy.authorize(['api'], 'GET', '/a')).toBe(true)
  })

  test('of arrays that cannot be written makes nothing throw', () => {
    Object.defineProperty(Array.prototype, 0, { value: 'api', writable: false, configurable: true })
    for (const scopes of [['api'], 'api', new Set(['api']), ['x', 'api'], []] as ScopesArgument[]) {
      expect(() => policy.authorize(scopes, 'GET', '/a')).not.toThrow()
      expect(() => policy.authorize(scopes, 'GET', '/%61')).not.toThrow()
    }
    expect(policy.authorize(['x'], 'GET', '/a')).toBe(false)
  })

  test('of objects grants nothing and changes no answer', () => {
    const polluted = {
      allowed: true,
      path: 'a',
      withoutSlash: 'a',
      accepting: true,
      api: true,
      GET: true,
      scope: 'api',
      0: 'api',
    }
    Object.assign(Object.prototype, polluted)
    expect(grants(['x'])).toBe(false)
    expect(grants({})).toBe(false)
    expect(grants(['other'], 'GET', '/x/')).toBe(false)
    expect(grants(['other'], 'GET', '/x/../x')).toBe(false)
    expect(policy.authorize(['api'], 'GET', '/a')).toBe(true)
  })
})

test('a name that is no scope-token is one that no policy has', () => {
  for (const name of ['', ' ', 'a b', '\u0000', 'é', '\ud800', '"', '\\', 'api\u0000', 'x'.repeat(100_000)]) {
    expect(grants([name])).toBe(false)
    expect(grants(new Set([name]))).toBe(false)
  }
})

test('nothing is kept from one call to the next', () => {
  const scopes = ['other']
  expect(policy.authorize(scopes, 'GET', '/a')).toBe(false)
  scopes[0] = 'api'
  expect(policy.authorize(scopes, 'GET', '/a')).toBe(true)
  scopes.pop()
  expect(policy.authorize(scopes, 'GET', '/a')).toBe(false)
  const set = new Set(['api'])
  expect(policy.authorize(set, 'GET', '/a')).toBe(true)
  set.clear()
  expect(policy.authorize(set, 'GET', '/a')).toBe(false)
})
