/** The paths of a template by its definition, letter by letter, and what is excluded from them. */
import { describe, expect, test } from 'vitest'
import { LETTER_OF, LETTERS, textOf } from '../../src/automaton/letters.ts'
import { PARAMETER, TemplateAutomaton, type TemplateItem } from '../../src/automaton/template-automaton.ts'
import { DEAD } from '../../src/automaton/request-automaton.ts'
import { type PathRules, readPath } from '../../src/pattern/request-path.ts'
import { RULES } from '../pattern/rules.ts'

/** `{}` is a parameter. */
function itemsOf(template: string): readonly TemplateItem[] {
  return Array.from(template.matchAll(/\{\}|./g), ([item]) =>
    item === '{}' ? PARAMETER : (LETTER_OF.get(item.charCodeAt(0)) as number),
  )
}

function automatonOf(
  template: string,
  excluded: readonly string[] = [],
  options: Partial<PathRules> = {},
): TemplateAutomaton {
  return new TemplateAutomaton(itemsOf(template), excluded.map(itemsOf), { ...RULES, ...options })
}

/** Also a kept escape, a dot and a character that paths never have. */
const SOME = [0x61, 0x62, 0x2f, 0x2e, 0xe020].map((unit) => LETTER_OF.get(unit) as number)

function textsOf(length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]]
  return [[], ...textsOf(length - 1).flatMap((text) => SOME.map((letter) => [...text, letter]))]
}

const TEXTS = textsOf(5)
const written = (letters: readonly number[]): string => letters.map(textOf).join('')

describe('accepts the accepted paths in which each parameter is one or more letters of one segment', () => {
  test.each(['a', '', '{}', 'a/{}', '{}/a', 'a{}b', '{}{}', '{}/{}', 'a/{}{}a', '{}.{}', 'a/', '{}/'])(
    '%s',
    (template) => {
      const automaton = automatonOf(template)
      const shape = new RegExp(`^${template.replaceAll('.', '\\.').replaceAll('{}', '(?:%..|[^/%])+')}$`)
      let accepted = 0
      for (const letters of TEXTS) {
        const path = written(letters)
        const expected = shape.test(path) && readPath(`/${path}`, RULES).refusal === undefined
        if (expected) accepted += 1
        expect([path, automaton.accepts(letters)]).toEqual([path, expected])
      }
      expect(accepted).toBeGreaterThan(0)
    },
  )
})

describe('what is excluded', () => {
  test('is left out, whole paths only', () => {
    const automaton = automatonOf('a/{}', ['a/b', 'a/bab', 'b'])
    const accepted = TEXTS.filter((letters) => automaton.accepts(letters)).map(written)
    const all = TEXTS.filter((letters) => automatonOf('a/{}').accepts(letters)).map(written)
    expect(all.filter((path) => !accepted.includes(path))).toEqual(['a/b', 'a/bab'])
    expect(accepted).toContain('a/ba')
    expect(accepted).toContain('a/bb')
  })

  test('is no path that only goes on like one', () => {
    const automaton = automatonOf('{}/{}', ['a/b'])
    const [a, b, slash] = SOME as [number, number, number]
    const letters = [b, a, slash]
    const accepted = (...path: readonly number[]): boolean => automaton.accepts(path)
    expect(letters.map((first) => accepted(first, slash, b))).toEqual([true, false, false])
    expect(accepted(a, a, slash, b)).toBe(true)
    expect(accepted(a, slash, b, b)).toBe(true)
    expect(automatonOf('', ['a']).accepts([])).toBe(true)
  })

  test('may be all of it, and the empty path', () => {
    expect(TEXTS.some((letters) => automatonOf('a', ['a']).accepts(letters))).toBe(false)
    expect(automatonOf('').accepts([])).toBe(true)
    expect(automatonOf('', ['']).accepts([])).toBe(false)
  })
})

test('follows the options about characters', () => {
  const slash = [LETTER_OF.get(0xe02f) as number]
  expect(automatonOf('{}').accepts(slash)).toBe(false)
  expect(
    automatonOf('{}', [], { encodedSlash: 'data' }).accepts([
      ...SOME.slice(0, 1),
      ...slash,
      ...SOME.slice(0, 1),
    ]),
  ).toBe(true)
})

test('a letter that is none is no path', () => {
  expect(automatonOf('{}').accepts([-1])).toBe(false)
  expect(automatonOf('{}').accepts([SOME[0] as number, -1])).toBe(false)
})

describe('names the only letter that goes on', () => {
  const [a, b, slash] = SOME as [number, number, number]
  const after = (automaton: TemplateAutomaton, ...letters: readonly number[]): number =>
    letters.reduce((state, letter) => automaton.next(state, letter), automaton.start)

  test('in literal text', () => {
    const automaton = automatonOf('ab{}')
    expect(automaton.only(automaton.start)).toBe(a)
    expect(automaton.only(after(automaton, a))).toBe(b)
  })

  test('not where a parameter begins or may go on, nor at the end', () => {
    const automaton = automatonOf('a{}/b')
    expect(automaton.only(after(automaton, a))).toBeUndefined()
    // A letter of the parameter, behind which it may go on or end.
    expect(automaton.only(after(automaton, a, a))).toBeUndefined()
    expect(automaton.only(after(automaton, a, a, slash))).toBe(b)
    expect(automaton.only(after(automaton, a, a, slash, b))).toBeUndefined()
  })
})

test('letters of one class lead to the same state, few enough to try them all', () => {
  const automaton = automatonOf('a/{}b', ['a/c'])
  expect(automaton.classes).toHaveLength(LETTERS.length)
  expect(new Set(automaton.classes).size).toBeLessThan(40)
  const classOf = (char: string): number =>
    automaton.classes[LETTER_OF.get(char.charCodeAt(0)) as number] as number
  expect(new Set(['a', 'b', 'c', 'x', '/'].map(classOf)).size).toBe(5)
  expect(classOf('x')).toBe(classOf('y'))
})

test('states are made once, and nothing leads out of the dead one', () => {
  const automaton = automatonOf('{}')
  const [a, b, slash] = SOME as [number, number, number]
  const first = automaton.next(automaton.start, a)
  expect(automaton.next(automaton.start, b)).toBe(first)
  expect(automaton.next(first, b)).toBe(first)
  expect(automaton.next(first, slash)).toBe(DEAD)
  for (const letter of LETTERS.keys()) expect(automaton.next(DEAD, letter)).toBe(DEAD)
  expect(automaton.next(automaton.start, LETTER_OF.get(0x3b) as number)).toBe(DEAD)
  expect(automaton.allows(DEAD)).toBe(false)
})
