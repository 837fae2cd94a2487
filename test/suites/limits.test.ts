/**
 * Documents at each limit as it is by default, one below and one above: what is within loads and decides, what
 * is above is refused in words that name the limit.
 */
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import type { Limits, Policy, PolicySource } from '../../src/index.ts'
import { DEFAULT_LIMITS } from '../../src/language/limits.ts'

const PATIENCE = 120_000
const HEAD = 's:\n  label: x\n  endpoints: [a]\n'

function within(source: PolicySource, limits: Partial<Limits> = {}): Policy {
  const { policy, diagnostics } = parsePolicy(source, { limits })
  expect(diagnostics.map(({ message }) => message)).toEqual([])
  if (policy === null) throw new Error('refused without a word')
  return policy
}

function above(source: PolicySource, name: keyof Limits, limits: Partial<Limits> = {}): void {
  const { policy, diagnostics } = parsePolicy(source, { limits })
  expect(policy).toBeNull()
  const found = diagnostics.filter(({ code }) => code === 'limit-exceeded')
  expect(found).toHaveLength(1)
  expect(`${found[0]?.message ?? ''} ${found[0]?.help ?? ''}`).toContain(`limits.${name}`)
}

/** The source of a size, at its limit and on both sides. */
function around(name: keyof Limits, sourceOf: (size: number) => PolicySource): void {
  const limit = DEFAULT_LIMITS[name]
  for (const size of [limit - 1, limit]) {
    expect(within(sourceOf(size)).authorize('s', 'GET', '/a'), String(size)).toBe(true)
  }
  above(sourceOf(limit + 1), name)
}

describe('at the limits as they are by default', () => {
  test('bytes, as text, as UTF-8 and of an object', () => {
    const text = (size: number): string => `${HEAD}# ${'x'.repeat(size - HEAD.length - 3)}\n`
    around('bytes', text)
    around('bytes', (size) => new TextEncoder().encode(text(size)))
    // Two bytes for one character.
    const wide = `${HEAD}# ${'é'.repeat((DEFAULT_LIMITS.bytes - HEAD.length - 2) / 2)}`
    expect(new TextEncoder().encode(wide)).toHaveLength(DEFAULT_LIMITS.bytes - (HEAD.length % 2))
    within(wide)
    above(`${wide}é`, 'bytes')
  })

  test('depth, in brackets, in lines and of objects', () => {
    // The document, the scope, and what is in the field.
    around('depth', (size) => `${HEAD}  x-data: ${'['.repeat(size - 2)}${']'.repeat(size - 2)}\n`)
    around('depth', (size) => `${HEAD}  x-data:\n    ${'- '.repeat(size - 2)}a\n`)
    around('depth', (size) => {
      let inner: unknown = []
      for (let level = 3; level < size; level++) inner = [inner]
      return { s: { label: 'x', endpoints: ['a'], 'x-data': inner } }
    })
  })

  test('aliases', () => {
    around(
      'aliases',
      (size) =>
        `s:\n  label: x\n  endpoints:\n    - a: &m GET\n${Array.from({ length: size }, (_, at) => `    - b${at}: *m\n`).join('')}`,
    )
  })

  test('patternLength', () => {
    const pattern = (size: number): string => `b${'*c/'.repeat(size).slice(0, size - 1)}`
    around('patternLength', (size) => `s: {label: x, endpoints: [a, "${pattern(size)}"]}\n`)
    around('patternLength', (size) => ({ s: { label: 'x', endpoints: ['a', { [pattern(size)]: 'GET' }] } }))
  })

  test(
    'endpoints, in one scope and in several',
    () => {
      const list = (size: number): readonly string[] =>
        Array.from({ length: size }, (_, at) => `a${at || ''}`)
      around('endpoints', (size) => `s:\n  label: x\n  endpoints:\n    - ${list(size).join('\n    - ')}\n`)
      around('endpoints', (size) => ({
        s: { label: 'x', endpoints: list(Math.floor(size / 2)) },
        t: { label: 'y', endpoints: list(size - Math.floor(size / 2)) },
      }))
    },
    PATIENCE,
  )

  test('errors', () => {
    const limit = DEFAULT_LIMITS.errors
    for (const [size, told] of [
      [limit - 1, limit - 1],
      [limit, limit],
      [limit + 1, limit + 1],
      [limit * 10, limit + 1],
    ] as const) {
      const fields = Array.from({ length: size }, (_, at) => `  f${at}: x\n`).join('')
      const { policy, diagnostics } = parsePolicy(HEAD + fields)
      expect(policy).toBeNull()
      expect(diagnostics).toHaveLength(told)
      expect(diagnostics.some(({ code }) => code === 'limit-exceeded')).toBe(size > limit)
    }
  })

  test('pathLength, in characters as they were sent, without the query', () => {
    const policy = within('s: {label: x, endpoints: ["*"]}')
    const limit = DEFAULT_LIMITS.pathLength
    for (const unit of ['a', '%61', '%C3%A9', 'a/']) {
      for (const [size, allowed] of [
        [limit - 1, true],
        [limit, true],
        [limit + 1, false],
        [limit * 100, false],
      ] as const) {
        const count = Math.floor((size - 2) / unit.length)
        const path = `/${unit.repeat(count)}${'b'.repeat(size - 1 - count * unit.length)}`
        expect(path).toHaveLength(size)
        expect(policy.authorize('s', 'GET', path), `${size} of ${unit}`).toBe(allowed)
        expect(policy.authorize('s', 'GET', `${path}?${'q'.repeat(limit)}`)).toBe(allowed)
        expect(policy.explain('s', 'GET', path).refusal).toBe(allowed ? undefined : 'too-long')
      }
    }
  })
})

/** A list that is so many tokens: three for each item, one for each of the spaces. */
function tokensOf(size: number): string {
  const items = Math.floor((size - 33) / 3)
  const spaces = (size - 33) % 3
  return `${HEAD}  x-data: [${spaces > 0 ? ' ' : ''}${'a,'.repeat(items)}a${spaces > 1 ? ' ' : ''}]\n`
}

test('tokens, at a hundredth of the limit', () => {
  const tokens = DEFAULT_LIMITS.tokens / 100
  within(tokensOf(tokens - 1), { tokens })
  within(tokensOf(tokens), { tokens })
  above(tokensOf(tokens + 1), 'tokens', { tokens })
})

// Some seconds and three gigabytes, so only where tests are asked to run longer.
test.skipIf(Number(process.env['SCOPE_POLICY_RUNS'] ?? '1') < 2)(
  'tokens, at the limit as it is by default',
  () => {
    around('tokens', tokensOf)
  },
  PATIENCE,
)
