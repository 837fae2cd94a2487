/**
 * The automaton of accepted paths says of every text what `readPath` says: texts of up to four pieces, the
 * dangerous ones among them.
 */
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
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
const RULES: PathRules = { ...DEFAULT_OPTIONS, wildcard: 'segment', pathLength: 8192 }

const OPTIONS = [
  {},
  { encodedSlash: 'data' },
  { delimiters: 'data' },
  { encodedSlash: 'data', delimiters: 'data' },
] as const

/** A string that is a path as the rules leave it, and has no query. */
function isCanonical(text: string, rules: PathRules): boolean {
  const { text: canonical, refusal } = canonicalise(text, rules)
  if (refusal !== undefined || text.includes('?')) return false
  return printCanonical(canonical) === text && readPath(`/${text}`, rules).refusal === undefined
}

function texts(length: number): readonly string[] {
  if (length === 0) return ['']
  return texts(length - 1).flatMap((text) => PIECES.map((piece) => text + piece))
}

test.each(OPTIONS)('with %j, a string is accepted exactly when it is a canonical path', (options) => {
  const rules = { ...RULES, ...options }
  const automaton = acceptedPaths(rules)
  let accepted = 0
  for (const text of [1, 2, 3, 4].flatMap(texts)) {
    const expected = isCanonical(text, rules)
    if (expected) accepted += 1
    expect([text, accepts(automaton, text)]).toEqual([text, expected])
  }
  expect(accepted).toBeGreaterThan(100)
})

test.each(OPTIONS)('with %j, every character and every escape, alone and within', (options) => {
  const rules = { ...RULES, ...options }
  const automaton = acceptedPaths(rules)
  for (let unit = 0; unit < 256; unit++) {
    const hex = unit.toString(16).padStart(2, '0')
    for (const piece of [String.fromCharCode(unit), `%${hex}`, `%${hex.toUpperCase()}`]) {
      for (const text of [
        piece,
        `a${piece}`,
        `${piece}a`,
        `${piece}/a`,
        `.${piece}`,
        `..${piece}`,
        `%254${piece}`,
      ]) {
        expect([text, accepts(automaton, text)]).toEqual([text, isCanonical(text, rules)])
      }
    }
  }
})

test('escapes are UTF-8, at the bounds of every byte', () => {
  const automaton = acceptedPaths(RULES)
  // Each bound of RFC 3629 §4 and its neighbours.
  const leads = [
    0x7f, 0x80, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5,
  ]
  const more = [0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0]
  const written = (bytes: readonly number[]): string =>
    bytes.map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')
  let accepted = 0
  const visit = (bytes: readonly number[], depth: number): void => {
    const text = written(bytes)
    const expected = isCanonical(text, RULES)
    if (expected) accepted += 1
    expect([text, accepts(automaton, text)]).toEqual([text, expected])
    if (depth > 0 && bytes.length > 0) for (const byte of more) visit([...bytes, byte], depth - 1)
  }
  for (const lead of leads) visit([lead], 4)
  expect(accepted).toBeGreaterThan(100)
})

test('a slash may stand at the end, unless it is always dropped', () => {
  const ends = (options: Partial<PathRules>): boolean =>
    accepts(acceptedPaths({ ...RULES, ...options }), 'a/')
  expect(ends({})).toBe(true)
  expect(ends({ trailingSlash: 'ignore' })).toBe(false)
  // After the slash an extension may have been stripped.
  expect(ends({ trailingSlash: 'ignore', extensions: ['json'] })).toBe(true)
  expect(ends({ extensions: ['json'] })).toBe(true)
})

test.each(OPTIONS)('with %j, there is a way from every state to the end of a path', (options) => {
  const automaton = acceptedPaths({ ...RULES, ...options })
  const alive = new Set([...automaton.keys()].filter((id) => automaton[id]?.accepting))
  for (let before = -1; before !== alive.size;) {
    before = alive.size
    for (const [id, { arcs }] of automaton.entries()) if (arcs.some(({ to }) => alive.has(to))) alive.add(id)
  }
  expect(alive.size).toBe(automaton.length)
})

test('is small, more so where no escape can be a part of a dot segment', () => {
  const sizes = OPTIONS.map((options) => acceptedPaths({ ...RULES, ...options }).length)
  expect(sizes).toEqual([51, 84, 84, 84])
})
