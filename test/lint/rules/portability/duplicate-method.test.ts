import { describe, expect, test } from 'vitest'
import { fix } from '../../../../src/lint/index.ts'
import { findingsOf, fixedBy, underlinedBy } from '../findings-of.ts'

const ID = 'duplicate-method'

/** In block style; `list` is what follows the pattern. */
function document(list: string): string {
  return `s:\n  label: Notes\n  endpoints:\n    - a: ${list}\n    - b: [GET]\n`
}

test('a repeat is found with the place of the first', () => {
  expect(findingsOf(ID, document('[GET, PUT, GET]'))).toEqual([
    { underlined: 'GET', message: 'duplicate method `GET`', related: 'GET' },
  ])
})

test('case makes no difference, and each repeat is found', () => {
  expect(underlinedBy(ID, document('[GET, get, "Get", PUT]'))).toEqual(['get', '"Get"'])
})

test('the methods of the API are looked at', () => {
  const text = `$options: { methods: [GET, PUT, GET] }\n${document('[GET]')}`
  expect(fixedBy(ID, text)).toBe(text.replace(', GET]', ']'))
})

test('a list that several endpoints share is told of once', () => {
  const text = 's: { label: Notes, endpoints: [{ a: &m [GET, GET] }, { b: *m }] }\n'
  expect(underlinedBy(ID, text)).toEqual(['GET'])
  expect(fixedBy(ID, text)).toBe(text.replace(', GET', ''))
})

test('finds a repeat of a method that the document declares', () => {
  const options = '$options:\n  extraMethods: [PURGE]\n'
  const text = `${options}${document('[PURGE, PURGE]')}`
  expect(fixedBy(ID, text)).toBe(`${options}${document('[PURGE]')}`)
})

test('the same method at two endpoints is none', () => {
  expect(findingsOf(ID, document('[GET, PUT]\n    - a: [GET]'))).toEqual([])
})

describe('the fix deletes the repeat and nothing else', () => {
  test.each([
    ['[GET, GET]', '[GET]'],
    ['[ GET , GET ] # kept', '[ GET ] # kept'],
    ['[GET, PUT, GET, PUT]', '[GET, PUT]'],
    ['[GET, GET, GET, GET, PUT]', '[GET, PUT]'],
    ['[\'GET\', "GET", PUT,]', "['GET', PUT,]"],
    [
      '[\n        GET,\n        GET,\n        PUT, # kept\n      ]',
      '[\n        GET,\n        PUT, # kept\n      ]',
    ],
    [
      '\n        - GET\n        - PUT # kept\n        - GET\n        # kept',
      '\n        - GET\n        - PUT # kept\n        # kept',
    ],
    ['\n      - GET\n      -   "get"\n      - PUT', '\n      - GET\n      - PUT'],
  ])('%s', (before, after) => {
    expect(fixedBy(ID, document(before))).toBe(document(after))
    const crlf = document(before).replaceAll('\n', '\r\n')
    expect(fixedBy(ID, crlf)).toBe(document(after).replaceAll('\n', '\r\n'))
  })

  test('at the end of a string without a line end', () => {
    const text = 's:\n  label: Notes\n  endpoints:\n    - a:\n      - GET\n      - GET'
    expect(fixedBy(ID, text).trimEnd()).toBe('s:\n  label: Notes\n  endpoints:\n    - a:\n      - GET')
  })
})

test.each([
  ['a comment on the line', document('\n      - GET\n      - GET # why')],
  ['an anchor', 's: { label: N, endpoints: [{ a: [GET, &m GET] }, { b: *m }] }\n'],
])('%s is never lost', (_, text) => {
  expect(underlinedBy(ID, text)).toHaveLength(1)
  const comment = text.includes('#') ? '# why' : '&m GET'
  expect(fixOf(text)).toContain(comment)
})

function fixOf(text: string): string {
  return fix(text, { rules: { 'label-is-name': 'off' } }).text
}
