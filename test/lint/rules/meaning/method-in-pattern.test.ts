import { describe, expect, test } from 'vitest'
import { fix } from '../../../../src/lint/index.ts'
import { findingsOf, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'method-in-pattern'

describe('method-in-pattern', () => {
  test('says what it is', () => {
    expect(findingsOf(ID, withPatterns(['GET /users: GET', 'workers/me:GET']))).toEqual([
      { underlined: 'GET', message: '`GET` in `GET /users` is a method, and a pattern is only a path' },
      { underlined: 'GET', message: '`GET` in `workers/me:GET` is a method, and a pattern is only a path' },
    ])
  })

  test.each([
    'GET/a',
    'GET:/a',
    'GET:a',
    'GET,PUT /a',
    'get /a',
    'post:/a',
    'a GET',
    'a:[GET,PUT]',
    'a:DELETE',
  ])('knows %s', (pattern) => {
    expect(underlinedBy(ID, withPatterns([JSON.stringify(pattern)]))).toHaveLength(1)
  })

  test.each([
    'GET',
    'get',
    'get/a',
    'v1/users:get',
    'GETTER',
    'a/GET',
    'a:get',
    'widget',
    'files:delete/x',
    'target a',
  ])('leaves %s alone', (pattern) => {
    expect(underlinedBy(ID, withPatterns([JSON.stringify(pattern)]))).toEqual([])
  })

  test.each([
    ['GET /users', '/users: GET'],
    ['workers/me:GET # me', 'workers/me: GET # me'],
    ['"GET:*"', '"*": GET'],
    ['GET,PUT /users', '/users: [GET, PUT]'],
    ['GET /users: PUT', '/users: PUT'],
    ["'a:[GET,PUT]'", "'a': [GET, PUT]"],
  ])('its unsafe fix: %s', (before, after) => {
    const text = withPatterns([before])
    expect(fix(text).text).toBe(text)
    expect(fix(text, { unsafe: true }).text).toBe(withPatterns([after]))
  })

  test('its fix in a flow list is JSON as well', () => {
    const text = '{"s": {"label": "x", "endpoints": ["GET /users", "b"]}}'
    const fixed = fix(text, { unsafe: true }).text
    expect(JSON.parse(fixed)).toEqual({ s: { label: 'x', endpoints: [{ '/users': 'GET' }, 'b'] } })
  })
})
