import { describe, expect, test } from 'vitest'
import { findingsOf, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'grants-everything'

describe('grants-everything', () => {
  test('gives a request that changes something', () => {
    expect(findingsOf(ID, withPatterns(['"*"']))).toEqual([
      {
        underlined: '"*"',
        message: 'scope `s` can change everything: `*` takes every path, such as `POST /a/b`',
      },
    ])
    expect(findingsOf(ID, withPatterns(['/*: [GET, DELETE]']))[0]?.message).toContain('`DELETE /a/b`')
  })

  test('is silent about reading and about parts', () => {
    expect(underlinedBy(ID, withPatterns(['"*": [GET, HEAD]', 'a/*', '"*/a"', '"*a*": PUT']))).toEqual([])
  })

  test('in `segment` mode only two stars take every path', () => {
    expect(underlinedBy(ID, withPatterns(['"*"', '"**"'], 'wildcard: segment'))).toEqual(['"**"'])
  })
})
