/** The quick look at segments against all small paths, decided by the reference. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policyData } from '../../src/analysis/policy-data.ts'
import { mayMeet, segmentsOfPattern, segmentsOfTemplate } from '../../src/openapi/compare/segments.ts'
import { plainParts, readTemplate } from '../../src/openapi/read/template.ts'
import { loadPolicy } from '../../src/index.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import { pick, randomFrom } from '../analysis/small-policies.ts'
import { runs } from '../arbitrary/settings.ts'
import { optionsOf } from '../reference/document.ts'
import { readPattern as readReference } from '../reference/pattern.ts'
import { smallPaths, smallPattern, smallTemplate, templateMatches } from './small-templates.ts'

const PATHS = smallPaths(5)

type Options = Readonly<Record<string, unknown>>

/** Undefined where one of the two is let pass. */
function look(template: string, pattern: string, options: Options): boolean | undefined {
  const { rules } = policyData(loadPolicy({ $options: options, s: { label: 'x', endpoints: ['a'] } }))
  const left = segmentsOfTemplate(readTemplate(plainParts(template), rules).pieces, rules)
  const right = segmentsOfPattern(readPattern(pattern, rules), rules)
  return left === null || right === null ? undefined : mayMeet(left, right, rules)
}

describe('mayMeet', () => {
  test.each([
    ['/a/{x}', 'a/*', true],
    ['/a/{x}', 'b/*', false],
    ['/a/{x}/c', 'a/*', true],
    ['/a/{x}', 'a/*/', false],
    ['/a/{x}/', 'a/*/', true],
    ['/a/{x}/', 'a/b', true],
    ['/a/', 'a/*', true],
    ['/b/', 'a/*', false],
    ['/{x}.json', '*.xml', false],
    ['/pre-{x}', 'p*', true],
    ['/pre-{x}', 'pre-b*', true],
    ['/ab', 'ab', true],
    ['/aba', 'a', false],
    ['/a/a', 'a/a/a', false],
    ['/ab', 'a', false],
    ['/ab', 'b', false],
    ['/a', 'ab', false],
    ['/ab', 'abc*', false],
    ['/ab', 'a*', true],
    ['/ab', 'b*', false],
    ['/ab', '*b', true],
    ['/ab', '*a', false],
    ['/b', '*ab', false],
    ['/ab{x}', 'a', false],
    ['/a{x}', 'ab', true],
    ['/a{x}', 'b*', false],
    ['/{x}b', 'ab', true],
    ['/{x}ab', 'b', false],
    ['/{x}b', '*ab', true],
    ['/{x}ab', '*b', true],
    ['/{x}a', '*b', false],
    ['/{x}ab/c', 'b/c', false],
    ['/{x}/{y}', 'a', false],
    ['/{x}/{y}', 'a*', true],
    ['/a', 'a/*', false],
    ['/{x}', 'a/*', false],
    ['/a/b/c', 'a*c', true],
    ['/a/b/c', 'a*b', false],
    ['/%20{x}', '%20*', true],
  ])('%s and %s: %s', (template, pattern, expected) => {
    expect(look(template, pattern, {})).toBe(expected)
  })

  test('a star of `wildcard: segment` stays in its segment', () => {
    expect(look('/a/{x}/c', 'a/*', { wildcard: 'segment' })).toBe(false)
    expect(look('/a/{x}/', 'a/*', { wildcard: 'segment' })).toBe(true)
    expect(look('/a/', 'a/*', { wildcard: 'segment' })).toBe(false)
    expect(look('/%20{x}', '%20*', { wildcard: 'segment' })).toBe(true)
    expect(look('/%20{x}', '%21*', { wildcard: 'segment' })).toBe(false)
  })

  test('with `trailingSlash: ignore` no path has the slash that a pattern asks for', () => {
    const options = { wildcard: 'segment', trailingSlash: 'ignore' }
    expect(look('/a/{x}/', 'a/*/', options)).toBe(false)
    expect(look('/a/{x}/', 'a/*', options)).toBe(true)
    expect(look('/a/', 'a/*', { trailingSlash: 'ignore' })).toBe(false)
  })

  test('lets pass what has other syntax, spans segments, or is read without an extension', () => {
    expect(look('/a/{x}', '{a,b}/*', { wildcard: 'segment' })).toBeUndefined()
    expect(look('/a/{x}', 'a/*', { extensions: ['json'] })).toBeUndefined()
    const { rules } = policyData(loadPolicy({ s: { label: 'x', endpoints: ['a'] } }))
    expect(segmentsOfTemplate([{ literal: 'a/' }, { parameter: 'x', spans: true }], rules)).toBeNull()
  })

  test('holds back no pattern that matches a path, in either reading', () => {
    let heldBack = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomFrom(seed)
        const wildcard = pick(random, ['any', 'segment'] as const)
        const options = {
          wildcard,
          trailingSlash: pick(random, ['strict', 'ignore'] as const),
          caseSensitive: random() < 0.7,
        }
        const template = smallTemplate(random)
        const pattern = smallPattern(random, wildcard === 'segment')
        if (look(template, pattern, options) !== false) return
        heldBack += 1
        const { matches } = readReference(pattern, optionsOf({ $options: options }))
        const ends = options.trailingSlash === 'ignore' ? /\/$/ : /$/
        const halves = (path: string): boolean =>
          matches(path.slice(1).replace(ends, '')) || matches(path.slice(1).replace(/\/$/, ''))
        const found = PATHS.find((path) => templateMatches(template, path) && halves(path))
        expect([template, pattern, options, found]).toEqual([template, pattern, options, undefined])
      }),
      runs(2_000),
    )
    expect(heldBack).toBeGreaterThan(500 * Number(process.env['SCOPE_POLICY_RUNS'] ?? '1'))
  })
})
