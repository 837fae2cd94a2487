import { describe, expect, test } from 'vitest'
import { findingsOf, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'case-only-difference'

describe('case-only-difference', () => {
  test('reports the rarer spelling once', () => {
    expect(
      findingsOf(
        ID,
        withPatterns(['Users: GET', 'users/*', 'users', 'Users/me']).replace(
          'users\n',
          'users\n    - users/x\n',
        ),
      ),
    ).toEqual([
      {
        underlined: 'Users',
        message: '`Users` in `Users` (and in 1 more pattern) differs only in case from `users` in `users/*`',
        related: 'users/*',
      },
    ])
  })

  test('compares segments behind the same segments only', () => {
    expect(underlinedBy(ID, withPatterns(['a/Me', 'b/me', 'A*', 'c/*/Me', 'c/*/x/me']))).toEqual([])
    expect(underlinedBy(ID, withPatterns(['a/*/b', '/A/*/B']))).toEqual(['A', 'B'])
  })

  test('is silent about escapes, stars, and where case makes no difference', () => {
    expect(underlinedBy(ID, withPatterns(['caf%c3%a9', 'caf%C3%A9', 'a*', 'A*']))).toEqual([])
    expect(underlinedBy(ID, withPatterns(['a', 'A'], 'caseSensitive: false'))).toEqual([])
  })
})
