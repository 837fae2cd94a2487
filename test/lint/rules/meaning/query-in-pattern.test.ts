import { describe, expect, test } from 'vitest'
import { fix } from '../../../../src/lint/index.ts'
import { findingsOf, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'query-in-pattern'

describe('query-in-pattern', () => {
  test('says what it is', () => {
    expect(findingsOf(ID, withPatterns(['records?type=*: GET']))).toEqual([
      {
        underlined: '?type=*',
        message: '`?type=*` in `records?type=*` is a query, which no policy can look at',
      },
    ])
  })

  test.each(['a?b=1', 'a?*', 'a?', 'a?x&y=2', "a?$filter=b eq 'c'"])('knows %s', (pattern) => {
    expect(underlinedBy(ID, withPatterns([JSON.stringify(pattern)]))).toHaveLength(1)
  })

  test.each(['readme(?:/(.*))?', 'a?/b', 'a&b=1', 'a%3Fb=1'])('leaves %s alone', (pattern) => {
    expect(underlinedBy(ID, withPatterns([JSON.stringify(pattern)]))).toEqual([])
  })

  test('in `segment` mode a `?` is a character, unless a value follows', () => {
    expect(underlinedBy(ID, withPatterns(['a?', 'a?c/d', 'v?/x', 'a?page=*'], 'wildcard: segment'))).toEqual([
      '?page=*',
    ])
  })

  test('its unsafe fix cuts it off', () => {
    const text = withPatterns(['records?type=*: GET # all'])
    expect(fix(text).text).toBe(text)
    expect(fix(text, { unsafe: true }).text).toBe(withPatterns(['records: GET # all']))
  })
})
