/**
 * The automaton of accepted paths says of every text what `readPath` says: texts of up to four pieces, the
 * dangerous ones among them.
 */
import { expect, test } from 'vitest'
import { acceptedPaths } from '../../src/automaton/accepted-paths.ts'
import { accepts } from '../../src/automaton/nfa.ts'
import { canonicalise, printCanonical } from '../../src/pattern/canonical.ts'
import { type PathRules, readPath } from '../../src/pattern/request-path.ts'

const PIECES = [
  'a',
  '/',
  '.',
  '..',
  '%20',
  '%2F',
  '%3B',
  '%25',
  '41',
  '%C3',
  '%A9',
  '%',
  ';',
  '#',
  ' ',
  '\\',
  'é',
]
const RULES: PathRules = {
  basePath: '',
  extensions: [],
  caseSensitive: true,
  trailingSlash: 'strict',
  encodedSlash: 'refuse',
  delimiters: 'refuse',
  wildcard: 'segment',
  pathLength: 8192,
}

function texts(length: number): readonly string[] {
  if (length === 0) return ['']
  return texts(length - 1).flatMap((text) => PIECES.map((piece) => text + piece))
}

test.each([
  [{}],
  [{ encodedSlash: 'data' }],
  [{ delimiters: 'data' }],
  [{ encodedSlash: 'data', delimiters: 'data' }],
] as const)('with %j, a text is accepted exactly when it is a canonical path', (options) => {
  const rules = { ...RULES, ...options }
  const automaton = acceptedPaths(rules)
  let accepted = 0
  for (const text of [1, 2, 3, 4].flatMap(texts)) {
    const { text: canonical, refusal } = canonicalise(text, rules)
    const expected =
      refusal === undefined &&
      printCanonical(canonical) === text &&
      readPath(`/${text}`, rules).refusal === undefined
    if (expected) accepted += 1
    expect([text, accepts(automaton, text)]).toEqual([text, expected])
  }
  expect(accepted).toBeGreaterThan(100)
})
