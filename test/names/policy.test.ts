/** Tools, resources and prompts, `$baseline`, keys of several names, aliases: what they grant. */
import { describe, expect, test } from 'vitest'
import { loadPolicy, parsePolicy } from '../../src/index.ts'

const DOCUMENT = `
$baseline:
  tools: [ping, whoami]
"issues:read":
  label: Read issues
  endpoints:
    - repos/*/*/issues: GET
  tools: [list_issues, get_issue, "search_*"]
  resources: ["repo://*/issues/*"]
  prompts: [triage]
"issues:write":
  label: Change issues
  includes: ["issues:read"]
  tools: [create_issue]
"team:read":
  label: Read teams
  aliases: [read:team]
  requestAs: api://app/team.read
  tools: [get_team]
"project:write":
  label: Change projects
  deprecated: { use: ["issues:write"], since: 2026-01-31, note: old }
  tools: [add_project]
"project:admin":
  label: Administer projects
  includes: ["project:write"]
"project:write team:read":
  tools: [add_team_to_project]
  endpoints:
    - teams/*/projects: PUT
`
const policy = loadPolicy(DOCUMENT)
const call = (scopes: readonly string[] | string, tool: string): boolean =>
  policy.authorize(scopes, 'tools/call', tool)

describe('names', () => {
  test('are granted exactly, `*` for any run of characters', () => {
    expect(call(['issues:read'], 'get_issue')).toBe(true)
    expect(call(['issues:read'], 'search_')).toBe(true)
    expect(call(['issues:read'], 'search_a/b?c d')).toBe(true)
    for (const tool of [
      'Get_issue',
      'get_issue ',
      '/get_issue',
      'get_issue/',
      'get_issue?x',
      'xsearch_',
      '',
    ]) {
      expect(call(['issues:read'], tool), tool).toBe(false)
    }
  })

  test('are granted through `includes`, to the text of a claim, and to a grant', () => {
    expect(call('issues:write', 'get_issue')).toBe(true)
    expect(policy.grant('issues:write').authorize('tools/call', 'get_issue')).toBe(true)
    expect(policy.grant(['issues:write']).scopes).toEqual(['issues:write'])
  })

  test('of one kind are not names of another, and never paths', () => {
    expect(policy.authorize(['issues:read'], 'prompts/get', 'triage')).toBe(true)
    expect(policy.authorize(['issues:read'], 'tools/call', 'triage')).toBe(false)
    expect(policy.authorize(['issues:read'], 'GET', '/get_issue')).toBe(false)
    expect(policy.authorize(['issues:read'], 'tools/list', 'get_issue')).toBe(false)
    expect(policy.methodsFor(['issues:read'], '/repos/a/b/issues')).toEqual(['GET'])
  })

  test('are explained with the pattern and its place', () => {
    const decision = policy.explain(['issues:write', 'x'], 'tools/call', 'search_x')
    expect(decision).toMatchObject({
      allowed: true,
      path: 'search_x',
      grantedBy: [{ scope: 'issues:write', endpoint: 'search_*' }],
      scopesThatWouldAllow: ['issues:read', 'issues:write'],
      setsThatWouldAllow: [['issues:read'], ['issues:write']],
      methodsAllowed: ['tools/call'],
      unknownScopes: ['x'],
    })
    const { span } = decision.grantedBy[0] ?? {}
    expect(DOCUMENT.slice(span?.start, span?.end)).toBe('"search_*"')
  })

  test('are read as URIs where they are resources', () => {
    const read = (uri: string): boolean => policy.authorize(['issues:read'], 'resources/read', uri)
    expect(read('repo://a/issues/1')).toBe(true)
    expect(read('repo://a/issues/%31')).toBe(true)
    for (const uri of [
      'repo://a/issues/../keys',
      'repo://a/issues/%2e%2e/x',
      'REPO://a/issues/1',
      'repo://a/issues/1#x',
      'repo://a/issues//1',
      'repo://a/issues/%2F1',
      'repo://a/issues/a b',
    ])
      expect(read(uri), uri).toBe(false)
    expect(policy.explain([], 'resources/read', 'repo://a/issues/../keys')).toMatchObject({
      reason: 'path-refused',
      refusal: 'dot-segment',
    })
  })
})

describe('$baseline', () => {
  test('is granted to every token, and to nobody without one', () => {
    for (const scopes of [[], '', ['x'], new Set<string>(), ['issues:read']]) {
      expect(policy.authorize(scopes, 'tools/call', 'ping')).toBe(true)
    }
    for (const scopes of [undefined, null, 1, {}]) {
      expect(policy.authorize(scopes as never, 'tools/call', 'ping')).toBe(false)
    }
  })

  test('is not a scope', () => {
    const without = loadPolicy({ $baseline: { endpoints: ['a'] }, s: { label: 'x', endpoints: ['b'] } })
    expect([...without.scopes.keys()]).toEqual(['s'])
    expect(without.explain(['$baseline'], 'GET', '/a')).toMatchObject({
      grantedBy: [{ scope: '$baseline', endpoint: 'a' }],
      unknownScopes: ['$baseline'],
    })
    expect(without.setsFor('GET', '/a')).toEqual([[]])
    expect(without.setsFor('GET', '/b')).toEqual([['s']])
  })
})

describe('several scopes at once', () => {
  test('grant to tokens that hold all of them, also through includes and aliases', () => {
    expect(call(['project:write', 'team:read'], 'add_team_to_project')).toBe(true)
    expect(call(['project:admin', 'read:team'], 'add_team_to_project')).toBe(true)
    expect(call('read:team project:write', 'add_team_to_project')).toBe(true)
    expect(call(['project:write'], 'add_team_to_project')).toBe(false)
    expect(call(['project:write team:read'], 'add_team_to_project')).toBe(false)
    expect(policy.authorize(['project:write', 'team:read'], 'PUT', '/teams/a/projects')).toBe(true)
    expect(policy.authorize(['team:read'], 'PUT', '/teams/a/projects')).toBe(false)
  })

  test('are named together', () => {
    expect(policy.setsFor('tools/call', 'add_team_to_project')).toEqual([
      ['team:read', 'project:write'],
      ['team:read', 'project:admin'],
    ])
    expect(policy.scopesFor('tools/call', 'add_team_to_project')).toEqual([])
    expect(policy.explain(['project:write', 'team:read'], 'tools/call', 'add_team_to_project')).toMatchObject(
      {
        grantedBy: [{ scope: 'project:write team:read', endpoint: 'add_team_to_project' }],
        deprecatedScopes: ['project:write'],
      },
    )
  })

  test('are named though so many wider scopes stand in for them that not every set can be listed', () => {
    const narrow = Array.from({ length: 7 }, (_, index) => `read${String(index)}`)
    const wider = narrow.flatMap((name) => ['a', 'b', 'c', 'd'].map((by) => [`${by}:${name}`, name] as const))
    const large = loadPolicy({
      ...Object.fromEntries(narrow.map((name) => [name, { label: name, tools: [name] }])),
      ...Object.fromEntries(wider.map(([name, of]) => [name, { label: name, includes: [of] }])),
      [narrow.join(' ')]: { tools: ['everything'] },
    })
    expect(large.setsFor('tools/call', 'everything')[0]).toEqual(narrow)
    expect(large.explain(['read0'], 'tools/call', 'everything').setsThatWouldAllow[0]).toEqual(narrow)
  })

  test.each([
    ['a b: { tools: [x] }\na: { label: x, tools: [y] }', 'unknown-scope'],
    ['a a: { tools: [x] }\na: { label: x, tools: [y] }', 'duplicate-key'],
    [
      'a b: { label: x, tools: [x] }\na: { label: x, tools: [y] }\nb: { label: x, tools: [y] }',
      'unknown-field',
    ],
    [
      'a b: { tools: [x] }\nb a: { tools: [x] }\na: { label: x, tools: [y] }\nb: { label: x, tools: [y] }',
      'duplicate-key',
    ],
    ['a b: {}\na: { label: x, tools: [y] }\nb: { label: x, tools: [y] }', 'missing-field'],
    ['a  b: { tools: [x] }\na: { label: x, tools: [y] }\nb: { label: x, tools: [y] }', 'invalid-scope-name'],
    ['$baseline: { label: x, tools: [x] }\na: { label: x, tools: [y] }', 'unknown-field'],
    ['a: { label: x, tools: [y], aliases: [b] }\nb: { label: x, tools: [y] }', 'duplicate-key'],
    ['a: { label: x, tools: [y], aliases: [c] }\nb: { label: x, tools: [y], aliases: [c] }', 'duplicate-key'],
    ['a: { label: x, tools: [y], requestAs: "b c" }', 'invalid-scope-name'],
    ['a: { label: x, tools: [y], deprecated: { use: [b] } }', 'unknown-scope'],
    ['a: { label: x, tools: [y], deprecated: no }', 'invalid-value'],
    ['a: { label: x, tools: [{ y: GET }] }', 'wrong-type'],
    ['a: { label: x, tools: [""] }', 'empty-pattern'],
    ['a: { label: x }', 'missing-field'],
  ])('are an error in %j', (text, code) => {
    const { policy: none, diagnostics } = parsePolicy(text)
    expect(none).toBeNull()
    expect(diagnostics.map((found) => found.code)).toContain(code)
  })
})

describe('names over time', () => {
  test('are kept in the model and survive printing', () => {
    expect(policy.scopes.get('team:read')).toMatchObject({
      aliases: ['read:team'],
      requestAs: 'api://app/team.read',
    })
    expect(policy.scopes.get('project:write')?.deprecated).toEqual({
      use: ['issues:write'],
      since: '2026-01-31',
      note: 'old',
    })
    expect(policy.requestAs('team:read')).toBe('api://app/team.read')
    expect(policy.requestAs('issues:read')).toBe('issues:read')
    const again = loadPolicy(policy.toJSON() as object)
    expect(again.fingerprint).toBe(policy.fingerprint)
    expect([...again.combinations.keys()]).toEqual([...policy.combinations.keys()])
  })

  test('change the fingerprint', () => {
    const fingerprints = [
      { s: { label: 'x', endpoints: [] } },
      { s: { label: 'x', endpoints: [], tools: ['a'] } },
      { s: { label: 'x', endpoints: [], prompts: ['a'] } },
      { s: { label: 'x', endpoints: [], aliases: ['a'] } },
      { s: { label: 'x', endpoints: [], requestAs: 'a' } },
      { s: { label: 'x', endpoints: [], deprecated: true } },
      { s: { label: 'x', endpoints: [] }, $baseline: { tools: ['a'] } },
    ].map((document) => loadPolicy(document).fingerprint)
    expect(new Set(fingerprints).size).toBe(fingerprints.length)
  })
})
