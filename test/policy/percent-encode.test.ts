/** Where only escapes are missing, the finding that no path can match brings them along. */
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../src/diagnostic/edits.ts'
import { parsePolicy } from '../../src/index.ts'

function fixOf(endpoints: string, options = ''): { text: string; unsafe: boolean } | undefined {
  const text = `${options}s: {label: x, endpoints: ${endpoints}}\n`
  const [fix] = parsePolicy(text).diagnostics.flatMap(({ code, fix }) =>
    code === 'unreachable-endpoint' && fix !== undefined ? [fix] : [],
  )
  if (fix === undefined) return undefined
  const fixed = applyEdits(text, fix.edits)
  expect(parsePolicy(fixed).diagnostics).toEqual([])
  return { text: fixed.slice(text.indexOf('['), fixed.lastIndexOf(']') + 1), unsafe: fix.unsafe === true }
}

describe('the fix that percent-encodes', () => {
  test.each([
    ['[a b/*: GET]', '[a%20b/*: GET]'],
    ['["café/ü b"]', '["caf%C3%A9/%C3%BC%20b"]'],
    ["['\u{1f600}*']", "['%F0%9F%98%80*']"],
    // An escape cannot begin plain text.
    ['[é: GET]', '["%C3%A9": GET]'],
    ['["a\u00a0b"]', '["a%C2%A0b"]'],
  ])('%s', (before, after) => {
    expect(fixOf(before)).toEqual({ text: after, unsafe: true })
  })

  test.each(['["a b/../c"]', '["a b;c"]', '["a\\u0020b"]', '[a//b]', '["a b?c"]'])(
    'is not there for %s',
    (endpoints) => {
      expect(fixOf(endpoints)).toBeUndefined()
    },
  )

  test('works in `segment` mode', () => {
    expect(fixOf('["a b/*"]', '$options: {wildcard: segment}\n')?.text).toContain('"a%20b/*"')
  })
})
