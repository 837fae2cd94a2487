/** A shortest string that two patterns of `wildcard: any` have in common. */
import { expect, test } from 'vitest'
import { commonPath, placesOf, type Places } from '../../src/analysis/common-path.ts'
import { ESCAPE_BASE } from '../../src/pattern/canonical.ts'

const places = (pattern: string): Places => placesOf(pattern.split('*'))
const ESCAPE = String.fromCharCode(ESCAPE_BASE + 0x20)

test('placesOf has a star between each two runs', () => {
  expect([...placesOf(['a', 'b/', ''])]).toEqual([0x61, -1, 0x62, 0x2f, -1])
  expect([...placesOf(['', 'a'])]).toEqual([-1, 0x61])
})

test.each([
  ['a', 'a', 'a'],
  ['a', 'b', null],
  ['a', 'ab', null],
  ['ab', 'a', null],
  ['', '', ''],
  ['*', '*', ''],
  ['', '*', ''],
  ['a*', '*b', 'ab'],
  ['a*c', 'ab*', 'abc'],
  ['ab', '*', 'ab'],
  ['a*', 'b*', null],
  ['*ab*', '*ba*', 'aba'],
  ['a*b*c', '*x*', 'abxc'],
  ['a/b', 'a*b', 'a/b'],
  // No segment is empty.
  ['a/*', '*/b', 'a/b'],
  ['*/a', '*', 'a/a'],
  ['a/*/b', '*', 'a/a/b'],
  ['a/*/b', 'a*b', 'a/a/b'],
  ['a/*/b', 'a/x*', 'a/x/b'],
  ['a//b', 'a//b', null],
  ['/a', '/a', null],
  ['/a', '*', null],
  ['*/*/*', '*', 'a/a/a'],
  // A slash at the end is left to the automata.
  ['a/*', 'a/*', 'a/a'],
])('of %j and %j is %j', (left, right, expected) => {
  expect(commonPath(places(left), places(right), 100)).toBe(expected)
  expect(commonPath(places(right), places(left), 100)?.length).toBe(expected?.length)
})

test('is looked for up to a length, in which a kept escape counts as three characters', () => {
  expect(commonPath(places('abc'), places('*'), 3)).toBe('abc')
  expect(commonPath(places('abc'), places('*'), 2)).toBeNull()
  expect(commonPath(places(`a${ESCAPE}`), places('*'), 4)).toBe(`a${ESCAPE}`)
  expect(commonPath(places(`a${ESCAPE}`), places('*'), 3)).toBeNull()
  expect(commonPath(places('*'), places('*'), 0)).toBe('')
})

test('is not changed by the searches before', () => {
  const ask = (): readonly (string | null)[] =>
    [
      ['a*', '*b'],
      ['abc*def*', '*d*x*'],
      ['c', 'd'],
      ['a*', '*b'],
    ].map(([left = '', right = '']) => commonPath(places(left), places(right), 100))
  const expected = ['ab', 'abcdefx', null, 'ab']
  expect(ask()).toEqual(expected)
  expect(ask()).toEqual(expected)
})
