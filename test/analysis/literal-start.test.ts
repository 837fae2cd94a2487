/** The letters with which matches of a pattern begin, and the index by them. */
import { describe, expect, test } from 'vitest'
import { literalStart, StartIndex } from '../../src/analysis/literal-start.ts'
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import type { Expression } from '../../src/pattern/expression.ts'
import { readPattern, type Pattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'

const ANY: PathRules = { ...DEFAULT_OPTIONS, pathLength: 8192 }
const SEGMENT: PathRules = { ...ANY, wildcard: 'segment' }

test.each([
  ['a/b', 'a/b'],
  ['Ab*c', 'ab'],
  ['*a', ''],
  ['a/../b', ''],
])('any %s: %j', (pattern, expected) => {
  expect(literalStart(readPattern(pattern, ANY))).toBe(expected)
})

test.each([
  ['Abc', 'abc'],
  ['a/*', 'a/'],
  ['*a', ''],
  ['ab[cd]', 'ab'],
  ['a?', 'a'],
])('segment %s: %j', (pattern, expected) => {
  expect(literalStart(readPattern(pattern, SEGMENT))).toBe(expected)
})

describe('expressions', () => {
  const set = (...units: (string | [string, string])[]): Expression => ({
    kind: 'set',
    set: units.flatMap((unit) => {
      const [first, last] = typeof unit === 'string' ? [unit, unit] : unit
      return [first.charCodeAt(0), last.charCodeAt(0)]
    }),
  })
  const sequence = (...items: Expression[]): Expression => ({ kind: 'sequence', items })
  const choice = (...items: Expression[]): Expression => ({ kind: 'choice', items })
  const text = (letters: string): Expression => sequence(...Array.from(letters, (letter) => set(letter)))
  const repeat = (item: Expression): Expression => ({ kind: 'repeat', item }) as unknown as Expression
  const guard = { kind: 'guard' } as unknown as Expression
  const startOf = (expression: Expression): string =>
    literalStart({ meaning: { kind: 'expression', expression } } as unknown as Pattern)

  test.each<readonly [string, Expression, string]>([
    ['one letter', set('a'), 'a'],
    ['one letter in both cases', set('A', 'a'), 'a'],
    ['two letters', set('a', 'b'), ''],
    ['a range', set(['a', 'b']), ''],
    ['no letter', set(), ''],
    ['a sequence', text('abc'), 'abc'],
    ['a sequence with a set', sequence(text('ab'), set('c', 'd'), text('e')), 'ab'],
    ['a sequence with a range', sequence(text('a'), set(['b', 'd']), text('e')), 'a'],
    ['a sequence with a repetition', sequence(set('a'), repeat(set('b')), set('c')), 'a'],
    ['a sequence with a guard', sequence(set('a'), guard, set('b')), 'ab'],
    ['a sequence in a sequence', sequence(text('ab'), text('cd')), 'abcd'],
    ['a choice', choice(text('abc'), text('abd')), 'ab'],
    ['a choice of equals', sequence(choice(text('ab'), text('ab')), set('c')), 'abc'],
    ['a choice of a start and all', sequence(choice(text('ab'), text('abc')), set('d')), 'ab'],
    ['the same the other way round', sequence(choice(text('abc'), text('ab')), set('d')), 'ab'],
    [
      'a choice of a start',
      sequence(choice(text('ab'), sequence(text('ab'), repeat(set('x')))), set('d')),
      'ab',
    ],
    [
      'a choice of two starts',
      sequence(choice(sequence(text('ab'), repeat(set('x'))), text('ab')), set('d')),
      'ab',
    ],
    ['a choice of nothing in common', choice(text('a'), text('b')), ''],
    ['a choice of three', choice(text('abc'), text('abd'), text('ae')), 'a'],
    ['a choice of nothing', sequence(choice(), set('a')), ''],
    ['a repetition', repeat(set('a')), ''],
  ])('%s', (_, expression, expected) => {
    expect(startOf(expression)).toBe(expected)
  })
})

describe('StartIndex', () => {
  const near = (starts: readonly string[], start: string): readonly string[] =>
    new StartIndex(
      starts.map((text, at) => ({ text, at })),
      ({ text }) => text,
    )
      .near(start)
      .map(({ text }) => text)

  test.each([
    [['a', 'b', 'ab', 'abc', 'ac', ''], 'ab', ['a', 'ab', 'abc', '']],
    [['a', 'b', 'ab', 'abc', 'ac', ''], '', ['a', 'b', 'ab', 'abc', 'ac', '']],
    [['b', 'a'], 'c', []],
    [['ab', 'ab'], 'ab', ['ab', 'ab']],
    [['abd', 'abc', 'abe', 'aa', 'b'], 'ab', ['abd', 'abc', 'abe']],
    [['z', 'y', 'x'], 'z', ['z']],
    [['z', 'y', 'x'], 'x', ['x']],
    [[], 'a', []],
  ])('of %j those near %j are %j', (starts, start, expected) => {
    expect(near(starts, start)).toEqual(expected)
  })

  test('the order is that of the list, not of digits', () => {
    const starts = Array.from({ length: 12 }, (_, at) => 'a'.repeat(12 - at))
    expect(near(starts, 'a'.repeat(5))).toEqual(starts)
  })
})
