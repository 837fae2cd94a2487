/** One operation and plain patterns: what each grants alone, what halves two give, and what grants all of it. */
import { describe, expect, test } from 'vitest'
import { LETTER_OF } from '../../src/automaton/letters.ts'
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import { unitsOf } from '../../src/openapi/compare/plain-intersection.ts'
import {
  plainOperation,
  type PlainOperation,
  type PlainUnits,
} from '../../src/openapi/compare/plain-operation.ts'
import { plainText, slashAtEnd } from '../../src/openapi/compare/plain-pattern.ts'
import { plainParts, readTemplate } from '../../src/openapi/read/template.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'

const STRICT: PathRules = { ...DEFAULT_OPTIONS, pathLength: 8192 }
const IGNORE: PathRules = { ...STRICT, trailingSlash: 'ignore' }
const SEGMENT: PathRules = { ...STRICT, wildcard: 'segment' }

function operation(path: string, rules: PathRules): PlainOperation {
  const made = plainOperation(readTemplate(plainParts(path), rules).pieces, rules)
  if (made === null) throw new Error(`${path} is not plain`)
  return made
}
function plain(text: string, rules: PathRules): PlainUnits {
  const pattern = readPattern(text, rules)
  return { units: unitsOf(plainText(pattern, rules) ?? ''), slash: slashAtEnd(pattern) }
}
const alone = (path: string, pattern: string, rules = STRICT): string | null | undefined =>
  operation(path, rules).alone(plain(pattern, rules))
const half = (path: string, pattern: string, rules = STRICT): string | undefined =>
  operation(path, rules).half(plain(pattern, rules))
const covers = (path: string, patterns: readonly string[], rules = STRICT): boolean =>
  operation(path, rules).covers(patterns.map((pattern) => plain(pattern, rules)))

describe('plainOperation', () => {
  test('is for templates of which each path has one reading, or one with and one without a slash', () => {
    const made = (path: string, rules: PathRules): boolean =>
      plainOperation(readTemplate(plainParts(path), rules).pieces, rules) !== null
    expect(made('/a/{x}', STRICT)).toBe(true)
    expect(made('/a/{x}', { ...STRICT, extensions: ['json'] })).toBe(false)
    expect(plainOperation([{ literal: 'a/' }, { parameter: 'x', spans: true }], STRICT)).toBeNull()
    expect(plainOperation([{ parameter: 'x', spans: false }], STRICT)).not.toBeNull()
    expect(plainOperation([], STRICT)).toBeNull()
    expect(plainOperation([{ literal: '' }], STRICT)).toBeNull()
  })

  test.each([
    ['/a/', STRICT, true],
    ['/{x}/', SEGMENT, true],
    ['/a', STRICT, false],
    ['/a/{x}', STRICT, false],
    ['/a/', IGNORE, false],
  ])('%s has two readings: %#', (path, rules, expected) => {
    expect(operation(path, rules).twoReadings).toBe(expected)
  })
})

describe('what a pattern grants by itself', () => {
  test.each([
    ['/a/{x}', 'a/*', '/a/a'],
    ['/a/{x}', '*', '/a/a'],
    ['/a/{x}', 'a/b', '/a/b'],
    ['/a/{x}', 'b/*', null],
    ['/a/{x}', 'a/*/', null],
    // A slash at the end is matched by a pattern that asks for it, or by one that takes it.
    ['/a/{x}/', 'a/*/', '/a/a/'],
    ['/a/{x}/', 'b/*/', null],
    ['/a/{x}/', 'a/*', '/a/a/'],
    ['/a/{x}/', 'b/*', null],
    ['/a/{x}/', 'a/*/*', null],
    ['/a/{x}/', 'a/b', null],
    ['/{x}/', '*', '/a/'],
  ])('%s and %s: %j', (path, pattern, expected) => {
    expect(alone(path, pattern)).toBe(expected)
  })

  test('with `trailingSlash: ignore` patterns match the path without its slash', () => {
    expect(alone('/a/{x}/', 'a/b', IGNORE)).toBe('/a/b/')
    expect(alone('/a/{x}/', 'a/*', IGNORE)).toBe('/a/a/')
    expect(alone('/a/{x}/', 'a/*/', IGNORE)).toBeNull()
    expect(alone('/a/{x}', 'a/*/', IGNORE)).toBeNull()
  })

  test('a star of `wildcard: segment` stays in its segment', () => {
    expect(alone('/a/{x}', '*', SEGMENT)).toBeNull()
    expect(alone('/a/{x}', 'a/*', SEGMENT)).toBe('/a/a')
    expect(alone('/a/{x}/', 'a/*/', SEGMENT)).toBe('/a/a/')
    expect(alone('/a%20/{x}', 'a%20/*', SEGMENT)).toBe('/a%20/a')
    expect(alone('/a%20/{x}', 'a%20/*', STRICT)).toBe('/a%20/a')
  })

  test('a path that the rules read as something else takes a closer look', () => {
    expect(alone('/a/{x}', 'a/..*')).toBeUndefined()
    expect(alone('/a/{x}/', 'a/..*/')).toBeUndefined()
    expect(alone('/{x}', '*', { ...STRICT, pathLength: 1 })).toBeUndefined()
    expect(alone('/{x}', '*', { ...STRICT, pathLength: 2 })).toBe('/a')
  })

  test('with a base path the request begins with it', () => {
    const rules: PathRules = { ...STRICT, basePath: 'v1' }
    expect(alone('/a/{x}', 'a/*', rules)).toBe('/v1/a/a')
    expect(alone('/a/{x}/', 'a/*/', rules)).toBe('/v1/a/a/')
  })

  test('without case the request is written as the template is', () => {
    const rules: PathRules = { ...STRICT, caseSensitive: false }
    expect(alone('/Users/{x}', 'users/*', rules)).toBe('/Users/a')
    expect(alone('/Users/{x}/', 'USERS/*/', rules)).toBe('/Users/a/')
    expect(alone('/Users/{x}', 'users/*', STRICT)).toBeNull()
  })
})

describe('what a pattern does for a path with a slash at its end together with another one', () => {
  test.each([
    ['/users/{id}/', 'users/*', undefined],
    ['/users/', 'users/*', 'with'],
    ['/users/', 'users', 'without'],
    ['/users/', 'user*', undefined],
    ['/users/', 'other', undefined],
    ['/users/', 'other/*', undefined],
    ['/users/', 'users/', undefined],
    ['/users/{id}/', 'users/me', 'without'],
    ['/users/{id}/', 'users/*/*', 'with'],
    ['/users', 'users', undefined],
    ['/users', 'users/*', undefined],
  ])('%s and %s: %s', (path, pattern, expected) => {
    expect(half(path, pattern)).toBe(expected)
  })

  test('is nothing where there is one reading, or a star stays in its segment', () => {
    expect(half('/users/', 'users', IGNORE)).toBeUndefined()
    expect(half('/users/', 'users/*', SEGMENT)).toBeUndefined()
    expect(half('/users/', 'users', SEGMENT)).toBe('without')
  })
})

describe('what grants all of an operation', () => {
  test.each([
    ['/a/{x}', ['a/*'], true],
    ['/a/{x}', ['a/b', 'a/*'], true],
    ['/a/{x}', ['a/b*', 'a/b'], false],
    ['/a/{x}', ['a/*/'], false],
    ['/a/{x}', [], false],
    ['/a/{x}/', ['a/*/'], true],
    ['/a/{x}/', ['a/b/', 'a/*/'], true],
    ['/a/{x}/', ['a/b/'], false],
    ['/a/{x}/', ['a/*'], true],
    ['/a/{x}/', ['a/b*'], false],
    ['/a/', ['a/*'], false],
    ['/a/', ['a'], false],
    ['/a/', ['a', 'a/*'], true],
    ['/a/', ['a/*', 'a'], true],
    ['/a/', ['b', 'a/*'], false],
    ['/a/', ['a', 'b/*'], false],
    ['/a/{x}/', ['a/*/*', 'a/b'], false],
    ['/a/{x}/', ['a/*/*', '*/x', 'a/b'], false],
    ['/a/', ['a', 'b', 'a/*', 'b/*'], true],
    ['/a/', ['a', 'a'], false],
    ['/a/', ['a/*', 'a/**'], false],
  ])('%s and %j: %s', (path, patterns, expected) => {
    expect(covers(path, patterns)).toBe(expected)
  })

  test('with `trailingSlash: ignore` it is what matches the path without its slash', () => {
    expect(covers('/a/', ['a'], IGNORE)).toBe(true)
    expect(covers('/a/', ['a/'], IGNORE)).toBe(false)
    expect(covers('/a/', ['a/*'], IGNORE)).toBe(false)
  })

  test('with `wildcard: segment` a star does not take the slash', () => {
    expect(covers('/a/', ['a', 'a/*'], SEGMENT)).toBe(false)
    expect(covers('/{x}/', ['*/'], SEGMENT)).toBe(true)
    expect(covers('/{x}/{y}', ['*'], SEGMENT)).toBe(false)
  })
})

describe('a path of fresh letters', () => {
  const spelled = (text: string): ReadonlySet<number> =>
    new Set(Array.from(text, (char) => LETTER_OF.get(char.charCodeAt(0)) ?? -1))

  test('has a letter that nothing spells for each parameter', () => {
    expect(operation('/a/{x}/{y}', STRICT).fresh([spelled('agh')])).toBe('/a/i/i')
    expect(operation('/a/{x}/', STRICT).fresh([spelled('a')])).toBe('/a/g/')
    expect(operation('/a', STRICT).fresh([spelled('a'), spelled('g')])).toBe('/a')
  })

  test('is not there where something is unknown, or the rules refuse it', () => {
    expect(operation('/a/{x}', STRICT).fresh([spelled('a'), null])).toBeUndefined()
    expect(operation('/a/{x}', { ...STRICT, pathLength: 3 }).fresh([spelled('a')])).toBeUndefined()
    expect(operation('/a/{x}', { ...STRICT, pathLength: 4 }).fresh([spelled('a')])).toBe('/a/g')
  })

  test('is fresh in both cases where case makes no difference', () => {
    const rules: PathRules = { ...STRICT, caseSensitive: false }
    expect(operation('/A/{x}', rules).fresh([spelled('G')])).toBe('/A/h')
    expect(operation('/A/{x}', STRICT).fresh([spelled('G')])).toBe('/A/g')
  })
})
