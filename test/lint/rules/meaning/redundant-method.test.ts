import { describe, expect, test } from 'vitest'
import { findingsOf, fixedBy, underlinedBy } from '../findings-of.ts'

const ID = 'redundant-method'

function scope(...items: string[]): string {
  return `s:\n  label: x\n  endpoints:\n${items.map((item) => `    ${item}\n`).join('')}`
}

describe('redundant-method', () => {
  test('reports the methods that a wider pattern grants', () => {
    expect(findingsOf(ID, scope('- "*": GET', '- a: [GET, PUT]'))).toEqual([
      {
        underlined: 'GET',
        message: 'method `GET` of `a` grants nothing new in scope `s`: `*` grants the same, such as `GET /a`',
        related: '"*"',
      },
    ])
    expect(findingsOf(ID, scope('- "*": [GET, PUT]', '- a: [GET, PUT, POST]'))).toEqual([
      {
        underlined: 'GET, PUT',
        message:
          'methods `GET`, `PUT` of `a` grant nothing new in scope `s`: `*` grants the same, such as `GET /a`',
        related: '"*"',
      },
    ])
  })

  test('is silent about bare patterns and whole endpoints', () => {
    expect(underlinedBy(ID, scope('- "*": GET', '- a', '- b: GET'))).toEqual([])
  })

  test('with `head: as-get` the word GET stands for both', () => {
    const options = '$options: {head: as-get}\n'
    expect(underlinedBy(ID, `${options}${scope('- "*": HEAD', '- a: [GET, PUT]')}`)).toEqual([])
    expect(underlinedBy(ID, `${options}${scope('- "*": GET', '- a: [GET, PUT]')}`)).toEqual(['GET'])
    expect(underlinedBy(ID, `${options}${scope('- "*": HEAD', '- a: [GET, HEAD, PUT]')}`)).toEqual(['HEAD'])
  })

  test.each([
    ['- a: [GET, PUT] # x', '- a: [PUT] # x'],
    ['- a: [PUT, GET]', '- a: [PUT]'],
    ['- a: [PUT , "GET", POST]', '- a: [PUT, POST]'],
    ['- a:\n        - GET\n        - PUT # x', '- a:\n        - PUT # x'],
  ])('deletes them: %s', (before, after) => {
    expect(fixedBy(ID, scope('- "*": GET', before))).toBe(scope('- "*": GET', after))
  })

  test.each([
    ['the methods are shared', ['- a: &m [GET, PUT]', '- b: *m']],
    ['a comment would go', ['- a:\n        - GET # read\n        - PUT']],
    ['a star takes slashes', ['- r/*: GET', '- r/*/a: [GET, PUT]']],
  ])('has no fix where %s', (_, items) => {
    const text = scope(items[0]?.startsWith('- r') ? '- x' : '- "*": GET', ...items)
    expect(findingsOf(ID, text).length).toBeGreaterThan(0)
    expect(() => fixedBy(ID, text)).toThrow()
  })
})
