/**
 * A small world in full: every pattern up to five characters over `a`, `b`, `/`, `*` against every path of
 * up to six characters over `a`, `b`, `/` after its leading slash (five where trailing slashes are
 * ignored). What is wrong in a matcher is nearly always wrong on something this small.
 */
import { describe, expect, test } from 'vitest'
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainOptions } from '../reference/document.ts'
import { policyOf } from './policy-of.ts'
import { disagreements, policyDocument, textsOver } from './small-world.ts'

const PATTERNS = textsOver(['a', 'b', '/', '*'], 5).filter((text) => text !== '')
const PATHS = textsOver(['a', 'b', '/'], 6).map((text) => `/${text}`)

describe.each<PlainOptions>([{ trailingSlash: 'strict' }, { trailingSlash: 'ignore' }])(
  'with %o',
  (options) => {
    const document = policyDocument(PATTERNS, options)
    const paths = options.trailingSlash === 'strict' ? PATHS : PATHS.slice(0, 364)

    test('every pattern decides every path as the definition does', () => {
      expect(disagreements(document, PATTERNS, paths)).toEqual([])
    })

    test('many patterns in one scope, and many scopes in one token, grant the union', () => {
      // Long patterns with few stars: a union that holds `*` would be everything.
      const chosen = PATTERNS.flatMap((text, index) => (/^.[^*]{3}.$/.test(text) ? [{ text, index }] : []))
      const together = {
        $options: options,
        all: { label: 'all', endpoints: chosen.map(({ text }) => ({ [text]: 'GET' })) },
      }
      const one = policyOf(together).grant(['all'])
      const many = policyOf(document).grant(chosen.map(({ index }) => `s${index}`))
      const reference = referencePolicy(together)
      const expected = PATHS.filter((path) => reference.authorize(['all'], 'GET', path))
      expect(PATHS.filter((path) => one.authorize('GET', path))).toEqual(expected)
      expect(PATHS.filter((path) => many.authorize('GET', path))).toEqual(expected)
      expect(expected.length).toBeGreaterThan(PATHS.length * 0.1)
      expect(expected.length).toBeLessThan(PATHS.length * 0.9)
    })
  },
)

test('scopesFor lists no scope before a narrower one', () => {
  const patterns = textsOver(['a', '/', '*'], 4).filter((text) => text !== '')
  const policy = policyOf(policyDocument(patterns, { trailingSlash: 'ignore' }))
  const granted = patterns.map((_, index) => {
    const grant = policy.grant([`s${index}`])
    return new Set(PATHS.filter((path) => grant.authorize('GET', path)))
  })
  // On so many paths, inclusion of what is granted is inclusion of the patterns themselves.
  const narrower = granted.map((one) =>
    granted.map((two) => one.size < two.size && [...one].every((path) => two.has(path))),
  )
  for (const path of PATHS.slice(0, 121)) {
    const order = policy.scopesFor('GET', path).map((name) => Number(name.slice(1)))
    for (const [place, wide] of order.entries()) {
      const wrong = order.slice(place + 1).filter((later) => narrower[later]?.[wide])
      expect(wrong.map((later) => `${path}: ${patterns[wide]} before ${patterns[later]}`)).toEqual([])
    }
  }
})
