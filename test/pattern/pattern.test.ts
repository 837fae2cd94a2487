/**
 * Patterns of `wildcard: any`: literal runs and stars, in the canonical form of paths.
 */
import { describe, expect, test } from 'vitest'
import { matchesRuns, patternMatcher } from '../../src/matcher/pattern-matcher.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import { type PathRules, readPath } from '../../src/pattern/request-path.ts'
import { RULES } from './rules.ts'

function matches(pattern: string, target: string, options: Partial<PathRules> = {}): boolean {
  const rules = { ...RULES, ...options }
  const reading = readPath(target, rules)
  if (reading.refusal !== undefined || reading.path === null) return false
  return patternMatcher(readPattern(pattern, rules).meaning)(reading.path)
}

describe('a star', () => {
  test('stands for any run of characters, also none, also across slashes', () => {
    expect(matches('a*c', '/ac')).toBe(true)
    expect(matches('a*c', '/abc')).toBe(true)
    expect(matches('a*c', '/a/b/c')).toBe(true)
    expect(matches('a*c', '/abcd')).toBe(false)
    expect(matches('*', '/')).toBe(true)
    expect(matches('*', '/a/b')).toBe(true)
  })

  test('between slashes needs both slashes', () => {
    expect(matches('records/*/search', '/records/x/search')).toBe(true)
    expect(matches('records/*/search', '/records/a/b/search')).toBe(true)
    expect(matches('records/*/search', '/records/search')).toBe(false)
  })

  test('never lets two literal runs overlap', () => {
    expect(matches('ab*ba', '/aba')).toBe(false)
    expect(matches('ab*ba', '/abba')).toBe(true)
    expect(matches('a*a*a', '/aa')).toBe(false)
    expect(matches('*a*a*', '/a')).toBe(false)
    expect(matches('a*ab*b', '/aab')).toBe(false)
    expect(matches('a*ab*b', '/aabb')).toBe(true)
  })

  test('twice in a row is once', () => {
    expect(matches('a**', '/a')).toBe(true)
    expect(matches('a**b', '/ab')).toBe(true)
    expect(matches('***', '/x')).toBe(true)
  })

  test('does not stop in the middle of an escape', () => {
    expect(matches('*0', '/a%20')).toBe(false)
    expect(matches('*20', '/a%20')).toBe(false)
    expect(matches('a*', '/a%20')).toBe(true)
    expect(matches('a%2*', '/a%20')).toBe(false)
    expect(matches('*%20', '/a%20')).toBe(true)
    expect(matches('%C3*', '/%C3%A9')).toBe(false)
  })

  test('in a path is a character like any other', () => {
    expect(matches('a*', '/a*')).toBe(true)
    expect(matches('ab', '/a*')).toBe(false)
    expect(matches('%2A', '/*')).toBe(false)
    expect(matches('%2A', '/%2a')).toBe(true)
  })
})

test('everything but the star is literal', () => {
  for (const text of [
    'a[b]c',
    'a{b,c}',
    'a:b',
    ':id',
    'a+b',
    'a.b',
    'a$b',
    '(a|b)',
    '^a',
    'a!b',
    '{id}',
    "a'b",
    'a"b',
  ]) {
    expect(matches(text, `/${text}`), text).toBe(true)
  }
  expect(matches('a.c', '/abc')).toBe(false)
  expect(matches('a+', '/aa')).toBe(false)
  expect(matches('[ab]', '/a')).toBe(false)
  expect(matches('{a,b}', '/a')).toBe(false)
  expect(matches(':id', '/5')).toBe(false)
  expect(matches('a?c', '/abc')).toBe(false)
  expect(matches('a$', '/a')).toBe(false)
  expect(matches('__WILD__', '/a')).toBe(false)
})

describe('the whole path must match', () => {
  test('so a prefix, a suffix or a part does not', () => {
    expect(matches('a', '/ab')).toBe(false)
    expect(matches('b', '/ab')).toBe(false)
    expect(matches('a/b', '/a/b/c')).toBe(false)
    expect(matches('b', '/a/b/c')).toBe(false)
  })
})

describe('the leading slash', () => {
  test('makes no difference', () => {
    for (const path of ['/a/b', 'a/b']) {
      expect(matches('/a/b', path)).toBe(true)
      expect(matches('a/b', path)).toBe(true)
    }
  })

  test('alone is the root', () => {
    expect(matches('/', '/')).toBe(true)
    expect(matches('/', '/a')).toBe(false)
    expect(readPattern('/', RULES)).toMatchObject({ text: '/', meaning: { kind: 'runs', runs: [''] } })
  })

  test('is taken off once', () => {
    expect(readPattern('/a', RULES).text).toBe('a')
    expect(readPattern('//a', RULES).meaning.kind).toBe('never')
  })
})

describe('canonical form', () => {
  test('is that of paths', () => {
    expect(readPattern('caf%c3%a9/m%65', RULES).text).toBe('caf%C3%A9/me')
    expect(matches('caf%c3%a9', '/caf%C3%A9')).toBe(true)
    expect(matches('m%65', '/me')).toBe(true)
    expect(matches('me', '/m%65')).toBe(true)
  })

  test('keeps letter case in the text, whatever the options', () => {
    expect(readPattern('Users/%C3%89', { ...RULES, caseSensitive: false }).text).toBe('Users/%C3%89')
  })

  test('folds ASCII letters for matching only with caseSensitive: false', () => {
    expect(matches('Users/*', '/uSERS/1')).toBe(false)
    expect(matches('Users/*', '/uSERS/1', { caseSensitive: false })).toBe(true)
    expect(matches('%C3%89', '/%C3%A9', { caseSensitive: false })).toBe(false)
  })
})

test('a slash at its end is noticed', () => {
  const ends = (pattern: string): boolean => readPattern(pattern, RULES).endsInSlash
  expect(['a/', 'a*/', '*/'].map(ends)).toEqual([true, true, true])
  expect(['a', 'a/*', '*', '/'].map(ends)).toEqual([false, false, false, false])
})

describe('what an option makes possible', () => {
  test('encodedSlash: data lets a pattern spell %2F', () => {
    expect(matches('a%2fb', '/a%2Fb')).toBe(false)
    expect(matches('a%2fb', '/a%2Fb', { encodedSlash: 'data' })).toBe(true)
    expect(matches('a/b', '/a%2Fb', { encodedSlash: 'data' })).toBe(false)
    expect(matches('a*b', '/a%2Fb', { encodedSlash: 'data' })).toBe(true)
  })

  test('delimiters: data lets a pattern spell ; %3B %3F %23', () => {
    const data = { delimiters: 'data' } as const
    expect(matches('a;b', '/a;b')).toBe(false)
    expect(matches('a;b', '/a;b', data)).toBe(true)
    expect(matches('a;b', '/a%3Bb', data)).toBe(false)
    expect(matches('a%3f%23', '/a%3F%23', data)).toBe(true)
  })
})

test('a pattern with a mistake is printed as it is written, its slash at the end noticed', () => {
  expect(readPattern('/m%65/a%2fb', RULES)).toMatchObject({ text: 'm%65/a%2fb', meaning: { kind: 'never' } })
  expect(readPattern('\ue020a', RULES).text).toBe('\ue020a')
  expect(readPattern('a;b/', RULES)).toMatchObject({ text: 'a;b/', endsInSlash: true })
})

describe('with wildcard: segment', () => {
  const segment = (written: string, options: Partial<PathRules> = {}): unknown => {
    const { meaning, ...rest } = readPattern(written, { ...RULES, wildcard: 'segment', ...options })
    return { kind: meaning.kind, ...rest }
  }

  test('the root is the empty path, without syntax', () => {
    const root = { text: '/', meaning: { kind: 'runs', runs: [''] }, endsInSlash: false }
    expect(readPattern('/', { ...RULES, wildcard: 'segment' })).toEqual(root)
  })

  test('the slash at the beginning is taken off once, the one at the end is noticed', () => {
    expect(segment('a/*')).toEqual({ kind: 'expression', text: 'a/*', endsInSlash: false })
    expect(segment('/a')).toEqual({ kind: 'expression', text: 'a', endsInSlash: false })
    expect(segment('/a/')).toEqual({ kind: 'expression', text: 'a/', endsInSlash: true })
    expect(segment('//a')).toMatchObject({ text: '//a', endsInSlash: false })
  })

  test('a mistake in plain text is a suspicion, which an automaton of paths decides', () => {
    const suspect = { reason: 'dot-segment', start: 2, end: 4 }
    expect(segment('a/../b')).toEqual({ kind: 'expression', text: 'a/../b', endsInSlash: false, suspect })
  })

  test('an extension that the options take off is no suspicion: that automaton does not know extensions', () => {
    const unreachable = { reason: 'extension', start: 1, end: 6 }
    const extensions = ['json']
    expect(segment('a.json', { extensions })).toEqual({
      kind: 'expression',
      text: 'a.json',
      endsInSlash: false,
      unreachable,
    })
    // What is syntax may yet make another end of it.
    expect(segment('{a,b}.json', { extensions })).toMatchObject({
      suspect: { reason: 'extension', start: 5, end: 10 },
    })
    expect(segment('{a,b}.json', { extensions })).not.toHaveProperty('unreachable')
  })

  test('syntax without a mistake in its text may still have no path, by its form', () => {
    const suspect = { reason: 'form', start: 0, end: 6 }
    for (const written of ['/[a-z]', '\\*a/b*', '{aa,b}', 'x(a|b)', 'xx+(a)', '"aaa"b']) {
      expect(segment(written), written).toMatchObject({ kind: 'expression', suspect })
    }
    expect(segment('a?b*c')).not.toHaveProperty('suspect')
  })
})

test('a pattern that spells an extension matches a spelling of it that is not taken off', () => {
  // Extensions are compared exactly, so `a.JSON` keeps its own, and only then is case folded.
  const options = { extensions: ['json'], caseSensitive: false } as const
  expect(matches('a.json', '/a.JSON', options)).toBe(true)
  expect(matches('a.json', '/a.json', options)).toBe(false)
})

test('literal runs in order, against every way of filling the stars', () => {
  const letters = ['a', 'b']
  const texts = [''].concat(...[1, 2, 3, 4, 5, 6].map((length) => wordsOf(letters, length)))
  const patterns = [1, 2, 3, 4, 5].flatMap((length) => wordsOf(['a', 'b', '*'], length))
  const byDefinition = (pattern: string, text: string): boolean => {
    if (pattern === '') return text === ''
    const rest = pattern.slice(1)
    if (pattern.startsWith('*')) {
      return byDefinition(rest, text) || (text !== '' && byDefinition(pattern, text.slice(1)))
    }
    return text.startsWith(pattern.charAt(0)) && byDefinition(rest, text.slice(1))
  }
  for (const pattern of patterns) {
    const runs = pattern.split('*')
    for (const text of texts) {
      if (matchesRuns(runs, text) !== byDefinition(pattern, text)) {
        expect.fail(`pattern ${pattern} and text ${text}`)
      }
    }
  }
})

function wordsOf(letters: readonly string[], length: number): string[] {
  return length === 0
    ? ['']
    : wordsOf(letters, length - 1).flatMap((word) => letters.map((letter) => word + letter))
}
