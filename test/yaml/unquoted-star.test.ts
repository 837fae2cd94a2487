/**
 * An unquoted star at the beginning of a pattern is a YAML alias. It is the likeliest slip of all, so it is
 * understood: reported with a repair, and the document is read on as if it were quoted.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { codes, endpoint, findings, parse, repaired, scope } from './findings.ts'

/** An item as written with the bare star, and as it was meant. */
const ITEMS: readonly (readonly [item: string, meant: string, underlined: string])[] = [
  ['*', '"*"', '*'],
  ['*: GET', '"*": GET', '*'],
  ['*: [GET, POST]', '"*": [GET, POST]', '*'],
  ['* : GET', '"*" : GET', '*'],
  ['*/search', '"*/search"', '*/search'],
  ['*/search: GET', '"*/search": GET', '*/search'],
  ['*.json: [GET]', '"*.json": [GET]', '*.json'],
  ['**/a', '"**/a"', '**/a'],
  ['*a*b*', '"*a*b*"', '*a*b*'],
  ['*/a:b/c', '"*/a:b/c"', '*/a:b/c'],
  ['*/a#b', '"*/a#b"', '*/a#b'],
  ['* # all of it', '"*" # all of it', '*'],
  ['*/x   # note', '"*/x"   # note', '*/x'],
  ['*/%20', '"*/%20"', '*/%20'],
  ['*/{id}', '"*/{id}"', '*/{id}'],
  ['*/[id]', '"*/[id]"', '*/[id]'],
  ['*/a,b', '"*/a,b"', '*/a,b'],
  ["*/it's", `"*/it's"`, "*/it's"],
  ['*/"x"', `'*/"x"'`, '*/"x"'],
  ['*/a: get', '"*/a": get', '*/a'],
  ['{*: GET}', '{"*": GET}', '*'],
  ['{*/a: [GET]}', '{"*/a": [GET]}', '*/a'],
  ['? *\n      : GET', '? "*"\n      : GET', '*'],
]

describe('an unquoted star', () => {
  for (const [item, meant, underlined] of ITEMS) {
    test(`${JSON.stringify(item)} is understood as ${JSON.stringify(meant)}`, () => {
      const text = endpoint(item)
      const { policy, diagnostics } = parse(text)
      expect(policy).toBeNull()
      const stars = diagnostics.filter(({ code }) => code === 'unquoted-star')
      expect(stars.map(({ span }) => text.slice(span.start, span.end))).toEqual([underlined])
      const [star] = stars
      if (star === undefined) return
      expect(star.fix?.edits).toHaveLength(1)
      const fixed = repaired(text, star)
      expect(fixed).toBe(endpoint(meant))
      expect(parse(fixed).policy, 'the repaired document loads').not.toBeNull()
      // Nothing else is said than of the document as it was meant.
      const others = diagnostics.filter(({ code }) => code !== 'unquoted-star').map(({ code }) => code)
      expect(others).toEqual(codes(endpoint(meant)))
    })
  }

  test('in a flow list of patterns is understood up to the next comma', () => {
    const text = scope('label: x', 'endpoints: [*, */a, b, *c: GET, {*d: PUT}, "*e"]')
    const { diagnostics } = parse(text)
    expect(findings(text)).toEqual([
      ['unquoted-star', '*'],
      ['unquoted-star', '*/a'],
      ['unquoted-star', '*c'],
      ['unquoted-star', '*d'],
    ])
    const fixed = [...diagnostics].reverse().reduce((left, diagnostic) => repaired(left, diagnostic), text)
    expect(fixed).toContain('["*", "*/a", b, "*c": GET, {"*d": PUT}, "*e"]')
    expect([...(loadPolicy(fixed).scopes.get('s')?.endpoints ?? [])].map(({ pattern }) => pattern)).toEqual([
      '*',
      '*/a',
      'b',
      '*c',
      '*d',
      '*e',
    ])
  })

  test('several times in one document is found each time, and all repairs together load', () => {
    const text = `a:
  label: x
  endpoints:
    - *
    - b: GET
    - */c: [GET]
d:
  label: z
  endpoints:
    - *.e
    - "*"
    - * # everything
`
    const { diagnostics } = parse(text)
    expect(diagnostics.map(({ code, range }) => [code, range.start.line])).toEqual([
      ['unquoted-star', 4],
      ['unquoted-star', 6],
      ['unquoted-star', 10],
      ['unquoted-star', 12],
    ])
    const fixed = [...diagnostics].reverse().reduce((left, diagnostic) => repaired(left, diagnostic), text)
    expect(findings(fixed)).toEqual([])
  })

  test('does not move what else is found, on its line and below', () => {
    const text = `s:
  label: x
  endpoints:
    - */a: FETCH
    - *: [GET, FOO]
    - b c
    - {*: get}
  risk: huge
t: {label: x, endpoints: [*, "", e f]}
`
    expect(findings(text).filter(([code]) => code !== 'unquoted-star')).toEqual([
      ['unknown-method', 'FETCH'],
      ['unknown-method', 'FOO'],
      ['unreachable-endpoint', ' '],
      ['method-case', 'get'],
      ['invalid-value', 'huge'],
      ['empty-pattern', '""'],
      ['unreachable-endpoint', ' '],
    ])
  })

  test('with Windows line ends, a byte order mark and wide characters before it is found where it stands', () => {
    const text = `\ufeffs:\r\n  label: "\u{1f600}"\r\n  endpoints:\r\n    - *\r\n    - *b: FETCH\r\n`
    expect(findings(text)).toEqual([
      ['unquoted-star', '*'],
      ['unquoted-star', '*b'],
      ['unknown-method', 'FETCH'],
    ])
    expect(parse(text).diagnostics.map(({ range }) => range.start)).toEqual([
      { line: 4, column: 7 },
      { line: 5, column: 7 },
      { line: 5, column: 11 },
    ])
  })

  test('that is an alias to an anchor before it is an alias', () => {
    expect(findings(scope('label: x', 'endpoints: [&a b, *a]'))).toEqual([])
    expect(findings(endpoint('&all "*": GET\n    - *all : PUT'))).toEqual([])
  })

  test('in place of a scope name, a label or a method is no pattern, and an error all the same', () => {
    for (const text of [
      '*: {label: x, endpoints: [a]}\n',
      's: {label: *, endpoints: [a]}\n',
      's: {label: *x, endpoints: [a]}\n',
      endpoint('a: *'),
      endpoint('a: *x'),
    ]) {
      const { policy, diagnostics } = parse(text)
      expect(policy, text).toBeNull()
      expect(diagnostics[0]?.message, text).toMatch(/alias|star/)
    }
  })

  test('a thousand times is reported', () => {
    const text = scope(
      'label: x',
      'endpoints:',
      ...Array.from({ length: 1000 }, (_, index) => `  - *a${index}: GET`),
    )
    expect(codes(text).filter((code) => code === 'unquoted-star')).toHaveLength(1000)
  })
})
