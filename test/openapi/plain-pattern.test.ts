/** Which patterns are text and stars, in one form for both wildcard modes. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import { ONE, plainText, slashAtEnd, spellsEscape, STAR } from '../../src/openapi/compare/plain-pattern.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'

const ANY: PathRules = { ...DEFAULT_OPTIONS, pathLength: 8192 }
const SEGMENT: PathRules = { ...ANY, wildcard: 'segment' }
const shown = (text: string, rules: PathRules): string | null =>
  plainText(readPattern(text, rules), rules)?.replaceAll(STAR, '*').replaceAll(ONE, '?') ?? null

describe('plainText', () => {
  test.each([
    ['a/b', 'a/b'],
    ['a/*', 'a/*'],
    ['*', '*'],
    ['A/*b*', 'A/*b*'],
    ['a?b', null],
    ['a/../b', null],
    ['a//b', null],
  ])('any %s: %j', (pattern, expected) => {
    expect(shown(pattern, ANY)).toBe(expected)
  })

  test.each([
    ['a/b', 'a/b'],
    ['a/*', 'a/*'],
    ['*/b*c', '*/b*c'],
    ['a/?*', 'a/?*'],
    ['?*', '?*'],
    ['a\\{b', 'a{b'],
    ['a\\*b', 'a*b'],
    ["a-b.c~d%20$&':;,=+@!^<>`#", "a-b.c~d%20$&':;,=+@!^<>`#"],
    ['Ab', 'Ab'],
    ['**', null],
    ['a/**/b', null],
    ['a**', null],
    ['?*?*', '?*?*'],
    ['?', null],
    ['a?', null],
    ['[ab]', null],
    ['{a,b}', null],
    ['(a|b)', null],
    ['./a', null],
    ['a/./b', null],
    ['a/.', null],
    ['a/..', null],
    ['../a', null],
    ['.a', '.a'],
    ['a.', 'a.'],
    ['..a', '..a'],
    ['a..', 'a..'],
    ['a.b', 'a.b'],
    ['$$', null],
    ['^^', null],
    ['++', null],
    ['a++b', null],
    ['$^', '$^'],
    ['+a+', '+a+'],
  ])('segment %s: %j', (pattern, expected) => {
    expect(shown(pattern, SEGMENT)).toBe(expected)
  })

  test('is folded where case makes no difference', () => {
    expect(shown('Ab/*', { ...ANY, caseSensitive: false })).toBe('ab/*')
    expect(shown('Ab/*', { ...SEGMENT, caseSensitive: false })).toBe('ab/*')
  })
})

describe('slashAtEnd', () => {
  test.each([
    ['a', 'none', 'none'],
    ['a/', 'asks', 'asks'],
    ['a/*/', 'asks', 'asks'],
    ['a*', 'takes', 'none'],
    ['*', 'takes', 'takes'],
    ['a/*', 'takes', 'takes'],
    ['a*b*', 'takes', 'none'],
    ['*a', 'none', 'none'],
    ['a/*b', 'none', 'none'],
    ['a/?*', undefined, 'takes'],
    ['a/{b,c}', undefined, 'none'],
  ] as const)('%s: any %s, segment %s', (pattern, any, segment) => {
    if (any !== undefined) expect(slashAtEnd(readPattern(pattern, ANY))).toBe(any)
    expect(slashAtEnd(readPattern(pattern, SEGMENT))).toBe(segment)
  })

  test('an empty pattern, or one that matches nothing, has none', () => {
    expect(slashAtEnd(readPattern('', ANY))).toBe('none')
    expect(slashAtEnd(readPattern('a/../b', ANY))).toBe('none')
  })
})

test.each([
  ['abc', false],
  ['', false],
  ['a%20', true],
])('spellsEscape(%j): %s', (text, expected) => {
  expect(spellsEscape(text)).toBe(expected)
})

test('a kept escape is spelled as its own character', () => {
  const [unit] = plainText(readPattern('%20', ANY), ANY) ?? ''
  expect(unit).not.toBe('%')
  expect(spellsEscape(`a${unit ?? ''}`)).toBe(true)
  expect(spellsEscape('~')).toBe(false)
})
