/** The loop keeps what reaches new code, finds what is planted, makes it small, and finds nothing else. */
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../../src/index.ts'
import { checkLint } from './check-lint.ts'
import { checkPath } from './check-path.ts'
import { checkSource, textOf, wrongIn } from './check-source.ts'
import { startCoverage } from './coverage.ts'
import type { Coverage } from './coverage.ts'
import { runLoop } from './loop.ts'
import type { LoopResult } from './loop.ts'
import { said, TARGETS } from './targets.ts'
import type { Target } from './targets.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const corpus = (): readonly Uint8Array[] => [
  bytesOf('a:\n  label: x\n  endpoints:\n    - b: [GET]\n    - c\n'),
  bytesOf('$options: { preset: cerb }\nb: { label: y, endpoints: ["*"], includes: [] }\n'),
]

/** Of V8 only where it is under test: in the process of the tests it has too much to count. */
const NOTHING_NEW: Coverage = {
  isNew: () => false,
  news: () => 0,
  reset: () => undefined,
  blocks: () => 0,
  stop: () => undefined,
}

function run(target: Target, inputs: number, coverage: Coverage = NOTHING_NEW): LoopResult {
  return runLoop(target, coverage, { seed: 7, inputs, until: Infinity })
}

function targetOf(name: 'source' | 'lint' | 'path'): Target {
  const target = TARGETS[name]
  if (target === undefined) throw new Error(name)
  return target
}

describe('a short run finds nothing wrong with', () => {
  test.each([
    ['source', corpus],
    ['lint', corpus],
    ['path', targetOf('path').corpus],
  ] as const)('%s', (name, begin) => {
    const { crashes, inputs } = run({ ...targetOf(name), corpus: begin }, 60)
    expect(crashes.map(({ what }) => what)).toEqual([])
    expect(inputs).toBe(60)
  })
})

test('what reaches something new is kept, and only that', () => {
  // A block for each byte value that was ever seen.
  const seen = new Set<number>()
  let ran = new Set<number>()
  const count = (): number => [...ran].filter((byte) => !seen.has(byte)).length
  const coverage: Coverage = {
    ...NOTHING_NEW,
    isNew: () => {
      const found = count() > 0
      ran = new Set()
      return found
    },
    news: () => {
      const found = count()
      for (const byte of ran) seen.add(byte)
      ran = new Set()
      return found
    },
    reset: () => {
      ran = new Set()
    },
  }
  const target: Target = {
    ...targetOf('source'),
    corpus,
    check: (bytes) => {
      for (const byte of bytes) ran.add(byte)
      return undefined
    },
  }
  const { kept, corpus: all } = run(target, 400, coverage)
  expect(kept).toBeGreaterThan(5)
  const known = new Set(all.slice(0, -kept).flatMap((bytes) => [...bytes]))
  for (const bytes of all.slice(-kept)) {
    expect([...bytes].some((byte) => !known.has(byte))).toBe(true)
    for (const byte of bytes) known.add(byte)
  }
})

test('V8 tells what has run for the first time', () => {
  const coverage = startCoverage('/src/')
  try {
    parsePolicy('a: { label: x, endpoints: [b] }')
    expect(coverage.news()).toBeGreaterThan(100)
    expect(coverage.isNew()).toBe(false)
    parsePolicy('$options: { wildcard: segment }\na: { label: x, endpoints: ["{a,b}/**": GET] }')
    expect(coverage.isNew()).toBe(true)
  } finally {
    coverage.stop()
  }
})

describe('a fault is found and made small:', () => {
  test('reading that throws on a tag', () => {
    const target: Target = {
      ...targetOf('source'),
      corpus,
      check: (bytes) => {
        if (textOf(bytes)?.includes('!!') === true) throw new RangeError('a tag')
        parsePolicy(bytes)
        return undefined
      },
    }
    const [crash] = run(target, 500).crashes
    expect(crash?.what).toBe('throws RangeError: a tag at check')
    expect(textOf(crash?.bytes ?? bytesOf(''))).toBe('!!')
  })

  test('a diagnostic that is not as it should be', () => {
    const text = 'a:\n  label: x\n'
    const [found] = parsePolicy(text).diagnostics
    if (found === undefined) throw new Error('no diagnostic')
    expect(wrongIn([found], text)).toBeUndefined()
    const outside = { start: 9, end: 99 }
    for (const [what, changed, of] of [
      ['span outside of the text', { span: outside }, text],
      ['range is not the span', {}, `\n${text}`],
      ['a harmful message', { message: 'a\nb' }, text],
      ['a harmful message', { help: '\u001b[31m' }, text],
      ['an edit outside of the text', { fix: { title: 'x', edits: [{ span: outside, text: '' }] } }, text],
    ] as const) {
      expect(wrongIn([{ ...found, ...changed }], of)).toBe(`${found.code}: ${what}`)
    }
    const end = { line: 2, column: 11 }
    const late = { ...found, span: { start: 13, end: 13 }, range: { start: end, end } }
    expect(wrongIn([late, found], text)).toBe(`${found.code}: out of order`)
  })
})

test.each([
  [
    'a byte order mark, carriage returns and a fix',
    '\ufeffa:\r\n  label: x\r\n  endpoints:\r\n    - b: get\r\n',
  ],
  ['a lone carriage return', 'a:\r  label: x\r  endpoints: [b]\r'],
  ['nothing', ''],
  ['an error at the end', 'a: {'],
])('all that is claimed holds for %s', (_, text) => {
  expect(checkSource(bytesOf(text))).toBeUndefined()
  expect(checkLint(bytesOf(text))).toBeUndefined()
  expect(checkPath(bytesOf(text))).toBeUndefined()
})

test('bytes that are no UTF-8 are refused, not repaired', () => {
  expect(checkSource(Uint8Array.of(0x61, 0xff))).toBeUndefined()
  expect(said(targetOf('source'), Uint8Array.of(0xed, 0xa0, 0x80))).toBeUndefined()
})
