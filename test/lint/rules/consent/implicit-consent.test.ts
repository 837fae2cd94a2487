import { expect, test } from 'vitest'
import { findingsOf } from '../findings-of.ts'

const scope = (rest: string): string => `s: { label: Something, consent: implicit, ${rest} }\n`
const messages = (text: string): string[] =>
  findingsOf('implicit-consent', text).map(({ message }) => message)

test('what opens something is reported at the word, by endpoint, tool or included scope', () => {
  expect(findingsOf('implicit-consent', scope('endpoints: [a/*: [GET, PUT]]'))).toEqual([
    { underlined: 'implicit', message: 'people are not asked for scope `s`, but it opens GET, PUT on `a/*`' },
  ])
  expect(messages(scope('tools: [get_issue]'))).toEqual([
    'people are not asked for scope `s`, but it opens tools/call on `get_issue`',
  ])
  const included = 't: { label: Other, endpoints: [b: GET] }\n'
  expect(messages(`${scope('includes: [t]')}${included}`)).toEqual([
    'people are not asked for scope `s`, but it opens GET on `b`',
  ])
})

test('a scope that nobody sees cannot be refused either', () => {
  expect(messages(scope('optional: true, endpoints: []'))).toEqual([
    'people cannot refuse scope `s`: the page never lists it, although it is `optional`',
  ])
})

test.each([
  scope('endpoints: []'),
  scope('endpoints: [a/../b: GET]'),
  scope('endpoints: [a: GET]').replace('implicit', 'explicit'),
])('%s is left alone', (text) => {
  expect(messages(text)).toEqual([])
})
