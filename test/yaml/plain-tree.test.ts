/**
 * Ordinary documents are read straight from the tokens. Whatever that gives must be what the nodes of the
 * `yaml` package give, and it must give nothing where they would have brought anything to report.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/diagnostic/report.ts'
import { readableText } from '../../src/yaml/characters.ts'
import { compose } from '../../src/yaml/compose.ts'
import { DEFAULT_LIMITS } from '../../src/language/limits.ts'
import type { Node } from '../../src/yaml/node.ts'
import { readPlainTree } from '../../src/yaml/plain-tree.ts'
import { readTree } from '../../src/yaml/read-tree.ts'
import { readStream } from '../../src/yaml/tokens.ts'
import { plainDocument, toDocument } from '../arbitrary/document.ts'
import { runs } from '../arbitrary/settings.ts'
import { codes } from './findings.ts'

const GOLDEN = join(import.meta.dirname, '../golden')
const DOCUMENTS = readdirSync(GOLDEN)
  .filter((name) => /\.(?:yaml|json)$/.test(name))
  .map((name) => readFileSync(join(GOLDEN, name), 'utf8'))

/** Reads both ways and compares; true when the document was ordinary. */
function isPlain(source: string): boolean {
  const text = readableText(source)
  const findings: Finding[] = []
  const report = (finding: Finding): unknown => findings.push(finding)
  const stream = readStream(text, DEFAULT_LIMITS, () => undefined)
  const { root, stream: left } = readPlainTree(text, DEFAULT_LIMITS, report)
  if (stream === null) {
    expect({ root, left, refused: findings.map(({ code }) => code) }).toEqual({
      root: null,
      left: null,
      refused: ['limit-exceeded'],
    })
    return false
  }
  expect(findings).toEqual([])
  // What is left for the other way has all of its tokens.
  if (root === null && left !== undefined) expect(left).toEqual(stream)
  if (root === null) return false
  const composed = compose(stream, text.length, Infinity)
  expect(composed?.errors).toEqual([])
  const expected: Node | undefined = composed?.contents
    ? readTree(composed.contents, text, new Set(), report)
    : undefined
  expect(findings).toEqual([])
  expect(root).toEqual(expected)
  return true
}

const EVERYTHING = `# head
"profile":
  label: Access your profile # why
  endpoints:
    - workers/me: GET
"search":
  label: >-
    Search records
    on your behalf
  description: |
    two
    lines

  endpoints:
    - records/*/search: [GET] # only read
    - 'it''s': [ 'POST' , "GET", ]

    # between
    - "esc\\u0041\\/x"   #[GET]
    -   c:   GET
    -
      d
"api":
  label:
    en: Make
    de: 'Mach
      es'
  includes: [profile,
    search]
  optional: true
  endpoints: []
  # inner tail
# tail
`

describe('an ordinary document', () => {
  test.each<readonly [what: string, text: string]>([
    ['with every usual form', EVERYTHING],
    ['with CRLF', EVERYTHING.replaceAll('\n', '\r\n')],
    ['behind a byte order mark and a marker', `\ufeff# c\n---\n${EVERYTHING}`],
    ['without a line end', 'a:\n  label: x'],
    [
      'as JSON',
      '{"a": {"label": "x", "endpoints": ["b", {"c":["GET", "PUT"]}]},\n "b": {"label": "\\u00e9"}}\n',
    ],
    [
      'as indented JSON',
      JSON.stringify({ a: { label: 'x', endpoints: ['b', { c: ['GET'] }], includes: [] } }, null, 2),
    ],
    ['in flow style over lines', '{\n a : {label: x\n , endpoints: [ b\n , {c: GET,\n}\n]}\n}\n'],
    ['in flow style', '{a: {label: x, endpoints: [b, {c: GET}, ]}} # c\n'],
    [
      'with lists at the level of their keys',
      'a:\n  endpoints:\n  - a\n  - b: [GET,PUT]\nb:\n  includes:\n  - a\n',
    ],
    ['with a value on the line below', 'a:\n  label:\n    x y\n    z\n  endpoints: []\n'],
    ['with many keys', Array.from({ length: 40 }, (_, at) => `k${at}: {label: x}\n`).join('')],
    [
      'with comments everywhere',
      '#a\na: # b\n  # c\n  label: x # d\n  # e\n#f\n\n  endpoints: # g\n  # h\n  - i # j\n  # k\n#l\n',
    ],
    ['with wide blanks at an end', 'a:\n  label: "x" \n\n  endpoints: [a] \n\n'],
  ])('%s', (_, text) => {
    expect(isPlain(text)).toBe(true)
  })
})

describe('left to the other way', () => {
  test.each<readonly [what: string, text: string]>([
    ['anchors', 'a: &x\n  label: x\n'],
    ['aliases', 'a: *x\n'],
    ['tags', 'a: !!str x\n'],
    ['merge keys', 'a:\n  <<: x\n'],
    ['quoted merge keys', 'a:\n  "<<": x\n'],
    ['keys that stand twice', 'a:\n  label: x\n  "label": y\n'],
    [
      'keys that stand twice among many',
      `${Array.from({ length: 40 }, (_, at) => `k${at}: x\n`).join('')}k3: y\n`,
    ],
    ['keys that stand twice through an escape', 'a: x\n"\\u0061": y\n'],
    ['empty values', 'a:\n  label:\n  endpoints: []\n'],
    ['empty items', 'a:\n  endpoints:\n    -\n    - b\n'],
    ['explicit keys', '? a\n: b\n'],
    ['collections as keys', '[a]: b\n'],
    ['lists at the top', '- a\n'],
    ['text at the top', 'a\n'],
    ['nothing', ''],
    ['directives', '%YAML 1.2\n---\na: b\n'],
    ['a mapping behind the marker', '--- a: b\n'],
    ['ends of documents', 'a: b\n...\n'],
    ['several documents', 'a: b\n---\nc: d\n'],
    ['tabs', 'a:\n\tlabel: x\n'],
    ['unclosed quotes', 'a: "b\nc: d\n'],
    ['unclosed single quotes', "a: 'b\n"],
    ['unclosed brackets', 'a: [b, c\n'],
    ['wrong brackets', 'a: [b}\n'],
    ['wrong escapes', 'a: "\\q"\n'],
    ['reserved characters', 'a: @b\n'],
    ['lost commas', 'a: ["b" "c"]\n'],
    ['doubled commas', 'a: [b,,c]\n'],
    ['leading commas', 'a: [,b]\n'],
    ['pairs in lists', 'a: [b: c]\n'],
    ['comments without a blank', 'a: "b"#c\n'],
    ['mappings on the line of their key', 'a: b: c\n'],
    ['text behind a quote', 'a: "b" c\n'],
    ['long keys', `${'k'.repeat(1025)}: x\n`],
    ['keys over several lines', 'a\nb: c\n'],
    ['wrong indentation', 'a:\n    b: c\n  d: e\n'],
  ])('%s', (_, text) => {
    expect(isPlain(text)).toBe(false)
    // Also where tokens in front of it have been dropped already.
    const many = Array.from({ length: 9 }, (_, at) => `s${at}:\n  label: x\n  endpoints: [a]\n`).join('')
    expect(isPlain(many + text)).toBe(text === '')
  })
})

describe('both ways agree', () => {
  test('on documents with and without mistakes', () => {
    expect(DOCUMENTS.filter(isPlain).length).toBeGreaterThan(DOCUMENTS.length / 3)
  })

  const pieces = fc.oneof(
    fc.constantFrom(
      ...[' ', '  ', '\n', '\r\n', '\n  ', '\n    ', '\t', '#', ' # c', ': ', ':', '- ', '-', '? ', ',', '['],
      ...[
        ']',
        '{',
        '}',
        '"',
        "'",
        '\\',
        '&a ',
        '*a',
        '!t ',
        '---\n',
        '...\n',
        '|\n',
        '>-\n',
        '%',
        '@',
        '<<: ',
      ],
      ...['a', 'GET', '\n# c\n', '\n  # c\n', '~', '\ufeff', '\u00a0', '\u2028', '\r', "''", '""', '\\n'],
    ),
    fc.string({ unit: 'binary', maxLength: 2 }),
  )
  const edit = fc.record({
    place: fc.nat(),
    dropped: fc.nat({ max: 3 }),
    piece: fc.oneof(fc.constant(''), pieces),
  })
  const edited = (
    text: string,
    { place, dropped, piece }: { place: number; dropped: number; piece: string },
  ): string => {
    const at = place % (text.length + 1)
    return text.slice(0, at) + piece + text.slice(at + dropped)
  }

  test('on documents with something changed in them', () => {
    const document = fc.oneof(
      { weight: 2, arbitrary: fc.constant(EVERYTHING) },
      { weight: 2, arbitrary: fc.constantFrom(...DOCUMENTS.filter(({ length }) => length < 4000)) },
      plainDocument.map((parts) => JSON.stringify(toDocument(parts), null, 1)),
    )
    fc.assert(
      fc.property(document, fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
        isPlain(edits.reduce(edited, text))
      }),
      runs(800),
    )
  })
})

test('a limit is reported once', () => {
  expect(codes('a:\n  label: x\n  endpoints: [a]\n', { limits: { tokens: 9 } })).toEqual(['limit-exceeded'])
})
