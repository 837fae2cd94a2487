import { describe, expect, test } from 'vitest'
import { findingsOf, fixedBy, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'double-star'

describe('double-star', () => {
  test('shows that a star takes slashes', () => {
    expect(findingsOf(ID, withPatterns(['files/**: GET']))).toEqual([
      {
        underlined: '**',
        message:
          '`**` in `files/**` means the same as `*`, which takes slashes too, such as `GET /files/a/b`',
      },
    ])
  })

  test('is silent in `segment` mode and about single stars', () => {
    expect(underlinedBy(ID, withPatterns(['files/**: GET'], 'wildcard: segment'))).toEqual([])
    expect(underlinedBy(ID, withPatterns(['a/*/*', '"*/*"']))).toEqual([])
  })

  test('its fix writes one star and keeps the rest', () => {
    const before = ['files/**: GET # all', "'**'", 'a/***/b**']
    expect(fixedBy(ID, withPatterns(before).replaceAll('\n', '\r\n'))).toBe(
      withPatterns(['files/*: GET # all', "'*'", 'a/*/b*']).replaceAll('\n', '\r\n'),
    )
  })

  test('has no fix where an alias would change with it', () => {
    const text = withPatterns(['&p a/**', '*p'])
    expect(underlinedBy(ID, text)).toHaveLength(2)
    expect(() => fixedBy(ID, text)).toThrow()
  })
})
