import { describe, expect, test } from 'vitest'
import { findingsOf, fixedBy, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'mixed-leading-slash'

describe('mixed-leading-slash', () => {
  test('reports what fewer patterns do', () => {
    expect(findingsOf(ID, withPatterns(['a: GET', 'b', '/c/*: GET']))).toEqual([
      { underlined: '/c/*', message: '`/c/*` begins with a slash, unlike most patterns here', related: 'a' },
    ])
    expect(underlinedBy(ID, withPatterns(['/a', '/b', 'c']))).toEqual(['c'])
  })

  test('a star, the root and what nothing can match belong to neither', () => {
    expect(underlinedBy(ID, withPatterns(['a', '/', '/*', '//b', '"*"']))).toEqual([])
    expect(underlinedBy(ID, withPatterns(['/a', '"*"', '"*/b"']))).toEqual([])
  })

  test('its fix changes nothing but the slash', () => {
    expect(fixedBy(ID, withPatterns(['a: GET', 'b', '"/c/*": GET # x', '/123']))).toBe(
      withPatterns(['a: GET', 'b', '"c/*": GET # x', '"123"']),
    )
    expect(fixedBy(ID, withPatterns(['/a', '/b', 'c: GET']))).toBe(withPatterns(['/a', '/b', '/c: GET']))
  })
})
