/**
 * Printing a policy and reading it again: no pattern, however odd, may mean more afterwards than before.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import type { ParseOptions, Policy } from '../../src/index.ts'

const ODD = [
  ...['/', '*', '**', '/*', '//', '//a', '///a', '/a', 'a/', 'a//b', '/./a', './a', '..', '...', '/..'],
  ...['%', '%4', '%%', '%41', '%2541', '%25', '%25%34%31', '%%34%31', '%2%35', '%%32%46', '%%32%45%%32%45/a'],
  ...[
    '%2F',
    '%2f%2F',
    '/%2Fa',
    '%2Fa',
    '%C3',
    '%c3%a9',
    '%C3%A9*',
    '*%A9',
    '%E2%82',
    '%00',
    '%7f',
    '%3b',
    ';',
    'a;b',
  ],
  ...[
    'http://a/b',
    '/http://a/b',
    'GET a',
    '/GET a',
    'GET%20a',
    'a?b',
    '?',
    '#',
    'a#',
    '\\',
    'a\\*',
    '\\a',
    'a b',
  ],
  ...[
    '[a',
    '[a]',
    '[%61-%63]',
    '[a%2Dz]',
    '{a,b}',
    '{%61,%62}',
    '{a',
    'a{',
    '(a)',
    '(a',
    '!a',
    '+a',
    '@a',
    '"a"',
    "'a'",
  ],
  ...[
    'caf\u00e9',
    'host:443',
    'a.json',
    '.json',
    'a/.json',
    '%2e%2e',
    '%2e',
    '~a',
    '%7ea',
    '$options',
    '__proto__',
    '-a',
    '- a',
  ],
]

const PATHS = [
  ...[
    '/',
    '/a',
    'a',
    '/a/',
    '/A',
    '/b',
    '/c',
    '/z',
    '/a/b',
    '/ab',
    '/a-z',
    '/-',
    '/%25',
    '/%20',
    '/%25z',
    '/...',
    '/F',
    '/E',
  ],
  ...[
    '/%C3%A9',
    '/caf%C3%A9',
    '/[a',
    '/[a]',
    '/{a,b}',
    '/{a',
    '/a{',
    '/(a)',
    '/(a',
    '/!a',
    '/+a',
    '/@a',
    '/"a"',
    "/'a'",
  ],
  ...[
    '/host:443',
    '/a.json',
    '/.json',
    '/a;b',
    '/a%2Fb',
    '/%2F',
    '/%2Fa',
    '/a%3Bb',
    '/~a',
    '/-a',
    '/__proto__',
    '/$options',
  ],
]

function document(pattern: string): object {
  return { s: { label: 's', endpoints: [{ [pattern]: ['GET'] }, { x: 'POST' }] } }
}

function granted(policy: Policy): readonly string[] {
  return PATHS.filter((path) => policy.authorize('s', 'GET', path))
}

const SETTINGS: readonly ParseOptions[] = [
  {},
  { wildcard: 'segment' },
  { caseSensitive: false },
  { wildcard: 'segment', caseSensitive: false },
  { encodedSlash: 'data', delimiters: 'data' },
  { encodedSlash: 'data', delimiters: 'data', wildcard: 'segment' },
  { extensions: ['json'], trailingSlash: 'ignore' },
  { preset: 'cerb' },
  { head: 'as-get', methods: ['GET'] },
]

describe('a policy printed and read again', () => {
  for (const options of SETTINGS) {
    test(`grants the same, prints the same and has the same fingerprint with ${JSON.stringify(options)}`, () => {
      for (const pattern of ODD) {
        const { policy } = parsePolicy(document(pattern), options)
        if (policy === null) continue
        const again = loadPolicy(policy.toJSON() as object)
        expect(granted(again), pattern).toEqual(granted(policy))
        expect(again.toJSON(), pattern).toEqual(policy.toJSON())
        expect(again.fingerprint, pattern).toBe(policy.fingerprint)
      }
    })
  }

  test('is the same as text', () => {
    const policy = loadPolicy(document('a/*'), { preset: 'cerb' })
    const again = loadPolicy(JSON.stringify(policy))
    expect(again.fingerprint).toBe(policy.fingerprint)
    expect([...again.scopes.values()].map(({ name }) => name)).toEqual(['s'])
  })

  test('keeps every field of a scope', () => {
    const scope = {
      label: { en: 'Read', 'pt-BR': 'Ler' },
      description: 'More words',
      group: { en: 'Files' },
      risk: 'high',
      optional: true,
      includes: ['t'],
      endpoints: [{ a: ['GET'] }],
    }
    const policy = loadPolicy({ s: scope, t: { label: 't', endpoints: [{ b: ['GET'] }] } })
    expect(policy.toJSON()).toMatchObject({ s: scope })
  })

  test('keeps names that objects have by themselves', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const text = names.map((name) => `${name}: {label: x, endpoints: [${name}: GET]}`).join('\n')
    const again = loadPolicy(loadPolicy(text).toJSON() as object)
    expect([...again.scopes.keys()]).toEqual(names)
    for (const name of names) expect(again.scopesFor('GET', `/${name}`)).toEqual([name])
  })
})
