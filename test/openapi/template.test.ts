/** Templates by the path rules of a policy: canonical text, refusals, and templates as letters. */
import { describe, expect, test } from 'vitest'
import { LETTER_OF } from '../../src/automaton/letters.ts'
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import type { TemplatePart } from '../../src/openapi/model.ts'
import { concretePath, itemsOfTemplate, plainParts, readTemplate } from '../../src/openapi/read/template.ts'

const x: TemplatePart = { parameter: 'x', spans: false }
const rest: TemplatePart = { parameter: 'rest', spans: true }
const literal = (text: string): TemplatePart => ({ literal: text })
const DATA = { ...DEFAULT_OPTIONS, encodedSlash: 'data', delimiters: 'data' } as const

/** Kept escapes of bytes, as canonical text has them. */
const kept = (...bytes: readonly number[]): string =>
  String.fromCharCode(...bytes.map((byte) => 0xe000 + byte))

describe('the pieces of a template', () => {
  test.each([
    ['/a/b', ['a/b']],
    ['/', []],
    ['/a/', ['a/']],
    ['/m%65', ['me']],
    ['/caf%c3%a9', [`caf${kept(0xc3, 0xa9)}`]],
    ['/café', [`caf${kept(0xc3, 0xa9)}`]],
    ['/a b', [`a${kept(0x20)}b`]],
    ['/a  b', [`a${kept(0x20, 0x20)}b`]],
    ['/é/à', [`${kept(0xc3, 0xa9)}/${kept(0xc3, 0xa0)}`]],
    ['/😀', [kept(0xf0, 0x9f, 0x98, 0x80)]],
    // In the place of half of a character stands U+FFFD.
    ['/\ud83d', [kept(0xef, 0xbf, 0xbd)]],
    ['/!$&\'()*+,:=@[]^|"`<>~_.-{}', ['!$&\'()*+,:=@[]^|"`<>~_.-{}']],
  ])('%j', (path, pieces) => {
    expect(readTemplate([literal(path)], DEFAULT_OPTIONS)).toEqual({ pieces: pieces.map(literal) })
  })

  test('literal text next to literal text is one piece, in which an escape is read', () => {
    const parts = [literal('/a'), literal('%6'), literal('5/'), x, literal('/b'), literal('/c'), rest]
    expect(readTemplate(parts, DEFAULT_OPTIONS)).toEqual({
      pieces: [literal('ae/'), x, literal('/b/c'), rest],
    })
  })

  test('only the slash at the start of the template is left out', () => {
    expect(readTemplate([literal('/'), x, literal('/b')], DEFAULT_OPTIONS).pieces).toEqual([x, literal('/b')])
    expect(readTemplate([x, literal('/b')], DEFAULT_OPTIONS).pieces).toEqual([x, literal('/b')])
    expect(readTemplate([literal('a/b')], DEFAULT_OPTIONS).pieces).toEqual([literal('a/b')])
  })

  test('two parameters side by side are two pieces', () => {
    expect(readTemplate([literal('/'), x, x], DEFAULT_OPTIONS)).toEqual({ pieces: [x, x] })
  })

  test('nothing is the root', () => {
    expect(readTemplate([], DEFAULT_OPTIONS)).toEqual({ pieces: [] })
  })
})

describe('a template without request paths', () => {
  test.each([
    ['/a?b', 'query'],
    ['/a?b\\c', 'query'],
    ['/a\\b', 'backslash'],
    ['/a\\b?c', 'query'],
    ['/a#b', 'fragment'],
    ['/a;b', 'semicolon'],
    ['/a%', 'malformed-escape'],
    ['/a%2Fb', 'encoded-slash'],
    ['/a%3Bb', 'encoded-delimiter'],
    ['/a%2525', 'double-encoding'],
    ['/a//b', 'empty-segment'],
    ['//a', 'empty-segment'],
    ['/a/../b', 'dot-segment'],
    ['/.', 'dot-segment'],
    ['/%2e%2e/a', 'dot-segment'],
    ['/a\u0000', 'encoded-control'],
  ])('%j: %s', (path, refusal) => {
    expect(readTemplate([literal(path)], DEFAULT_OPTIONS).refusal).toBe(refusal)
  })

  test('is refused for the first reason', () => {
    expect(readTemplate([literal('/a#'), x, literal('?')], DEFAULT_OPTIONS).refusal).toBe('fragment')
    expect(readTemplate([literal('/a#'), x, literal('\\')], DEFAULT_OPTIONS).refusal).toBe('fragment')
    expect(readTemplate([literal('/a//'), x, literal('\\')], DEFAULT_OPTIONS).refusal).toBe('backslash')
  })

  test('the value of a parameter fills its segment', () => {
    expect(readTemplate([literal('/a/'), x, literal('/b')], DEFAULT_OPTIONS).refusal).toBeUndefined()
    expect(readTemplate([literal('/'), x, literal('.')], DEFAULT_OPTIONS).refusal).toBeUndefined()
    expect(readTemplate([literal('/..'), x], DEFAULT_OPTIONS).refusal).toBeUndefined()
    expect(readTemplate([literal('/'), x, literal('//b')], DEFAULT_OPTIONS).refusal).toBe('empty-segment')
    expect(readTemplate([literal('/'), x, literal('/..')], DEFAULT_OPTIONS).refusal).toBe('dot-segment')
  })

  test.each(['/a%2Fb', '/a;b', '/a%3Bb'])('by the rules of the policy: %s', (path) => {
    expect(readTemplate([literal(path)], DATA).refusal).toBeUndefined()
  })

  test('by the rules of the policy also where an escape stands for a slash', () => {
    expect(readTemplate([literal('/a%2F%2Fb')], DATA).refusal).toBe('empty-segment')
    expect(readTemplate([literal('/..;a')], DATA).refusal).toBe('dot-segment')
  })

  test('is not one that is longer than a request path may be', () => {
    const path = `/${'a'.repeat(9000)}`
    expect(readTemplate([literal(path)], DEFAULT_OPTIONS)).toEqual({ pieces: [literal(path.slice(1))] })
  })
})

describe('parts without other notation', () => {
  test.each<[string, readonly TemplatePart[]]>([
    ['', []],
    ['/a', [literal('/a')]],
    ['/a/{x}', [literal('/a/'), x]],
    ['{x}', [x]],
    ['{x}{rest}', [x, { parameter: 'rest', spans: false }]],
    ['/{x}.json/{}', [literal('/'), x, literal('.json/'), { parameter: '', spans: false }]],
    ['/{rest+}', [literal('/'), { parameter: 'rest+', spans: false }]],
    ['/{a/b}', [literal('/{a/b}')]],
    ['/{{x}}', [literal('/{'), x, literal('}')]],
  ])('%s', (path, parts) => {
    expect(plainParts(path)).toEqual(parts)
  })
})

test('a template as letters', () => {
  const letters = (text: string): readonly number[] =>
    Array.from(text, (char) => LETTER_OF.get(char.charCodeAt(0)) ?? -9)
  const template = readTemplate([literal('/ab%20'), x, literal('/'), rest], DEFAULT_OPTIONS)
  expect(itemsOfTemplate(template)).toEqual([...letters(`ab${kept(0x20)}`), -1, ...letters('/'), -2])
})

test('a character that no path has is no letter and no parameter', () => {
  expect(itemsOfTemplate({ pieces: [literal('?'), literal('é')] })).toEqual([-3, -3])
})

test.each<[readonly TemplatePart[], string | undefined]>([
  [[], ''],
  [[literal('/')], ''],
  [[literal('/a%20b')], `a${kept(0x20)}b`],
  [[literal('/a/'), x], undefined],
  [[rest], undefined],
])('the only path of a template: %j', (parts, path) => {
  expect(concretePath(readTemplate(parts, DEFAULT_OPTIONS))).toBe(path)
})

test('the only path of a template in several pieces', () => {
  expect(concretePath({ pieces: [literal('a'), literal('/b')] })).toBe('a/b')
})
