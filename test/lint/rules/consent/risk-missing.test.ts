import { expect, test } from 'vitest'
import { findingsOf } from '../findings-of.ts'

const STATED = 'a: { label: Something, risk: low, endpoints: [a: PUT] }\n'
const messages = (text: string): string[] => findingsOf('risk-missing', text).map(({ message }) => message)

test('what can change something is reported where another scope states its risk', () => {
  const text = `${STATED}b: { label: Pay, endpoints: [b: POST] }\n`
  expect(findingsOf('risk-missing', text)).toEqual([
    { underlined: 'b', message: 'scope `b` states no risk, although it grants POST on `b`', related: 'a' },
  ])
  expect(messages(text.replace(' risk: low,', ''))).toEqual([])
})

test('also by a tool, and by what the scope includes', () => {
  expect(messages(`${STATED}b: { label: Move, tools: [get_issue, move_issue] }\n`)).toEqual([
    'scope `b` states no risk, although it grants the tool `move_issue`',
  ])
  expect(messages(`${STATED}b: { label: All, includes: [a] }\n`)).toEqual([
    'scope `b` states no risk, although it grants PUT on `a`',
  ])
})

test.each([
  'b: { label: Read, endpoints: [b: GET] }',
  'b: { label: Search, endpoints: [b/search: POST] }',
  'b: { label: Read, tools: [get_issue], resources: ["x://*"] }',
  'b: { label: Own, consent: implicit, endpoints: [b: PUT] }',
])('%s needs none', (text) => {
  expect(messages(`${STATED}${text}\n`)).toEqual([])
})
