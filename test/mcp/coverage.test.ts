/** Drift between a policy and a server, and the commands about it. */
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { mcpCoverage, filterResourceTemplates, filterTools } from '../../src/mcp/index.ts'
import { fromMcp } from '../../src/mcp/coverage/first-document.ts'
import { readLists } from '../../src/mcp/coverage/read-lists.ts'
import type { CoveredPolicy, NamePatterns } from '../../src/mcp/coverage/types.ts'
import { runCli, folderWith } from '../cli/run-cli.ts'

type Patterns = Readonly<Record<'tools' | 'prompts' | 'resources', readonly string[]>>

/** A policy with patterns, decided by regular expressions: keys of several names are combinations. */
function patternPolicy(
  grants: Readonly<Record<string, Partial<Patterns> & { readonly label?: string }>>,
): CoveredPolicy & {
  readonly authorize: (scopes: unknown, method: string, name: string) => boolean
} {
  const member = { 'tools/call': 'tools', 'prompts/get': 'prompts', 'resources/read': 'resources' } as const
  const matches = (pattern: string, name: string): boolean =>
    new RegExp(
      `^${pattern
        .split('*')
        .map((part) => part.replace(/[^\w]/g, '\\$&'))
        .join('.*')}$`,
      's',
    ).test(name)
  const setsFor = (method: string, name: string): string[][] =>
    Object.entries(grants).flatMap(([key, patterns]) =>
      (patterns[member[method as keyof typeof member]] ?? []).some((pattern) => matches(pattern, name))
        ? [key === '$baseline' ? [] : key.split(' ')]
        : [],
    )
  const shown = ({ tools = [], prompts = [], resources = [] }: Partial<Patterns>): NamePatterns => ({
    tools: tools.map((pattern) => ({ pattern })),
    prompts: prompts.map((pattern) => ({ pattern })),
    resources: resources.map((pattern) => ({ pattern })),
  })
  const entries = Object.entries(grants)
  return {
    setsFor,
    scopesFor: (method, name) => setsFor(method, name).flatMap((set) => (set.length === 1 ? set : [])),
    authorize: (scopes, method, name) =>
      setsFor(method, name).some((set) => set.every((scope) => (scopes as string[]).includes(scope))),
    explain: (_, __, name) =>
      ({ reason: name.includes('..') ? 'path-refused' : 'no-scope-covers-path' }) as never,
    scopes: new Map(
      entries
        .filter(([key]) => !key.includes(' ') && key !== '$baseline')
        .map(([key, { label = key, ...patterns }]) => [key, { label, ...shown(patterns) }]),
    ),
    combinations: new Map(
      entries.filter(([key]) => key.includes(' ')).map(([key, patterns]) => [key, shown(patterns)]),
    ),
    baseline: shown(grants['$baseline'] ?? {}),
  }
}

const POLICY = patternPolicy({
  $baseline: { tools: ['whoami'] },
  read: { label: 'Read issues', tools: ['get_*', 'close_issue'], resources: ['repo://acme/*'] },
  write: { tools: ['create_issue', 'gone_*'], prompts: ['triage'] },
  'read write': { tools: ['move_issue'] },
})

describe('mcpCoverage', () => {
  test('says who may use what, what nobody may, and which patterns match nothing', () => {
    const coverage = mcpCoverage(POLICY, {
      tools: [
        'whoami',
        { name: 'get_issue', annotations: { readOnlyHint: true } },
        { name: 'close_issue', annotations: { readOnlyHint: false } },
        'move_issue',
        'drop_table',
        'a..b',
      ],
      prompts: [],
      resources: ['repo://acme/1', 'repo://other/1'],
      resourceTemplates: [{ uriTemplate: 'repo://{owner}/{id}' }, { uriTemplate: 'file:///{path}' }],
    })
    expect(
      coverage.items.map(({ kind, name, reach, sets }) => [
        kind,
        name,
        reach,
        sets.map((set) => set.join('+')),
      ]),
    ).toEqual([
      ['tool', 'whoami', 'baseline', []],
      ['tool', 'get_issue', 'scopes', ['read']],
      ['tool', 'close_issue', 'scopes', ['read']],
      ['tool', 'move_issue', 'scopes', ['read+write']],
      ['tool', 'drop_table', 'none', []],
      ['tool', 'a..b', 'refused', []],
      ['resource', 'repo://acme/1', 'scopes', ['read']],
      ['resource', 'repo://other/1', 'none', []],
      ['resourceTemplate', 'repo://{owner}/{id}', 'scopes', ['read']],
      ['resourceTemplate', 'file:///{path}', 'none', []],
    ])
    expect(coverage.unused).toEqual([
      { kind: 'tool', scope: 'write', pattern: 'create_issue' },
      { kind: 'tool', scope: 'write', pattern: 'gone_*' },
      { kind: 'prompt', scope: 'write', pattern: 'triage' },
    ])
    expect(coverage.misleading).toEqual([{ scope: 'read', label: 'Read issues', tool: 'close_issue' }])
  })

  test('lists that are not given say nothing about patterns', () => {
    expect(mcpCoverage(POLICY, { resources: [] }).unused).toEqual([
      { kind: 'resource', scope: 'read', pattern: 'repo://acme/*' },
    ])
  })
})

test('filters leave what a token may use, templates also where it may use a part', () => {
  const tools = [{ name: 'get_issue', title: 'x' }, { name: 'move_issue' }]
  expect(filterTools(POLICY, ['read'], tools)).toEqual([{ name: 'get_issue', title: 'x' }])
  expect(filterTools(POLICY, undefined, tools)).toEqual([])
  const templates = ['repo://{owner}/{id}', 'repo://acme/{id}', 'file:///{path}', 'repo:{+rest}'].map(
    (uriTemplate) => ({ uriTemplate }),
  )
  expect(filterResourceTemplates(POLICY, ['read'], templates).map(({ uriTemplate }) => uriTemplate)).toEqual([
    'repo://{owner}/{id}',
    'repo://acme/{id}',
    'repo:{+rest}',
  ])
  expect(filterResourceTemplates(POLICY, ['write'], templates)).toEqual([])
  const compiled = { authorize: POLICY.authorize }
  expect(
    filterResourceTemplates(compiled, ['read'], templates).map(({ uriTemplate }) => uriTemplate),
  ).toEqual(['repo://acme/{id}'])
})

describe('files of lists', () => {
  const read = (value: unknown): unknown => readLists(Buffer.from(JSON.stringify(value)))
  const empty = { tools: [], prompts: [], resources: [], resourceTemplates: [] }
  test.each([
    [{ tools: [{ name: 'a' }] }, { ...empty, tools: [{ name: 'a' }] }],
    [
      { jsonrpc: '2.0', id: 1, result: { prompts: [{ name: 'p' }] } },
      { ...empty, prompts: [{ name: 'p' }] },
    ],
    [
      [
        { tools: [{ name: 'a' }] },
        { tools: [{ name: 'b' }], nextCursor: 'x' },
        { resourceTemplates: [{ uriTemplate: 'a:{b}' }] },
      ],
      { ...empty, tools: [{ name: 'a' }, { name: 'b' }], resourceTemplates: [{ uriTemplate: 'a:{b}' }] },
    ],
    [[{ name: 'a', inputSchema: {} }], { ...empty, tools: [{ name: 'a', inputSchema: {} }] }],
    [
      { tools: { a: { required: ['r'], accepted: [] }, b: { required: ['r'], accepted: ['r', 's'] } } },
      {
        ...empty,
        tools: [
          { name: 'a', scopes: [['r']] },
          { name: 'b', scopes: [['r'], ['s']] },
        ],
      },
    ],
  ])('%j', (value, lists) => {
    expect(read(value)).toEqual(lists)
  })

  test.each([
    ['{"tools":[{}]}', '`tools[0]` has no `name`'],
    ['{"tools":1}', '`tools` is not an array'],
    ['{"tool":[]}', 'found no `tools`, `prompts`, `resources` or `resourceTemplates`'],
    ['[1]', 'expected the result of a list method, an object'],
    ['{', 'the file cannot be read as JSON (invalid-json)'],
    ['{"tools":{"a":[]}}', '`tools` has no list of scopes'],
  ])('%s is refused', (text, message) => {
    expect(() => readLists(Buffer.from(text))).toThrow(message)
  })
})

describe('a first document', () => {
  test('separates what reads from what does not', () => {
    const { text, notes } = fromMcp({
      tools: [
        { name: 'get', annotations: { readOnlyHint: true } },
        { name: 'on' },
        { name: 'put: x', annotations: { readOnlyHint: false } },
      ],
      resources: ['repo://a'],
      resourceTemplates: ['repo://{owner}/{+path}'],
      prompts: [{ name: 'triage' }],
    })
    expect(parse(text)).toEqual({
      'mcp:read': {
        label: 'Read with the tools of this server',
        tools: ['get'],
        resources: ['repo://a', 'repo://*/*'],
        prompts: ['triage'],
      },
      'mcp:write': { label: 'Make changes with the tools of this server', tools: ['on', 'put: x'] },
    })
    expect(notes.map(({ code }) => code)).toEqual(['no-hint'])
  })

  test('from a table of scopes grants exactly what the table does: every set of its scopes, every tool', () => {
    const table: Readonly<Record<string, readonly (readonly string[])[]>> = {
      open: [],
      either: [['a'], ['b']],
      both: [['a', 'b']],
      three: [['a', 'b', 'c'], ['d']],
    }
    const tools = Object.entries(table).map(([name, scopes]) => ({ name, scopes }))
    const document = parse(fromMcp({ tools }).text) as Readonly<
      Record<string, { readonly tools?: readonly string[] }>
    >
    const scopes = ['a', 'b', 'c', 'd']
    for (let bits = 0; bits < 1 << scopes.length; bits++) {
      const held = new Set(scopes.filter((_, index) => (bits & (1 << index)) !== 0))
      for (const [tool, sets] of Object.entries(table)) {
        const byTable = sets.length === 0 || sets.some((set) => set.every((scope) => held.has(scope)))
        const byDocument = Object.entries(document).some(
          ([key, { tools: granted = [] }]) =>
            granted.includes(tool) &&
            (key === '$baseline' || key.split(' ').every((scope) => held.has(scope))),
        )
        expect(byDocument, `${[...held].join()} ${tool}`).toBe(byTable)
      }
    }
  })
})

describe('commands', () => {
  const LISTS = JSON.stringify({
    tools: [{ name: 'get', annotations: { readOnlyHint: true } }, { name: 'put' }],
  })
  const SCOPES = 'profile:\n  label: Your profile\n  endpoints:\n    - me: GET\n'

  test('import --mcp writes a document, and says what to look at', async () => {
    const cwd = folderWith({ 'tools.json': LISTS })
    const { code, stdout, stderr } = await runCli(['import', '--mcp', 'tools.json'], { cwd })
    expect([code, stderr]).toEqual([0, 'note: no `readOnlyHint` at `put`: put into mcp:write [no-hint]\n'])
    expect(Object.keys(parse(stdout) as object)).toEqual(['mcp:read', 'mcp:write'])
  })

  test('coverage --mcp names what nobody may use', async () => {
    const cwd = folderWith({ 'tools.json': LISTS, 'scopes.yaml': SCOPES })
    const { code, stdout } = await runCli(['coverage', 'scopes.yaml', '--mcp', 'tools.json'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('2 of 2 names used by no token')
    const json = await runCli(
      ['coverage', 'scopes.yaml', '--mcp', '-', '--format', 'json', '--fail-on', 'unused'],
      { cwd, stdin: LISTS },
    )
    expect(json.code).toBe(0)
    expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, summary: { items: 2, unreached: 2 } })
    const markdown = await runCli(
      ['coverage', 'scopes.yaml', '--mcp', 'tools.json', '--format', 'markdown'],
      { cwd },
    )
    expect(markdown.stdout).toContain('- tool `put`')
  })

  test.each([
    [['coverage', 'scopes.yaml'], 'name an OpenAPI document, or the lists of an MCP server with --mcp'],
    [
      ['coverage', 'scopes.yaml', 'a.yaml', '--mcp', 'tools.json'],
      '--mcp takes the place of the OpenAPI document',
    ],
    [
      ['coverage', 'scopes.yaml', '--mcp', 'scopes.yaml'],
      'scopes.yaml: the file cannot be read as JSON (invalid-json)',
    ],
    [['import'], 'name an OpenAPI document, or the lists of an MCP server with --mcp'],
    [['import', '--mcp', 'empty.json'], '`empty.json` has empty lists, so there is nothing to write'],
  ])('%j is refused', async (argv, message) => {
    const cwd = folderWith({ 'tools.json': LISTS, 'scopes.yaml': SCOPES, 'empty.json': '{"tools":[]}' })
    const { code, stderr } = await runCli(argv, { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
