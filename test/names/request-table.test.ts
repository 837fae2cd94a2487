/** Rows of request tables about names. */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { judgeFor, tableOf } from '../request-table/judge.ts'

const policy = loadPolicy(`
read: { label: x, tools: [get_issue, "search_*"], resources: ["repo://*"] }
write: { label: x, tools: [create_issue], includes: [read] }
team: { label: x, endpoints: [] }
"write team": { tools: [add] }
`)
const findings = (row: string): readonly unknown[] => judgeFor(tableOf(row), policy).findings

describe('an expectation about a name', () => {
  test.each([
    'tools/call get_issue: [read, write]',
    '"tools/call search_a b": [read, write]',
    'tools/call Get_issue: []',
    'resources/read repo://a/../b: { refused: dot-segment }',
    '{ request: tools/call add, scopes: [write, team], expect: allow }',
    '{ request: tools/call add, scopes: [write], expect: deny, reason: no-scope-covers-path }',
  ])('holds: %s', (row) => {
    expect(findings(row)).toEqual([])
  })

  test.each(['tools/call get_issue: [read]', 'tools/call create_issue: [read, write]', 'tools/call add: []'])(
    'fails: %s',
    (row) => {
      expect(findings(row)).toHaveLength(1)
    },
  )
})
