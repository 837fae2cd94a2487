/**
 * A document is read again after an edit without parsing what has not changed. Whatever is typed, the tree,
 * the findings and their places must be those of reading the whole document.
 */
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Finding } from '../../src/diagnostic/report.ts'
import { DEFAULT_LIMITS, type Limits } from '../../src/language/limits.ts'
import { readPolicy } from '../../src/load.ts'
import { readableText } from '../../src/yaml/characters.ts'
import { IncrementalParser } from '../../src/yaml/incremental.ts'
import { parseDocument } from '../../src/yaml/parse.ts'
import * as plainTree from '../../src/yaml/plain-tree.ts'
import * as tokens from '../../src/yaml/tokens.ts'
import { runs } from '../arbitrary/settings.ts'

type Parse = typeof parseDocument

/** Everything that reading gives, also where each place of the document is in the text. */
function everything(parse: Parse, source: string, limits: Limits): unknown {
  const text = readableText(source)
  const findings: Finding[] = []
  const { document, trusted, toSource } = parse(text, limits, (finding) => findings.push(finding))
  let places = ''
  for (let start = 0; start <= (document?.text ?? '').length; start++) {
    const span = toSource({ start, end: start + (start % 7) })
    places += `${span.start}-${span.end}${trusted({ start, end: start + 1 }) ? '' : '?'} `
  }
  return { document, findings, places }
}

function expectSame(parser: IncrementalParser, source: string, limits: Limits = DEFAULT_LIMITS): void {
  expect(everything(parser.parse, source, limits)).toEqual(everything(parseDocument, source, limits))
  const { findings } = readPolicy(source, { limits }, parser.parse)
  expect(findings).toEqual(readPolicy(source, { limits }).findings)
}

/** How many characters are parsed by the `yaml` package. */
function parsedLength(parser: IncrementalParser, text: string): number {
  const spy = vi.spyOn(tokens, 'readStream')
  parser.parse(text, DEFAULT_LIMITS, () => undefined)
  const length = spy.mock.calls.reduce((sum, [read]) => sum + read.length, 0)
  spy.mockRestore()
  return length
}

/** Entries of every kind: in order, with an error, and those in which a line begins like a key. */
const ENTRIES: readonly string[] = [
  'profile:\n  label: Read it\n  endpoints:\n    - workers/me: GET\n',
  '"search":\n  label: Search\n  endpoints:\n    - records/*/search: [GET, POST] # both\n\n',
  "'it''s':\n  label: 'it''s'\n  endpoints: []\n\n# a comment\n  # an indented comment\n",
  '"esc\\u0061ped": { label: x, endpoints: [a, "b": GET] }\n',
  '$options:\n  trailingSlash: ignore\n',
  'a: &x\n  label: Read\n  endpoints: [&y "b/*"]\n',
  'b: *x\n',
  'c:\n  label: *y\n  endpoints: [*y, *y]\n',
  'd:\n  label: stars\n  endpoints:\n    - *: GET\n    - */x\n    - "*"\n',
  'e:\n  label: |\n    two\n    lines\n\n  endpoints:\n    - a\n',
  'f:\n  label: >-\n\n\n    folded\n\n# comment\n',
  'g:\n  label: >+\n    kept\n\n\n',
  'h: |\nprofile: not a key\n',
  'i:\n  label: "several\n    lines"\n  endpoints: ["a\n\n  b"]\n',
  'j:\n  label: "not closed\n  endpoints: []\n',
  "k:\n  label: 'not closed\n",
  'l:\n  endpoints: [a, b\n',
  'm:\n  endpoints: [a,\nb: GET,\nc]\n',
  'n: {\nlabel: x,\nendpoints: []\n}\n',
  'o:\n- one\n- two\n',
  'p:\n  label Missing colon\n  endpoints: []\n',
  'key without colon\n',
  'q:\n',
  'r: text\n  that goes on\n',
  '? s\n: label: x\n',
  't: !!str tagged\n',
  '!t u: tagged\n',
  '<<: *x\n',
  '[v]: list\n',
  'w:\n\tlabel: tab\n',
  'x: "\\q"\n',
  'y:\n  label: bad \u0007 and \u202e and \ud800\n  endpoints: ["\\u0007"]\n',
  'z:\n  deny: x\n  label: ~\n  endpoints:\n    - a: POTS\n    - b: [get]\n    - "c": GET, POST\n',
  '  over: indented\n',
  ' by-one:\n',
  '- item\n',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '%TAG ! tag:x,2000:\n',
  '# comment\n',
  '\n',
  '}\n',
  '\ue0000000000: x\n',
  '"\\ue0000000000": x\n',
  'u2028: a\u2028profile: b\n',
  'a b:\n  endpoints: []\n',
  // The lexer knows the indentation of a line by its second character.
  'a b\n  endpoints: []\n',
  'a\n  b: x\n',
]

const TYPED: readonly string[] = [
  ...ENTRIES,
  ...Array.from(' \n\t:-"\'#*&[]{},|>?!%@`\\\ufeff'),
  '\r\n',
  '\r',
  ': ',
  ' #',
  '\n\n',
  '\n  ',
  '\n- ',
  'x',
  '"a": ',
  '*x',
  '|\n',
  '""',
  "''",
  '...\n',
  '\n---\n',
]

const entry = fc.constantFrom(...ENTRIES)
const ordinary = fc.constantFrom(...ENTRIES.slice(0, 5))
const names = fc.nat({ max: 99 }).map((at) => `scope${at}:\n  label: Number ${at}\n  endpoints: [a/${at}]\n`)
const documentText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '', '\ufeff', '# head\n\n', '---\n', '%YAML 1.2\n---\n', '{\n', '\n', '  '),
    fc.array(
      fc.oneof(
        { weight: 2, arbitrary: entry },
        { weight: 2, arbitrary: ordinary },
        { weight: 3, arbitrary: names },
      ),
      { maxLength: 9 },
    ),
    fc.constantFrom('', '', '', 'last: x', 'last', '}', '# end', 'last: |', 'last:\n  label: "x'),
    fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
  )
  .map(([head, entries, end, line]) => [head, ...entries, end].join('').replaceAll('\n', line))

interface Edit {
  readonly at: number
  readonly deleted: number
  readonly typed: string
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  deleted: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 60 })),
  typed: fc.oneof(fc.constant(''), fc.constantFrom(...TYPED)),
})

function edited(text: string, { at, deleted, typed }: Edit): string {
  const place = Math.round(at * text.length)
  return text.slice(0, place) + typed + text.slice(place + deleted)
}

describe('after every edit, reading gives what it gives for the whole document', () => {
  test('of documents of every kind', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(documentText, fc.array(edit, { minLength: 1, maxLength: 6 }), (text, edits) => {
        const parser = new IncrementalParser()
        expectSame(parser, text)
        edits.reduce((before, one) => {
          const after = edited(before, one)
          expectSame(parser, after)
          return after
        }, text)
      }),
      runs(150),
    )
  })

  test('between any two entries', () => {
    const parser = new IncrementalParser()
    const around = (one: string, two: string): string =>
      `first:\n  label: x\nsecond: { label: y }\n${one}${two}third: z\nfourth:\n  - a\n`
    // Every fourth pair, in which each entry is still beside one of every kind.
    for (const [at, one] of ENTRIES.entries())
      for (const [beside, two] of ENTRIES.entries())
        if ((at + beside) % 4 === 0) expectSame(parser, around(one, two))
  })

  test('under every limit', () => {
    const text = `first: x\nsecond: [[[a]]]\nthird: {\nfourth: *a\nfifth: "\nsixth: x\n${'s: x\n'.repeat(20)}`
    const parser = new IncrementalParser()
    for (const name of ['bytes', 'depth', 'tokens', 'aliases', 'errors'] as const) {
      for (const most of [1, 2, 3, 4, 5, 50, 100, 150, 500]) {
        expectSame(parser, text, { ...DEFAULT_LIMITS, [name]: most })
        expectSame(parser, text)
      }
    }
  })
})

describe('parses no more than what was edited', () => {
  const scope = (name: string, label = 'Read it'): string =>
    `${name}:\n  label: ${label}\n  endpoints:\n    - things/*/${name}: [GET]\n`
  const scopes = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, at) => scope(`scope${from + at}`)).join('')
  const MIDDLE = scope('middle').length

  test.each([
    ['in a document in order', scope('middle', 'Read')],
    ['where a colon is missing', scope('middle').replace('label:', 'label')],
    ['where a list is not closed', scope('middle').replace(']', '')],
    ['where a star is not quoted', scope('middle').replace('things/', '')],
    ['where a name begins', `new\n${scope('middle')}`],
    ['where an anchor is used', 'middle: &a\n  label: x\n  endpoints: [&b c]\n'],
    ['where a field is unknown', scope('middle').replace('label', 'lable')],
  ])('%s', (_, middle) => {
    const parser = new IncrementalParser()
    const text = (typed: string): string => `# head\n${scopes(0, 50)}${typed}${scopes(50, 100)}`
    parsedLength(parser, text(scope('middle')))
    expect(parsedLength(parser, text(middle))).toBeLessThan(10 * MIDDLE)
    expectSame(parser, text(middle))
  })

  test('a quote that nothing closes makes the whole document be read, as it must', () => {
    const parser = new IncrementalParser()
    const text = `${scopes(0, 50)}${scope('middle').replace(': ', ': "')}${scopes(50, 100)}`
    expect(parsedLength(parser, text)).toBeGreaterThan(text.length)
    expectSame(parser, text)
  })

  test('entries that did not move are the same objects, and those that are gone are forgotten', () => {
    const parser = new IncrementalParser()
    const read = vi.spyOn(plainTree, 'readPlainTree')
    const first = parser.parse(scopes(0, 3), DEFAULT_LIMITS, () => undefined).document?.root
    const second = parser.parse(scopes(0, 2), DEFAULT_LIMITS, () => undefined).document?.root
    const before = first?.kind === 'map' ? first.entries : []
    const after = second?.kind === 'map' ? second.entries : []
    expect(after.map((one, at) => one === before[at])).toEqual([true, true])
    const calls = read.mock.calls.length
    parser.parse(scopes(0, 3), DEFAULT_LIMITS, () => undefined)
    expect(read.mock.calls.slice(calls).map(([text]) => text)).toContain(scope('scope2'))
    read.mockRestore()
  })
})
