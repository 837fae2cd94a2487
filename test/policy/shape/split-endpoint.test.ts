/** A second key in an endpoint is made its own endpoint, and nothing else changes. */
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../../src/diagnostic/edits.ts'
import { parsePolicy } from '../../../src/index.ts'

function fixed(text: string): string | undefined {
  const fixes = parsePolicy(text).diagnostics.flatMap(({ code, fix }) =>
    code === 'endpoint-keys' && fix !== undefined ? [fix] : [],
  )
  return fixes.length === 0
    ? undefined
    : applyEdits(
        text,
        fixes.flatMap(({ edits }) => edits),
      )
}

function block(...lines: string[]): string {
  return `s:\n  label: x\n  endpoints:\n${lines.map((line) => `    ${line}\n`).join('')}`
}

describe('the fix for a second key', () => {
  test.each([
    ['one more', ['- a: GET # one', '  b: PUT # two'], ['- a: GET # one', '- b: PUT # two']],
    [
      'two more',
      ['- a: GET', '  "*": [get, PUT]', '  c: GET'],
      ['- a: GET', '- "*": [get, PUT]', '- c: GET'],
    ],
    [
      'a wide dash',
      ['-   a: GET', '', '    # why', '    b: PUT'],
      ['-   a: GET', '', '    # why', '-   b: PUT'],
    ],
    ['a list of methods below', ['- a:', '    - GET', '  b: PUT'], ['- a:', '    - GET', '- b: PUT']],
    ['a list at the same column', ['- a:', '  - GET', '  b: PUT'], ['- a:', '  - GET', '- b: PUT']],
    ['behind an unquoted star', ['- *: GET', '- a: GET', '  b: PUT'], ['- *: GET', '- a: GET', '- b: PUT']],
  ])('in block style: %s', (_, before, after) => {
    expect(fixed(block(...before))).toBe(block(...after))
    const windows = block(...before).replaceAll('\n', '\r\n')
    expect(fixed(windows)).toBe(block(...after).replaceAll('\n', '\r\n'))
  })

  test.each([
    ['[{a: GET, b: PUT}]', '[{a: GET}, {b: PUT}]'],
    ['[{"a": ["GET"],\n  "b": "PUT", "c": "GET"}, d]', '[{"a": ["GET"]},\n  {"b": "PUT"}, {"c": "GET"}, d]'],
  ])('in flow style: %s', (before, after) => {
    const text = `s: {label: x, endpoints: ${before}}\n`
    expect(fixed(text)).toBe(text.replace(before, after))
    expect(parsePolicy(fixed(text) ?? '').policy).not.toBeNull()
  })

  test.each([
    ['a key that is a field', ['- a: GET', '  methods: [GET]']],
    ['a value that is no method', ['- a: GET', '  b: read']],
    ['a missing method', ['- a: GET', '  b:']],
    ['an anchor', ['- a: GET', '  &k b: PUT', '- *k']],
    ['a dash on a line of its own', ['-', '  a: GET', '  b: PUT']],
  ])('is not there for %s', (_, lines) => {
    expect(fixed(block(...lines))).toBeUndefined()
  })
})
