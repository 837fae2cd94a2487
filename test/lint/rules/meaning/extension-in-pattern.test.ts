import { describe, expect, test } from 'vitest'
import { fix } from '../../../../src/lint/index.ts'
import { findingsOf, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'extension-in-pattern'
const OPTIONS = 'extensions: [json, xml]'

describe('extension-in-pattern', () => {
  test('says what becomes of it', () => {
    expect(findingsOf(ID, withPatterns(['tickets/*.json: GET'], OPTIONS))).toEqual([
      {
        underlined: '.json',
        message: '`.json` in `tickets/*.json` is stripped from every request path before it is compared',
      },
    ])
  })

  test('knows repeated ones, and other letters where case makes no difference', () => {
    expect(underlinedBy(ID, withPatterns(['a.json.xml', 'b.JSON'], OPTIONS))).toEqual(['.json.xml'])
    expect(underlinedBy(ID, withPatterns(['b.JSON'], `${OPTIONS}, caseSensitive: false`))).toEqual(['.JSON'])
  })

  test('leaves others alone', () => {
    expect(underlinedBy(ID, withPatterns(['a.json']))).toEqual([])
    expect(underlinedBy(ID, withPatterns(['a.txt', 'json', 'a.json/b', 'a.json*'], OPTIONS))).toEqual([])
  })

  test('its unsafe fix takes it off, but never makes a star of it', () => {
    const text = withPatterns(['a/*.json: GET', '"*.json"', '/.xml'], OPTIONS)
    expect(fix(text).text).toBe(text)
    expect(fix(text, { unsafe: true }).text).toBe(withPatterns(['a/*: GET', '"*.json"', '/.xml'], OPTIONS))
  })
})
