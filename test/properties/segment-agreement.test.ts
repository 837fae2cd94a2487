/**
 * `wildcard: segment` is picomatch's language. Compared directly with picomatch here, without the reference
 * in between: a small world in full, and random patterns with braces, classes, `?` and `**`.
 */
import fc from 'fast-check'
import picomatch from 'picomatch'
import { expect, test } from 'vitest'
import { oddSegmentPattern, segmentPattern } from '../arbitrary/pattern.ts'
import { fillSegments } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { canonical } from '../reference/characters.ts'
import { refusalsOf } from '../reference/request-path.ts'
import { parsePolicy } from '../../src/index.ts'
import { policyOf } from './policy-of.ts'
import { disagreements, policyDocument, textsOver } from './small-world.ts'

const document = (pattern: string): object => ({ s: { label: 's', endpoints: [{ [pattern]: 'GET' }] } })

/** What picomatch passes on to regular expressions and the core refuses to guess is not a pattern at all. */
function isSupported(pattern: string): boolean {
  const { policy, diagnostics } = parsePolicy(document(pattern), { wildcard: 'segment' })
  if (policy === null) {
    expect(diagnostics.map(({ code }) => code)[0]).toMatch(/^(?:invalid-pattern|unescaped-syntax)$/)
  }
  return policy !== null
}

/** Picomatch escapes the last brace of its own output then, which may be one that it wrote itself. */
function leavesBraceOpen(pattern: string): boolean {
  let open = 0
  for (const character of pattern) {
    if (character === '{') open += 1
    else if (character === '}' && open > 0) open -= 1
  }
  return open > 0
}

const STRICT = { encodedSlash: 'refuse', delimiters: 'refuse' } as const

test('every short pattern decides every short path as picomatch does', () => {
  const patterns = textsOver(['a', '/', '*', '?', '.'], 4).filter((text) => text !== '')
  const paths = textsOver(['a', 'b', '/', '.'], 4).map((text) => `/${text}`)
  const document = policyDocument(patterns, { wildcard: 'segment' })
  expect(disagreements(document, patterns, paths)).toEqual([])
})

test('every short pattern with closed braces and with classes decides every short path as picomatch does', () => {
  const patterns = textsOver(['a', '*', '{', '}', '[', ']', ','], 4).filter((text) => text !== '')
  const paths = textsOver(['a', 'b', ',', '['], 3).map((text) => `/${text}`)
  const closed = patterns.filter((text) => !leavesBraceOpen(text))
  expect(disagreements(policyDocument(closed, { wildcard: 'segment' }), closed, paths)).toEqual([])
})

const fills = fc.array(
  fc.array(fc.constantFrom('a', 'b', 'ab', 'a/b', 'me', '5', 'x.json', '.a', '%20', 'A', ''), {
    minLength: 1,
  }),
  { minLength: 1, maxLength: 20 },
)

/** Where picomatch and the core differ on paths made from the pattern; a slash at the end is judged elsewhere. */
function differencesOn(pattern: string, lists: readonly string[][], caseSensitive: boolean): string[] {
  const policy = policyOf(document(pattern), { wildcard: 'segment', caseSensitive })
  const text = canonical(pattern.replace(/^\//, ''))
  if (text === '') return []
  const matches = picomatch(text, { dot: true, nonegate: true, noextglob: true, nocase: !caseSensitive })
  return lists
    .map((list) => fillSegments(pattern, list).replace(/^\/?/, '/'))
    .filter((path) => refusalsOf(path, STRICT).size === 0 && !path.endsWith('/'))
    .filter((path) => policy.authorize('s', 'GET', path) !== matches(canonical(path.slice(1))))
}

test('ordinary patterns agree with picomatch on every accepted path', () => {
  fc.assert(
    fc.property(segmentPattern, fills, fc.boolean(), (pattern, lists, caseSensitive) => {
      expect(differencesOn(pattern, lists, caseSensitive)).toEqual([])
    }),
    runs(360),
  )
})

test('odd patterns that are not refused agree with picomatch as well', () => {
  fc.assert(
    fc.property(oddSegmentPattern, fills, fc.boolean(), (pattern, lists, caseSensitive) => {
      fc.pre(isSupported(pattern))
      expect(differencesOn(pattern, lists, caseSensitive)).toEqual([])
    }),
    runs(360),
  )
})
