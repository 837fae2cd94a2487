/** Templates as patterns: stars for parameters, and backslashes before what means something. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import { escapeSyntax, needsSegments, patternTexts } from '../../src/openapi/import/pattern-text.ts'
import { readSyntax } from '../../src/openapi/read/template-syntax.ts'
import { readTemplate, type Template } from '../../src/openapi/read/template.ts'

const template = (path: string): Template => readTemplate(readSyntax(path).parts, DEFAULT_OPTIONS)

test.each([
  ['a/b-c_d.e~f', 'a/b-c_d.e~f'],
  ['a*b', 'a\\*b'],
  ['**', '\\*\\*'],
  ['?()[]{}|"\\', '\\?\\(\\)\\[\\]\\{\\}\\|\\"\\\\'],
  ["!@:,;=&<>`'%", "!@:,;=&<>`'%"],
  // One of these is literal, several are not.
  ['$a^b+', '$a^b+'],
  ['$^+', '$^+'],
  ['$$', '\\$\\$'],
  ['a^^b', 'a\\^\\^b'],
  ['+++', '\\+\\+\\+'],
  ['$$^^^+', '\\$\\$\\^\\^\\^+'],
])('%s is written %s', (text, escaped) => {
  expect(escapeSyntax(text)).toBe(escaped)
})

describe('a template as patterns', () => {
  test.each([
    ['/', ['/']],
    ['/a/b', ['a/b']],
    ['/a/', ['a/']],
    ['/a b/%C3%A9', ['a%20b/%C3%A9']],
    ['/a(b)', ['a\\(b\\)']],
    // All of a segment, and next to text.
    ['/{x}', ['*']],
    ['/{x}/', ['*/']],
    ['/a/{x}', ['a/*']],
    ['/{x}/b', ['*/b']],
    ['/a/{x}/b', ['a/*/b']],
    ['/a{x}', ['a?*']],
    ['/{x}.json', ['?*.json']],
    ['/a{x}/b', ['a?*/b']],
    ['/a/{x}b/c', ['a/?*b/c']],
    ['/a-b/{x}', ['a-b/*']],
    ['/{x}{y}', ['?*?*']],
    ['/a/{x}{y}/b', ['a/?*?*/b']],
    ['/{x}/{y}', ['*/*']],
    ['/{x}(y={y})', ['?*\\(y=?*\\)']],
    // One that spans segments.
    ['/{x+}', ['**/*']],
    ['/a/{x+}/b', ['a/**/*/b']],
    ['/a{x+}', ['a?*', 'a*/**/*']],
    ['/a{x+}/b', ['a?*/b', 'a*/**/*/b']],
    ['/{x+}.json', ['?*.json', '*/**/*.json']],
    ['/{x}{y+}', ['?*?*', '?**/**/*']],
    ['/a{x+}/{y}/b{z+}', ['a?*/*/b?*', 'a?*/*/b*/**/*', 'a*/**/*/*/b?*', 'a*/**/*/*/b*/**/*']],
  ])('%s', (path, patterns) => {
    expect(patternTexts(template(path), 'segment')).toEqual({ texts: patterns, isComplete: true })
  })

  test('of the default mode has no backslashes', () => {
    expect(patternTexts(template('/a(b)/c%20d'), 'any').texts).toEqual(['a(b)/c%20d'])
    expect(patternTexts(template('/'), 'any').texts).toEqual(['/'])
  })

  test('has at most 16 variants', () => {
    const all = patternTexts(template('/a{x+}/b{x+}/c{x+}/d{x+}'), 'segment')
    expect([new Set(all.texts).size, all.isComplete]).toEqual([16, true])
    const { texts, isComplete } = patternTexts(template('/a{x+}/b{x+}/c{x+}/d{x+}/e{x+}'), 'segment')
    expect([texts.length, isComplete]).toEqual([16, false])
    expect(texts.slice(0, 2)).toEqual(['a?*/b?*/c?*/d?*/e?*', 'a?*/b?*/c?*/d?*/e*/**/*'])
  })
})

test.each([
  ['/', false],
  ['/a/b', false],
  ['/a(b)[c]', false],
  ['/{x}', true],
  ['/a/{x+}', true],
  ['/a*b', true],
  ['/%2A', false],
])('%s takes `wildcard: segment`: %j', (path, needed) => {
  expect(needsSegments(template(path))).toBe(needed)
})
