import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { scopesFromClaims } from '../../src/claims/index.ts'

describe('one claim decides', () => {
  const cases: [title: string, payload: unknown, expected: string[]][] = [
    ['a `scope` string (RFC 9068 §2.2.3)', { scope: 'profile search' }, ['profile', 'search']],
    ['a `scope` array', { scope: ['profile', 'search'] }, ['profile', 'search']],
    ['an `scp` array', { scp: ['profile', 'search'] }, ['profile', 'search']],
    ['an `scp` string', { scp: 'profile search' }, ['profile', 'search']],
    ['a `scopes` array', { scopes: ['profile', 'search'] }, ['profile', 'search']],
    ['a `scopes` string', { scopes: 'profile search' }, ['profile', 'search']],
    ['`scope` comes before `scp` and `scopes`', { scopes: ['c'], scp: ['b'], scope: 'a' }, ['a']],
    ['`scp` comes before `scopes`', { scopes: ['c'], scp: 'b' }, ['b']],
    ['an empty `scope` decides too', { scope: '', scp: ['api'] }, []],
    ['an empty array decides too', { scope: [], scp: ['api'] }, []],
    ['a malformed `scope` is not replaced by `scp`', { scope: 7, scp: ['api'] }, []],
    ['a null `scope` is not replaced by `scp`', { scope: null, scp: ['api'] }, []],
    ['an undefined `scope` is not replaced by `scp`', { scope: undefined, scp: ['api'] }, []],
    ['an object is malformed', { scope: { api: true }, scopes: ['api'] }, []],
    ['a Set is malformed', { scope: new Set(['api']), scopes: ['api'] }, []],
    ['a String object is malformed', { scope: new String('api') }, []],
    ['no claim at all', { sub: '123' }, []],
  ]
  test.each(cases)('%s', (_title, payload, expected) => {
    expect(scopesFromClaims(payload)).toEqual(expected)
  })
})

describe('a string is split at single U+0020 only (RFC 6749 §3.3)', () => {
  const cases: [title: string, text: string, expected: string[]][] = [
    ['two names', 'a b', ['a', 'b']],
    ['the empty name between two spaces is no name', ' a  b ', ['a', 'b']],
    ['a tab does not separate', 'a\tb', ['a\tb']],
    ['a line end does not separate', 'a\nb', ['a\nb']],
    ['a comma does not separate', 'a,b', ['a,b']],
    ['a no-break space does not separate', 'a\u00a0b', ['a\u00a0b']],
    ['an ideographic space does not separate', 'a\u3000b', ['a\u3000b']],
    ['letter case stays', 'API api', ['API', 'api']],
    ['names of Object.prototype are names', '__proto__ constructor', ['__proto__', 'constructor']],
  ]
  test.each(cases)('%s', (_title, text, expected) => {
    expect(scopesFromClaims({ scope: text })).toEqual(expected)
  })
})

describe('an array holds one name for each element', () => {
  test('an element with a space stays one name', () => {
    expect(scopesFromClaims({ scope: ['profile api'] })).toEqual(['profile api'])
  })

  test.each([
    ['a number', ['api', 1]],
    ['null', ['api', null]],
    ['a nested array', [['api']]],
    ['an object that prints as a name', [{ toString: () => 'api' }]],
    ['a String object', [new String('api')]],
  ])('%s among the elements makes the whole claim malformed', (_title, scope) => {
    expect(scopesFromClaims({ scope })).toEqual([])
  })

  test('an array with only a length costs no time', () => {
    const scope: string[] = []
    scope.length = 4_000_000_000
    expect(scopesFromClaims({ scope })).toEqual([])
  })

  test('the answer is a fresh array', () => {
    const scope = ['api']
    expect(scopesFromClaims({ scope })).not.toBe(scope)
  })
})

describe('only own data properties are claims', () => {
  afterEach(() => {
    delete (Object.prototype as { scope?: unknown }).scope
    delete (Array.prototype as unknown as Record<string, unknown>)['0']
  })

  test('an inherited claim is none', () => {
    expect(scopesFromClaims(Object.create({ scope: 'api' }))).toEqual([])
  })

  test('a polluted Object.prototype grants nothing', () => {
    ;(Object.prototype as { scope?: unknown }).scope = 'api'
    expect(scopesFromClaims({ sub: '123' })).toEqual([])
  })

  test('a hole is not filled from Array.prototype', () => {
    ;(Array.prototype as unknown as Record<string, unknown>)['0'] = 'api'
    const scope: string[] = []
    scope.length = 1
    expect(scopesFromClaims({ scope })).toEqual([])
  })

  test('a getter is not called, and is not passed over either', () => {
    let called = false
    const payload = {
      get scope(): string {
        called = true
        return 'api'
      },
      scp: ['api'],
    }
    expect(scopesFromClaims(payload)).toEqual([])
    expect(called).toBe(false)
  })

  test('an element behind a getter makes the claim malformed', () => {
    const scope = ['profile', 'search']
    Object.defineProperty(scope, 1, { get: () => 'api' })
    expect(scopesFromClaims({ scope })).toEqual([])
  })

  test('claims of an object without prototype count', () => {
    const payload = Object.assign(Object.create(null) as object, { scope: 'api' })
    expect(scopesFromClaims(payload)).toEqual(['api'])
  })

  test('claims parsed from JSON under the key `__proto__` are not looked into', () => {
    expect(scopesFromClaims(JSON.parse('{"__proto__": {"scope": "api"}}'))).toEqual([])
  })
})

describe('never throws for a payload', () => {
  const throwing = new Proxy(
    {},
    {
      getOwnPropertyDescriptor: () => {
        throw new Error('trap')
      },
    },
  )
  const revoked = Proxy.revocable([], {})
  revoked.revoke()

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'api'],
    ['a number', 1],
    ['a function', () => 'api'],
    ['an array', ['api']],
    ['a Proxy that throws', throwing],
    ['a revoked Proxy as claim', { scope: revoked.proxy }],
  ])('%s has no scopes', (_title, payload) => {
    expect(scopesFromClaims(payload)).toEqual([])
  })

  test('anything at all gives an array of strings', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withSparseArray: true }),
        fc.anything(),
        (payload, scope) => {
          for (const subject of [payload, { scope }, { scp: scope, scopes: payload }]) {
            expect(scopesFromClaims(subject).every((name) => typeof name === 'string')).toBe(true)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('other claims', () => {
  test('the named claims replace the usual ones, in the given order', () => {
    const payload = { scope: 'profile', permissions: ['api'], roles: ['search'] }
    expect(scopesFromClaims(payload, { claims: ['permissions', 'scope'] })).toEqual(['api'])
    expect(scopesFromClaims(payload, { claims: ['absent', 'roles'] })).toEqual(['search'])
    expect(scopesFromClaims(payload, { claims: [] })).toEqual([])
  })

  test('a claim may have a URL for a name', () => {
    const payload = { 'https://api.example/scopes': 'api' }
    expect(scopesFromClaims(payload, { claims: ['https://api.example/scopes'] })).toEqual(['api'])
  })

  test('`claims` that is no array of names is a TypeError', () => {
    expect(() => scopesFromClaims({}, { claims: 'scope' as unknown as string[] })).toThrow(TypeError)
    expect(() => scopesFromClaims({}, { claims: [1] as unknown as string[] })).toThrow(TypeError)
  })
})

describe('strings that were split before', () => {
  test('each caller has a separate list', () => {
    scopesFromClaims({ scope: 'a b' }).push('admin')
    expect(scopesFromClaims({ scope: 'a b' })).toEqual(['a', 'b'])
  })

  test('give the same names when there are more than are kept, and when they are long', () => {
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 3_000; at++)
        expect(scopesFromClaims({ scope: `a  b-${at}` })).toEqual(['a', `b-${at}`])
      const names = Array.from({ length: 500 }, (_, at) => `scope-${at}`)
      expect(scopesFromClaims({ scope: names.join(' ') })).toEqual(names)
    }
  })
})
