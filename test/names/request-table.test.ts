/** Rows of request tables about names. */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { generateTable } from '../../src/request-table/index.ts'
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

describe('coverage', () => {
  test('counts each name of a scope and of a combination, and a row shows those that it calls', () => {
    const { percent, uncovered } = judgeFor(tableOf('tools/call get_issue: [read, write]'), policy)
    expect(percent).toBe(20)
    expect(uncovered).toEqual([
      'read search_* tools/call',
      'read repo://* resources/read',
      'write create_issue tools/call',
      'write team add tools/call',
    ])
  })

  test('the generated table shows every name, and holds', () => {
    const table = generateTable(policy, { policy: 'p.yaml' })
    expect(table).toContain('"tools/call search_example": [read, write]')
    const { findings: found, percent } = judgeFor(table, policy)
    expect(found).toEqual([])
    expect(percent).toBe(100)
  })
})
