import { describe, expect, test } from 'vitest'
import { fix } from '../../../../src/lint/index.ts'
import { findingsOf, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'route-parameter'

describe('route-parameter', () => {
  test('says that it is plain text', () => {
    expect(findingsOf(ID, withPatterns(['"users/{id}/posts/:post": GET']))).toEqual([
      { underlined: '{id}', message: '`{id}` in `users/{id}/posts/:post` is plain text, not a parameter' },
    ])
  })

  test.each([
    ':id',
    'a/:id',
    'a/:id/b',
    '{id}',
    'a/report-{id}.pdf',
    '{name:int}',
    '<id>',
    '<int:id>/x',
    '[slug]',
    '[...rest]',
    ':id?',
  ])('knows %s', (pattern) => {
    // A `?` ends a path, so that `:id?` is found only where it is not a query.
    const options = pattern.endsWith('?') ? 'wildcard: segment' : ''
    expect(underlinedBy(ID, withPatterns([JSON.stringify(pattern)], options))).toHaveLength(1)
  })

  test.each(['v1/users:batchGet', 'a:b', '*/x', 'a(b)', '{}', '{1..3}', '{a,b}', 'a/<b', '[a]x', 'root:/x'])(
    'leaves %s alone',
    (pattern) => {
      expect(underlinedBy(ID, withPatterns([JSON.stringify(pattern)]))).toEqual([])
    },
  )

  test('in `segment` mode brackets and lists are syntax', () => {
    expect(underlinedBy(ID, withPatterns(['"[ab]/{a,b}"', '"{id}"'], 'wildcard: segment'))).toEqual(['{id}'])
  })

  test('its fix puts stars, quoted where they must be, and is unsafe', () => {
    const text = withPatterns(['"users/{id}/posts/:post": GET', '":all"', ':id: GET # one'])
    const { text: safe } = fix(text)
    expect(safe).toBe(text)
    expect(
      fix(text, {
        unsafe: true,
        rules: { 'redundant-endpoint': 'off', 'redundant-method': 'off', 'duplicate-endpoint': 'off' },
      }).text,
    ).toBe(withPatterns(['"users/*/posts/*": GET', '"*"', '"*": GET # one']))
  })
})
