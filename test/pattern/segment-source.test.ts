/**
 * Sources of regular expressions read one by one: what each means, exactly, and what is refused. Also
 * sources that picomatch does not write today: the reader must not guess what it does not know.
 */
import { describe, expect, test } from 'vitest'
import { ANY, guard, NO_SLASH, or, plus, seq, star, text } from '../automaton/expressions.ts'
import { accepts, nfaOf } from '../../src/automaton/nfa.ts'
import type { CharSet } from '../../src/pattern/charset.ts'
import { type Expression, NEVER } from '../../src/pattern/expression.ts'
import { readSegmentPattern, readSource, UnsupportedSyntax } from '../../src/pattern/segment-pattern.ts'

const NOT_ONE_OR_TWO_DOTS = '(?!\\.{1,2}(?:\\/|$))'
const NOWHERE_DOTS = '(?!(?:^|\\/)\\.{1,2}(?:\\/|$))'
const NOT_A_DOT = '(?!\\.{0,1}(?:\\/|$))'
const MORE = '(?=.)'

const UNPAIRED = 'has parentheses or braces that do not pair up'

/** The pattern is the source itself, for messages. */
function read(source: string, pattern = source): Expression {
  return readSource(source, pattern, true)
}

function set(...units: readonly number[]): Expression {
  return { kind: 'set', set: units }
}

const A = set(0x61, 0x61)
const B = set(0x62, 0x62)
const C = set(0x63, 0x63)

/** How reading it is refused, as the clause that the messages have. */
function refusal(source: string, pattern = source): string {
  try {
    read(source, pattern)
  } catch (error) {
    if (error instanceof UnsupportedSyntax) return error.clause
    throw error
  }
  return 'not refused'
}

/** The characters of which a RegExp matches the whole, by asking it about each. */
function charactersOf(expression: RegExp, last: number): CharSet {
  const ranges: number[] = []
  for (let unit = 0; unit <= last; unit++) {
    if (expression.exec(String.fromCharCode(unit)) === null) continue
    if (ranges.at(-1) === unit - 1) ranges[ranges.length - 1] = unit
    else ranges.push(unit, unit)
  }
  return ranges
}

describe('a source', () => {
  test('of plain characters is their sequence', () => {
    expect(read('abc')).toEqual(seq(A, B, C))
    expect(read('a-{b},]')).toEqual(text('a-{b},]'))
  })

  test('without any character is the empty sequence', () => {
    expect(read('')).toEqual(seq())
  })

  test('has a dot for every character, and the guards of start and end', () => {
    expect(read('^a.$')).toEqual(seq(guard('start'), A, ANY, guard('end')))
  })

  test('of alternatives is a choice, of one alternative only that one', () => {
    expect(read('a|bc')).toEqual(or(seq(A), seq(B, C)))
    expect(read('a|b|c')).toEqual(or(seq(A), seq(B), seq(C)))
    expect(read('a|')).toEqual(or(seq(A), seq()))
    expect(read('a')).toEqual(seq(A))
  })

  test('with a parenthesis that closes nothing is refused', () => {
    for (const source of [')', 'a)', 'a)b', '(a))', 'a|b)']) expect(refusal(source), source).toBe(UNPAIRED)
  })
})

describe('a group', () => {
  test('is what it encloses, whether captured or not', () => {
    expect(read('a(b)c')).toEqual(seq(A, seq(B), C))
    expect(read('a(?:b)c')).toEqual(seq(A, seq(B), C))
    expect(read('(a|b)c')).toEqual(seq(or(seq(A), seq(B)), C))
    expect(read('((a))')).toEqual(seq(seq(seq(A))))
    expect(read('()')).toEqual(seq(seq()))
  })

  test('that is not closed makes the source invalid', () => {
    for (const source of ['(', '(a', '(?:a', '((a)', '(a|b']) expect(read(source), source).toBe(NEVER)
  })

  test('may stand in 32 others less one, not in 32', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}a${')'.repeat(depth)}`
    expect(refusal(nested(32))).toBe('not refused')
    expect(refusal(nested(33))).toBe('nests groups deeper than 32')
  })

  test('beside another one is not nested', () => {
    expect(read('(a)'.repeat(40))).toEqual(seq(...Array.from({ length: 40 }, () => seq(A))))
  })

  test('of another kind is refused by its beginning', () => {
    expect(refusal('a(?=b)')).toBe('contains `(?=`, which patterns do not have')
    expect(refusal('(?!b)a')).toBe('contains `(?!`, which patterns do not have')
    expect(refusal('a(?<=b)')).toBe('contains `(?<`, which patterns do not have')
    expect(refusal('a(?<name>b)')).toBe('contains `(?<`, which patterns do not have')
    expect(refusal('(?i:a)')).toBe('contains `(?i`, which patterns do not have')
    expect(refusal('(?')).toBe('contains `(?`, which patterns do not have')
  })
})

describe('an assertion of picomatch', () => {
  test('against one or two dots is always true', () => {
    expect(read(`${NOT_ONE_OR_TWO_DOTS}a`)).toEqual(seq(A))
    expect(read(`${NOWHERE_DOTS}a`)).toEqual(seq(A))
    expect(read(NOWHERE_DOTS)).toEqual(seq())
  })

  test('against no dot or one is a guard, and so is the one for a character', () => {
    expect(read(`\\.${NOT_A_DOT}a`)).toEqual(seq(set(0x2e, 0x2e), guard('not-dots'), A))
    expect(read(`${MORE}a`)).toEqual(seq(guard('more'), A))
  })

  test('in what picomatch writes for two stars leaves a star of every character', () => {
    expect(read(`(?:(?:${NOWHERE_DOTS}.)*?)`)).toEqual(seq(seq(star(seq(seq(ANY))))))
  })

  test('with another body is refused', () => {
    expect(refusal('(?=a)')).toBe('contains `(?=`, which patterns do not have')
    expect(refusal('(?!\\.{1,3}(?:\\/|$))')).toBe('contains `(?!`, which patterns do not have')
  })
})

describe('a quantifier', () => {
  test('repeats what stands before it, lazy or not', () => {
    for (const lazy of ['', '?']) {
      expect(read(`ab*${lazy}c`)).toEqual(seq(A, star(B), C))
      expect(read(`ab+${lazy}c`)).toEqual(seq(A, plus(B), C))
      expect(read(`ab?${lazy}c`)).toEqual(seq(A, or(seq(), B), C))
      expect(read(`ab*${lazy}`)).toEqual(seq(A, star(B)))
    }
  })

  test('repeats a group, also one of nothing', () => {
    expect(read('(ab)*')).toEqual(seq(star(seq(seq(A, B)))))
    expect(read('()+')).toEqual(seq(plus(seq(seq()))))
  })

  test('repeats a class and an escape', () => {
    expect(read('[ab]+')).toEqual(seq(plus(set(0x61, 0x62))))
    expect(read('\\.?')).toEqual(seq(or(seq(), set(0x2e, 0x2e))))
  })

  test('with nothing before it makes the source invalid', () => {
    for (const quantifier of ['*', '+', '?']) {
      for (const source of [quantifier, `${quantifier}a`, `a|${quantifier}`, `(${quantifier}a)`]) {
        if (!source.startsWith('(?')) expect(read(source), source).toBe(NEVER)
      }
    }
  })

  test('that counts makes the source invalid with nothing before it', () => {
    for (const source of ['{2}', '{2,}', '{2,3}a', 'a|{2}', '({2})']) expect(read(source), source).toBe(NEVER)
  })

  test('after a quantifier makes the source invalid', () => {
    for (const source of [
      'a**',
      'a*+',
      'a+*',
      'a++',
      'a?*',
      'a?+',
      'a*?*',
      'a+??',
      'a???',
      'a**b',
      'a*{2}',
    ]) {
      expect(read(source), source).toBe(NEVER)
    }
  })

  test('on an assertion or a guard is refused', () => {
    for (const assertion of ['^', '$', MORE, NOT_A_DOT, NOT_ONE_OR_TWO_DOTS, NOWHERE_DOTS]) {
      for (const quantifier of ['*', '+', '?']) {
        const repeated = `${assertion}${quantifier}`
        expect(refusal(`a${repeated}?b`), repeated).toBe(
          `contains \`${repeated}\`, which patterns do not have`,
        )
      }
    }
  })

  test('that counts is refused', () => {
    for (const counted of ['{2}', '{10}', '{2,}', '{12,}', '{2,3}', '{12,34}', '{000000000000000001}']) {
      for (const atom of ['a', '(a)', '[a]', '\\.', '^', '.']) {
        expect(refusal(`${atom}${counted}b`), atom + counted).toBe(
          `contains \`${counted}\`, which patterns do not have`,
        )
      }
    }
  })

  test('that does not count is text', () => {
    for (const source of ['a{', 'a{}', 'a{,2}', 'a{b}', 'a{2', 'a{2,b}', 'a{2b}', 'a{b2}', 'ab}']) {
      expect(read(source), source).toEqual(text(source))
    }
    expect(read('{')).toEqual(text('{'))
    expect(read('a*{')).toEqual(seq(star(A), set(0x7b, 0x7b)))
    expect(read('a+?{')).toEqual(seq(plus(A), set(0x7b, 0x7b)))
  })

  test('inside a class is text', () => {
    expect(read('a[{2}]')).toEqual(seq(A, set(0x32, 0x32, 0x7b, 0x7b, 0x7d, 0x7d)))
    expect(read('[*+?]')).toEqual(seq(set(0x2a, 0x2b, 0x3f, 0x3f)))
  })
})

describe('stars in a row', () => {
  const segment = star(NO_SLASH)

  test('are one star', () => {
    expect(read('[^/]*[^/]*')).toEqual(seq(segment))
    expect(read('[^/]*?[^/]*[^/]*?a')).toEqual(seq(segment, A))
    expect(read('a.*.*')).toEqual(seq(A, star(ANY)))
    expect(read('\\d*\\d*')).toEqual(seq(star(set(0x30, 0x39))))
  })

  test('are one star with an assertion between them that is always true', () => {
    expect(read(`[^/]*${NOT_ONE_OR_TWO_DOTS}[^/]*`)).toEqual(seq(segment))
  })

  test('of different characters stay two', () => {
    expect(read('[^/]*.*')).toEqual(seq(segment, star(ANY)))
    expect(read('.*[^/]*')).toEqual(seq(star(ANY), segment))
  })

  test('with something between them stay two', () => {
    expect(read('[^/]*a[^/]*')).toEqual(seq(segment, A, segment))
    expect(read(`[^/]*${MORE}[^/]*`)).toEqual(seq(segment, guard('more'), segment))
  })

  test('of groups stay two', () => {
    expect(read('(.)*(.)*')).toEqual(seq(star(seq(seq(ANY))), star(seq(seq(ANY)))))
  })

  test('are not made of what must occur, or occurs once', () => {
    expect(read('[^/]*[^/]')).toEqual(seq(segment, NO_SLASH))
    expect(read('[^/]*[^/]+')).toEqual(seq(segment, plus(NO_SLASH)))
    expect(read('[^/]+[^/]+')).toEqual(seq(plus(NO_SLASH), plus(NO_SLASH)))
    expect(read('[^/][^/]')).toEqual(seq(NO_SLASH, NO_SLASH))
  })

  test('make no automaton that grows with them', () => {
    expect(nfaOf(read('.*'.repeat(1000))).length).toBe(nfaOf(read('.*')).length)
  })
})

describe('a class or an escape', () => {
  const SOURCES: Readonly<Record<string, readonly string[]>> = {
    'of single characters': ['[a]', '[ac]', '[ab]', '[.]', '[(|)]', '[$]', '[a^]', '[ -]'],
    'that is empty': ['[]'],
    'of all but some': ['[^a]', '[^/]', '[^/a]', '[^a-c]', '[^^]', '[^]', '[^\\d]'],
    'of ranges': ['[a-c]', '[a-a]', '[a-cx-z]', '[+--]', '[--a]', '[!-\\]]', '[\\[-a]', '[\\x41-\\x5a]'],
    'with a hyphen that is no range': ['[-a]', '[a-]', '[-]', '[a-c-e]', '[a\\-c]', '[a-c-]', '[^-]'],
    'with a class in place of an end of a range': [
      '[\\d-z]',
      '[a-\\d]',
      '[!-\\w]',
      '[\\w-\\d]',
      '[\\S-a]',
      '[z-\\d]',
    ],
    'with escapes': ['[\\]]', '[\\\\]', '[\\^a]', '[\\t-\\r]', '[\\x00-\\x1F\\x7F]', '[\\w.]'],
    'of a letter': ['\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\t', '\\n', '\\v', '\\f', '\\r'],
    'of a number': ['\\x00', '\\x41', '\\x4a', '\\x4A', '\\x7f', '\\xff'],
    'of punctuation': ['\\.', '\\/', '\\\\', '\\-', '\\*', '\\_', '\\é'],
  }

  for (const [kind, sources] of Object.entries(SOURCES)) {
    test(`${kind} has the characters that RegExp knows`, () => {
      for (const source of sources) {
        const known = charactersOf(new RegExp(`^(?:${source})$`, 's'), 0xffff)
        expect(read(source), source).toEqual(seq(set(...known)))
      }
    })
  }

  test('of a number takes two digits, no more', () => {
    expect(read('\\x611')).toEqual(text('a1'))
    expect(read('a\\x62c')).toEqual(text('abc'))
  })

  test('that does not end makes the source invalid', () => {
    for (const source of [
      '[',
      '[a',
      '[^',
      '[^a',
      '[a-',
      '[a-c',
      '[\\]',
      '[a-\\]',
      'a[',
      '\\',
      'a\\',
      '[\\',
    ]) {
      expect(read(source), source).toBe(NEVER)
    }
  })

  test('with a range backwards makes the source invalid', () => {
    for (const source of ['[c-a]', '[b-a]', '[^c-a]', '[a-cz-x]', '[a-\\x60]'])
      expect(read(source), source).toBe(NEVER)
  })

  test('of another letter or digit is refused', () => {
    for (const letter of ['1', '0', '9', 'b', 'B', 'a', 'z', 'A', 'Z', 'c', 'k', 'p', 'u', 'x']) {
      const message = `contains \`\\${letter}\`, which patterns do not have`
      expect(refusal(`a\\${letter}`)).toBe(message)
      expect(refusal(`[\\${letter}]`)).toBe(message)
    }
  })

  test('of a number with one digit is refused', () => {
    for (const source of ['\\x4', '\\x4g', '\\xg4', '\\x 41']) {
      expect(refusal(source), source).toBe('contains `\\x`, which patterns do not have')
    }
  })
})

describe('letter case', () => {
  test('counts if it is to count', () => {
    expect(readSource('aB', '', true)).toEqual(text('aB'))
  })

  test('does not count otherwise, as in RegExp', () => {
    for (const source of [
      'a',
      'Z',
      '1',
      '.',
      '\\x41',
      '\\x7a',
      '\\/',
      '[ab]',
      '[A-c]',
      '[^a]',
      '[^/]',
      '\\W',
      '[\\x41-\\x43]',
      '[\\x41-c]',
    ]) {
      const known = charactersOf(new RegExp(`^(?:${source})$`, 'is'), 0x7f)
      const read = readSource(source, '', false)
      const automaton = nfaOf(read)
      const accepted = Array.from({ length: 0x80 }, (_, unit) => unit).filter((unit) =>
        accepts(automaton, String.fromCharCode(unit)),
      )
      expect(accepted, source).toEqual(membersOf(known))
    }
  })

  function membersOf(ranges: CharSet): readonly number[] {
    return Array.from({ length: 0x80 }, (_, unit) => unit).filter((unit) =>
      ranges.some((first, at) => at % 2 === 0 && first <= unit && unit <= (ranges[at + 1] as number)),
    )
  }
})

describe('what is refused', () => {
  test('is named if the pattern has it, else the pairs of the pattern are to blame', () => {
    expect(refusal('(?=a)', 'x(?=y)')).toBe('contains `(?=`, which patterns do not have')
    expect(refusal('(?=a)', 'x)(')).toBe(UNPAIRED)
    expect(refusal('a\\1', 'a')).toBe(UNPAIRED)
    expect(refusal('a{2}', 'a')).toBe(UNPAIRED)
    expect(refusal('^*', '*')).toBe(UNPAIRED)
  })

  test('is a clause of the message', () => {
    expect(() => read('a)')).toThrow(`the pattern ${UNPAIRED}`)
  })
})

describe('a pattern', () => {
  /** Picomatch writes the whole of a simple pattern between guards. */
  const whole = (...items: readonly Expression[]): Expression =>
    seq(guard('start'), seq(...items), guard('end'))

  test('means its own text or its source, and never the empty path', () => {
    expect(readSegmentPattern('{a,b}', true)).toEqual(
      seq(guard('more'), or(text('{a,b}'), seq(or(seq(A), seq(B))))),
    )
    expect(readSegmentPattern('a?', true)).toEqual(seq(guard('more'), or(text('a?'), whole(A, NO_SLASH))))
  })

  test('that does not compile means its own text', () => {
    expect(readSegmentPattern('a{', true)).toEqual(seq(guard('more'), or(text('a{'), or())))
  })

  test('is compared with letter case or without, its own text always with it', () => {
    expect(readSegmentPattern('a', true)).toEqual(seq(guard('more'), or(text('a'), whole(A))))
    expect(readSegmentPattern('a', false)).toEqual(
      seq(guard('more'), or(text('a'), whole(set(0x41, 0x41, 0x61, 0x61)))),
    )
  })

  test('is named in what is refused, not the source that picomatch makes of it', () => {
    expect(() => readSegmentPattern('(?=a)', true)).toThrow('the pattern contains `(?=`, which')
    expect(() => readSegmentPattern('(**/a', true)).toThrow(`the pattern ${UNPAIRED}`)
  })

  const matches = (pattern: string, path: string): boolean =>
    accepts(nfaOf(readSegmentPattern(pattern, true)), path)

  test('matches dot files with a star', () => {
    expect(matches('*', '.a')).toBe(true)
    expect(matches('a/*', 'a/.b')).toBe(true)
  })

  test('needs more than a dot for a dot and a star', () => {
    expect(matches('a/.*', 'a/.b')).toBe(true)
    expect(matches('a/.*', 'a/.')).toBe(false)
  })

  test('is not negated by an exclamation mark', () => {
    expect(matches('!a', '!a')).toBe(true)
    expect(matches('!a', 'a')).toBe(false)
    expect(matches('!a', 'b')).toBe(false)
  })

  test('has no extended groups', () => {
    expect(matches('@(a|b)', '@a')).toBe(true)
    expect(matches('@(a|b)', 'a')).toBe(false)
  })

  test('has no backslash for a slash', () => {
    expect(matches('a?b', 'a\\b')).toBe(true)
    expect(matches('a/b', 'a\\b')).toBe(false)
  })
})
