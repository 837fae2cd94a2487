/** Operations to the scopes of a first policy: what each gets, where its paths begin, and what is noted. */
import { describe, expect, test } from 'vitest'
import { draftOf, type DraftOptions } from '../../src/openapi/import/draft.ts'
import type { Draft, DraftEndpoint } from '../../src/openapi/import/print-policy.ts'
import type { Alternative, ApiDescription, OpenApiNote, Operation } from '../../src/openapi/model.ts'
import { readSyntax } from '../../src/openapi/read/template-syntax.ts'

const asks = (...scopes: readonly string[]): Alternative => ({ kind: 'scopes', scopes, others: false })

/** `GET /a` that asks for scopes. */
function operation(
  request: string,
  security: readonly Alternative[] | null,
  basePaths: readonly string[] = [],
): Operation {
  const [method = '', path = ''] = request.split(' ')
  return {
    method,
    path,
    template: readSyntax(path).parts,
    pointer: `#${request}`,
    basePaths,
    security,
  }
}

interface Given extends DraftOptions {
  readonly operations?: readonly Operation[]
  /** Declared, each with a description. */
  readonly declared?: readonly string[]
  readonly descriptions?: Readonly<Record<string, string>>
  readonly discovers?: boolean
  readonly basePaths?: readonly string[]
  readonly title?: string
  readonly version?: string
}

function draft({
  operations = [],
  declared = ['a', 'b', 'c'],
  descriptions = {},
  discovers = false,
  basePaths = [],
  title = '',
  version = '',
  ...options
}: Given): readonly [Draft, readonly OpenApiNote[]] {
  const notes: OpenApiNote[] = []
  const scopes = new Map(
    declared.map((name) => {
      const description = Object.hasOwn(descriptions, name) ? (descriptions[name] ?? '') : `About ${name}`
      return [name, { name, description }]
    }),
  )
  const description: ApiDescription = {
    title,
    version,
    scopes,
    discovers,
    basePaths,
    operations,
    notes: [],
  }
  return [draftOf(description, options, (note) => void notes.push(note)), notes]
}
const written = ({ pattern, methods, together }: DraftEndpoint): string =>
  `${methods.join()} ${pattern}${together === undefined ? '' : ` with ${together.join()}`}`
/** What each scope has, without scopes that have nothing. */
function granted(given: Given): Readonly<Record<string, readonly string[]>> {
  const [{ scopes }] = draft(given)
  return Object.fromEntries(
    scopes.flatMap(({ name, endpoints }) => (endpoints.length > 0 ? [[name, endpoints.map(written)]] : [])),
  )
}
/** Notes other than of scopes that nothing asks for. */
const notesOf = (given: Given): readonly OpenApiNote[] =>
  draft(given)[1].filter(({ code }) => code !== 'unused-scope')

describe('an operation', () => {
  test('is granted to the scope that it asks for', () => {
    const given = { operations: [operation('GET /x/{id}', [asks('a')])] }
    expect(granted(given)).toEqual({ a: ['GET x/*'] })
    expect(notesOf(given)).toEqual([])
  })

  test('is granted to each scope that is enough', () => {
    const given = { operations: [operation('GET /x', [asks('a'), asks('b')])] }
    expect(granted(given)).toEqual({ a: ['GET x'], b: ['GET x'] })
    expect(notesOf(given)).toEqual([])
  })

  test('is a comment of each scope that is only enough with others, and noted', () => {
    const given = { operations: [operation('GET /x', [asks('a', 'b', 'c')])] }
    expect(granted(given)).toEqual({ a: ['GET x with b,c'], b: ['GET x with a,c'], c: ['GET x with a,b'] })
    expect(notesOf(given)).toEqual([
      {
        code: 'several-scopes',
        message:
          '`GET /x` takes `a` and `b` and `c` together, and a policy has no scopes that grant together',
        help: 'it is a comment below each of them; decide which one allows it, or use --any-scope if each is enough',
        pointer: '#GET /x',
      },
    ])
  })

  test('of which some alternative is a single scope is not noted', () => {
    const given = { operations: [operation('GET /x', [asks('a', 'b'), asks('c')])] }
    expect(granted(given)).toEqual({ a: ['GET x with b'], b: ['GET x with a'], c: ['GET x'] })
    expect(notesOf(given)).toEqual([])
  })

  test('names the first of its alternatives', () => {
    const given = { operations: [operation('GET /x', [asks('a', 'b'), asks('b', 'c')])] }
    expect(notesOf(given).map(({ message }) => message)).toEqual([
      '`GET /x` takes `a` and `b` together, and a policy has no scopes that grant together',
    ])
    expect(granted(given)).toEqual({
      a: ['GET x with b'],
      b: ['GET x with a', 'GET x with c'],
      c: ['GET x with b'],
    })
  })

  test('that also asks for other credentials is noted', () => {
    const others: Alternative = { kind: 'scopes', scopes: ['a'], others: true }
    const given = { operations: [operation('GET /x', [asks('b'), others])] }
    expect(granted(given)).toEqual({ a: ['GET x'], b: ['GET x'] })
    expect(notesOf(given)).toEqual([
      {
        code: 'other-credentials',
        message: '`GET /x` also asks for credentials that have no scopes, which a policy does not check',
        pointer: '#GET /x',
      },
    ])
  })

  test.each<[readonly Alternative[] | null]>([
    [null],
    [[]],
    [[{ kind: 'anybody' }]],
    [[{ kind: 'token' }, { kind: 'other' }]],
    [[asks()]],
  ])('that asks for no scope is left out, and noted: %j', (security) => {
    const given = { operations: [operation('GET /x', security)] }
    expect(granted(given)).toEqual({})
    expect(notesOf(given)).toEqual([
      {
        code: 'operation-without-scopes',
        message: '`GET /x` asks for no scope, so no scope allows it',
        help: 'exempt it from the check if it is public, or add it to a scope',
        pointer: '#GET /x',
      },
    ])
  })

  test('that asks for something unknown is left out, and noted', () => {
    const given = { operations: [operation('GET /x', [{ kind: 'other' }, { kind: 'unknown' }])] }
    expect(granted(given)).toEqual({})
    expect(notesOf(given)).toEqual([
      {
        code: 'operation-without-scopes',
        message: 'what `GET /x` asks for is not understood, so no scope allows it',
        help: 'correct the document, or add the operation to a scope',
        pointer: '#GET /x',
      },
    ])
  })

  test('is granted for scopes next to other alternatives', () => {
    const security = [asks(), { kind: 'anybody' }, asks('a'), { kind: 'unknown' }] as const
    const given = { operations: [operation('GET /x', security)] }
    expect(granted(given)).toEqual({ a: ['GET x'] })
    expect(notesOf(given)).toEqual([])
  })

  test.each(['FROB', 'get'])('of an unregistered method is left out, and noted: %s', (method) => {
    const given = { operations: [operation(`${method} /x`, [asks('a')])] }
    expect(granted(given)).toEqual({})
    expect(notesOf(given)).toEqual([
      {
        code: 'unknown-method',
        message: `method \`${method}\` of \`/x\` is not in the IANA registry and is left out`,
        pointer: `#${method} /x`,
      },
    ])
  })

  test('of which no request has the path is left out, and noted', () => {
    const given = { operations: [operation('GET /x//y', [asks('a')])] }
    expect(granted(given)).toEqual({})
    expect(notesOf(given)).toEqual([
      {
        code: 'unreachable-path',
        message: '`GET /x//y` is left out, since such paths are refused: empty-segment',
        pointer: '#GET /x//y',
      },
    ])
  })

  test('has a path of at most 4,096 characters as a pattern', () => {
    const long = 'x'.repeat(4096)
    const given = {
      operations: [operation(`GET /${long}`, [asks('a')]), operation(`GET /${long}x`, [asks('b')])],
    }
    expect(granted(given)).toEqual({ a: [`GET ${long}`] })
    expect(notesOf(given)).toEqual([
      {
        code: 'invalid-path',
        message: `path \`/${'x'.repeat(39)}…${'x'.repeat(19)}\` is longer than a pattern may be, 4,096 characters`,
        pointer: `#GET /${long}x`,
      },
    ])
  })
})

test('an operation that takes more than 16 patterns is granted in part, and noted', () => {
  const path = '/a{x+}/b{x+}/c{x+}/d{x+}'
  const given = { operations: [operation(`GET ${path}/e{x+}`, [asks('a')])] }
  expect(granted(given)['a']?.length).toBe(16)
  expect(notesOf(given)).toEqual([
    {
      code: 'invalid-path',
      message: `path \`${path}/e{x+}\` has too many parameters that span segments next to text; a part of what it takes is not granted`,
      help: 'add a pattern that takes them all, if a wider one will do',
      pointer: `#GET ${path}/e{x+}`,
    },
  ])
  expect(notesOf({ operations: [operation(`GET ${path}`, [asks('a')])] })).toEqual([])
})

test('an operation is left out where one of its patterns is too long', () => {
  const operations = [operation(`GET /${'x'.repeat(4094)}{rest+}`, [asks('a')])]
  expect(granted({ operations })).toEqual({})
  expect(notesOf({ operations }).map(({ code }) => code)).toEqual(['invalid-path'])
})

describe('the endpoints of a scope', () => {
  test('have all methods of a path, the usual ones first', () => {
    const methods = ['QUERY', 'DELETE', 'PATCH', 'COPY', 'PUT', 'HEAD', 'POST', 'GET', 'GET']
    const operations = methods.map((method) => operation(`${method} /x`, [asks('a')]))
    expect(granted({ operations })).toEqual({ a: ['GET,POST,PUT,PATCH,DELETE,COPY,HEAD,QUERY x'] })
  })

  test('are in the order of the document', () => {
    const operations = ['GET /c', 'GET /a', 'PUT /c', 'GET /b'].map((one) => operation(one, [asks('a')]))
    expect(granted({ operations })).toEqual({ a: ['GET,PUT c', 'GET a', 'GET b'] })
  })

  test('of one path are apart where other scopes are needed as well', () => {
    const operations = [
      operation('GET /x', [asks('a')]),
      operation('PUT /x', [asks('a', 'b')]),
      operation('POST /x', [asks('a', 'b')]),
      operation('DELETE /x', [asks('a', 'c')]),
    ]
    expect(granted({ operations })['a']).toEqual(['GET x', 'POST,PUT x with b', 'DELETE x with c'])
  })

  test('of one path are apart where the lists of other scopes only look the same', () => {
    const operations = [operation('GET /x', [asks('a', 'b', 'c')]), operation('PUT /x', [asks('a', 'bc')])]
    expect(granted({ operations })['a']).toEqual(['GET x with b,c', 'PUT x with bc'])
  })

  test('are written without those that others take in, but for comments', () => {
    const operations = [
      operation('GET /x/{id}', [asks('a')]),
      operation('GET /x/me', [asks('a')]),
      operation('GET /x/me', [asks('b')]),
      operation('PUT /x/{id}', [asks('a', 'b')]),
      operation('PUT /x/me', [asks('a', 'b')]),
    ]
    expect(granted({ operations })).toEqual({
      a: ['GET x/*', 'PUT x/* with b', 'PUT x/me with b'],
      b: ['GET x/me', 'PUT x/* with a', 'PUT x/me with a'],
    })
  })

  test('are not taken in by comments', () => {
    const operations = [operation('GET /x/{id}', [asks('a', 'b')]), operation('GET /x/me', [asks('a')])]
    expect(granted({ operations })['a']).toEqual(['GET x/* with b', 'GET x/me'])
  })

  test('are several for a parameter that spans segments next to text', () => {
    const operations = [operation('GET /x{rest+}', [asks('a')])]
    expect(granted({ operations })).toEqual({ a: ['GET x?*', 'GET x*/**/*'] })
  })

  test('are at most 200,000 of all scopes together, counted before those of one path are joined', () => {
    const half = Array<Alternative>(100_000).fill(asks('a'))
    const operations = [operation('GET /x', half), operation('PUT /x', half)]
    expect(granted({ operations })).toEqual({ a: ['GET,PUT x'] })
    expect(() => draft({ operations: [...operations, operation('GET /y', [asks('b')])] })).toThrow(
      'its scopes open more than 200,000 operations together',
    )
  })
})

describe('the wildcard mode', () => {
  test.each<[string, 'any' | 'segment', string]>([
    ['/x', 'any', 'x'],
    ['/x(y)', 'any', 'x(y)'],
    ['/x/{id}', 'segment', 'x/*'],
    ['/x*', 'segment', 'x\\*'],
  ])('of %s is %s', (path, wildcard, pattern) => {
    const given = { operations: [operation('GET /a(b)', null), operation(`GET ${path}`, [asks('a')])] }
    expect(draft(given)[0].wildcard).toBe(wildcard)
    expect(granted(given)).toEqual({ a: [`GET ${pattern}`] })
  })

  test('is one for all paths', () => {
    const operations = ['/a/x(y)', '/{id}'].map((path) => operation(`GET ${path}`, [asks('a')]))
    expect(draft({ operations })[0].wildcard).toBe('segment')
    expect(granted({ operations })).toEqual({ a: ['GET a/x\\(y\\)', 'GET *'] })
  })

  test('depends on each of the base paths in patterns', () => {
    const given = {
      basePaths: ['/w1', '/v{n}'],
      operations: [operation('GET /x', [asks('a')], ['/w1', '/v{n}'])],
    }
    expect(draft(given)[0].wildcard).toBe('segment')
    expect(granted(given)).toEqual({ a: ['GET w1/x', 'GET v?*/x'] })
  })

  test('does not depend on operations that are left out', () => {
    const operations = [operation('GET /x', [asks('a')]), operation('GET /{id}', null)]
    expect(draft({ operations })[0].wildcard).toBe('any')
  })
})

describe('the comment at the top', () => {
  const about = (given: Given): readonly string[] => draft(given)[0].about
  const first = (name: string): readonly string[] => [
    `A first policy${name}, made from its OpenAPI document. Edit it: labels are what people read on`,
    'the consent screen.',
  ]

  test.each([
    [{}, ''],
    [{ title: 'Things' }, ' for `Things`'],
    [{ version: '2' }, ' for `2`'],
    [{ title: 'Things', version: '2' }, ' for `Things 2`'],
  ])('names the API: %j', (given, name) => {
    expect(about(given)).toEqual(first(name))
  })

  test('states that each scope is enough by itself', () => {
    expect(about({ anyScope: true })).toEqual([
      ...first(''),
      '',
      'Made with --any-scope: where the document lists several scopes, each of them is enough by itself.',
    ])
  })

  test('states what a star is', () => {
    expect(about({ operations: [operation('GET /{x}', [asks('a')])] })).toEqual([
      ...first(''),
      '',
      'With `wildcard: segment` a star means one segment, or the rest of one, as a path parameter',
      'does; by default it would also mean several.',
    ])
  })
})

describe('where paths begin', () => {
  const one = (...basePaths: readonly string[]): Operation => operation('GET /x', [asks('a')], basePaths)
  const elsewhere = {
    code: 'other-server',
    message: '`GET /x` has other servers, at another base path, and is left out',
    help: 'write a separate policy for them',
    pointer: '#GET /x',
  }
  const place = (given: Given): readonly unknown[] => [
    draft(given)[0].basePath,
    granted(given),
    notesOf(given),
  ]

  test('is nowhere without servers', () => {
    expect(place({ operations: [one()] })).toEqual(['', { a: ['GET x'] }, []])
  })

  test('is the base path of the servers', () => {
    expect(place({ basePaths: ['/v1'], operations: [one('/v1')] })).toEqual(['/v1', { a: ['GET x'] }, []])
    expect(place({ basePaths: [''], operations: [one('')] })).toEqual(['', { a: ['GET x'] }, []])
  })

  test('is elsewhere for operations with other servers, which are left out', () => {
    expect(place({ basePaths: ['/v1'], operations: [one('/v2')] })).toEqual(['/v1', {}, [elsewhere]])
    expect(place({ basePaths: ['/v1'], operations: [one('/v1', '/v2')] })).toEqual(['/v1', {}, [elsewhere]])
    expect(place({ basePaths: ['/v1/v2'], operations: [one('/v1', '/v2')] })).toEqual([
      '/v1/v2',
      {},
      [elsewhere],
    ])
    expect(place({ basePaths: [], operations: [one('/v2')] })).toEqual(['', {}, [elsewhere]])
  })

  test('is in the patterns where servers differ, those of each operation', () => {
    const given = {
      basePaths: ['/v1', '', '/v{n}'],
      operations: [
        one('/v1', ''),
        operation('PUT /x', [asks('a')], ['/v2']),
        operation('POST /x', [asks('a')]),
        operation('PATCH /x', [asks('b')], ['/v{n}']),
      ],
    }
    expect(place(given)).toEqual([
      '',
      { a: ['GET v1/x', 'GET,POST x', 'PUT v2/x'], b: ['PATCH v?*/x'] },
      [
        {
          code: 'several-base-paths',
          message:
            'the servers have different base paths, `/v1`, `/` and `/v{n}`, so each pattern begins with one',
          help: 'choose one: `serverPath` in code, `--server-path` on the command line',
          pointer: '/servers',
        },
      ],
    ])
  })

  test('is listed in a note, where servers differ', () => {
    expect(notesOf({ basePaths: ['/a or `b` c', '/d'] })[0]?.message).toBe(
      'the servers have different base paths, `/a or `b` c` and `/d`, so each pattern begins with one',
    )
  })

  test('may be refused with one of them', () => {
    const [basePath, patterns, notes] = place({ basePaths: ['/v1', '//'], operations: [one('/v1', '/v;1')] })
    expect([basePath, patterns]).toEqual(['', {}])
    expect((notes as OpenApiNote[])[1]?.message).toBe(
      '`GET /x` is left out, since such paths are refused: semicolon',
    )
  })

  describe('with a chosen base path', () => {
    const basePaths = ['/v1', '/v2']

    test.each([
      ['/v2', '/v2'],
      ['v2/', '/v2'],
      ['', ''],
      ['/', ''],
    ])('%j', (serverPath, basePath) => {
      expect(
        place({ serverPath, basePaths, operations: [operation('GET /x', [asks('a')], basePaths)] }),
      ).toEqual([basePath, { a: ['GET x'] }, []])
    })

    test('operations of the document are there, whatever its servers are', () => {
      const operations = [operation('GET /x', [asks('a')], ['/v1', '/v2'])]
      expect(place({ serverPath: '/v3', basePaths, operations })).toEqual(['/v3', { a: ['GET x'] }, []])
    })

    test('operations with other servers are there if one of them is', () => {
      expect(place({ serverPath: '/v3', basePaths, operations: [one('/v3', '/v4')] })).toEqual([
        '/v3',
        { a: ['GET x'] },
        [],
      ])
      expect(place({ serverPath: '/v3/', basePaths, operations: [one('/v3')] })[2]).toEqual([])
      expect(place({ serverPath: '/v3', basePaths, operations: [one('/v1')] })).toEqual([
        '/v3',
        {},
        [elsewhere],
      ])
    })
  })

  test.each([
    ['/a%20b', '/a%20b'],
    ['/caf%c3%a9', '/caf%C3%A9'],
    ['/%61', '/a'],
    ['/a/b', '/a/b'],
  ])('is in canonical form: %s', (path, basePath) => {
    expect(place({ basePaths: [path], operations: [one(path)] })).toEqual([basePath, { a: ['GET x'] }, []])
  })

  test.each(['/a//b', '/..', '/a;b', '/{tenant}'])('is the root where no path begins so: %s', (path) => {
    const unreachable = {
      code: 'unreachable-path',
      message: `the base path \`${path}\` is left out, since no accepted request path begins so`,
      help: 'set `basePath` to what your server has',
      pointer: '/servers',
    }
    const operations = [one(path)]
    expect(place({ basePaths: [path], operations })).toEqual(['', { a: ['GET x'] }, [unreachable]])
    expect(place({ serverPath: path, basePaths: [path], operations })).toEqual([
      '',
      { a: ['GET x'] },
      [unreachable],
    ])
  })
})

describe('scopes', () => {
  const operations = [operation('GET /x', [asks('b')]), operation('GET /y', [asks('z'), asks('y')])]

  test('are those that schemes declare, then those that operations ask for', () => {
    expect(draft({ operations, declared: ['c', 'b'] })[0].scopes.map(({ name }) => name)).toEqual([
      'c',
      'b',
      'z',
      'y',
    ])
  })

  test('that nothing asks for grant nothing, and are noted', () => {
    const [{ scopes }, notes] = draft({
      operations: [operation('GET /x', [asks('a')])],
      declared: ['a', 'b'],
    })
    expect(scopes).toEqual([
      { name: 'a', label: 'About a', endpoints: [{ pattern: 'x', methods: ['GET'] }] },
      {
        name: 'b',
        label: 'About b',
        endpoints: [],
        grantsNothing: 'no operation of the document asks for it',
      },
    ])
    expect(notes).toEqual([
      {
        code: 'unused-scope',
        message: 'no operation asks for scope `b`, so it grants nothing',
        help: 'leave it so if it is for the authorization server alone, such as `openid`',
      },
    ])
  })

  test('of operations that are left out grant nothing, which is not stated', () => {
    const [{ scopes }, notes] = draft({ operations: [operation('FROB /x', [asks('a')])], declared: ['a'] })
    expect(scopes).toEqual([{ name: 'a', label: 'About a', endpoints: [] }])
    expect(notes.map(({ code }) => code)).toEqual(['unknown-method'])
  })

  test('that no scheme declares are noted, unless one leaves its scopes to the server', () => {
    const given = { operations: [operation('GET /x', [asks('z')])], declared: [] }
    const named = {
      code: 'scope-without-description',
      message: 'scope `z` has no description; its name becomes the label',
      help: 'write what a person should read before they consent',
    }
    expect(draft(given)[1]).toEqual([
      { code: 'undeclared-scope', message: 'scope `z` is asked for and declared by no scheme' },
      named,
    ])
    expect(draft({ ...given, discovers: true })[1]).toEqual([named])
    expect(draft(given)[0].scopes).toEqual([
      { name: 'z', label: 'z', endpoints: [{ pattern: 'x', methods: ['GET'] }] },
    ])
  })

  test('have a label, and where that is not all of it a description', () => {
    const long = `One. ${'w '.repeat(80).trimEnd()}`
    const [{ scopes }] = draft({ declared: ['a', 'b', 'c'], descriptions: { a: '', b: long, c: 'C' } })
    expect(scopes.map(({ label, description }) => [label, description])).toEqual([
      ['a', undefined],
      ['One', long],
      ['C', undefined],
    ])
    expect(draft({ declared: ['a'], descriptions: { a: '' } })[1].map(({ code }) => code)).toEqual([
      'unused-scope',
      'scope-without-description',
    ])
  })

  test.each(['a b', 'é', '', '$options', '<<', 'a"b'])('cannot have the name %j', (name) => {
    const given = { operations: [operation('GET /x', [asks(name), asks('a')])], declared: [name, 'a'] }
    expect(granted(given)).toEqual({ a: ['GET x'] })
    expect(draft(given)[0].scopes.map((scope) => scope.name)).toEqual(['a'])
    expect(draft(given)[1]).toEqual([
      {
        code: 'scope-name',
        message: `\`${name}\` is not a scope name (RFC 6749, section 3.3) and is left out`,
      },
    ])
  })

  test.each(['a$', '<', '<<<', '__proto__', 'constructor'])('may have the name %j', (name) => {
    const given = { operations: [operation('GET /x', [asks(name)])], declared: [name] }
    expect(draft(given)[0].scopes.map((scope) => scope.name)).toEqual([name])
    expect(draft({ ...given, descriptions: Object.fromEntries([[name, 'X']]) })[1]).toEqual([])
  })

  test('that are none are noted', () => {
    const noScopes = {
      code: 'no-scopes',
      message: 'the document has no scopes, so there is nothing to grant',
    }
    expect(draft({ declared: [] })).toEqual([
      expect.objectContaining({ basePath: '', wildcard: 'any', scopes: [] }),
      [noScopes],
    ])
    expect(draft({ declared: ['a b'] })[1].map(({ code }) => code)).toEqual(['scope-name', 'no-scopes'])
  })
})
