/**
 * Plain scalars that some YAML reader takes for something else than text, against a table made from the
 * types of YAML 1.1 (yaml.org/type) and the core schema of YAML 1.2 (§10.3.2).
 */
import { describe, expect, test } from 'vitest'
import { isSeq, parseDocument, Scalar } from 'yaml'
import { readElsewhereAs } from '../../src/yaml/ambiguity.ts'
import { loadPolicy } from '../../src/index.ts'
import { findings, parse, repaired } from './findings.ts'

const AMBIGUOUS: Readonly<Record<string, readonly string[]>> = {
  nothing: ['~', 'null', 'Null', 'NULL', ''],
  boolean: [
    ...[
      'y',
      'Y',
      'yes',
      'Yes',
      'YES',
      'n',
      'N',
      'no',
      'No',
      'NO',
      'true',
      'True',
      'TRUE',
      'false',
      'False',
      'FALSE',
    ],
    ...['on', 'On', 'ON', 'off', 'Off', 'OFF'],
  ],
  number: [
    ...[
      '0',
      '7',
      '123',
      '-5',
      '+5',
      '010',
      '017',
      '08',
      '0x1F',
      '0xdead_beef',
      '0b101',
      '0o17',
      '1_000',
      '-0x1',
    ],
    ...[
      '1.0',
      '1.',
      '.5',
      '-.5',
      '1e3',
      '1E3',
      '1.5e-3',
      '6.8523015e+5',
      '685_230.15',
      '.inf',
      '-.Inf',
      '.NaN',
      '1,000',
      '1__0',
      '0b_1',
      '-0b11',
      '0X1f',
      '0B1',
      '+0o7',
      '._5',
      '+.INF',
      '1'.repeat(100),
    ],
  ],
  'base 60': ['12:30', '190:20:30', '190:20:30.15', '-1:30', '1:2', '1_0:59:59.', `1${':30'.repeat(40)}`],
  date: [
    '2024-01-01',
    '2001-12-14',
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14 21:59:43.10 -5',
    '2001-1-1 1:2:3',
    '2001-12-14T21:59:43Z',
    '2001-12-14T21:59:43 Z',
    '2001-12-14 21:59:43+0530',
  ],
  default: ['='],
  'merge key': ['<<'],
}

const TEXT = [
  ...[
    'a',
    'nul',
    'nulls',
    'yess',
    'yeS',
    'nO',
    'oN',
    'tRue',
    'TRue',
    'ye',
    'onn',
    'of',
    'T',
    'F',
    'none',
    'None',
    'nil',
  ],
  ...[
    '1a',
    'a1',
    '1.2.3',
    '1-2',
    'v1',
    '0xg',
    '0x',
    '0b2',
    '1e',
    'e3',
    '--5',
    '+-5',
    '.',
    '..',
    '-',
    '+',
    '-a',
    '/5',
    '5/',
    '5*',
  ],
  ...[
    '12:',
    ':30',
    '12:30:',
    '12:99',
    '2024-01',
    '2024-1',
    '24-01-01',
    '2024-01-01a',
    '2024-01-01 report',
    '2024-01-01 12:30',
    '2024-01-01Twelve',
    '2024/01/01',
    '==',
    '<',
    '<<<',
    '<<a',
    'infinity',
    'nan',
    'NaN',
    'inf',
    '.infx',
  ],
  ...['api', 'records/*', 'https://x', 'me@x', 'caf\u00e9', '\u0661\u0662', '1\u00a0000', 'profile:read'],
]

/** By the `yaml` package in both versions, but for texts without a digit of which it makes NaN (`.`, `e1`). */
function isReadOtherwise(text: string): boolean {
  const versions = [{ version: '1.1' as const }, { version: '1.2' as const, schema: 'core' }]
  return versions.some((version) => {
    const { contents, errors } = parseDocument(`- ${text}`, { ...version, logLevel: 'silent' as const })
    const item = isSeq(contents) ? contents.items[0] : undefined
    if (errors.length > 0 || !(item instanceof Scalar) || item.type !== Scalar.PLAIN) return false
    return typeof item.value !== 'string' && !Number.isNaN(item.value)
  })
}

describe('a plain scalar', () => {
  for (const [kind, texts] of Object.entries(AMBIGUOUS)) {
    test(`such as ${texts[0] ?? ''} is read elsewhere as ${kind}`, () => {
      for (const text of texts) expect(readElsewhereAs(text), JSON.stringify(text)).toBeDefined()
    })
  }

  test('such as these is text to everyone', () => {
    expect(TEXT.filter((text) => readElsewhereAs(text) !== undefined)).toEqual([])
  })

  test('of up to three characters is ambiguous wherever another reader says so', () => {
    const letters = Array.from('017_.,:-+exob=<~fn')
    const missed: string[] = []
    const visit = (text: string, left: number): void => {
      if (readElsewhereAs(text) === undefined && isReadOtherwise(text)) missed.push(text)
      if (left > 0) for (const letter of letters) visit(text + letter, left - 1)
    }
    visit('', 3)
    expect(missed).toEqual([])
  })

  test('of any length is judged', () => {
    for (const text of [
      '1'.repeat(100_000),
      '1:'.repeat(50_000),
      '0_'.repeat(50_000),
      `${'1'.repeat(50)}e`,
      `1${'0'.repeat(60)}x`,
      `${'1'.repeat(1_000_000)}x`,
      `.${'_'.repeat(1_000_000)}`,
      `1${':1'.repeat(500_000)}x`,
      `2024-01-01${' '.repeat(1_000_000)}x`,
    ]) {
      readElsewhereAs(text)
    }
  })
})

describe('the warning', () => {
  const places: Readonly<Record<string, (text: string) => string>> = {
    'a scope name': (text) => `${text}: {label: x, endpoints: [a]}\n`,
    'a label': (text) => `s: {label: ${text}, endpoints: [a]}\n`,
    'a string in a language': (text) => `s: {label: {en: ${text}}, endpoints: [a]}\n`,
    'a pattern': (text) => `s: {label: x, endpoints: [${text}]}\n`,
    'a pattern with methods': (text) => `s: {label: x, endpoints: [{${text}: GET}]}\n`,
    'an extension': (text) => `$options: {extensions: [${text}]}\ns: {label: x, endpoints: [a]}\n`,
    'a base path': (text) => `$options: {basePath: ${text}}\ns: {label: x, endpoints: [a]}\n`,
  }
  for (const [what, place] of Object.entries(places)) {
    test(`is given for ${what}, with a fix that changes nothing but the quotes`, () => {
      for (const text of ['123', 'yes', '010']) {
        const source = place(text)
        const { policy, diagnostics } = parse(source)
        expect(
          diagnostics.map(({ code, severity }) => [code, severity]),
          source,
        ).toEqual([['yaml-1-1-ambiguity', 'warning']])
        const [found] = diagnostics
        if (found === undefined) return
        expect(source.slice(found.span.start, found.span.end)).toBe(text)
        const fixed = repaired(source, found)
        expect(fixed).toBe(place(`"${text}"`))
        expect(findings(fixed)).toEqual([])
        expect(loadPolicy(fixed).fingerprint).toBe(policy?.fingerprint)
      }
    })

    test(`is not given for ${what} in quotes`, () => {
      for (const text of ['"123"', "'yes'"]) expect(findings(place(text))).toEqual([])
    })
  }

  test('is given for a name in includes', () => {
    expect(findings('a: {label: x, includes: [1]}\n"1": {label: x, endpoints: [a]}\n')).toEqual([
      ['yaml-1-1-ambiguity', '1'],
    ])
  })

  test('is given where an alias stands for such a string', () => {
    const found = findings('s: {label: &l 5, endpoints: [a]}\nt: {label: *l, endpoints: [a]}\n')
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found.map(([code]) => code))).toEqual(new Set(['yaml-1-1-ambiguity']))
  })
})
