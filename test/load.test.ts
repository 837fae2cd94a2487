/**
 * The entry points: what they return and throw, and what options in code may be.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { loadPolicy, parsePolicy, PolicyError } from '../src/index.ts'
import type { ParseOptions, PolicySource } from '../src/index.ts'

const TEXT = 's: {label: x, endpoints: [Foo, a: GET]}'

function withOptions(options: unknown): () => unknown {
  return () => parsePolicy(TEXT, options as ParseOptions)
}

describe('parsePolicy', () => {
  test('gives a policy and no diagnostics for a sound document', () => {
    const { policy, diagnostics } = parsePolicy(TEXT)
    expect(policy?.authorize('s', 'GET', '/a')).toBe(true)
    expect(diagnostics).toEqual([])
  })

  test('gives a policy beside warnings, and none beside an error', () => {
    expect(parsePolicy('s: {label: x, endpoints: [a b]}').policy).not.toBeNull()
    expect(parsePolicy('s: {label: x, endpoints: [a b, ""]}').policy).toBeNull()
  })

  test('never throws on content', () => {
    const contents: readonly unknown[] = [
      ...[
        '',
        '\u0000',
        '[',
        '{'.repeat(10_000),
        '*',
        '&',
        '!',
        '%',
        '@',
        '- - -',
        '"',
        "'",
        '|',
        '>',
        '? ',
        ': ',
        '\ud800',
        '\ufeff\ufeff',
      ],
      ...[
        's: *s',
        '*: *',
        '&a',
        '&a *a',
        '!!binary x',
        '<<: <<',
        '---',
        '...',
        '--- --- ---',
        '{{{',
        ']]]',
        '# \u202e',
        '\r',
        '\t- a',
      ],
      ...[
        null,
        undefined,
        0,
        NaN,
        5n,
        true,
        Symbol('x'),
        () => 1,
        [],
        {},
        [[]],
        new Date(),
        /x/,
        new Map(),
        new Uint8Array(5),
      ],
    ]
    for (const content of contents) {
      for (const options of [
        {},
        { wildcard: 'segment' },
        { preset: 'cerb' },
        { limits: { depth: 0, aliases: 0, tokens: 0 } },
      ]) {
        expect(() => parsePolicy(content as PolicySource, options as ParseOptions)).not.toThrow()
      }
    }
  })
})

describe('loadPolicy', () => {
  test('gives the policy, warnings or not', () => {
    expect(loadPolicy(TEXT).scopes.size).toBe(1)
    expect(loadPolicy('s: {label: x, endpoints: [a b]}').scopes.size).toBe(1)
  })

  test('throws a PolicyError with a code and all diagnostics', () => {
    const text = 's: {label: x, endpoints: ["", a b]}\nt: {label: ""}\n'
    let thrown: unknown
    try {
      loadPolicy(text)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(PolicyError)
    expect(thrown).toBeInstanceOf(Error)
    expect(thrown).toMatchObject({
      name: 'PolicyError',
      code: 'ERR_INVALID_POLICY',
      diagnostics: parsePolicy(text).diagnostics,
    })
  })

  test('says in the message how many errors there are and where', () => {
    expect(() => loadPolicy('s: {label: x, endpoints: [""]}')).toThrow(
      /has an error:\n {2}1:27 .*\[empty-pattern\]/,
    )
    const many = `s: {label: x, endpoints: [${Array.from({ length: 9 }, () => '""').join(', ')}]}`
    expect(() => loadPolicy(many)).toThrow(/has 9 errors:(?:\n {2}1:\d+ .*){5}\n {2}and 4 more/)
  })
})

describe('options in code', () => {
  test('of the wrong kind throw a TypeError that names them', () => {
    const wrong: readonly (readonly [name: string, value: unknown])[] = [
      ['preset', 'other'],
      ['preset', true],
      ['basePath', 5],
      ['basePath', ['/rest']],
      ['basePath', null],
      ['extensions', 'json'],
      ['extensions', ['.json']],
      ['extensions', [5]],
      ['extensions', { 0: 'json' }],
      ['caseSensitive', 'false'],
      ['caseSensitive', 0],
      ['trailingSlash', 'Ignore'],
      ['wildcard', 'glob'],
      ['wildcard', Symbol('any')],
      ['head', true],
      ['encodedSlash', 'accept'],
      ['delimiters', null],
      ['methods', 'GET'],
      ['methods', []],
      ['methods', ['FETCH']],
      ['methods', ['*']],
      ['methods', [['GET']]],
      ['methods', new Set(['GET'])],
      ['methods', 5n],
    ]
    for (const [name, value] of wrong) {
      expect(withOptions({ [name]: value }), `${name} ${String(value)}`).toThrow(TypeError)
      expect(withOptions({ [name]: value })).toThrow(name)
    }
  })

  test('that no request path can begin with throw a TypeError', () => {
    for (const basePath of ['//', '/a/../b', '/a b', '/a?b', '/a%zz', '/%2F', 'http://h/a', '/a;b']) {
      expect(withOptions({ basePath })).toThrow(TypeError)
    }
    expect(withOptions({ basePath: '/a;b', delimiters: 'data' })).not.toThrow()
  })

  test('of an unknown name throw a TypeError', () => {
    for (const name of ['basepath', 'Methods', 'strict', '__proto', 'toString', 'constructor']) {
      expect(withOptions({ [name]: 1 }), name).toThrow(TypeError)
    }
  })

  test('that are no options at all throw a TypeError', () => {
    for (const options of [null, 'preset', ['preset']]) expect(withOptions(options)).toThrow(TypeError)
  })

  test('do not depend on the document: the same error for a broken one', () => {
    expect(() => parsePolicy('[', { wildcard: 'x' } as unknown as ParseOptions)).toThrow(TypeError)
    expect(() => parsePolicy('', { preset: 5 } as unknown as ParseOptions)).toThrow(TypeError)
  })
})

describe('limits in code', () => {
  test('that are no numbers from 0 on throw a TypeError', () => {
    for (const value of [-1, NaN, '5', null, {}, 5n]) {
      for (const name of [
        'bytes',
        'depth',
        'tokens',
        'aliases',
        'patternLength',
        'endpoints',
        'pathLength',
      ]) {
        expect(withOptions({ limits: { [name]: value } }), `${name} ${typeof value}`).toThrow(TypeError)
      }
    }
  })

  test('of an unknown name throw a TypeError, also when objects have that name', () => {
    for (const name of ['byte', 'size', 'toString', 'constructor', 'valueOf']) {
      expect(withOptions({ limits: { [name]: 5 } }), name).toThrow(TypeError)
    }
  })

  test('that are no object throw a TypeError', () => {
    for (const limits of ['bytes', 5, true, [5]])
      expect(withOptions({ limits }), String(limits)).toThrow(TypeError)
  })

  test('may be endless', () => {
    expect(
      withOptions({ limits: { bytes: Infinity, endpoints: Infinity, pathLength: Infinity } }),
    ).not.toThrow()
  })
})

describe('options that are not their own', () => {
  const names = ['caseSensitive', 'basePath', 'preset', 'wildcard', 'limits', 'methods', 'head']

  afterEach(() => {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name)
  })

  test('are none: what an object inherits does not count', () => {
    const inherited = Object.create({
      caseSensitive: false,
      head: 'as-get',
      wildcard: 'nonsense',
    }) as ParseOptions
    const policy = loadPolicy(TEXT, inherited)
    expect(policy.authorize('s', 'GET', '/foo')).toBe(false)
    expect(policy.authorize('s', 'HEAD', '/a')).toBe(false)
    expect(policy.fingerprint).toBe(loadPolicy(TEXT).fingerprint)
  })

  test('are none: a polluted prototype widens no policy', () => {
    const before = loadPolicy(TEXT).fingerprint
    for (const [name, value] of [
      ['caseSensitive', false],
      ['head', 'as-get'],
      ['preset', 'cerb'],
      ['methods', ['TRACE']],
      ['basePath', '/x'],
    ] as const) {
      Object.defineProperty(Object.prototype, name, {
        value,
        configurable: true,
        enumerable: false,
        writable: true,
      })
      const policies = [
        loadPolicy(TEXT),
        loadPolicy(TEXT, {}),
        loadPolicy({ s: { label: 'x', endpoints: ['Foo', { a: 'GET' }] } }),
      ]
      Reflect.deleteProperty(Object.prototype, name)
      for (const policy of policies) {
        expect(policy.authorize('s', 'GET', '/foo'), name).toBe(false)
        expect(policy.fingerprint, name).toBe(before)
      }
    }
  })
})
