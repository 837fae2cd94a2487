/**
 * Patterns that no accepted path can match: the warning, its reason, and the very text it underlines, for
 * a pattern alone and with methods, in every style of quoting.
 */
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import type { ParseOptions } from '../../src/index.ts'
import {
  explainUnreachable,
  findMistake,
  suspectMistake,
  UNREACHABLE,
} from '../../src/pattern/unreachable.ts'
import { RULES } from './rules.ts'

type Case = readonly [
  reason: keyof typeof UNREACHABLE,
  pattern: string,
  underlined: string,
  options?: ParseOptions,
]

const CASES: readonly Case[] = [
  ['dot-segment', '..', '..'],
  ['dot-segment', '.', '.'],
  ['dot-segment', '../a', '..'],
  ['dot-segment', 'a/../b', '..'],
  ['dot-segment', '/a/..', '..'],
  ['dot-segment', '/./a', '.'],
  ['dot-segment', 'a/%2e%2E/b', '%2e%2E'],
  ['dot-segment', 'a/.%2e', '.%2e'],
  ['dot-segment', '*/../*', '..'],
  ['dot-segment', 'a%2F..%2Fb', '..', { encodedSlash: 'data' }],
  ['dot-segment', 'a/..;x=1/b', '..;x=1', { delimiters: 'data' }],
  ['dot-segment', 'a/..%3Bx', '..%3Bx', { delimiters: 'data' }],
  ['empty-segment', 'a//b', '//'],
  ['empty-segment', '//a', '//'],
  ['empty-segment', '//', '//'],
  ['empty-segment', 'a//', '//'],
  ['empty-segment', 'a/*//b', '//'],
  ['empty-segment', 'a%2F/b', '%2F/', { encodedSlash: 'data' }],
  ['empty-segment', 'a/%2fb', '/%2f', { encodedSlash: 'data' }],
  ['query', 'a?b=c', '?b=c'],
  ['query', '/a?', '?'],
  ['query', '?', '?'],
  ['fragment', 'a#b', '#'],
  ['fragment', 'a#b', '#', { delimiters: 'data' }],
  ['semicolon', 'a;b=c/d', ';'],
  ['backslash', 'a\\b', '\\'],
  ['space', 'my workers', ' '],
  ['non-ascii', 'caf\u00e9/x', '\u00e9'],
  ['non-ascii', '\u4e16\u754c', '\u4e16'],
  ['malformed-escape', 'rate/100%', '%'],
  ['malformed-escape', '%4', '%4'],
  ['malformed-escape', 'a%zz/b', '%zz'],
  ['malformed-escape', 'a/%*', '%*'],
  ['encoded-slash', 'group%2Fname', '%2F'],
  ['encoded-slash', '/a%2fb', '%2f'],
  ['encoded-backslash', 'a%5cb', '%5c'],
  ['encoded-delimiter', 'a%3Bb', '%3B'],
  ['encoded-delimiter', 'c%23', '%23'],
  ['encoded-delimiter', 'a%3fb', '%3f'],
  ['encoded-control', 'a%00', '%00'],
  ['encoded-control', 'a%0Db', '%0D'],
  ['encoded-control', '%7f', '%7f'],
  ['double-encoding', '%2541', '%2541'],
  ['double-encoding', '/%252F', '%252F'],
  ['invalid-utf8', 'caf%E9', '%E9'],
  ['invalid-utf8', '%C0%AF', '%C0'],
  ['invalid-utf8', '%C3*', '%C3'],
  ['url', 'https://api.example.com/users', 'https://api.example.com'],
  ['url', 'http://localhost:80', 'http://localhost:80'],
  ['method', 'GET /users', 'GET'],
  ['method', 'get users', 'get'],
  ['method', 'DELETE   users/*', 'DELETE'],
  ['extension', 'users.json', '.json', { extensions: ['json', 'xml'] }],
  ['extension', 'users/*.xml', '.xml', { extensions: ['json', 'xml'] }],
  ['extension', '.json', '.json', { extensions: ['json', 'xml'] }],
  ['trailing-slash', 'users/', '/', { trailingSlash: 'ignore' }],
  ['trailing-slash', '/users/*/', '/', { trailingSlash: 'ignore' }],
]

/** The pattern as an item of `endpoints`, in each style that can hold it without escapes. */
function items(pattern: string): readonly string[] {
  const written = [`'${pattern}'`]
  if (!pattern.includes('\\')) written.push(`"${pattern}"`)
  if (/^[\w/.]/.test(pattern) && !/ #|: /.test(pattern)) written.push(pattern)
  return written.flatMap((item) => [
    item,
    `${item}: GET`,
    `{ ${item.replace(/^[^'"]+$/, `'${pattern}'`)}: [GET, POST] }`,
  ])
}

function warnings(text: string, options: ParseOptions): readonly (readonly [string, string])[] {
  const { policy, diagnostics } = parsePolicy(text, options)
  expect(policy, text).not.toBeNull()
  return diagnostics
    .filter(({ code }) => code === 'unreachable-endpoint')
    .map(({ message, span }) => [message, text.slice(span.start, span.end)])
}

function document(item: string): string {
  return `profile:\n  label: Profile\n  endpoints:\n    - ${item}\n`
}

describe('a pattern that no accepted path can match', () => {
  for (const [reason, pattern, underlined, options = {}] of CASES) {
    test(`${pattern} is unreachable for its ${reason}, underlining ${underlined}`, () => {
      for (const item of items(pattern)) {
        const found = warnings(document(item), options)
        expect(found, item).toHaveLength(1)
        const [[message, text] = ['', '']] = found
        // A backslash in double quotes is an escape, and then the whole scalar is underlined.
        expect(text, item).toBe(pattern.includes('\\') && item.includes('"') ? item : underlined)
        expect(message).toContain(UNREACHABLE[reason][0])
      }
    })
  }
})

test('every reason that a pattern can have is in the table above', () => {
  const onlyPaths = [
    'empty-target',
    'too-long',
    'asterisk-form',
    'absolute-form',
    'authority-form',
    'control-character',
    // Of URIs.
    'uri-form',
  ]
  const reasons = new Set([...CASES.map(([reason]) => reason), ...onlyPaths])
  expect([...reasons].sort()).toEqual(Object.keys(UNREACHABLE).sort())
})

test('an escaped scalar is underlined as a whole', () => {
  const text = document(String.raw`"a\x2f/b"`)
  expect(warnings(text, {})[0]?.[1]).toBe(String.raw`"a\x2f/b"`)
})

test('a pattern that some path can match gets no warning', () => {
  const fine = [
    'a',
    '/',
    '/a/',
    '*',
    'a/*/b',
    '...',
    'a..b',
    '.well-known',
    '%20',
    'caf%c3%a9',
    '100%25',
    'host:443',
    'a:b',
    'GET',
    'a=b&c',
  ]
  for (const pattern of fine) expect(warnings(document(`"${pattern}"`), {}), pattern).toEqual([])
  expect(warnings(document('a.json'), {})).toEqual([])
  expect(warnings(document('a.json/b'), { extensions: ['json'] })).toEqual([])
  expect(warnings(document('a.jsonx'), { extensions: ['json'] })).toEqual([])
  expect(warnings(document('a%2Fb'), { encodedSlash: 'data' })).toEqual([])
  expect(warnings(document('a;b%3B'), { delimiters: 'data' })).toEqual([])
  expect(warnings(document('a/'), { trailingSlash: 'ignore', extensions: ['json'] })).toEqual([])
})

test('an extension is no dead end where letter case is folded, for `a.JSON` keeps its own', () => {
  expect(warnings(document('a.json'), { extensions: ['json'], caseSensitive: false })).toEqual([])
})

describe('with wildcard: segment', () => {
  const options = { wildcard: 'segment' } as const

  test('a URL and a method inside are noticed, too', () => {
    expect(warnings(document('"https://host/a"'), options)[0]?.[1]).toBe('https://host')
    expect(warnings(document('"GET /a"'), options)[0]?.[1]).toBe('GET')
  })

  test('so is every text that no accepted path has', () => {
    const dead = [
      'a//b',
      '../a',
      'a/../b',
      'a b',
      'a#b',
      'a;b',
      'caf\u00e9',
      'a%2Fb',
      'a%5Cb',
      'a%00',
      '100%',
      '%2541',
      '%C3x',
    ]
    expect(dead.filter((pattern) => warnings(document(`"${pattern}"`), options).length !== 1)).toEqual([])
  })

  test('what is syntax there is not taken for text', () => {
    const fine = ['a?', '?', 'a/**', '[a-z]', '{a,b}/c', 'a/{b,c}.json', '\\*', '.a', '**/..a']
    expect(fine.filter((pattern) => warnings(document(`'${pattern}'`), options).length !== 0)).toEqual([])
  })
})

test('each reason says what is wrong and what to write, in these words', () => {
  expect(UNREACHABLE).toMatchSnapshot()
  expect(explainUnreachable({ reason: 'form', start: 0, end: 1 })).toMatchSnapshot()
  expect(explainUnreachable({ reason: 'query', start: 0, end: 1 })).toBe(UNREACHABLE.query)
})

test('what may be syntax keeps its length and hides no mistake beside it', () => {
  const suspected = (pattern: string): unknown => {
    const mistake = suspectMistake(pattern, RULES)
    return mistake && [mistake.reason, pattern.slice(mistake.start, mistake.end)]
  }
  expect(suspected('[a-z]/../b')).toEqual(['dot-segment', '..'])
  expect(suspected('a?c//d')).toEqual(['empty-segment', '//'])
  expect(suspected('\\*/a b')).toEqual(['space', ' '])
  expect(suspected('[a/../b]')).toBeUndefined()
  expect(suspected('[ ]')).toBeUndefined()
  expect(suspected('[]/../]')).toEqual(['dot-segment', '..'])
  expect(suspected('a?/??')).toBeUndefined()
})

test('a mistake is named where it stands, and no other', () => {
  const found = (pattern: string, options = {}): unknown => {
    const mistake = findMistake(pattern, { ...RULES, ...options })
    return mistake && [mistake.reason, pattern.slice(mistake.start, mistake.end)]
  }
  expect(found('a/GET b')).toEqual(['space', ' '])
  expect(found('GET  a')).toEqual(['method', 'GET'])
  expect(found('patch\ta')).toEqual(['method', 'patch'])
  expect(found('GETa')).toBeUndefined()
  expect(found('/a/x://b')).toEqual(['empty-segment', '//'])
  expect(found('x://b/c')).toEqual(['url', 'x://b'])
  expect(found('/%2541')).toEqual(['double-encoding', '%2541'])
  expect(found('a%25%34%31b')).toEqual(['double-encoding', '%25%34%31'])
  expect(found('a%25%61%46b')).toEqual(['double-encoding', '%25%61%46'])
  expect(found('a%25%41%66b')).toEqual(['double-encoding', '%25%41%66'])
  expect(found('%25z0/%2500')).toEqual(['double-encoding', '%2500'])
  expect(found('%2F/%2541')).toEqual(['encoded-slash', '%2F'])
  expect(found('')).toBeUndefined()
  expect(found('/')).toBeUndefined()
  expect(found('a%20/')).toBeUndefined()
  expect(found('%2Fa', { encodedSlash: 'data' })).toEqual(['empty-segment', '%2F'])
  expect(found('a', { trailingSlash: 'ignore' })).toBeUndefined()
  expect(found('a/..%3Bb', { delimiters: 'data' })).toEqual(['dot-segment', '..%3Bb'])
  expect(found('a/..;x\n', { delimiters: 'data' })).toEqual(['control-character', '\n'])
  expect(found('a/..;b', { delimiters: 'data' })).toEqual(['dot-segment', '..;b'])
  expect(found('a/;..', { delimiters: 'data' })).toBeUndefined()
})
