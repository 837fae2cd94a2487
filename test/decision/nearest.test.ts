/**
 * What a denied request was closest to: one thing changed, and named rightly.
 */
import { describe, expect, test } from 'vitest'
import type { ParseOptions, Policy } from '../../src/index.ts'
import type { Nearest } from '../../src/decision/types.ts'
import { policyOf } from './example.ts'

type Items = Parameters<typeof policyOf>[0][string]

function nearest(items: Items, method: string, path: string, options: ParseOptions = {}): unknown {
  const policy = policyOf({ s: items, other: '*' }, options)
  const decision = policy.explain(['s'], method, path)
  expect(decision.allowed).toBe(false)
  return decision.nearest
}

/** What differs for GET and the hint, as one line. */
function hint(pattern: string, path: string, options: ParseOptions = {}): string | undefined {
  const near = nearest([{ [pattern]: 'GET' }], 'GET', path, options) as Nearest | undefined
  return near && `${near.differs}: ${near.hint}`
}

const WITHOUT_SLASH = 'trailing-slash: without the slash at its end it is granted'
const WITH_SLASH = 'trailing-slash: with a slash at its end it is granted'
const WITHOUT_EXTENSION = 'extension: without the extension it is granted'

function stands(segment: string, word: string): string {
  return `segment: \`${segment}\` is where the pattern has \`${word}\``
}

describe('method', () => {
  const hintOf = (granted: string | readonly string[], method: string): unknown =>
    nearest([{ a: granted }], method, '/a')

  test('names those that are granted there', () => {
    expect(hintOf('GET', 'POST')).toEqual({
      scope: 's',
      endpoint: 'a',
      differs: 'method',
      hint: 'GET is granted there, not `POST`',
    })
    expect(hintOf(['GET', 'PUT'], 'POST')).toMatchObject({
      hint: 'GET, PUT are granted there, not `POST`',
    })
  })

  test('says that methods are upper case, where the upper case is granted', () => {
    expect(hintOf(['GET', 'PUT'], 'get')).toMatchObject({
      differs: 'method',
      hint: 'methods are upper case: `GET` is granted',
    })
    expect(hintOf('GET', 'post')).toMatchObject({ hint: 'GET is granted there, not `post`' })
  })

  test('says of HEAD that GET does not grant it, where GET is granted', () => {
    expect(hintOf(['GET', 'PUT'], 'HEAD')).toMatchObject({
      differs: 'method',
      hint: 'HEAD is not granted by GET unless `$options` say `head: as-get`',
    })
    expect(hintOf('PUT', 'HEAD')).toMatchObject({ hint: 'PUT is granted there, not `HEAD`' })
    expect(hintOf(['GET', 'PUT'], 'POST')).toMatchObject({ hint: 'GET, PUT are granted there, not `POST`' })
  })

  test('never differs where the endpoint grants it', () => {
    // `public/` is denied for its slash: the endpoint that matches it grants GET.
    expect(nearest([{ 'public/*': 'GET' }], 'GET', '/public/')).toBeUndefined()
  })

  test('differs alone: nothing else is changed with it', () => {
    for (const path of ['/A', '/a/', '/a.json', '/b'])
      expect(nearest([{ a: 'PUT' }], 'GET', path), path).toBeUndefined()
    expect(nearest([{ a: 'PUT' }], 'GET', '/a', { basePath: '/rest' })).toBeUndefined()
  })
})

describe('case', () => {
  const CASE = 'case: letter case differs from `Users/*`'

  test('differs in the path or in the pattern', () => {
    expect(nearest([{ 'Users/*': 'GET' }], 'GET', '/users/1')).toEqual({
      scope: 's',
      endpoint: 'Users/*',
      differs: 'case',
      hint: 'letter case differs from `Users/*`',
    })
    expect(hint('users/*', '/USERS/1')).toBe('case: letter case differs from `users/*`')
  })

  test('with wildcard: segment, too', () => {
    const segment = { wildcard: 'segment' } as const
    expect(hint('users/*', '/USERS/1', segment)).toBe('case: letter case differs from `users/*`')
    expect(hint('Users/*', '/users/1', segment)).toBe(CASE)
  })

  test('is no answer where in other letters the path would end in an extension that is taken off', () => {
    const extensions = ['json'] as const
    // Only `/a.json` matches `*json`, and then its extension is gone.
    expect(hint('*json', '/a.JSON', { extensions })).toBeUndefined()
    expect(hint('A*n', '/a.JSON', { extensions: ['Json'] })).toBeUndefined()
    expect(hint('A.xml', '/a.XML', { extensions })).toBe('case: letter case differs from `A.xml`')
    expect(hint('Ajson', '/ajson', { extensions })).toBe('case: letter case differs from `Ajson`')
  })

  test('with a slash at the end only where that is granted, too', () => {
    expect(hint('Users/*', '/users/1/')).toBe(CASE)
    expect(hint('Users/*', '/users/')).toBeUndefined()
  })
})

describe('trailing-slash', () => {
  test('is one too many or one too few', () => {
    expect(nearest([{ a: 'GET' }], 'GET', '/a/')).toEqual({
      scope: 's',
      endpoint: 'a',
      differs: 'trailing-slash',
      hint: 'without the slash at its end it is granted',
    })
    expect(nearest([{ 'a/': 'GET' }], 'GET', '/a')).toEqual({
      scope: 's',
      endpoint: 'a/',
      differs: 'trailing-slash',
      hint: 'with a slash at its end it is granted',
    })
  })

  test('is looked for in front of the query', () => {
    expect(hint('a', '/a/?q')).toBe(WITHOUT_SLASH)
    expect(hint('a/', '/a?q/')).toBe(WITH_SLASH)
  })

  test('only where the path with a slash would be granted', () => {
    expect(hint('*/*', '/search', { trailingSlash: 'ignore' })).toBeUndefined()
    expect(hint('public/*', '/public')).toBeUndefined()
  })

  test('only where the path is not too long with it', () => {
    expect(hint('a/', '/a', { limits: { pathLength: 3 } })).toBe(WITH_SLASH)
    expect(hint('a/', '/a', { limits: { pathLength: 2 } })).toBeUndefined()
  })

  test('stands behind an extension that is taken off', () => {
    const options = { extensions: ['json'] }
    expect(hint('a', '/a.json/', options)).toBe(WITHOUT_SLASH)
    // `/a.json/` would not be the path `a/`.
    expect(hint('a/', '/a.json', options)).toBeUndefined()
    // Without this slash there is the next one, behind which nothing but the extension stood.
    expect(hint('x*', '/x/.json/', options)).toBe(WITHOUT_SLASH)
  })
})

describe('extension', () => {
  test('is granted without it', () => {
    expect(nearest([{ a: 'GET' }], 'GET', '/a.json')).toEqual({
      scope: 's',
      endpoint: 'a',
      differs: 'extension',
      hint: 'without the extension it is granted',
    })
    expect(hint('a', '/a.json?q')).toBe(WITHOUT_EXTENSION)
  })

  test('has one to eight letters and digits', () => {
    expect(hint('a', '/a.7')).toBe(WITHOUT_EXTENSION)
    expect(hint('a', '/a.Geojson2')).toBe(WITHOUT_EXTENSION)
    for (const path of ['/a.', '/a.geojson23', '/a.js-n', '/ajson'])
      expect(hint('a', path), path).not.toBe(WITHOUT_EXTENSION)
  })

  test('stands at the end', () => {
    expect(hint('a/b', '/a.json/b')).toBe(stands('a.json', 'a'))
    expect(hint('a-b', '/a.json-b')).toBeUndefined()
    expect(hint('a/b', '/a/b.json')).toBe(WITHOUT_EXTENSION)
  })

  test('that the policy takes off stands behind it or before it', () => {
    const options = { extensions: ['json'] }
    expect(hint('a', '/a.json.xml', options)).toBe(WITHOUT_EXTENSION)
    expect(hint('a', '/a.xml.json', options)).toBeUndefined()
    // The path `/a.json` would be read as `a`.
    expect(hint('a*n', '/a.json.xml', options)).toBeUndefined()
  })

  test('is none in the base path', () => {
    expect(hint('*a', '/api.v1', { basePath: '/api.v1' })).toBeUndefined()
  })
})

describe('base-path', () => {
  const options = { basePath: '/rest' }
  const OUTSIDE = 'base-path: the request path does not begin with `/rest`'

  test('is missing', () => {
    expect(nearest([{ a: 'GET' }], 'GET', '/a', options)).toEqual({
      scope: 's',
      endpoint: 'a',
      differs: 'base-path',
      hint: 'the request path does not begin with `/rest`',
    })
    expect(hint('a/b', '/a/b?q', options)).toBe(OUTSIDE)
    expect(hint('a/b', 'a/b', options)).toBe(OUTSIDE)
    expect(hint('*', '/restful', options)).toBe(OUTSIDE)
  })

  test('differs alone', () => {
    for (const path of ['/b', '/A', '/a/', '/a.json']) expect(hint('a', path, options), path).toBeUndefined()
    expect(hint('*', '/a', { ...options, limits: { pathLength: 6 } })).toBeUndefined()
  })

  test('is there: then something else differs', () => {
    expect(hint('a', '/rest/a/', options)).toBe(WITHOUT_SLASH)
    expect(hint('a', '/rest/a.json', options)).toBe(WITHOUT_EXTENSION)
    expect(hint('a/*', '/rest/b/c', options)).toBe(stands('b', 'a'))
    expect(hint('rest/a', '/rest/rest/b', options)).toBe(stands('b', 'a'))
  })
})

describe('segment', () => {
  test('stands where the pattern has another', () => {
    expect(nearest([{ 'workers/*/notes': 'GET' }], 'GET', '/worker/5/notes')).toEqual({
      scope: 's',
      endpoint: 'workers/*/notes',
      differs: 'segment',
      hint: '`worker` is where the pattern has `workers`',
    })
    expect(hint('a/b/c', '/a/x/c')).toBe(stands('x', 'b'))
    expect(hint('a/b/c', '/a/b/x')).toBe(stands('x', 'c'))
  })

  test('is the only one that differs', () => {
    expect(hint('a/b/c', '/x/b/y')).toBeUndefined()
    expect(hint('a/b', '/a')).toBeUndefined()
    expect(hint('a/b', '/a/b/c')).toBeUndefined()
  })

  test('must look like the word where nothing else is of the pattern: a far one is no near miss', () => {
    expect(hint('workers', '/worker')).toBe(stands('worker', 'workers'))
    expect(hint('workers', '/secrets')).toBeUndefined()
    expect(hint('workers/*', '/worker/1')).toBe(stands('worker', 'workers'))
    expect(hint('secrets/*', '/workers/1')).toBeUndefined()
    expect(hint('files/**', '/orders/7/items', { wildcard: 'segment' })).toBeUndefined()
    expect(hint('secrets/*/notes', '/workers/1/notes')).toBe(stands('workers', 'secrets'))
  })

  test('must not be empty, as behind a slash', () => {
    expect(hint('x/', '/x/b')).toBeUndefined()
    expect(hint('/', '/x')).toBeUndefined()
    expect(hint('a', '/')).toBeUndefined()
    expect(hint('a/*', '/a/')).toBeUndefined()
  })

  test('of the pattern must be plain text', () => {
    expect(hint('x/a*', '/x/b')).toBeUndefined()
    for (const word of ['a*', 'a?', '[ab]', '{a,b}'])
      expect(hint(`x/${word}`, '/x/c', { wildcard: 'segment' }), word).toBeUndefined()
  })

  test('may have escapes', () => {
    expect(hint('a/*', '/b/caf%c3%a9')).toBe(stands('b', 'a'))
    expect(hint('a/b', '/%c3%a9/b')).toBe(stands('%C3%A9', 'a'))
    expect(hint('caf%C3%A9/b', '/c/b', { wildcard: 'segment' })).toBe(stands('c', 'caf%C3%A9'))
  })

  test('is compared in lower case where case does not matter', () => {
    const options = { caseSensitive: false }
    expect(hint('Workers/*', '/WORKER/1', options)).toBe(stands('worker', 'Workers'))
  })

  test('only where the path would be granted with it', () => {
    expect(hint('public/*', '/publik/')).toBeUndefined()
    expect(hint('public/*/', '/publik/a/')).toBe(stands('publik', 'public'))
    expect(hint('public/*', '/publik/a/')).toBe(stands('publik', 'public'))
    expect(hint('long/*', '/lon/a', { limits: { pathLength: 7 } })).toBe(stands('lon', 'long'))
    expect(hint('long/*', '/lon/a', { limits: { pathLength: 6 } })).toBeUndefined()
  })

  test('only where extensions are taken off, and no other', () => {
    const options = { extensions: ['json'] }
    expect(hint('a/b', '/x/b.json', options)).toBe(stands('x', 'a'))
    // `/a/c.json` would be the path `a/c`.
    expect(hint('{a,b}/c.json', '/a/x', { ...options, wildcard: 'segment' })).toBeUndefined()
    // `JSON` is not an extension here, and stays.
    expect(hint('a/b', '/x/b.JSON', { ...options, caseSensitive: false })).toBeUndefined()
  })
})

describe('escapes', () => {
  const options = { basePath: '/rest' }

  test('of reserved characters, which RFC 3986 keeps apart from the characters', () => {
    expect(hint('a:b', '/a%3Ab')).toBe('escapes: with `:` instead of `%3A` it is granted')
    expect(hint('users(*)', '/users%28%271%27%29')).toBe(
      "escapes: with `(` instead of `%28`, `'` instead of `%27`, `)` instead of `%29` it is granted",
    )
    expect(hint('a%3ab', '/rest/a:b?x:y', options)).toBe('escapes: with `%3A` instead of `:` it is granted')
  })

  test('differ alone, and never stand for what is refused', () => {
    expect(hint('a:b', '/A%3Ab')).not.toContain('escapes')
    expect(hint('a:b', '/a%3Ab/')).toBeUndefined()
    expect(hint('a%3Ab', '/a:c')).toBeUndefined()
  })
})

describe('a prefix of the path', () => {
  const without = (prefix: string, base = prefix): string =>
    `base-path: without \`${prefix}\` at its start it is granted; where the API is served there, set \`basePath: ${base}\``

  test('names `basePath`', () => {
    expect(hint('workers/me', '/rest/workers/me')).toBe(without('/rest'))
    expect(hint('workers/*', '/api/v1/x/workers/me?q')).toBe(without('/api/v1/x'))
    expect(hint('workers/me', '/rest/v1/workers/me', { basePath: '/rest' })).toBe(without('/v1', '/rest/v1'))
  })

  test('is near only where the pattern begins with the segment that follows', () => {
    expect(hint('*/me', '/rest/a/me', { wildcard: 'segment' })).toBeUndefined()
    expect(hint('me*', '/rest/me/x')).toBeUndefined()
    expect(hint('workers/me', '/a/b/c/d/workers/me')).toBeUndefined()
    expect(hint('workers/me', '/rest/workers/me/')).toBeUndefined()
  })
})

describe('limits', () => {
  const numbered = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `s${index}`)

  test('the first 2,000 endpoints are looked at', () => {
    const paths = numbered(2001)
    const one = policyOf({ s: paths.map((path) => ({ [path]: 'GET' })) })
    expect(one.explain(['s'], 'PUT', '/s1999').nearest?.endpoint).toBe('s1999')
    expect(one.explain(['s'], 'PUT', '/s2000').nearest).toBeUndefined()
    // Of several scopes together.
    const [begin, end] = [paths.slice(0, 1000), paths.slice(1000)]
    const two = policyOf({
      s: begin.map((path) => ({ [path]: 'GET' })),
      t: end.map((path) => ({ [path]: 'GET' })),
    })
    expect(two.explain(['s', 't'], 'PUT', '/s1999').nearest?.scope).toBe('t')
    expect(two.explain(['s', 't'], 'PUT', '/s2000').nearest).toBeUndefined()
    expect(two.explain(['t', 's'], 'PUT', '/s2000').nearest?.scope).toBe('t')
  })

  test('paths of 24 segments are tried with another one', () => {
    const tail = (count: number): string => numbered(count - 1).join('/')
    expect(hint('a/*', `/b/${tail(24)}`)).toBe(stands('b', 'a'))
    expect(hint('a/*', `/b/${tail(25)}`)).toBeUndefined()
  })

  test('the first 24 words of a pattern are tried', () => {
    const segment = { wildcard: 'segment' } as const
    const optional = (words: number): string => `{x/${numbered(words).join('/')}/y,zz}/a`
    // `y,zz}` is not a word.
    expect(hint(optional(23), '/zz/b', segment)).toBe(stands('b', 'a'))
    expect(hint(optional(24), '/zz/b', segment)).toBeUndefined()
  })
})

describe('nearest', () => {
  test('is nothing where nothing is close', () => {
    expect(nearest([{ 'workers/me': 'GET' }], 'GET', '/a/b/c/d')).toBeUndefined()
    expect(nearest([], 'GET', '/a')).toBeUndefined()
    expect(nearest([{ a: 'GET' }], 'GET', '/a/../b')).toBeUndefined()
  })

  test('is the first change of method, case, slash, extension and segment', () => {
    const kinds = (path: string, ...patterns: readonly string[]): unknown => {
      const items = patterns.map((pattern) => ({ [pattern]: 'GET' }))
      return (nearest([...items, { 'a/put': 'PUT' }], 'GET', path) as Nearest | undefined)?.differs
    }
    expect(kinds('/a/put', 'b/put', 'a/put/', 'A/put')).toBe('method')
    expect(kinds('/a/get', 'b/get', 'a/get/', 'A/get')).toBe('case')
    expect(kinds('/a/x.y', 'b/x.y', 'a/x', 'a/x.y/')).toBe('trailing-slash')
    expect(kinds('/a/x.y', 'b/x.y', 'a/x')).toBe('extension')
    expect(kinds('/a/x.y', 'b/x.y')).toBe('segment')
  })

  test('looks only at the scopes of the token', () => {
    const policy = policyOf({ s: [{ a: 'GET' }], t: [{ b: 'PUT' }] })
    expect(policy.explain(['s'], 'GET', '/b').nearest?.scope).not.toBe('t')
    expect(policy.explain([], 'GET', '/a').nearest).toBeUndefined()
  })

  test('says in one clause without a line break', () => {
    const policy = policyOf({ s: [{ 'a/b': 'GET' }] })
    for (const [method, path] of [
      ['A\nB', '/a/b'],
      ['\u202e', '/a/b'],
      ['x'.repeat(500), '/a/b'],
      ['GET', '/a/c'],
    ] as const) {
      const text = policy.explain(['s'], method, path).nearest?.hint ?? ''
      expect(text).not.toMatch(/[\n\r\u202e]/)
      expect(text.length).toBeLessThan(200)
      expect(text.length).toBeGreaterThan(0)
    }
  })
})

/** The targets that a request for `path` may be changed into, going by what differs. */
function changes(near: Nearest, path: string, basePath: string): readonly string[] {
  if (near.differs === 'base-path') {
    const [, prefix] = /^without `(.*?)` at its start/.exec(near.hint) ?? []
    return prefix === undefined ? [`${basePath}${path}`] : [path.replace(prefix, '')]
  }
  if (near.differs === 'escapes') return [decodeURIComponent(path), path.replace(/:/g, '%3A')]
  if (near.differs === 'trailing-slash') return [path.endsWith('/') ? path.slice(0, -1) : `${path}/`]
  if (near.differs === 'extension') return [path.replace(/\.[A-Za-z]+$/, '')]
  if (near.differs === 'case') {
    return path
      .split('')
      .reduce<readonly string[]>(
        (texts, letter) =>
          [...new Set([letter.toLowerCase(), letter.toUpperCase()])].flatMap((one) =>
            texts.map((text) => text + one),
          ),
        [''],
      )
  }
  if (near.differs === 'method') return [path]
  const [, word = ''] = /has `(.*)`$/.exec(near.hint) ?? []
  const segments = path.split('/')
  return segments.map((_, at) => segments.map((segment, index) => (index === at ? word : segment)).join('/'))
}

function isTrue(policy: Policy, near: Nearest, path: string, basePath: string): boolean {
  const method = near.differs === 'method' ? (/[A-Z]+/.exec(near.hint) as RegExpExecArray)[0] : 'GET'
  return changes(near, path, basePath).some((changed) => policy.authorize('s', method, changed))
}

test('the change that is named would be granted, with each option', () => {
  const documents: readonly Items[] = [
    ...['a', 'a/*', 'a/', 'A/b', '*/b/', 'b*', '*n'].map((pattern) => [{ [pattern]: 'GET' }]),
    [{ a: 'PUT' }, { 'a/b': 'GET' }],
    [{ 'c:d': 'GET' }, { 'e%3Af': 'GET' }],
  ]
  const paths = [
    '/a',
    '/a/',
    '/A/B',
    '/a.json',
    '/a.xml',
    '/a.json.xml',
    '/a.xml.json',
    '/a.JSON',
    '/b/.json',
  ]
  const longer = [
    '/ab',
    '/b/b',
    '/a/c/',
    '/b.json/',
    '/a/b.json/',
    '/r/a',
    '/r/a/',
    '/r/c/b',
    '/r',
    '/',
    '/c%3ad',
    '/e:f',
  ]
  const options: readonly ParseOptions[] = [
    {},
    { extensions: ['json'] },
    { trailingSlash: 'ignore', extensions: ['json'] },
    { caseSensitive: false, extensions: ['json'] },
    { basePath: '/r', extensions: ['json'] },
    { wildcard: 'segment', extensions: ['json'] },
  ]
  const kinds = new Set<string>()
  for (const option of options) {
    for (const items of documents) {
      const policy = policyOf({ s: items }, option)
      for (const path of [...paths, ...longer]) {
        const { nearest: near } = policy.explain(['s'], 'GET', path)
        if (near === undefined) continue
        kinds.add(near.differs)
        const named = `${JSON.stringify(option)} ${path} ${near.endpoint} ${near.hint}`
        expect(isTrue(policy, near, path, option.basePath ?? ''), named).toBe(true)
      }
    }
  }
  expect([...kinds].sort()).toEqual([
    'base-path',
    'case',
    'escapes',
    'extension',
    'method',
    'segment',
    'trailing-slash',
  ])
})
