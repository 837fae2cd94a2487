/** A scope under another name is a rename in comparisons, and what it allows more or less is reported as ever. */
import { expect, test } from 'vitest'
import { comparePolicies } from '../../src/analysis/index.ts'
import { loadPolicy } from '../../src/index.ts'

const OLD = `
read: { label: Read, endpoints: [ issues: GET ], tools: [get_issue] }
team: { label: Teams, tools: [list_teams] }
"read team": { tools: [add] }
`
const NEW = OLD.replaceAll('read:', '"issues:read":').replace('"read team"', '"issues:read team"')

function compare(before: string, after: string): readonly string[] {
  const { change, scopes } = comparePolicies(loadPolicy(before), loadPolicy(after))
  return [
    change,
    ...scopes.map((scope) => {
      const from = scope.renamedFrom === undefined ? '' : ` from ${scope.renamedFrom}`
      return `${scope.scope} ${scope.status}${from} ${scope.change}`
    }),
  ]
}

test('an alias with the old name makes a new scope a rename, in keys of several names, too', () => {
  const after = NEW.replace('[get_issue]', '[get_issue], aliases: [read]')
  expect(compare(OLD, after)).toEqual([
    'equal',
    'issues:read kept from read equal',
    'team kept equal',
    'issues:read team kept equal',
  ])
})

test('what the new scope allows more is reported, with the label that stands for more', () => {
  const after = NEW.replace('[get_issue]', '[get_issue, set_issue], aliases: [read]')
  const { scopes } = comparePolicies(loadPolicy(OLD), loadPolicy(after))
  expect(scopes[0]).toMatchObject({ renamedFrom: 'read', change: 'widened', sameLabelMoreAccess: true })
  expect(compare(OLD, after)[0]).toBe('widened')
})

test('a scope that replaces a deprecated one alone is a rename; one of several is new', () => {
  const both = (use: string): string =>
    `${OLD.replace('[get_issue]', `[get_issue], deprecated: { use: ${use} }`)}
"issues:read": { label: Read, endpoints: [ issues: GET ], tools: [get_issue] }
"issues:more": { label: Read more, tools: [more] }`
  expect(compare(OLD, both('["issues:read"]'))).toContain('issues:read kept from read equal')
  expect(compare(OLD, both('["issues:read", "issues:more"]'))).toContain('issues:read added widened')
})

test('a name that tokens carried before is no rename, and without a hint nothing is guessed', () => {
  const known = OLD.replace('team: {', 'team: { aliases: ["issues:read"],')
  const after = NEW.replace('[get_issue]', '[get_issue], aliases: [read]')
  expect(compare(known, after).join()).not.toContain('from')
  expect(compare(OLD, NEW)).toEqual([
    'mixed',
    'issues:read added widened',
    'team kept equal',
    'read removed narrowed',
    'issues:read team added widened',
    'read team removed narrowed',
  ])
})
