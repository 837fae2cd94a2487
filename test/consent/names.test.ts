import { describe, expect, test } from 'vitest'
import {
  changedSince,
  consent,
  type ConsentItem,
  consentRecord,
  type ConsentRecord,
  renderConsent,
} from '../../src/consent/index.ts'
import { coversNames } from '../../src/consent/view/opened.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { readNamePattern } from '../../src/pattern/name.ts'

const ISSUES = `
"issues:read":
  label: Read issues
  endpoints: [issues: GET]
  tools: [get_issue, list_issues]
  resources: ["repo://acme/issues/*"]
"issues:write":
  label: Write issues
  tools: [get_issue, create_issue, updateIssue]
  prompts: [triage]
"issues:all":
  label: Do anything with issues
  tools: ["*"]
`
const stored = (policy: Policy, scopes: string): ConsentRecord => {
  const names = scopes.split(' ')
  return JSON.parse(JSON.stringify(consentRecord(consent(policy, names), names))) as ConsentRecord
}
const itemsOf = (policy: Policy, scopes: string): readonly ConsentItem[] =>
  consent(policy, scopes).groups.flatMap(({ items }) => items)
const changed = (from: string, to: string, scopes: string): ReturnType<typeof changedSince> =>
  changedSince(stored(loadPolicy(from), scopes), loadPolicy(to))
const page = (policy: Policy, scopes: string, locale: string): string =>
  renderConsent(consent(policy, scopes, { locale }), { client: { name: 'Agent' }, action: '/consent' })

describe('names of the Model Context Protocol on a consent screen', () => {
  const policy = loadPolicy(ISSUES)

  test('a view lists them by kind, and which tools may change data', () => {
    const [item] = itemsOf(policy, 'issues:write')
    expect(item?.access).toMatchObject({
      endpoints: [],
      tools: ['get_issue', 'create_issue', 'updateIssue'],
      toolsThatChange: ['create_issue', 'updateIssue'],
      prompts: ['triage'],
    })
    expect(item?.access).not.toHaveProperty('resources')
  })

  test('a page counts them, and a scope of tools alone does not say that it opens nothing', () => {
    const html = page(policy, 'issues:write', 'en')
    expect(html).toContain('May use 3 tools (2 of them change data)')
    expect(html).toContain('May use 1 prompt')
    expect(html).not.toContain('No access to the API')
    expect(page(policy, 'issues:write', 'de')).toMatch(/3 .*\(2 /)
  })

  test('a pattern is no count of tools', () => {
    const html = page(policy, 'issues:all', 'en')
    expect(html).toContain('May use 1+ tools (1+ of them change data)')
    expect(html).toContain('High risk')
  })

  test('a name counts as reading only where nothing in it says otherwise', () => {
    const tools = ['get_x', 'listThings', 'search-all', 'get_and_delete', 'x_get', 'do', 'get*', '*_get']
    const own = loadPolicy(`a: { label: A, tools: ${JSON.stringify(tools)} }`)
    expect(itemsOf(own, 'a')[0]?.access.toolsThatChange).toEqual(['get_and_delete', 'x_get', 'do', '*_get'])
  })

  test('lines with names in details are no paths', () => {
    const based = loadPolicy(`$options: { basePath: /v1 }\na: { label: A, endpoints: [x], tools: [get_x] }`)
    const html = renderConsent(consent(based, 'a'), { client: { name: 'C' }, action: '/', endpoints: 9 })
    expect(html).toContain('</span> /v1/x</li>')
    expect(html).toContain('tools/call</span> get_x</li>')
  })

  test('a scope is never folded into one that opens all of its paths but not its names', () => {
    const own = loadPolicy(`
read: { label: Read, endpoints: [x: GET], tools: [get_x] }
all: { label: All, endpoints: ["*": [GET, POST]] }
tools: { label: Tools, tools: [get_x, get_y] }
some: { label: Some, tools: [get_y] }
`)
    expect(itemsOf(own, 'read all').map(({ scope }) => scope)).toEqual(['read', 'all'])
    const [tools] = itemsOf(own, 'tools some')
    expect(tools?.includes.map(({ scope }) => scope)).toEqual(['some'])
  })

  test('an optional scope whose names nobody else opens keeps its choice', () => {
    const own = loadPolicy(`
all: { label: All, endpoints: ["*"] }
read: { label: Read, optional: true, endpoints: [x], tools: [get_x] }
`)
    expect(itemsOf(own, 'read all').find(({ scope }) => scope === 'read')).toMatchObject({ optional: true })
  })
})

describe('changedSince and names', () => {
  test.each([
    ['tools', 'list_issues]', 'list_issues, close_issue]', 'tools/call', 'close_issue'],
    ['tools as a pattern', 'get_issue, list', '"get_*", list', 'tools/call', 'get_'],
    ['resources', '"repo://acme/issues/*"', '"repo://*/issues/*"', 'resources/read', undefined],
    ['prompts', 'endpoints: [issues: GET]', 'prompts: [plan]', 'prompts/get', 'plan'],
  ])('notice more %s', (_, from, to, method, name) => {
    const wider = ISSUES.replace(from, to)
    expect(wider).not.toBe(ISSUES)
    const change = changed(ISSUES, wider, 'issues:read')
    expect(change).toMatchObject({ askAgain: true, change: 'more' })
    expect(change.witness?.method).toBe(method)
    if (name !== undefined) expect(change.witness?.path).toBe(name)
    const { witness } = change
    if (witness === undefined) throw new Error('no witness')
    expect(loadPolicy(wider).authorize(['issues:read'], witness.method, witness.path)).toBe(true)
    expect(loadPolicy(ISSUES).authorize(['issues:read'], witness.method, witness.path)).toBe(false)
  })

  test('fewer names, and another order of them, are no reason to ask again', () => {
    const same = ISSUES.replace('get_issue, list_issues', 'list_issues, get_issue')
    expect(changed(ISSUES, same, 'issues:read issues:write').askAgain).toBe(false)
    const fewer = ISSUES.replace('get_issue, list_issues', 'list_issues')
    expect(changed(ISSUES, fewer, 'issues:read').askAgain).toBe(false)
    const covered = ISSUES.replace('"*"', 'get_x')
    expect(changed(ISSUES, covered, 'issues:all').askAgain).toBe(false)
  })

  test('a name that another scope of the record allowed is nothing new', () => {
    const moved = ISSUES.replace('[get_issue, list_issues]', '[get_issue, list_issues, create_issue]')
    expect(changed(ISSUES, moved, 'issues:read').askAgain).toBe(true)
    expect(changed(ISSUES, moved, 'issues:read issues:write').askAgain).toBe(false)
  })

  test('a record made before names were stored is asked again, for nobody saw them', () => {
    const before = stored(loadPolicy(ISSUES.replace('tools: [get_issue, list_issues]', '')), 'issues:read')
    expect(changedSince(before, loadPolicy(ISSUES)).witness?.method).toBe('tools/call')
  })

  test('a tool and a path of the same text are not mixed up', () => {
    const path = 'a: { label: A, endpoints: [x] }'
    const tool = 'a: { label: A, tools: [x] }'
    expect(changed(path, tool, 'a').witness).toEqual({ method: 'tools/call', path: 'x' })
    expect(changed(tool, path, 'a').witness).toEqual({ method: 'GET', path: '/x' })
  })

  test('the view says what is new of a widened scope', () => {
    const record = stored(loadPolicy(ISSUES), 'issues:read')
    const wider = loadPolicy(ISSUES.replace('list_issues]', 'list_issues, close_issue]'))
    const view = consent(wider, 'issues:read', { granted: record })
    expect(view.groups[0]?.items[0]?.widened?.added).toMatchObject([{ endpoint: 'close_issue' }])
    const html = renderConsent(view, { client: { name: 'C' }, action: '/' })
    expect(html).toContain('It now also allows')
    expect(html).toContain('<li>May use 1 tool (1 of them changes data)</li>')
  })
})

describe('what tokens hold beside their scopes', () => {
  const TEAM = `
"project:write": { label: Write projects, endpoints: [projects: POST] }
"team:read": { label: Read teams, endpoints: [teams: GET] }
`
  const BOTH = `${TEAM}"project:write team:read": { endpoints: [projects/*/team: PUT], tools: [add_team] }\n`

  test('a combination is shown with each of its scopes, where all of them are asked for', () => {
    const policy = loadPolicy(BOTH)
    const [project, team] = itemsOf(policy, 'project:write team:read')
    for (const item of [project, team]) expect(item?.access).toMatchObject({ tools: ['add_team'] })
    expect(itemsOf(policy, 'team:read')[0]?.access).not.toHaveProperty('tools')
    const later = consent(policy, 'team:read', { granted: stored(policy, 'project:write') })
    expect(later.groups[0]?.items[0]?.access).toMatchObject({ tools: ['add_team'] })
  })

  test('changedSince notices a combination that is new, and only where all of its scopes are held', () => {
    expect(changed(TEAM, BOTH, 'project:write team:read')).toMatchObject({
      askAgain: true,
      scopes: [{ scope: 'project:write' }, { scope: 'team:read' }],
    })
    expect(changed(TEAM, BOTH, 'team:read').askAgain).toBe(false)
  })

  test('changedSince does not ask again for a combination that was shown', () => {
    const relabelled = BOTH.replace('Read teams', 'See teams')
    const change = changed(BOTH, relabelled, 'project:write team:read')
    expect(change).toMatchObject({ askAgain: false, relabelled: ['team:read'] })
    const wider = BOTH.replace('[add_team]', '[add_team, drop_team]')
    expect(changed(BOTH, wider, 'project:write team:read').askAgain).toBe(true)
  })

  test('a scope that completes a combination is not folded into another one', () => {
    const policy = loadPolicy(`
x: { label: X, endpoints: [x: GET] }
all: { label: All, endpoints: ["*": GET] }
"x all": { tools: [drop] }
`)
    expect(itemsOf(policy, 'x all').map(({ scope }) => scope)).toEqual(['x', 'all'])
  })

  test('the baseline is never listed, and a wider one is nothing to ask for', () => {
    const baseline = '$baseline: { endpoints: [ping: GET], tools: [echo] }\n'
    const policy = loadPolicy(baseline + TEAM)
    const view = consent(policy, 'team:read $baseline')
    expect(view.groups[0]?.items[0]?.access.endpoints).toEqual([{ pattern: 'teams', methods: ['GET'] }])
    expect(view.groups[0]?.items[0]?.access).not.toHaveProperty('tools')
    expect(view.unknown).toEqual(['$baseline'])
    const wider = '$baseline: { endpoints: ["*": GET], tools: ["*"] }\n'
    expect(changed(baseline + TEAM, wider + TEAM, 'team:read project:write').askAgain).toBe(false)
    const more = (baseline + TEAM).replace('teams: GET', 'teams: DELETE')
    expect(changed(baseline + TEAM, more, 'team:read').witness).toEqual({ method: 'DELETE', path: '/teams' })
  })

  test('no character of a name is taken for what a star leaves open', () => {
    const tool = (pattern: string): Parameters<typeof coversNames>[0] => [
      { endpoint: { pattern, methods: ['tools/call'] }, pattern: readNamePattern('tools/call', pattern) },
    ]
    expect(coversNames(tool('a\uffffb'), tool('a*b'))).toBe(false)
    expect(coversNames(tool('a*'), tool('a*b'))).toBe(true)
  })

  test('clients ask by requestAs, and a view has the name of the scope', () => {
    const policy = loadPolicy(
      'Files.Read: { label: Read files, optional: true, endpoints: [files], requestAs: "api://app/Files.Read" }',
    )
    const view = consent(policy, 'api://app/Files.Read nobody')
    expect(view.groups[0]?.items.map(({ scope }) => scope)).toEqual(['Files.Read'])
    expect(view.unknown).toEqual(['nobody'])
    const again = consent(policy, 'api://app/Files.Read', { granted: ['api://app/Files.Read'] })
    expect(again.nothingToAsk).toBe(true)
  })

  test('a record of a scope that has another name by now is followed through its alias', () => {
    const before = 'read: { label: Read, endpoints: [x] }'
    const after = '"files:read": { label: Read, aliases: [read], endpoints: [x] }'
    const record = stored(loadPolicy(before), 'read')
    expect(changedSince(record, loadPolicy(after))).toMatchObject({ askAgain: false, removed: [] })
    expect(consent(loadPolicy(after), 'files:read', { granted: record }).nothingToAsk).toBe(true)
    const wider = loadPolicy(after.replace('[x]', '[x, y]'))
    expect(changedSince(record, wider).witness).toEqual({ method: 'GET', path: '/y' })
  })
})
