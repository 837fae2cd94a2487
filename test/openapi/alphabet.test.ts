/** The letters that a comparison tries. */
import { describe, expect, test } from 'vitest'
import { LETTERS } from '../../src/automaton/letters.ts'
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import {
  alphabetOf,
  freshLetter,
  spelledBy,
  spelledByRules,
  type Spelled,
} from '../../src/openapi/compare/alphabet.ts'
import { ESCAPE_BASE } from '../../src/pattern/canonical.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'

const ANY: PathRules = { ...DEFAULT_OPTIONS, pathLength: 8192 }
const SEGMENT: PathRules = { ...ANY, wildcard: 'segment' }

/** Kept escapes as `%XX`. */
function shown(letters: Spelled | null): string | null {
  if (letters === null) return null
  const units = [...letters].map((letter) => LETTERS[letter] ?? 0)
  return units
    .map((unit) =>
      unit >= ESCAPE_BASE ? `%${(unit - ESCAPE_BASE).toString(16)}` : String.fromCharCode(unit),
    )
    .sort()
    .join('')
}
const spelled = (pattern: string, rules: PathRules): string | null =>
  shown(spelledBy(readPattern(pattern, rules), rules))

describe('the letters that a pattern spells', () => {
  test.each([
    ['a/b*', '/ab', '/ab'],
    ['*', '', ''],
    ['a/?*', undefined, '/a'],
    ['%20a', '%20a', null],
    ['a%2Fb', undefined, null],
    ['{a,b}', undefined, null],
    ['a/../b', null, null],
  ])('%s: any %s, segment %s', (pattern, any, segment) => {
    if (any !== undefined) expect(spelled(pattern, ANY)).toBe(any)
    expect(spelled(pattern, SEGMENT)).toBe(segment)
  })

  test('the rules spell the base path and the extensions with their dots', () => {
    expect(shown(spelledByRules({ ...ANY, basePath: 'v1', extensions: ['json', 'x'] }))).toBe('.1jnosvx')
    expect(shown(spelledByRules(ANY))).toBe('')
  })
})

const lettersOf = (text: string): Spelled =>
  new Set(Array.from(text, (char) => LETTERS.indexOf(char.charCodeAt(0))))

describe('the alphabet', () => {
  test('has a slash, what is spelled, and one letter that is not', () => {
    expect(shown(alphabetOf([lettersOf('ab'), lettersOf('c')], true))).toBe('/abcg')
    expect(shown(alphabetOf([], true))).toBe('/g')
    expect(shown(alphabetOf([lettersOf('ghj')], true))).toBe('/ghij')
  })

  test('is all letters where something is not known', () => {
    expect(alphabetOf([lettersOf('a'), null], true)).toBeNull()
    expect(freshLetter([null], true)).toBeNull()
  })

  test('has letters in both cases where case makes no difference', () => {
    expect(shown(alphabetOf([lettersOf('aZ1')], false))).toBe('/1AZagz')
    expect(shown(alphabetOf([lettersOf('g')], false))).toBe('/Ggh')
    expect(shown(alphabetOf([lettersOf('g')], true))).toBe('/gh')
  })

  test('a kept escape has no other case', () => {
    const escape = spelledBy(readPattern('%20', ANY), ANY)
    expect(shown(alphabetOf([escape], false))).toBe('%20/g')
  })

  test('no letter is fresh when all are spelled: those of hexadecimal digits never are', () => {
    const all = 'ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ'
    expect(freshLetter([lettersOf(all)], true)).toBeNull()
    expect(alphabetOf([lettersOf(all)], true)).toBeNull()
    for (const letter of ['g', 'z', 'G', 'Z']) {
      const fresh = freshLetter([lettersOf(all.replace(letter, ''))], true)
      expect(String.fromCharCode(LETTERS[fresh ?? -1] ?? 0)).toBe(letter)
    }
    expect(freshLetter([lettersOf(all.replace('g', ''))], false)).toBeNull()
  })
})
