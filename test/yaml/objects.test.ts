/**
 * A parsed object as source: the same rules as for text, own enumerable data properties only, and nothing
 * that JSON could not say is dropped in silence.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import { codes, parse } from './findings.ts'

const SCOPE = { label: 'x', endpoints: ['a'] }

function throwing(): never {
  throw new Error('boom')
}

describe('an object', () => {
  test('is the policy that its JSON is', () => {
    const documents: readonly object[] = [
      { s: SCOPE },
      {
        s: {
          label: { en: 'a', 'pt-BR': 'b' },
          endpoints: [{ 'a/*': ['GET', 'PUT'] }, '*'],
          risk: 'high',
          optional: true,
        },
      },
      {
        $schema: 'x',
        $options: { preset: 'cerb', methods: ['GET'] },
        s: SCOPE,
        t: { label: 'y', includes: ['s'] },
      },
      Object.assign(Object.create(null) as object, { s: SCOPE }),
    ]
    for (const document of documents) {
      expect(loadPolicy(document).fingerprint).toBe(loadPolicy(JSON.stringify(document)).fingerprint)
    }
  })

  test('has the findings that its JSON has', () => {
    const documents: readonly object[] = [
      { s: { label: '', endpoints: [{ a: 'FETCH' }, '', 'b c', ['d'], { e: 'GET', f: 'GET' }, null] } },
      { 's s': SCOPE, $x: SCOPE, t: 5, u: { label: 5, endpoints: '*', deny: [] } },
      { s: { label: 'x', endpoints: [{ a: 'get' }], risk: 'x', optional: 'true', includes: ['z'] } },
      [],
      [SCOPE],
      {},
    ]
    for (const document of documents)
      expect(codes(document)).toEqual(codes(JSON.stringify(document, null, 2)))
  })

  test('has places in the text that JSON.stringify prints with two blanks', () => {
    const document = { s: { label: 'x', endpoints: ['a', { 'b c': 'FETCH' }] } }
    const text = JSON.stringify(document, null, 2)
    const { diagnostics } = parse(document)
    expect(diagnostics.map(({ span }) => text.slice(span.start, span.end))).toEqual([' ', '"FETCH"'])
  })

  test('with names that objects have by themselves is read as such names', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__']
    const document = JSON.parse(
      `{${names.map((name) => `"${name}": {"label": "x", "endpoints": [{"${name}": "GET"}]}`).join(', ')}}`,
    ) as object
    const policy = loadPolicy(document)
    expect([...policy.scopes.keys()]).toEqual(names)
    for (const name of names) expect(policy.scopesFor('GET', `/${name}`)).toEqual([name])
  })

  test('is not changed and not kept', () => {
    const document = { s: { label: 'x', endpoints: [{ a: ['GET'] }] } }
    const before = structuredClone(document)
    const policy = loadPolicy(document)
    expect(document).toEqual(before)
    document.s.endpoints.push({ b: ['GET'] } as unknown as { a: string[] })
    document.s.endpoints[0]?.a.push('PUT')
    expect(policy.authorize('s', 'GET', '/b')).toBe(false)
    expect(policy.authorize('s', 'PUT', '/a')).toBe(false)
  })

  test('that is frozen is fine', () => {
    expect(loadPolicy(Object.freeze({ s: Object.freeze(SCOPE) })).authorize('s', 'GET', '/a')).toBe(true)
  })

  test('that shares a part twice is fine', () => {
    const list = ['a']
    expect(
      loadPolicy({ s: { label: 'x', endpoints: list }, t: { label: 'x', endpoints: list } }).scopesFor(
        'GET',
        '/a',
      ),
    ).toEqual(['s', 't'])
  })

  test('of another realm is as good as one of this', async () => {
    const { runInNewContext } = await import('node:vm')
    const document = runInNewContext('({ s: { label: "x", endpoints: ["a"] } })') as object
    expect(loadPolicy(document).authorize('s', 'GET', '/a')).toBe(true)
    const bytes = runInNewContext('Uint8Array.from(bytes)', {
      bytes: [...new TextEncoder().encode('s: {label: x, endpoints: [a]}')],
    }) as object
    expect(loadPolicy(bytes).authorize('s', 'GET', '/a')).toBe(true)
  })

  test('with numbers and booleans is as text with them: their text, with a warning', () => {
    expect(codes({ s: { label: 5, endpoints: ['a'] } })).toEqual(['yaml-1-1-ambiguity'])
    expect(codes({ s: { label: true, endpoints: [1] } })).toEqual([
      'yaml-1-1-ambiguity',
      'yaml-1-1-ambiguity',
    ])
    expect(codes({ s: { label: 'x', endpoints: ['a'], optional: true } })).toEqual([])
  })

  test('with texts that look like numbers has no warnings, for they are texts', () => {
    expect(codes({ 123: { label: '5', endpoints: ['010', { yes: 'GET' }] } })).toEqual([])
  })

  test('may have texts that YAML would read as something else', () => {
    for (const text of [
      '*a',
      '&a',
      '!x',
      '# x',
      '- x',
      '? x',
      '{',
      '[',
      ': ',
      '%x',
      '@',
      '`',
      '"',
      "'",
      '\\',
      '\n',
      '---',
      '...',
      '<<',
      '|',
      '>',
    ]) {
      const { policy } = parse({
        s: { label: `x${text}`, endpoints: ['a'], description: text.trim() === '' ? 'x' : text },
      })
      expect(policy?.scopes.get('s')?.label, text).toBe(`x${text}`)
      expect(policy?.scopes.get('s')?.description, text).toBe(text.trim() === '' ? 'x' : text)
    }
    expect(codes({ s: { label: 'x', endpoints: ['*', { '*a': 'GET' }] } })).toEqual([])
  })
})

describe('refused, not dropped', () => {
  class Scope {
    label = 'x'
    endpoints = ['a']
  }
  const circle: Record<string, unknown> = { label: 'x', endpoints: ['a'] }
  circle['x-self'] = circle
  const list: unknown[] = ['a']
  list.push(list)
  const sparse: unknown[] = ['a']
  sparse[2] = 'b'
  const shifted: unknown[] = ['a']
  shifted[2] = 'b'
  Object.assign(shifted, { extra: 'admin/*' })

  const refused: readonly (readonly [what: string, source: unknown])[] = [
    ['undefined', undefined],
    ['a function', () => SCOPE],
    ['a symbol', Symbol('x')],
    ['a bigint', 5n],
    ['NaN', NaN],
    ['infinity inside', { s: { ...SCOPE, 'x-n': Infinity } }],
    ['undefined inside', { s: { ...SCOPE, description: undefined } }],
    ['a function inside', { s: { ...SCOPE, 'x-f': () => 1 } }],
    ['a symbol inside', { s: { ...SCOPE, 'x-s': Symbol('x') } }],
    ['a bigint inside', { s: { ...SCOPE, 'x-b': 5n } }],
    ['a symbol as a key', { s: SCOPE, [Symbol('t')]: SCOPE }],
    ['a symbol as a key inside', { s: { ...SCOPE, [Symbol.toPrimitive]: 1 } }],
    [
      'a getter',
      {
        get s() {
          return SCOPE
        },
      },
    ],
    [
      'a getter inside',
      {
        s: {
          label: 'x',
          get endpoints() {
            return ['a']
          },
        },
      },
    ],
    [
      'a getter in a list',
      { s: { label: 'x', endpoints: Object.defineProperty(['a'], 1, { get: () => 'b', enumerable: true }) } },
    ],
    [
      'a setter',
      {
        s: {
          ...SCOPE,
          set description(_: string) {
            throwing()
          },
        },
      },
    ],
    ['an instance of a class', new Scope()],
    ['an instance of a class inside', { s: new Scope() }],
    ['a Map', new Map([['s', SCOPE]])],
    ['a Map inside', { s: new Map(Object.entries(SCOPE)) }],
    ['a Set inside', { s: { label: 'x', endpoints: new Set(['a']) } }],
    ['a date inside', { s: { label: new Date(0), endpoints: ['a'] } }],
    ['a regular expression inside', { s: { label: 'x', endpoints: [/a/] } }],
    ['a boxed string', new String('s: {label: x, endpoints: [a]}')],
    ['a boxed string inside', { s: { label: new String('x'), endpoints: ['a'] } }],
    ['a boxed boolean inside', { s: { ...SCOPE, optional: new Boolean(true) } }],
    ['a promise', Promise.resolve({ s: SCOPE })],
    ['an error', new Error('x')],
    ['another view of bytes', new DataView(new ArrayBuffer(8))],
    ['a buffer without a view', new ArrayBuffer(8)],
    ['numbers of sixteen bits', new Uint16Array(4)],
    ['bytes inside', { s: { label: Uint8Array.of(120), endpoints: ['a'] } }],
    ['a circle', { s: circle }],
    ['a circle of lists', { s: { label: 'x', endpoints: list } }],
    ['a list with a hole', { s: { label: 'x', endpoints: sparse } }],
    ['a list with a hole and a property', { s: { label: 'x', endpoints: shifted } }],
    ['a list with a property', { s: { label: 'x', endpoints: Object.assign(['a'], { extra: 'b' }) } }],
    ['an empty list of some length', { s: { label: 'x', endpoints: new Array(3) } }],
    ['something with toJSON', { toJSON: () => ({ s: SCOPE }) }],
    ['something with toJSON inside', { s: { toJSON: () => SCOPE } }],
  ]
  for (const [what, source] of refused) {
    test(what, () => {
      expect(codes(source as object)).toEqual(['not-a-document'])
    })
  }

  test('says which part it is', () => {
    const { diagnostics } = parse({ scope: { label: 'x', endpoints: ['a', () => 'b'] } })
    expect(diagnostics[0]?.message).toContain('scope.endpoints.1')
  })
})

describe('what inherits', () => {
  test('counts by what is its own', () => {
    const inherited = Object.create({ label: 'inherited', endpoints: ['*'] }) as Record<string, unknown>
    const { policy } = parse({ s: inherited })
    expect(policy?.authorize('s', 'GET', '/a') ?? false).toBe(false)
  })

  test('or is not enumerable is not there', () => {
    const hidden = Object.defineProperty({ label: 'x', endpoints: ['a'] }, 'includes', {
      value: ['t'],
      enumerable: false,
    })
    expect(loadPolicy({ s: hidden, t: { label: 'x', endpoints: ['b'] } }).authorize('s', 'GET', '/b')).toBe(
      false,
    )
  })
})

describe('a hostile object', () => {
  const traps = ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'] as const
  const targets: readonly object[] = [{}, [], { s: SCOPE }, new Uint8Array(3), () => SCOPE]

  test('whose traps throw is refused, and nothing is thrown', () => {
    for (const target of targets) {
      for (const trap of traps) {
        const source = new Proxy(target, { [trap]: throwing })
        expect(() => parsePolicy(source), trap).not.toThrow()
        expect(() => parsePolicy({ s: source }), trap).not.toThrow()
        expect(() => parsePolicy({ s: { label: 'x', endpoints: source } }), trap).not.toThrow()
      }
    }
  })

  test('whose every trap throws is refused', () => {
    const handler = Object.fromEntries(traps.map((trap) => [trap, throwing]))
    for (const target of targets) {
      const { policy } = parsePolicy(new Proxy(target, handler))
      expect(policy).toBeNull()
    }
  })

  test('that is a revoked proxy is refused', () => {
    for (const target of targets) {
      const { proxy, revoke } = Proxy.revocable(target, {})
      revoke()
      expect(() => parsePolicy(proxy)).not.toThrow()
      expect(parsePolicy(proxy).policy).toBeNull()
      expect(parsePolicy({ s: proxy }).policy).toBeNull()
    }
  })

  test('that pretends to be bytes is refused', () => {
    const pretending: readonly object[] = [
      { [Symbol.toStringTag]: 'Uint8Array' },
      { [Symbol.toStringTag]: 'Uint8Array', length: 3 },
      { [Symbol.toStringTag]: 'Uint8Array', length: 1e9, byteLength: 1e9 },
      Object.create(Uint8Array.prototype) as object,
      new Proxy(new Uint8Array(3), {}),
      Object.setPrototypeOf({ length: 3 }, Uint8Array.prototype) as object,
    ]
    for (const source of pretending) {
      expect(() => parsePolicy(source)).not.toThrow()
      expect(parsePolicy(source).policy).toBeNull()
    }
  })

  test('that throws while it is read by a message is refused', () => {
    const source = { s: { label: 'x', endpoints: [new Proxy(() => 'a', { get: throwing })] } }
    expect(() => parsePolicy(source)).not.toThrow()
  })
})
