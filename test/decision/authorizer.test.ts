/**
 * The hot path with every option that it handles itself, against the reference; and that it is taken: what
 * sends plain requests the long way would change no answer, only make all of them slow.
 */
import { describe, expect, test } from 'vitest'
import { createAuthorizer } from '../../src/decision/authorize.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { buildTables } from '../../src/matcher/build.ts'
import { dataOf, type Grants } from '../matcher/tables-of.ts'
import { policyOf } from '../properties/policy-of.ts'
import { policyDocument, textsOver } from '../properties/small-world.ts'
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainOptions } from '../reference/document.ts'

/** More scopes than are decided without filters. */
const PATTERNS = [
  '/',
  '*',
  'a',
  'a*',
  '*a',
  'a/*',
  '*/a',
  'r',
  'r/*',
  'ab',
  'a*b',
  '*b',
  'aab*',
  'a.b',
  '*.*',
  'b/',
]

/** On which of the paths some scope is answered wrongly, asked in each way that there is. */
function wrongAnswers(
  patterns: readonly string[],
  options: PlainOptions,
  paths: readonly string[],
): unknown[] {
  const document = policyDocument(patterns, options)
  const policy = policyOf(document)
  const reference = referencePolicy(document)
  const grants = patterns.map((_, index) => policy.grant([`s${index}`]))
  const wrong: unknown[] = []
  for (const path of paths) {
    for (const [index, pattern] of patterns.entries()) {
      const name = `s${index}`
      const expected = reference.authorize([name], 'GET', path)
      const answers = [
        policy.authorize([name], 'GET', path),
        policy.authorize(['unknown', name, name], 'GET', path),
        policy.authorize(name, 'GET', path),
        grants[index]?.authorize('GET', path),
      ]
      if (answers.some((answer) => answer !== expected)) wrong.push([pattern, path, expected, ...answers])
    }
  }
  return wrong.slice(0, 5)
}

const inside = textsOver(['a', 'b', '/', '.'], 4)
const queried = (paths: readonly string[]): string[] => paths.flatMap((path) => [path, `${path}?a/b.b`])

describe('decides as the reference does', () => {
  test('a base path', () => {
    const bases = textsOver(['r', 'a', '/'], 4)
    expect(
      wrongAnswers(
        PATTERNS,
        { basePath: '/r' },
        queried(bases.flatMap((path) => [path, `/${path}`, `/r/${path}`])),
      ),
    ).toEqual([])
    expect(
      wrongAnswers(
        PATTERNS,
        { basePath: '/r/a' },
        bases.flatMap((path) => [`/r/${path}`, `/r/a${path}`]),
      ),
    ).toEqual([])
  })

  test('a base path that keeps an escape, which raw text does not', () => {
    const paths = ['', '/a', '/ab', 'a'].flatMap((path) =>
      ['/r%20', '/r ', '/r\ue020', '/r', '/r%2', 'r%20'].map((base) => base + path),
    )
    expect(wrongAnswers(PATTERNS, { basePath: '/r%20' }, paths)).toEqual([])
    expect(wrongAnswers(['a%20b', '*', 'a*'], {}, ['/a%20b', '/a\ue020b', '/a\ue020', '/a b'])).toEqual([])
  })

  test('extensions', () => {
    const paths = queried(inside.map((path) => `/${path}`))
    expect(wrongAnswers(PATTERNS, { extensions: ['ab', 'b'] }, paths)).toEqual([])
    expect(
      wrongAnswers(
        PATTERNS,
        { extensions: ['b'] },
        inside.map((path) => `${path}.b.b`),
      ),
    ).toEqual([])
  })

  test('a slash behind an extension behind a slash, which has no second reading', () => {
    const paths = ['/a/.b/', '/a/.b/.b', '/aab/.b/', '/.b/', '/b/.b/?x']
    expect(wrongAnswers([...PATTERNS, '*/', 'a/.b/'], { extensions: ['b'] }, paths)).toEqual([])
  })

  test('extensions that the base path seems to have', () => {
    const options = { basePath: '/x.b', extensions: ['b'] } as const
    const paths = ['', '/', '/a', '/a.b', '.b', '/.b', '/..b', '/a/.b', '/a/..b', '/ab.b.b'].map(
      (path) => `/x.b${path}`,
    )
    expect(wrongAnswers(PATTERNS, options, [...paths, '/x', '/x.b.b', 'x.b'])).toEqual([])
  })

  test('extensions below a base path, where slashes are ignored', () => {
    const options = { basePath: '/r', extensions: ['b'], trailingSlash: 'ignore' } as const
    expect(
      wrongAnswers(
        PATTERNS,
        options,
        inside.map((path) => `/r/${path}`),
      ),
    ).toEqual([])
    expect(
      wrongAnswers(
        PATTERNS,
        options,
        inside.map((path) => `/r${path}.b`),
      ),
    ).toEqual([])
  })

  test('letter case', () => {
    const patterns = ['A', 'a', 'aB*', '*Ab', '{', 'a{', '*{', '{a*', 'b{b', 'aa*', 'B*', '[']
    const paths = textsOver(['a', 'A', 'B', '[', '{'], 3).map((path) => `/${path}`)
    for (const caseSensitive of [true, false]) {
      expect(wrongAnswers(patterns, { caseSensitive }, paths)).toEqual([])
      expect(wrongAnswers(patterns.slice(0, 3), { caseSensitive }, paths)).toEqual([])
    }
  })

  test('with few scopes and with many, with and without a slash in front', () => {
    const paths = queried([...inside, ...inside.map((path) => `/${path}`)])
    expect(wrongAnswers(PATTERNS, {}, paths)).toEqual([])
    expect(wrongAnswers(PATTERNS.slice(1, 4), {}, paths)).toEqual([])
  })

  test('scopes that begin alike, so that the filter looks further in', () => {
    const patterns = Array.from('abcdefghij', (letter) => `aaaa${letter}`)
    const longer = [...patterns, 'aaaa*', 'aaaab*b', 'a*']
    const paths = textsOver(['a', 'b', 'c'], 6).map((path) => `/${path}`)
    expect(wrongAnswers(longer, {}, paths)).toEqual([])
  })

  test('forms of targets that only have no slash in front', () => {
    const targets = [
      '*',
      '*a',
      'a:80',
      'a:8b',
      'x:/a',
      'x:a',
      'http:a',
      '.',
      '..',
      './a',
      '.a',
      '/*',
      '/a:80',
      ':',
      ':1',
      '*?a',
      '%61',
      '%2a',
      '',
    ]
    expect(wrongAnswers([...PATTERNS, '*:*', '.*', 'x:*'], {}, targets)).toEqual([])
    expect(
      wrongAnswers(['*', 'x*'], { basePath: '/a' }, ['a:80', 'a/x:80', 'a/*', '*', 'a/.', './a', 'a']),
    ).toEqual([])
  })
})

test('paths up to the longest, the query not counted', () => {
  const data = dataOf(
    {
      s: [
        ['/*', 'GET'],
        ['/aaaa', 'GET'],
      ],
    },
    { pathLength: 6 },
  )
  const { authorize } = createAuthorizer(buildTables(data), data.rules)
  const allowed = ['/aaaa', '/aaaaa', 'aaaaaa', '/aaaaa?bbbbbbbbb']
  const refused = ['/aaaaaa', 'aaaaaaa', '/aaaaaa?', '/aaaaa%20', '']
  expect(allowed.map((path) => authorize(['s'], 'GET', path))).toEqual(allowed.map(() => true))
  expect(refused.map((path) => authorize(['s'], 'GET', path))).toEqual(refused.map(() => false))
})

describe('a plain request is decided without being read first', () => {
  /** How often the options are looked at while these requests are decided; the long way looks at them. */
  function looks(grants: Grants, options: Partial<PathRules>, targets: readonly string[]): readonly string[] {
    const { rules, ...data } = dataOf(grants, options)
    let count = 0
    const counting = {
      ...rules,
      get pathLength(): number {
        count += 1
        return rules.pathLength
      },
    }
    const { authorize, authorizeIds } = createAuthorizer(buildTables({ ...data, rules }), counting)
    const scopes = Object.keys(grants)
    return targets.filter((target) => {
      count = 0
      for (const method of ['GET', 'PUT', 'TRACE']) {
        authorize(scopes, method, target)
        authorize(['unknown'], method, target)
        authorizeIds([...scopes.keys()], method, target)
      }
      return count > 0
    })
  }

  const grants = (many: boolean): Grants => ({
    ...Object.fromEntries(
      Array.from({ length: many ? 9 : 0 }, (_, index) => [`s${index}`, [[`/x${index}`, 'GET']]]),
    ),
    a: [
      ['/a/b', 'GET'],
      ['/a/*/c', 'GET'],
      ['/*.html', 'PUT'],
    ],
  })
  const PLAIN = [
    '/a/b',
    '/a/x/c',
    '/a/x/y/c',
    '/a',
    '/q',
    '/a.html',
    '/a/b.c',
    '/x1',
    '/a/b?c=d%20/../e',
    '/a/x/c?',
    '/a.',
  ]

  test('with and without filters, allowed or not', () => {
    for (const many of [false, true]) {
      expect(looks(grants(many), {}, PLAIN)).toEqual([])
      expect(
        looks(
          grants(many),
          { caseSensitive: false },
          PLAIN.map((path) => path.toUpperCase()),
        ),
      ).toEqual([])
    }
  })

  test('below a base path, and with an extension', () => {
    expect(
      looks(grants(true), { basePath: 'r' }, [...PLAIN.map((path) => `/r${path}`), '/r', '/r?a']),
    ).toEqual([])
    expect(
      looks(grants(true), { extensions: ['json'] }, [...PLAIN, '/a/b.json', '/a/x/c.json', '/a/b.json.json']),
    ).toEqual([])
  })

  test('of the greatest length', () => {
    const longest = `/a/${'x'.repeat(20)}/c`
    expect(looks(grants(true), { pathLength: longest.length }, [longest, `${longest}?query`])).toEqual([])
  })

  test('without a slash in front, where it is no other form', () => {
    expect(looks(grants(true), {}, ['a/b', 'a/x/c', 'a', 'q.html'])).toEqual([])
    expect(looks(grants(true), {}, ['/a/x:1/c', '/a:/b'])).toEqual([])
  })

  test('what is not plain is read', () => {
    const targets = ['/a/%62', '/a/b/', '/a//c', '/a/../c', '/a/x;/c', '.html']
    expect(looks(grants(false), {}, targets)).toEqual(targets)
    const trimmed = ['/a/.json', '/a/..json']
    expect(looks(grants(false), { extensions: ['json'] }, trimmed)).toEqual(trimmed)
    expect(looks(grants(false), { basePath: 'r' }, ['/a/b', '/rx', 'r/a/x:1/c'])).toEqual([
      '/a/b',
      '/rx',
      'r/a/x:1/c',
    ])
  })
})
