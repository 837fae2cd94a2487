/**
 * Each limit at the limit and one over it, with small numbers, for text and for objects.
 */
import { describe, expect, test } from 'vitest'
import { Lexer } from 'yaml'
import { parsePolicy } from '../../src/index.ts'
import type { Limits } from '../../src/index.ts'
import { DEFAULT_LIMITS } from '../../src/language/limits.ts'
import { codes, endpoint, scope } from './findings.ts'

const TEXT = scope('label: x', 'endpoints: [a, b, c]')

function under(limits: Partial<Limits>): { limits: Partial<Limits> } {
  return { limits }
}

test('the defaults are those of the specification', () => {
  expect(DEFAULT_LIMITS).toMatchObject({
    bytes: 16 * 1024 * 1024,
    depth: 64,
    aliases: 100,
    patternLength: 4096,
    endpoints: 200_000,
    pathLength: 8192,
  })
})

describe('bytes', () => {
  test('are those of UTF-8, not characters', () => {
    const text = scope('label: "caf\u00e9 \u20ac \u{1f600}"', 'endpoints: [a]')
    const bytes = new TextEncoder().encode(text)
    expect(codes(text, under({ bytes: bytes.length }))).toEqual([])
    expect(codes(text, under({ bytes: bytes.length - 1 }))).toEqual(['limit-exceeded'])
    expect(codes(bytes, under({ bytes: bytes.length }))).toEqual([])
    expect(codes(bytes, under({ bytes: bytes.length - 1 }))).toEqual(['limit-exceeded'])
  })

  test('bound an object by the text it would be', () => {
    const source = { s: { label: 'x', endpoints: ['a'.repeat(1000)] } }
    expect(codes(source, under({ bytes: 2000 }))).toEqual([])
    expect(codes(source, under({ bytes: 900 }))).toEqual(['limit-exceeded'])
  })

  test('bound an object that shares its parts, before it is written out', () => {
    let reads = 0
    const leaf = new Proxy(['a'], {
      ownKeys: (target) => {
        reads += 1
        return Reflect.ownKeys(target)
      },
    })
    let shared: unknown = leaf
    for (let level = 0; level < 14; level++) shared = [shared, shared]
    expect(
      codes({ s: { label: 'x', 'x-shared': shared, endpoints: ['a'] } }, under({ bytes: 1000 })),
    ).toEqual(['limit-exceeded'])
    expect(reads).toBeLessThan(1000)
  })

  test('of a string without any are none', () => {
    expect(codes('', under({ bytes: 0 }))).toEqual(['empty-document'])
    expect(codes('a', under({ bytes: 0 }))).toEqual(['limit-exceeded'])
  })
})

describe('depth', () => {
  const nested = (levels: number, open = '[', close = ']'): string =>
    `x-a: ${open.repeat(levels - 1)}${close.repeat(levels - 1)}\n`
  const value = (levels: number): unknown => {
    let inner: unknown = []
    for (let level = 2; level < levels; level++) inner = [inner]
    return { 'x-a': inner }
  }

  test('counts collections, flow, block and mixed', () => {
    for (const limit of [5, 64]) {
      expect(codes(nested(limit), under({ depth: limit }))).not.toContain('limit-exceeded')
      expect(codes(nested(limit + 1), under({ depth: limit }))).toEqual(['limit-exceeded'])
      const block = (levels: number): string =>
        Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:\n`).join('')
      expect(codes(block(limit), under({ depth: limit }))).not.toContain('limit-exceeded')
      expect(codes(block(limit + 1), under({ depth: limit }))).toEqual(['limit-exceeded'])
      expect(codes(`${'- '.repeat(limit)}a\n`, under({ depth: limit }))).not.toContain('limit-exceeded')
      expect(codes(`${'- '.repeat(limit + 1)}a\n`, under({ depth: limit }))).toEqual(['limit-exceeded'])
    }
  })

  test('is 64 by default', () => {
    expect(codes(nested(64))).not.toContain('limit-exceeded')
    expect(codes(nested(65))).toEqual(['limit-exceeded'])
  })

  test('bounds objects as it bounds text', () => {
    expect(codes(value(64) as object)).not.toContain('limit-exceeded')
    expect(codes(value(65) as object)).toEqual(['limit-exceeded'])
    expect(codes(value(66) as object)).toEqual(['limit-exceeded'])
    expect(codes(value(5000) as object)).toEqual(['limit-exceeded'])
  })

  test('is refused before it is gone into, however deep', () => {
    for (const text of [
      `a: ${'['.repeat(100_000)}`,
      '- '.repeat(100_000),
      '{a: '.repeat(100_000),
      '? '.repeat(100_000),
    ]) {
      expect(codes(text)).toContain('limit-exceeded')
    }
  })

  test('is not what a long flat document has', () => {
    expect(codes(scope('label: x', `endpoints: [${'a, '.repeat(5000)}a]`))).toEqual([])
  })
})

describe('tokens', () => {
  test('bound what a string of few bytes can cost', () => {
    expect(codes(TEXT, under({ tokens: 10 }))).toEqual(['limit-exceeded'])
    expect(codes(TEXT, under({ tokens: 100 }))).toEqual([])
  })

  test('are counted to the last one, and the first of too many is named', () => {
    const lexemes = [...new Lexer().lex(TEXT)].length
    expect(codes(TEXT, under({ tokens: lexemes }))).toEqual([])
    expect(codes(TEXT, under({ tokens: lexemes - 1 }))).toEqual(['limit-exceeded'])
    const { diagnostics } = parsePolicy('a: [b, c]', under({ tokens: 8 }))
    expect(diagnostics[0]).toMatchObject({ span: { start: 5, end: 6 } })
  })

  test('are at most two for each character and two at the end, so that short texts need not be counted', () => {
    const over: string[] = []
    const visit = (text: string, left: number): void => {
      if ([...new Lexer().lex(text)].length > 2 * (text.length + 1)) over.push(text)
      if (left > 0) for (const char of '- a\n[{,:"|#?&.') visit(text + char, left - 1)
    }
    visit('', 4)
    expect(over).toEqual([])
  })
})

describe('aliases', () => {
  const uses = (count: number): string =>
    scope(
      'label: &l x',
      'endpoints:',
      '  - a: &m GET',
      ...Array.from({ length: count }, (_, index) => `  - b${index}: *m`),
    )

  test('are counted by use, not by anchor', () => {
    expect(codes(uses(3), under({ aliases: 3 }))).toEqual([])
    expect(codes(uses(4), under({ aliases: 3 }))).toEqual(['limit-exceeded'])
    expect(codes(uses(0), under({ aliases: 0 }))).toEqual([])
    expect(codes(uses(1), under({ aliases: 0 }))).toEqual(['limit-exceeded'])
  })
})

describe('patternLength', () => {
  test('counts the characters of one pattern', () => {
    expect(codes(endpoint('abc'), under({ patternLength: 3 }))).toEqual([])
    expect(codes(endpoint('abcd'), under({ patternLength: 3 }))).toEqual(['limit-exceeded'])
    expect(codes(endpoint('abcd: GET'), under({ patternLength: 3 }))).toEqual(['limit-exceeded'])
    expect(codes(endpoint('"\\x61bc"'), under({ patternLength: 3 }))).toEqual([])
  })
})

describe('endpoints', () => {
  test('are those of all scopes together', () => {
    const text = 'a: {label: x, endpoints: [a, b]}\nb: {label: x, endpoints: [c]}\n'
    expect(codes(text, under({ endpoints: 3 }))).toEqual([])
    expect(codes(text, under({ endpoints: 2 }))).toEqual(['limit-exceeded'])
  })

  test('count as often as an alias repeats them', () => {
    const text = 'a: {label: x, endpoints: &e [a, b]}\nb: {label: x, endpoints: *e}\n'
    expect(codes(text, under({ endpoints: 4 }))).toEqual([])
    expect(codes(text, under({ endpoints: 3 }))).toEqual(['limit-exceeded'])
  })

  test('cannot be multiplied by includes without bound', () => {
    const scopes = Array.from(
      { length: 60 },
      (_, index) =>
        `s${index}: {label: x, endpoints: [a${index}], includes: [${Array.from({ length: index }, (__, other) => `s${other}`).join(', ')}]}\n`,
    )
    expect(codes(scopes.join(''), under({ endpoints: 60 }))).toEqual(['limit-exceeded'])
    expect(codes(scopes.join(''), under({ endpoints: 1000 }))).toEqual([])
  })
})

describe('pathLength', () => {
  test('is that of request paths', () => {
    const { policy } = parsePolicy(scope('label: x', 'endpoints: ["*"]'), under({ pathLength: 5 }))
    expect(policy?.authorize('s', 'GET', '/abcd')).toBe(true)
    expect(policy?.authorize('s', 'GET', '/abcde')).toBe(false)
    expect(policy?.explain('s', 'GET', '/abcde').refusal).toBe('too-long')
    expect(policy?.authorize('s', 'GET', '/abcd?query')).toBe(true)
  })
})

test('every limit is refused in words that name it', () => {
  const cases: readonly (readonly [string, Partial<Limits>])[] = [
    [TEXT, { bytes: 3 }],
    [TEXT, { depth: 1 }],
    [TEXT, { tokens: 3 }],
    [endpoint('&a x\n    - y: &m GET\n    - z: *m'), { aliases: 0 }],
    [TEXT, { endpoints: 1 }],
    [endpoint('abc'), { patternLength: 1 }],
  ]
  for (const [text, limits] of cases) {
    const { diagnostics } = parsePolicy(text, { limits })
    const [name] = Object.keys(limits)
    const found = diagnostics.find(({ code }) => code === 'limit-exceeded')
    expect(`${found?.message ?? ''} ${found?.help ?? ''}`).toContain(`limits.${name ?? ''}`)
  }
})

describe('errors', () => {
  const FLOODS: readonly (readonly [string, string])[] = [
    ['of the composer', `a: [${','.repeat(12)}]`],
    ['of the parser', `a: ${']'.repeat(12)}`],
    ['of tags', `a: ${'!a '.repeat(12)}`],
    ['of unquoted stars', '- *a\n'.repeat(12)],
    ['of unknown fields', `a: { label: x, endpoints: [], ${'bcdefghijklm'.replace(/./g, '$&: x, ')}}`],
  ]
  test.each(FLOODS)('%s are told up to the limit, and the document is given up', (_, text) => {
    const { policy, diagnostics } = parsePolicy(text, under({ errors: 10 }))
    expect(policy).toBeNull()
    expect(diagnostics.length).toBeLessThanOrEqual(11)
    expect(diagnostics.map(({ message }) => message)).toContain('more than 10 errors')
  })

  test('warnings are no errors: a document with many of them loads', () => {
    const endpoints = Array.from({ length: 12 }, (_, index) => `{ a${index}: get }`).join(', ')
    const { policy, diagnostics } = parsePolicy(
      scope('label: x', `endpoints: [${endpoints}]`),
      under({ errors: 0 }),
    )
    expect(policy).not.toBeNull()
    expect(diagnostics).toHaveLength(12)
  })

  test.each([
    ['commas', `a: [${','.repeat(2_000_000)}]`],
    ['brackets', `a: ${']'.repeat(2_000_000)}`],
    ['tags', `a: ${'!a '.repeat(1_000_000)}`],
  ])(
    'two megabytes of %s end in bounded time',
    (_, text) => {
      const { policy } = parsePolicy(text)
      expect(policy).toBeNull()
    },
    20_000,
  )
})
