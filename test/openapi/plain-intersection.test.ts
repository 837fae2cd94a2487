/** Templates and plain patterns in common, letter by letter. */
import { describe, expect, test } from 'vitest'
import { PARAMETER } from '../../src/automaton/template-automaton.ts'
import {
  commonText,
  coversAll,
  unitsOf,
  type Units,
  upToSlash,
  withFresh,
} from '../../src/openapi/compare/plain-intersection.ts'
import { ONE, STAR } from '../../src/openapi/compare/plain-pattern.ts'
import { ESCAPE_BASE } from '../../src/pattern/canonical.ts'

/** `*` for a star, `?*` for one that takes at least one character. */
const pattern = (text: string): Units => unitsOf(text.replaceAll('?', ONE).replaceAll('*', STAR))
/** `#` for a parameter. */
const template = (text: string): Units =>
  Array.from(text, (char) => (char === '#' ? PARAMETER : char.charCodeAt(0)))

/** A kept escape, which is as long as three characters. */
const ESCAPE = String.fromCharCode(ESCAPE_BASE + 0x25)

describe('a shortest text that both have', () => {
  test.each([
    ['', '', ''],
    ['', '*', ''],
    ['a', '', null],
    ['', 'a', null],
    ['abc', 'abc', 'abc'],
    ['abc', 'ab', null],
    ['ab', 'abc', null],
    ['abc', 'a*', 'abc'],
    ['abc', '*c', 'abc'],
    ['abc', 'a*c', 'abc'],
    ['abc', '*b*', 'abc'],
    ['abc', 'abc*', 'abc'],
    ['abc', '*x*', null],
    ['#', 'a', 'a'],
    ['#', 'abc', 'abc'],
    ['#', '', null],
    ['#', '*', 'a'],
    ['#', '*xy', 'xy'],
    ['#', 'x*y', 'xy'],
    ['#', '/', null],
    ['#', 'a/b', null],
    ['#/b', 'a/b', 'a/b'],
    ['#/#', '*', 'a/a'],
    ['#/#', 'x*y', 'x/y'],
    ['#b', 'ab', 'ab'],
    ['#b', 'b', null],
    ['#b', '*b', 'ab'],
    ['a#', 'a*', 'aa'],
    ['##', '*', 'aa'],
    ['##', 'x', null],
    ['##', 'xy', 'xy'],
    ['a/b', 'a*b', 'a/b'],
    ['a/b', '*', 'a/b'],
    ['#', '?*', 'a'],
    ['x', '?*', 'x'],
    ['', '?*', null],
    ['/', '?*', null],
    ['x/', '?*/', 'x/'],
    ['#y', 'x?*y', 'xay'],
    ['x#y', 'x?*y', 'xay'],
    ['xy', 'x?*y', null],
    ['#', '?*?*', 'aa'],
  ])('of %j and %j is %j', (left, right, expected) => {
    expect(commonText(template(left), pattern(right), true)).toBe(expected)
  })

  test.each([
    ['a/b', 'a*b', null],
    ['a/b', '*', null],
    ['a/b', '*/*', 'a/b'],
    ['#/b', '*/b', 'a/b'],
    ['ab', '*', 'ab'],
  ])('where a star stays in its segment: %j and %j', (left, right, expected) => {
    expect(commonText(template(left), pattern(right), false)).toBe(expected)
  })

  test('counts a kept escape as three characters', () => {
    expect(commonText(template('#'), pattern(`${ESCAPE}*`), true)).toBe(ESCAPE)
    // Either the literal escape is the one of the pattern, or the parameter is, which makes two of them.
    const escape = ESCAPE.charCodeAt(0)
    expect(commonText([PARAMETER, escape], pattern(`*${ESCAPE}*`), true)).toBe(`a${ESCAPE}`)
    expect(commonText([escape, PARAMETER], pattern(`*${ESCAPE}*`), true)).toBe(`${ESCAPE}a`)
    expect(commonText([PARAMETER, escape, PARAMETER], pattern('*'), true)).toBe(`a${ESCAPE}a`)
  })

  test('is in the letter case of the template as written', () => {
    expect(commonText(template('ab/#'), pattern('ab/x*'), true, template('Ab/#'))).toBe('Ab/x')
    expect(commonText(template('ab'), pattern('*'), true, template('AB'))).toBe('AB')
  })

  test('is not changed by the searches before', () => {
    const ask = (): readonly (string | null)[] => [
      commonText(template('#'), pattern('x'), true),
      commonText(template('#/#/#'), pattern('*x*/y'), true),
      commonText(template('b'), pattern('a'), true),
      commonText(template('#'), pattern('x'), true),
    ]
    const expected = ['x', 'x/a/y', null, 'x']
    expect(ask()).toEqual(expected)
    expect(ask()).toEqual(expected)
  })
})

test.each([
  ['a/*', 'a/'],
  ['a/**', 'a/'],
  ['/*', '/'],
  ['a*', null],
  ['*', null],
  ['a/', null],
  ['a/*b', null],
  ['', null],
])('upToSlash(%j) is %j', (text, expected) => {
  expect(upToSlash(pattern(text))).toEqual(expected === null ? null : template(expected))
})

test.each([
  ['#', '*', true],
  ['a#', 'a*', true],
  ['#', '?*', true],
  ['#', 'a*', false],
  ['#', 'a', false],
  ['#/b', '*', true],
  ['#b', '*b', true],
  ['a', 'a', true],
  ['a', 'b', false],
])('whether all of %j is matched by %j: %s', (left, right, expected) => {
  expect(coversAll(template(left), pattern(right), true)).toBe(expected)
})

test('a star that stays in its segment does not match all of two', () => {
  expect(coversAll(template('#/#'), pattern('*'), false)).toBe(false)
  expect(coversAll(template('#/#'), pattern('*/*'), false)).toBe(true)
})

test('a fresh letter takes the place of parameters only', () => {
  expect(withFresh(template('a#b#'), 0x7a)).toEqual(template('azbz'))
})
