/**
 * The fingerprint: equal for documents that differ only in layout, comments, order or spelling of methods,
 * and different for everything else.
 */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import type { ParseOptions } from '../../src/index.ts'

function fingerprint(source: string | object, options?: ParseOptions): string {
  return loadPolicy(source, options).fingerprint
}

const BASE = `
a:
  label: Read
  description: {en: Long, de: Lang}
  group: Files
  risk: low
  optional: true
  includes: [b, c]
  endpoints:
    - x: [GET, PUT]
    - y
b: {label: B, endpoints: [z: GET]}
c: {label: C, endpoints: []}
`

describe('the fingerprint is the same for', () => {
  const same: Readonly<Record<string, string>> = {
    'the same text': BASE,
    'comments and blank lines': `# note\n${BASE.replace('label: Read', 'label: Read # note\n')}`,
    quotes: BASE.replace('label: Read', 'label: "Read"').replace('- y', "- 'y'"),
    'Windows line ends': BASE.replaceAll('\n', '\r\n'),
    'another order of methods': BASE.replace('[GET, PUT]', '[PUT, GET, GET]'),
    'methods in lower case': BASE.replace('[GET, PUT]', '[get, Put]'),
    'methods written out': BASE.replace('- y', '- y: [DELETE, GET, PATCH, POST, PUT]'),
    'methods of one pattern in two items': BASE.replace('- x: [GET, PUT]', '- x: PUT\n    - x: GET'),
    'another order of endpoints': BASE.replace('- x: [GET, PUT]\n    - y', '- y\n    - x: [GET, PUT]'),
    'another order of scopes': BASE.replace(/(b: .*\n)(c: .*\n)/, '$2$1'),
    'another order of fields': BASE.replace(
      '  risk: low\n  optional: true\n',
      '  optional: true\n  risk: low\n',
    ),
    'another order of languages': BASE.replace('{en: Long, de: Lang}', '{de: Lang, en: Long}'),
    'another order of includes': BASE.replace('[b, c]', '[c, b, b]'),
    'a leading slash': BASE.replace('- y', '- /y'),
    'an escape of an unreserved character': BASE.replace('- y', '- "%79"'),
    notes: BASE.replace('risk: low', 'risk: low\n  x-owner: me'),
    $schema: `$schema: https://example.com\n${BASE}`,
    'defaults written out': `$options: {head: explicit, wildcard: any, methods: [PUT, POST, PATCH, GET, DELETE]}\n${BASE}`,
    'a byte order mark': `\ufeff${BASE.trimStart()}`,
  }
  for (const [what, text] of Object.entries(same)) {
    test(what, () => {
      expect(text).toBeDefined()
      expect(fingerprint(text)).toBe(fingerprint(BASE))
    })
  }

  test('text, bytes and object', () => {
    const object = { s: { label: 'x', endpoints: [{ a: ['GET'] }] } }
    const text = JSON.stringify(object)
    expect(fingerprint(text)).toBe(fingerprint(object))
    expect(fingerprint(new TextEncoder().encode(text))).toBe(fingerprint(object))
  })

  test('a preset and what it stands for', () => {
    const written: ParseOptions = {
      basePath: 'rest/',
      extensions: ['xml', 'json'],
      caseSensitive: false,
      trailingSlash: 'ignore',
    }
    expect(fingerprint(BASE, { preset: 'cerb' })).toBe(fingerprint(BASE, written))
    expect(fingerprint(`$options: {preset: cerb}\n${BASE}`)).toBe(fingerprint(BASE, written))
  })

  test('options in the document and in code', () => {
    expect(fingerprint(`$options: {head: as-get}\n${BASE}`)).toBe(fingerprint(BASE, { head: 'as-get' }))
  })

  test('optional: false and no optional', () => {
    expect(fingerprint(BASE.replace('B, ', 'B, optional: false, '))).toBe(fingerprint(BASE))
  })
})

describe('the fingerprint is another for', () => {
  const other: Readonly<Record<string, string>> = {
    'another name': BASE.replace('\na:', '\nA:'),
    'another label': BASE.replace('label: Read', 'label: read'),
    'a label in a language': BASE.replace('label: Read', 'label: {en: Read}'),
    'another text of a language': BASE.replace('de: Lang', 'de: lang'),
    'another language': BASE.replace('de: Lang', 'fr: Lang'),
    'no description': BASE.replace('  description: {en: Long, de: Lang}\n', ''),
    'another group': BASE.replace('group: Files', 'group: Other'),
    'no group': BASE.replace('  group: Files\n', ''),
    'another risk': BASE.replace('risk: low', 'risk: high'),
    'no risk': BASE.replace('  risk: low\n', ''),
    'not optional': BASE.replace('optional: true', 'optional: false'),
    'fewer includes': BASE.replace('[b, c]', '[b]'),
    'another pattern': BASE.replace('- y', '- Y'),
    'another method': BASE.replace('[GET, PUT]', '[GET, POST]'),
    'fewer methods': BASE.replace('[GET, PUT]', '[GET]'),
    'one more endpoint': BASE.replace('- y', '- y\n    - w'),
    'one more scope': `${BASE}d: {label: D, endpoints: []}\n`,
    'grants written out instead of included': BASE.replace('includes: [b, c]\n', 'includes: [c]\n').replace(
      '- y',
      '- y\n    - z: GET',
    ),
  }
  for (const [what, text] of Object.entries(other)) {
    test(what, () => {
      expect(text).not.toBe(BASE)
      expect(fingerprint(text)).not.toBe(fingerprint(BASE))
    })
  }

  test('each option', () => {
    const options: readonly ParseOptions[] = [
      {},
      { basePath: '/x' },
      { basePath: '/X' },
      { extensions: ['json'] },
      { extensions: ['json', 'xml'] },
      { caseSensitive: false },
      { trailingSlash: 'ignore' },
      { wildcard: 'segment' },
      { head: 'as-get' },
      { encodedSlash: 'data' },
      { delimiters: 'data' },
      { methods: ['GET'] },
    ]
    expect(new Set(options.map((option) => fingerprint(BASE, option))).size).toBe(options.length)
  })

  test('parts that only look alike when they are joined', () => {
    const labels = [
      { label: 'a', description: 'b' },
      { label: 'a","b' },
      { label: 'ab' },
      { label: 'a', group: 'b' },
    ]
    const prints = labels.map((fields) => fingerprint({ s: { ...fields, endpoints: [] } }))
    expect(new Set(prints).size).toBe(prints.length)
    const endpoints = [['a', 'b'], ['a,b'], [{ a: 'GET' }, 'b'], ['ab']]
    expect(new Set(endpoints.map((list) => fingerprint({ s: { label: 'x', endpoints: list } }))).size).toBe(
      endpoints.length,
    )
  })
})

describe('the form of the fingerprint', () => {
  test('is 64 hex digits in lower case', () => {
    expect(fingerprint(BASE)).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprint('{}')).toMatch(/^[0-9a-f]{64}$/)
  })

  test('does not change between releases: a policy in production keeps its own', () => {
    // SHA-256 of the canonical form, which is written out here.
    const text = 's: {label: x, endpoints: [{b: GET}, {a: [PUT, GET]}]}'
    const canonical = JSON.stringify([
      'scope-policy 1',
      ['', [], true, 'strict', 'any', 'explicit', 'refuse', 'refuse'],
      [
        [
          's',
          'x',
          null,
          null,
          null,
          false,
          [],
          [
            ['a', ['GET', 'PUT']],
            ['b', ['GET']],
          ],
        ],
      ],
    ])
    expect(fingerprint(text)).toBe(createHash('sha256').update(canonical).digest('hex'))
  })

  test('is the same each time it is asked for', () => {
    const policy = loadPolicy(BASE)
    expect(policy.fingerprint).toBe(policy.fingerprint)
  })
})
