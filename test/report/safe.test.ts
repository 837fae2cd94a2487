import { describe, expect, test } from 'vitest'
import { sanitize, sanitizeJson, sanitizePath, maskControls } from '../../src/report/safe.ts'

/** One of each kind that must never reach a terminal as it is. */
const UNSAFE = [
  '\u0000', '\u001b', '\u007f', '\u0085', '\u009b', '\u00ad', '\u034f', '\u061c', '\u115f', '\u180e', '\u200b',
  '\u200d', '\u2028', '\u202e', '\u2066', '\u3164', '\ud800', '\udfff', '\ue000', '\ufe0f', '\ufeff', '\uffff',
  '\u{e0001}', '\u{f0000}',
] // prettier-ignore

describe('every unsafe character', () => {
  test.each(UNSAFE.map((char) => [(char.codePointAt(0) ?? 0).toString(16), char]))('U+%s', (_, char) => {
    expect(maskControls(`a${char}b`)).toMatch(/^a[\u2400-\u2421\ufffd]b$/)
    expect(sanitize(`a${char}b`)).toMatch(/^a\\u\{[0-9A-F]+\}b$/)
    const json = JSON.stringify(`a${char}b`)
    expect(sanitizeJson(json)).toMatch(/^"a(?:\\u[0-9a-f]{4}){1,2}b"$|^"a\u007fb"$/)
    expect(JSON.parse(sanitizeJson(json))).toBe(`a${char}b`)
  })
})

test('ordinary text of any script stays as it is', () => {
  const text = 'Lire vos données, 検索, عربى, ไทย, 👤, e\u0301'
  expect(sanitize(text)).toBe(text)
  expect(maskControls(text)).toBe(text)
  expect(sanitizeJson(JSON.stringify(text))).toBe(JSON.stringify(text))
})

test.each([
  ['a.yaml', 'a.yaml'],
  ['::error::x.yaml', './::error::x.yaml'],
  [' ::error::x.yaml', './ ::error::x.yaml'],
  // With the colon before the line number this would begin a command.
  [':', './:'],
  ['#x.yaml', './#x.yaml'],
  ['##[error]x.yaml', './#♯[error]x.yaml'],
  ['a\u001b\n.yaml', 'a\\u{1B}\\u{A}.yaml'],
])('the path %j is shown as %j', (path, shown) => {
  expect(sanitizePath(path)).toBe(shown)
})
