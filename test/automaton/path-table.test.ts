/**
 * The table of accepted paths, letter by letter, against the reader of paths.
 */
import { expect, test } from 'vitest'
import { LETTERS, textOf } from '../../src/automaton/letters.ts'
import { pathTable } from '../../src/automaton/path-table.ts'
import { type PathRules, readPath } from '../../src/pattern/request-path.ts'
import { RULES } from '../pattern/rules.ts'

const OPTIONS = [
  {},
  { encodedSlash: 'data' },
  { delimiters: 'data' },
  { encodedSlash: 'data', delimiters: 'data' },
] as const satisfies readonly Partial<PathRules>[]

/** A letter of each kind, as its number. */
const SOME = ['a', '.', '/', ';', '%2F', '%3B', '%20', '%25', '4', '%C3', '%A9'].map((text) =>
  [...LETTERS.keys()].find((letter) => textOf(letter) === text),
) as number[]

test.each(OPTIONS)('%o: accepts what the reader of paths accepts', (options) => {
  const rules = { ...RULES, ...options }
  const { next, accepting } = pathTable(rules)
  const wrong: string[] = []
  const visit = (state: number, text: string, depth: number): void => {
    // The reader decides on whole paths; a path that may go on so is one that some end makes whole.
    const accepted = state >= 0 && accepting[state] === 1
    if (accepted !== (readPath(`/${text}`, rules).refusal === undefined)) wrong.push(text)
    if (depth === 0 || state < 0) return
    for (const letter of SOME) {
      visit(next[state * LETTERS.length + letter] as number, text + textOf(letter), depth - 1)
    }
  }
  visit(0, '', 4)
  expect(wrong).toEqual([])
})

test('letters of one class lead to the same state from everywhere', () => {
  const { next, accepting, classes } = pathTable(RULES)
  expect(classes).toHaveLength(LETTERS.length)
  for (const state of accepting.keys()) {
    const target = (letter: number): number | undefined => next[state * LETTERS.length + letter]
    for (const letter of LETTERS.keys()) {
      expect(target(letter)).toBe(target(classes.indexOf(classes[letter] as number)))
    }
  }
  const count = new Set(classes).size
  expect(count).toBeGreaterThan(5)
  expect(count).toBeLessThan(40)
})

test('is built once for rules that accept the same characters and segments', () => {
  const table = pathTable(RULES)
  expect(pathTable({ ...RULES, basePath: 'a', extensions: ['b'], trailingSlash: 'ignore' })).toBe(table)
  const others = OPTIONS.map((options) => pathTable({ ...RULES, ...options }))
  expect(new Set(others).size).toBe(OPTIONS.length)
})
