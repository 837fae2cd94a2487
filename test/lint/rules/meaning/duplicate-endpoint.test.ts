import { describe, expect, test } from 'vitest'
import { findingsOf, fixedBy } from '../findings-of.ts'

const ID = 'duplicate-endpoint'

function scope(...items: string[]): string {
  return `s:\n  label: x\n  endpoints:\n${items.map((item) => `    ${item}\n`).join('')}`
}

describe('duplicate-endpoint', () => {
  test('reports the later endpoint and points to the first', () => {
    expect(findingsOf(ID, scope('- a/*: GET', '- b: GET', '- /a/*: POST'))).toEqual([
      {
        underlined: '/a/*',
        message: 'duplicate pattern `/a/*` in scope `s`, with other methods',
        related: 'a/*',
      },
    ])
    expect(findingsOf(ID, scope('- a: [GET, PUT]', '- a: GET'))[0]?.message).toBe(
      'duplicate pattern `a` in scope `s`, which grants nothing new',
    )
  })

  test('compares canonical forms', () => {
    expect(findingsOf(ID, scope('- caf%c3%a9: GET', '- /caf%C3%A9: GET'))).toHaveLength(1)
    expect(findingsOf(ID, scope('- a: GET', '- A: GET', '- a/*: GET'))).toEqual([])
  })

  test('leaves patterns alone that nothing can match, and other scopes', () => {
    expect(findingsOf(ID, scope('- a//b: GET', '- a//b: GET'))).toEqual([])
    expect(findingsOf(ID, `${scope('- a: GET')}t:\n  label: y\n  endpoints: [a: GET]\n`)).toEqual([])
  })

  test.each([
    ['deletes what grants nothing new', ['- a: [GET, PUT] # why', '- a: GET'], ['- a: [GET, PUT] # why']],
    ['deletes the earlier where the later grants more', ['- a: GET', '- a'], ['- a']],
    ['merges single methods', ['- a: GET', '- a: POST'], ['- a: [GET, POST]']],
    [
      'merges into a list, each method once',
      ['- a: [GET, put] # both', '- b', '- a: [POST, PUT]'],
      ['- a: [GET, put, POST] # both', '- b'],
    ],
    ['keeps quotes', ['- "a": "GET"', "- 'a': 'POST'"], ['- "a": ["GET", "POST"]']],
    ['merges three in passes', ['- a: GET', '- a: PUT', '- a: POST'], ['- a: [GET, PUT, POST]']],
  ])('%s', (_, before, after) => {
    expect(fixedBy(ID, scope(...before))).toBe(scope(...after))
  })

  test.each([
    ['a comment would go', ['- a: GET', '- a: GET # once more']],
    ['an anchor would go', ['- a: GET', '- a: &m GET', '- b: *m']],
    ['the methods stand elsewhere', ['- b: &m [GET]', '- a: *m', '- a: PUT']],
    ['an alias would get more methods', ['- a: &m [GET]', '- b: *m', '- a: PUT']],
    ['a block list of methods would be merged', ['- a:\n        - GET', '- a: PUT']],
  ])('has no fix where %s', (_, items) => {
    const text = scope(...items)
    expect(findingsOf(ID, text)).toHaveLength(1)
    expect(() => fixedBy(ID, text)).toThrow()
  })
})
