/** The tree of patterns, state by state: what is shared, and what is forgotten once everything matches. */
import { expect, test } from 'vitest'
import { GlobTrie } from '../../src/automaton/glob-trie.ts'
import { LETTER_OF, LETTERS } from '../../src/automaton/letters.ts'
import { ASKS_FOR_SLASH, MATCHES } from '../../src/automaton/pattern-set.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import { RULES } from '../pattern/rules.ts'

function trieOf(...patterns: readonly string[]): GlobTrie {
  return new GlobTrie(
    patterns.map((pattern) => readPattern(pattern, RULES)),
    LETTERS,
  )
}

function letter(char: string): number {
  return LETTER_OF.get(char.charCodeAt(0)) as number
}

/** The states after each character of `text`, the start first. */
function walk(trie: GlobTrie, text: string): readonly (readonly number[])[] {
  const steps = [trie.start]
  for (const char of text) steps.push(trie.move(steps.at(-1) as readonly number[], letter(char)))
  return steps
}

test('patterns that begin alike share states, numbered as they are added', () => {
  // 0 -a- 1 -b- 2, and from 1 -c- 3
  const trie = trieOf('ab', 'ac')
  expect(walk(trie, 'ab')).toEqual([[0], [1], [2]])
  expect(walk(trie, 'ac')).toEqual([[0], [1], [3]])
  expect(walk(trie, 'ax')).toEqual([[0], [1], []])
  expect([[1], [2], [3], [1, 2], []].map((states) => trie.accepts(states))).toEqual([
    0,
    MATCHES,
    MATCHES,
    MATCHES,
    0,
  ])
})

test('a star is one state, entered without a letter, and two side by side are one', () => {
  // 0 -a- 1, its star 2 -b- 3
  const expected = [[0], [1, 2], [2], [2, 3], [2]]
  expect(walk(trieOf('a*b'), 'axbx')).toEqual(expected)
  expect(walk(trieOf('a**b'), 'axbx')).toEqual(expected)
  expect(walk(trieOf('a*b', 'a*b'), 'axbx')).toEqual(expected)
})

test('states are sorted, however they were found', () => {
  // 0 -b- 1; star of 0 is 2, -b- 3
  expect(walk(trieOf('b', '*b', 'bb'), 'b')).toEqual([
    [0, 2],
    [1, 2, 3],
  ])
  const trie = trieOf('*ab', 'ba*')
  const steps = walk(trie, 'bab')
  for (const states of steps) expect(states).toEqual([...states].sort((a, b) => a - b))
  expect(trie.move([3, 0], letter('b'))).toEqual([...trie.move([0, 3], letter('b'))])
})

test('once a star at an end is reached, all else is forgotten', () => {
  // 0 -a- 1, its star 2; 1 -b- 3 -c- 4
  expect(walk(trieOf('a*', 'abc'), 'abcd')).toEqual([[0], [2], [2], [2], [2]])
  // Both stars accept everything; the one with the smaller number is kept.
  expect(walk(trieOf('*', 'a*'), 'aa')).toEqual([[1], [1], [1]])
  expect(walk(trieOf('a*', '*'), 'aa')).toEqual([[3], [3], [3]])
  expect(walk(trieOf('a*', '*a*'), 'aa')).toEqual([[0, 3], [2], [2]])
  // A star with something after it accepts nothing yet.
  expect(walk(trieOf('a*b', 'ac'), 'ac')).toEqual([[0], [1, 2], [2, 4]])
})

test('but for those that decide about a slash at the end', () => {
  // 0 -a- 1, its star 2; 1 -/- 3; 1 -c- 4
  const trie = trieOf('a*', 'a/', 'ac')
  expect(walk(trie, 'a/')).toEqual([[0], [1, 2], [2, 3]])
  expect(walk(trie, 'ac')).toEqual([[0], [1, 2], [2]])
  expect([2, 3].map((state) => trie.accepts([state]))).toEqual([MATCHES, MATCHES | ASKS_FOR_SLASH])
  expect(trie.accepts([2, 3])).toBe(MATCHES | ASKS_FOR_SLASH)
})

test('letters are told apart as far as patterns spell them, and compared as the caller says', () => {
  const { classes } = trieOf('ab*', '*a')
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((char) => classes[letter(char)])
  expect(new Set([a, b, c]).size).toBe(3)
  expect(c).toBe(d)
  const folded = LETTERS.map((unit) => (unit === 0x41 ? 0x61 : unit))
  const trie = new GlobTrie([readPattern('a', RULES)], folded)
  expect(trie.move(trie.start, letter('A'))).toEqual([1])
  expect(trie.classes[letter('A')]).toBe(trie.classes[letter('a')])
})

test('patterns that nothing can match are left out', () => {
  expect(trieOf('a//b').start).toEqual([0])
  expect(walk(trieOf('a//b'), 'a')).toEqual([[0], []])
})
