/** Security schemes and requirements, value by value: what asks for a token, for which scopes, and what is reported. */
import { describe, expect, test } from 'vitest'
import { OpenApiError } from '../../src/openapi/error.ts'
import type { Alternative, OpenApiNote } from '../../src/openapi/model.ts'
import { References } from '../../src/openapi/read/references.ts'
import { readSchemes, type Schemes, SecurityReader } from '../../src/openapi/read/security.ts'

const AT = '/components/securitySchemes'
const DENIED = 'operations that ask for it are denied to everybody'

function schemesOf(schemes: unknown): Schemes & { readonly notes: readonly OpenApiNote[] } {
  const notes: OpenApiNote[] = []
  const report = (note: OpenApiNote): void => void notes.push(note)
  const references = new References({ components: { securitySchemes: schemes } }, report)
  return { ...readSchemes(schemes, AT, references, report), notes }
}

const kindOf = (scheme: unknown): string | undefined => schemesOf({ s: scheme }).kinds.get('s')

describe('the kind of a security scheme', () => {
  test.each<readonly [string, unknown]>([
    ['scopes', { type: 'oauth2', flows: {} }],
    ['scopes', { type: 'openIdConnect', openIdConnectUrl: 'https://x.example' }],
    ['other', { type: 'basic' }],
    ['other', { type: 'mutualTLS' }],
    ...['bearer', 'dpop', 'gnap', 'privatetoken', 'DPoP'].map(
      (scheme) => ['token', { type: 'http', scheme }] as const,
    ),
    ...[
      'basic',
      'concealed',
      'digest',
      'hoba',
      'mutual',
      'negotiate',
      'vapid',
      'SCRAM-SHA-1',
      'scram-sha-256',
    ].map((scheme) => ['other', { type: 'http', scheme }] as const),
    ['unknown', { type: 'http', scheme: 'oauth' }],
    ['unknown', { type: 'http' }],
    ['token', { type: 'apiKey', in: 'header', name: 'Authorization' }],
    ['token', { type: 'apiKey', in: 'query', name: 'Access_Token' }],
    ['other', { type: 'apiKey', in: 'query', name: 'authorization' }],
    ['other', { type: 'apiKey', in: 'cookie', name: 'authorization' }],
    ['other', { type: 'apiKey', in: 'header', name: 'access_token' }],
    ['other', { type: 'apiKey', in: 'cookie', name: 'access_token' }],
    ['other', { type: 'apiKey', in: 'cookie', name: 'sid' }],
    ['unknown', { type: 'apiKey', in: 'body', name: 'authorization' }],
    ['unknown', { type: 'apiKey', name: 'authorization' }],
    ['unknown', { type: 'apiKey', in: 'header' }],
    ['unknown', { type: 'apiKey', in: 'header', name: '' }],
    ['unknown', { type: 'apiKey', in: 'header', name: 5 }],
    ['unknown', { type: 'OAUTH2' }],
    ['unknown', {}],
    ['unknown', null],
  ])('%s: %j', (kind, scheme) => {
    expect(kindOf(scheme)).toBe(kind)
  })

  test('an unknown one is reported at its place', () => {
    expect(schemesOf({ 'a/b': { type: 'x' } }).notes).toEqual([
      {
        code: 'unknown-scheme',
        message: 'security scheme `a/b` is of an unknown kind',
        help: DENIED,
        pointer: `${AT}/a~1b`,
      },
    ])
    expect(schemesOf({ s: 'oauth2' }).notes.map(({ code }) => code)).toEqual(['unknown-scheme'])
    expect(schemesOf({ s: { type: 'oauth2' } }).notes).toEqual([])
  })

  test('one that is a reference is what it leads to; a broken one is reported once', () => {
    const { kinds, notes } = schemesOf({
      a: { $ref: `#${AT}/b` },
      b: { type: 'http', scheme: 'bearer' },
      c: { $ref: '#/nowhere' },
      d: { type: 'http', scheme: 'bearer', $ref: '#/nowhere' },
    })
    expect([...kinds]).toEqual([
      ['a', 'token'],
      ['b', 'token'],
      ['c', 'unknown'],
      ['d', 'unknown'],
    ])
    expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unresolved-reference', `${AT}/c`],
      ['unresolved-reference', `${AT}/d`],
    ])
  })

  test('schemes that are not an object are reported; without schemes there is nothing to report', () => {
    for (const schemes of [[], 'x', null]) {
      expect(schemesOf(schemes).notes).toEqual([
        { code: 'unknown-scheme', message: 'the security schemes are not an object', pointer: AT },
      ])
    }
    expect(schemesOf(undefined)).toEqual({ kinds: new Map(), scopes: new Map(), discovers: false, notes: [] })
  })
})

describe('the scopes that schemes declare', () => {
  test('those of all flows of OAuth, each with its first description', () => {
    const { scopes, discovers, notes } = schemesOf({
      o: {
        type: 'oauth2',
        flows: {
          implicit: { scopes: { r: '', w: 'Write', 'x-r': 'Extended' } },
          password: { scopes: { r: 'Read', w: 'Write again', n: 5 } },
          'x-flow': 'none',
        },
      },
      key: {
        type: 'apiKey',
        in: 'header',
        name: 'k',
        scopes: { no: 'No' },
        flows: { a: { scopes: { no: 'No' } } },
      },
      open: { type: 'openIdConnect', flows: { a: { scopes: { no: 'No' } } } },
    })
    expect([...scopes.values()]).toEqual([
      { name: 'r', description: 'Read' },
      { name: 'w', description: 'Write' },
      { name: 'x-r', description: 'Extended' },
      { name: 'n', description: '' },
    ])
    expect([...scopes.keys()]).toEqual(['r', 'w', 'x-r', 'n'])
    expect(discovers).toBe(true)
    expect(notes).toEqual([])
  })

  test('of Swagger 2.0 those next to the flow, without extensions', () => {
    const { scopes, discovers } = schemesOf({
      o: { type: 'oauth2', flow: 'implicit', scopes: { r: 'Read', 'x-order': '1', 'a-x-b': 'A' } },
    })
    expect([...scopes.keys()]).toEqual(['r', 'a-x-b'])
    expect(discovers).toBe(false)
  })

  test('a list of scopes is reported and declares none', () => {
    const { scopes, notes } = schemesOf({ o: { type: 'oauth2', flows: { implicit: { scopes: ['r'] } } } })
    expect([...scopes]).toEqual([])
    expect(notes).toEqual([
      {
        code: 'invalid-security',
        message: '`scopes` of security scheme `o` is not an object',
        help: 'write each scope with its description: `{ "things:read": "Read things" }`',
        pointer: `${AT}/o`,
      },
    ])
  })

  test('a scheme that is an incomplete reference declares none', () => {
    const scheme = { type: 'oauth2', flows: { a: { scopes: { r: 'Read' } } }, $ref: '#/nowhere' }
    expect([...schemesOf({ o: scheme }).scopes]).toEqual([])
  })
})

const SCHEMES = {
  o: { type: 'oauth2', flows: { implicit: { scopes: { r: 'Read', w: 'Write', '5': 'Five' } } } },
  jwt: { type: 'http', scheme: 'bearer' },
  key: { type: 'apiKey', in: 'header', name: 'k' },
  odd: { type: 'odd' },
}

function readerOf({ anyScope = false, scopesFrom }: { anyScope?: boolean; scopesFrom?: string } = {}): {
  readonly reader: SecurityReader
  readonly notes: readonly OpenApiNote[]
} {
  const notes: OpenApiNote[] = []
  const reader = new SecurityReader(schemesOf(SCHEMES), { anyScope, scopesFrom }, (note) => notes.push(note))
  return { reader, notes }
}

const scopes = (names: readonly string[], others = false): Alternative => ({
  kind: 'scopes',
  scopes: names,
  others,
})

describe('requirements', () => {
  test.each([
    [undefined, null],
    [[], [{ kind: 'anybody' }]],
    [[{}], [{ kind: 'anybody' }]],
    [[{ o: ['r'] }], [scopes(['r'])]],
    [[{ o: [] }], [scopes([])]],
    [[{ o: ['r', 'w', 'r'] }], [scopes(['r', 'w'])]],
    [
      [{ o: ['r'] }, { o: ['w'] }],
      [scopes(['r']), scopes(['w'])],
    ],
    [
      [{ o: ['r'] }, {}],
      [scopes(['r']), { kind: 'anybody' }],
    ],
    [[{ o: ['5'] }], [scopes(['5'])]],
    [[{ o: ['r'], key: [] }], [scopes(['r'], true)]],
    [[{ key: [], o: ['r'] }], [scopes(['r'], true)]],
    [[{ o: ['r'], key: ['w'] }], [scopes(['r'], true)]],
    [[{ o: ['r'], jwt: [] }], [scopes(['r'])]],
    [[{ o: ['r'], jwt: ['admin'] }], [scopes(['r', 'admin'])]],
    [[{ key: [] }], [{ kind: 'other' }]],
    [[{ key: ['admin'] }], [{ kind: 'other' }]],
    [[{ jwt: [] }], [{ kind: 'token' }]],
    [[{ jwt: [], key: [] }], [{ kind: 'token' }]],
    [[{ jwt: ['admin'] }], [scopes(['admin'])]],
    [[{ jwt: ['admin'], key: [] }], [scopes(['admin'], true)]],
    [[{ odd: [] }], [{ kind: 'unknown' }]],
    [[{ odd: ['r'] }], [{ kind: 'unknown' }]],
    [[{ o: ['r'], odd: [] }], [{ kind: 'unknown' }]],
    [
      [{ odd: [] }, { o: ['r'] }],
      [{ kind: 'unknown' }, scopes(['r'])],
    ],
  ] as const)('%j', (list, expected) => {
    expect(readerOf().reader.read(list, '/security')).toEqual(expected)
  })

  test.each([
    [{ o: ['r'] }, 'is an object, not a list'],
    ['r', 'is `r`, not a list'],
    ['', 'is nothing, not a list'],
    [null, 'is nothing, not a list'],
    [5, 'is a number, not a list'],
    [['r'], 'has `r` where an object belongs'],
    [[{ o: ['r'] }, null], 'has nothing where an object belongs'],
    [[[]], 'has a list where an object belongs'],
    [Array(1), 'has nothing where an object belongs'],
    [[{ o: 'r' }], 'has `r` where the list of scopes of `o` belongs'],
    [[{ o: { r: [] } }], 'has an object where the list of scopes of `o` belongs'],
    [[{ key: true }], 'has a boolean where the list of scopes of `key` belongs'],
    [[{ key: [7] }], 'has a number where a scope belongs'],
    [[{ o: Array(1) }], 'has nothing where a scope belongs'],
    [[{ o: ['r', undefined] }], 'has nothing where a scope belongs'],
    [[{ o: ['6'] }], 'has `6` where a scope belongs'],
    [[{ odd: ['true'] }], 'has `true` where a scope belongs'],
    [[{ jwt: ['null'] }], 'has `null` where a scope belongs'],
  ])('%j grants nothing and is reported', (list, problem) => {
    const { reader, notes } = readerOf()
    expect(reader.read(list, '/paths/x/security')).toEqual([{ kind: 'unknown' }])
    expect(notes).toEqual([
      {
        code: 'invalid-security',
        message: `\`security\` ${problem}, so it grants nothing`,
        help: 'write a list of objects that name schemes, each with its list of scopes: `[{ login: [read] }]`',
        pointer: '/paths/x/security',
      },
    ])
  })

  test('what YAML would read as a number, a boolean or null is a scope only where a scheme declares it', () => {
    const isScope = (name: string): boolean =>
      readerOf().reader.read([{ o: [name] }], '')?.[0]?.kind === 'scopes'
    for (const name of [
      '0',
      '12',
      '-1',
      '+1',
      '1.5',
      '.5',
      '1_000',
      '1e3',
      '1E-3',
      '1.5e+10',
      'TRUE',
      'false',
      'Null',
      '~',
      '',
    ])
      expect([name, isScope(name)]).toEqual([name, false])
    for (const name of [
      '5',
      'x1',
      '1x',
      '1e',
      '1e3x',
      '-',
      '--1',
      'truely',
      'untrue',
      'e5',
      '~x',
      '_1',
      '1 2',
      'null2',
    ])
      expect([name, isScope(name)]).toEqual([name, true])
  })

  test('a value that a getter would make is not read', () => {
    const list = [Object.defineProperty({}, 'o', { enumerable: true, get: () => ['r'] })]
    expect(readerOf().reader.read(list, '')).toEqual([{ kind: 'unknown' }])
  })

  test('a scheme that is not declared denies, and is reported once with the nearest name', () => {
    const { reader, notes } = readerOf()
    expect(reader.read([{ jwtt: [] }, { nothing: ['r'] }], '/a')).toEqual([
      { kind: 'unknown' },
      { kind: 'unknown' },
    ])
    expect(reader.read([{ jwtt: [] }], '/b')).toEqual([{ kind: 'unknown' }])
    expect(notes).toEqual([
      {
        code: 'unknown-scheme',
        message: 'there is no security scheme `jwtt`',
        help: 'did you mean `jwt`?',
        pointer: '/a',
      },
      {
        code: 'unknown-scheme',
        message: 'there is no security scheme `nothing`',
        help: DENIED,
        pointer: '/a',
      },
    ])
  })

  test('roles of a scheme without scopes are reported once for the scheme, and only where there are some', () => {
    const { reader, notes } = readerOf()
    reader.read([{ jwt: [] }, { o: ['r'] }, { key: ['r'] }], '/a')
    expect(notes).toEqual([])
    reader.read([{ jwt: ['admin'] }], '/b')
    reader.read([{ jwt: ['other'] }], '/c')
    expect(notes).toEqual([
      {
        code: 'roles',
        message:
          'security scheme `jwt` declares no scopes; the roles that operations list for it are taken for scopes',
        pointer: '/b',
      },
    ])
  })

  test('with anyScope each scope of a list is enough by itself', () => {
    const { reader } = readerOf({ anyScope: true })
    expect(reader.read([{ o: ['r', 'w'], key: [] }], '')).toEqual([scopes(['r'], true), scopes(['w'], true)])
    expect(reader.read([{ o: ['r'] }], '')).toEqual([scopes(['r'])])
    expect(reader.read([{ o: [] }], '')).toEqual([scopes([])])
  })

  test('limits: 1,000 alternatives and 100 scopes at once are read, more is refused', () => {
    const { reader } = readerOf()
    const alternatives = Array.from({ length: 1000 }, () => ({ o: ['r'] }))
    expect(reader.read(alternatives, '')).toHaveLength(1000)
    expect(() => reader.read([...alternatives, { o: ['r'] }], '')).toThrow(
      new OpenApiError('an operation has more than 1000 alternatives in `security`'),
    )
    const names = Array.from({ length: 100 }, (_, index) => `s${index}`)
    expect(reader.read([{ o: names }], '')).toEqual([scopes(names)])
    expect(() => reader.read([{ o: [...names, 'more'] }], '')).toThrow(
      new OpenApiError('an operation asks for more than 100 scopes at once'),
    )
  })
})

describe('an extension that lists scopes', () => {
  const read = (
    value: unknown,
    security: readonly Alternative[] | null = null,
    anyScope = false,
  ): [readonly Alternative[] | null, readonly OpenApiNote[]] => {
    const { reader, notes } = readerOf({ scopesFrom: 'x-scopes', anyScope })
    return [reader.readExtension({ 'x-scopes': value }, '/paths/x/get', security), notes]
  }

  test.each([
    ['a b', [scopes(['a', 'b'])]],
    [' a,b,, c\n', [scopes(['a', 'b', 'c'])]],
    ['', [scopes([])]],
    [['a', 'b', 'a'], [scopes(['a', 'b'])]],
    [[], [scopes([])]],
    [
      [{ scopes: ['a', 'b'] }, { scopes: [] }],
      [scopes(['a', 'b']), scopes([])],
    ],
  ])('%j', (value, expected) => {
    expect(read(value)).toEqual([expected, []])
  })

  test.each([
    [5, 'is a number, not a list'],
    [{ a: 1 }, 'is an object, not a list'],
    [null, 'is nothing, not a list'],
    [[1], 'has a number where a scope belongs'],
    [['1'], 'has `1` where a scope belongs'],
    [Array(1), 'has nothing where a scope belongs'],
    [[{ scopes: 'a' }], 'has an entry without a list `scopes`'],
    [['a', { scopes: ['a'] }], 'has an entry without a list `scopes`'],
    [[{ scopes: [['a']] }], 'has a list where a scope belongs'],
  ])('%j grants nothing and is reported', (value, problem) => {
    expect(read(value)).toEqual([
      [{ kind: 'unknown' }],
      [
        {
          code: 'invalid-security',
          message: `\`x-scopes\` ${problem}, so it grants nothing`,
          help: 'write a list of scopes, or of objects with a list `scopes`',
          pointer: '/paths/x/get/x-scopes',
        },
      ],
    ])
  })

  test('takes the place of what asks for a token, and leaves what asks for none', () => {
    const security: readonly Alternative[] = [
      { kind: 'token' },
      { kind: 'anybody' },
      scopes(['r']),
      { kind: 'other' },
      { kind: 'unknown' },
    ]
    expect(read(['a'], security)[0]).toEqual([{ kind: 'anybody' }, { kind: 'other' }, scopes(['a'])])
  })

  test('is not read where it is not asked for, or not there', () => {
    expect(readerOf().reader.readExtension({ 'x-scopes': ['a'], undefined: ['a'] }, '', [])).toBeNull()
    expect(read(undefined, [scopes(['r'])])[0]).toBeNull()
  })

  test('is split with anyScope, and bounded', () => {
    expect(read(['a', 'b'], null, true)[0]).toEqual([scopes(['a']), scopes(['b'])])
    const lists = Array.from({ length: 1000 }, () => ({ scopes: ['a'] }))
    expect(read(lists)[0]).toHaveLength(1000)
    expect(() => read([...lists, { scopes: ['a'] }])).toThrow(
      new OpenApiError('an operation has more than 1000 alternatives of scopes'),
    )
  })
})
