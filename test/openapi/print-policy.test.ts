/** Scope documents as text: what is written, and that it is read again as what was meant. */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { type Draft, type DraftScope, printPolicy } from '../../src/openapi/import/print-policy.ts'

const SCHEMA = '# yaml-language-server: $schema=node_modules/scope-policy/schema/scope-policy.schema.json'
const DRAFT: Draft = { about: [], basePath: '', wildcard: 'segment', scopes: [] }
const SCOPE: DraftScope = { name: 'a', label: 'Read', endpoints: [{ pattern: 'x', methods: ['GET'] }] }

/** The lines of a scope after its first. */
function linesOf(scope: Partial<DraftScope>): readonly string[] {
  const lines = printPolicy({ ...DRAFT, scopes: [{ ...SCOPE, ...scope }] }).split('\n')
  return lines.slice(lines.indexOf('') + 1, -1)
}
/** The only endpoint, as it is written. */
const endpointLine = (pattern: string): string => {
  const lines = linesOf({ endpoints: [{ pattern, methods: ['GET'] }] })
  return lines.slice(lines.indexOf('  endpoints:') + 1).join('\n')
}
/** The pattern and label that a reader sees. */
function readAgain(scope: Partial<DraftScope>): readonly unknown[] {
  const [read] = [...loadPolicy(printPolicy({ ...DRAFT, scopes: [{ ...SCOPE, ...scope }] })).scopes.values()]
  return [read?.label, read?.endpoints[0]?.pattern]
}

describe('a document', () => {
  test('has a comment, options and scopes', () => {
    const text = printPolicy({
      about: ['A first policy', '', 'for `x`.'],
      basePath: '/v1',
      wildcard: 'segment',
      scopes: [SCOPE, { name: 'b:c', label: 'Write', endpoints: [] }],
    })
    expect(text.split('\n')).toEqual([
      SCHEMA,
      '#',
      '# A first policy',
      '#',
      '# for `x`.',
      '$options:',
      '  basePath: /v1',
      '  wildcard: segment',
      '',
      'a:',
      '  label: Read',
      '  endpoints:',
      '    - x: [GET]',
      '',
      'b:c:',
      '  label: Write',
      '  endpoints: []',
      '',
    ])
  })

  test.each<[Partial<Draft>, readonly string[]]>([
    [{ wildcard: 'any' }, []],
    [{ wildcard: 'segment' }, ['$options:', '  wildcard: segment']],
    [{ wildcard: 'any', basePath: '/v1' }, ['$options:', '  basePath: /v1']],
    [{ wildcard: 'any', basePath: '/a b' }, ['$options:', "  basePath: '/a b'"]],
  ])('has no options that are the default: %j', (draft, lines) => {
    expect(printPolicy({ ...DRAFT, ...draft }).split('\n')).toEqual([SCHEMA, '#', ...lines, ''])
  })

  test('has comments without what a build server obeys', () => {
    const text = printPolicy({ ...DRAFT, about: ['##[command] \u0007 x'] })
    expect(text).toContain('\n# #\u266f[command] \\u{7} x\n')
  })
})

describe('a scope', () => {
  test('has its lines in one order', () => {
    expect(
      linesOf({
        description: 'All of it',
        includes: ['b', 'on'],
        grantsNothing: 'for the login',
        endpoints: [],
      }),
    ).toEqual([
      'a:',
      '  label: Read',
      '  description: All of it',
      '  includes: [b, "on"]',
      '  # scope-policy-disable-next-line scope-without-endpoints -- for the login',
      '  endpoints: []',
    ])
  })

  test.each([
    ['b:c', 'b:c:'],
    ['https://x.example/a', 'https://x.example/a:'],
    ['on', '"on":'],
    ['12', '"12":'],
    ['a#b', '"a#b":'],
    ['x:', '"x:":'],
  ])('%s has the key %s', (name, line) => {
    expect(linesOf({ name })[0]).toBe(line)
  })

  test('of a long name has a key with an indicator', () => {
    const long = 'n'.repeat(1000)
    expect(linesOf({ name: long })[0]).toBe(`${long}:`)
    expect(linesOf({ name: `${long}n` }).slice(0, 2)).toEqual([`? ${long}n`, ':'])
    const policy = loadPolicy(printPolicy({ ...DRAFT, scopes: [{ ...SCOPE, name: `${long}n` }] }))
    expect([...policy.scopes.keys()]).toEqual([`${long}n`])
  })
})

describe('words for people', () => {
  test.each([
    ['Read your things', 'Read your things'],
    ['Read (all), things/x it’s – a_b.', 'Read (all), things/x it’s – a_b.'],
    ["it's", "it's"],
    ['r', 'r'],
    ['yes', '"yes"'],
    ['', '""'],
    ['Read: all', '"Read: all"'],
    ['Read #1', '"Read #1"'],
    ['1 thing', '"1 thing"'],
    ['- x', '"- x"'],
    ['é', '"é"'],
    ['ends ', '"ends "'],
    ['says "no"', '"says \\"no\\""'],
    ['##[command] x', '"#\\x23[command] x"'],
    ['####', '"#\\x23#\\x23"'],
    ['(all)', '"(all)"'],
  ])('%j is written %s', (label, written) => {
    const [, line] = linesOf({ label })
    expect(line).toBe(`  label: ${written}`)
    expect(linesOf({ description: label })[2]).toBe(`  description: ${written}`)
    if (label.trim() === label && label !== '') expect(readAgain({ label })[0]).toBe(label)
  })
})

describe('a pattern', () => {
  test.each([
    ['a/b', 'a/b'],
    ['/', '/'],
    ['.x', '.x'],
    ['_x', '_x'],
    ['1/x', '1/x'],
    ['a~b*+%@=$()!-c', 'a~b*+%@=$()!-c'],
    ['a/*/b', 'a/*/b'],
    ['*', "'*'"],
    ['?*', "'?*'"],
    ['~', "'~'"],
    ['-a', "'-a'"],
    ['on', "'on'"],
    ['12', "'12'"],
    ['a:b', "'a:b'"],
    ['a,b', "'a,b'"],
    ['a\\(b\\)', "'a\\(b\\)'"],
    ["it's", "'it''s'"],
    ["'a'b'", "'''a''b'''"],
    ['a b', "'a b'"],
    ['a#b', "'a#b'"],
    ['a##b', '"a#\\x23b"'],
    ['####', '"#\\x23#\\x23"'],
    ['a\\##b', '"a\\\\#\\x23b"'],
    ['é', '"é"'],
    ['aé', '"aé"'],
    ['éa', '"éa"'],
    ['a\u0007', '"a\\u0007"'],
  ])('%j is written %s', (pattern, written) => {
    expect(endpointLine(pattern)).toBe(`    - ${written}: [GET]`)
  })

  test.each(['a/*', '*', '?*.json', 'a\\(b\\)', "it's", 'on', '12', 'a:b', 'a/**/*', '~'])(
    'is read again as it was: %s',
    (pattern) => {
      expect(readAgain({ endpoints: [{ pattern, methods: ['GET'] }] })[1]).toBe(pattern)
    },
  )

  test('that is long has a key with an indicator', () => {
    const long = 'n'.repeat(1000)
    expect(endpointLine(long)).toBe(`    - ${long}: [GET]`)
    expect(endpointLine(`${long}n`)).toBe(`    - ? ${long}n\n      : [GET]`)
    expect(readAgain({ endpoints: [{ pattern: `${long}n`, methods: ['GET'] }] })[1]).toBe(`${long}n`)
  })

  test('has its methods', () => {
    expect(linesOf({ endpoints: [{ pattern: 'x', methods: ['GET', 'PUT'] }] }).at(-1)).toBe(
      '    - x: [GET, PUT]',
    )
  })
})

describe('an endpoint that takes other scopes as well', () => {
  const together = { pattern: 'x', methods: ['GET'], together: ['b', 'on'] }

  test('is a comment, and grants nothing', () => {
    expect(linesOf({ endpoints: [together] }).slice(2)).toEqual([
      '  endpoints: []',
      '    # - x: [GET] # takes b, "on" as well',
    ])
    expect(linesOf({ endpoints: [together, { pattern: 'z', methods: ['GET'] }] }).slice(2)).toEqual([
      '  endpoints:',
      '    # - x: [GET] # takes b, "on" as well',
      '    - z: [GET]',
    ])
  })

  test('is a comment without what a build server obeys', () => {
    const line = linesOf({ endpoints: [{ ...together, pattern: 'é\u2028##', together: ['##'] }] }).at(-1)
    expect(line).toBe('    # - "é\\u{2028}#\\x23": [GET] # takes "#\\x23" as well')
  })
})
