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

// One test of each table, since a table is made once: what breaks the making must break the first that asks.
test.each(OPTIONS)('%o: accepts what the reader of paths accepts, with letters in classes', (options) => {
  const rules = { ...RULES, ...options }
  const table = pathTable(rules)
  const { next, accepting, classes } = table
  const target = (state: number, letter: number): number => next[state * LETTERS.length + letter] as number
  const wrong: string[] = []
  const visit = (state: number, text: string, depth: number): void => {
    const accepted = state >= 0 && accepting[state] === 1
    if (accepted !== (readPath(`/${text}`, rules).refusal === undefined)) wrong.push(text)
    if (depth === 0 || state < 0) return
    for (const letter of SOME) visit(target(state, letter), text + textOf(letter), depth - 1)
  }
  visit(0, '', 4)
  expect(wrong).toEqual([])

  // Letters of one class lead to the same state from everywhere, and of two classes from somewhere not.
  const ways = (letter: number): string =>
    Array.from(accepting.keys(), (state) => target(state, letter)).join()
  expect(classes).toHaveLength(LETTERS.length)
  const byClass = new Map(classes.map((number, letter) => [number, ways(letter)]))
  for (const letter of LETTERS.keys()) expect(ways(letter)).toBe(byClass.get(classes[letter] as number))
  expect(new Set(byClass.values()).size).toBe(byClass.size)

  // It is made once for rules that accept the same characters and segments.
  const others = { ...rules, basePath: 'a', extensions: ['b'], trailingSlash: 'ignore' } as const
  expect(pathTable(others)).toBe(table)
})

test('rules that accept other characters have a table of their own', () => {
  expect(new Set(OPTIONS.map((options) => pathTable({ ...RULES, ...options }))).size).toBe(OPTIONS.length)
})
