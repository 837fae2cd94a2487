/** What people type in their first ten minutes, and the one sentence that helps. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CLEAN, folderWith, runCli, WITH_ERROR } from './run-cli.ts'

describe('check without --scopes', () => {
  test.each([
    [['GET', '/workers/me'], 0, 'needs: GET /workers/me\n  scope `profile`\n'],
    [['GET', '/nowhere'], 1, 'denied: GET /nowhere\n  no scope of the policy would allow it\n'],
  ])('says which scopes %j needs', async (request, code, stdout) => {
    const cwd = folderWith({ 'scopes.yaml': CLEAN })
    expect(await runCli(['check', 'scopes.yaml', ...request], { cwd })).toMatchObject({ code, stdout })
  })

  test('names a refused path as such', async () => {
    const cwd = folderWith({ 'scopes.yaml': CLEAN })
    const { code, stdout } = await runCli(['check', 'scopes.yaml', 'GET', '/a/../b'], { cwd })
    expect([code, stdout]).toEqual([1, expect.stringContaining('is refused whatever the policy says')])
  })
})

test.each([
  ['profile,search', 'separate scopes by spaces: `profile search`'],
  ['proflie', 'did you mean `profile`?'],
])('the scopes %s are answered with: %s', async (scopes, hint) => {
  const cwd = folderWith({ 'scopes.yaml': CLEAN })
  const { stdout } = await runCli(['check', 'scopes.yaml', '--scopes', scopes, 'GET', '/x'], { cwd })
  expect(stdout).toContain(hint)
})

test('consent answers them with the same notes', async () => {
  const cwd = folderWith({ 'scopes.yaml': CLEAN })
  const consent = async (scopes: string): Promise<string> =>
    (await runCli(['consent', 'scopes.yaml', '--scopes', scopes], { cwd })).stderr
  expect(await consent('profile,search')).toBe('note: separate scopes by spaces: `profile search`\n')
  expect(await consent('proflie')).toBe('note: did you mean `profile`?\n')
  expect(await consent('proflie,serch')).toBe('note: separate scopes by spaces: `profile search`\n')
  expect(await consent('profile nothing-like-it')).toBe('')
})

describe('check of names and of what needs several scopes', () => {
  const NAMES = `"$baseline": { tools: [ping] }
a: { label: Read things, tools: [list_things], resources: ["repo://*"] }
b: { label: Manage things, tools: [list_things], endpoints: [] }
a b: { tools: [add_thing] }
`
  test.each([
    [['tools/call', 'add_thing'], 0, 'needs: tools/call add_thing\n  all of the scopes `a`, `b`\n'],
    [
      ['tools/call', 'list_things'],
      0,
      'needs: tools/call list_things\n  one of these, narrowest first: `b`; `a`\n',
    ],
    [
      ['--scopes', 'a', 'tools/call', 'add_thing'],
      1,
      'denied: tools/call add_thing\n  none of these scopes lists the tool `add_thing`\n  scopes that would allow it, one of these: `a` with `b`\n',
    ],
    [
      ['--scopes', 'a b', 'tools/call', 'add_thing'],
      0,
      'allowed: tools/call add_thing\n  granted by scopes `a` with `b`, tool `add_thing` (p.yaml:4:16)\n',
    ],
    [
      ['--scopes', '', 'tools/call', 'ping'],
      0,
      'allowed: tools/call ping\n  granted to every valid token by `$baseline`, tool `ping` (p.yaml:1:24)\n',
    ],
    [
      ['--scopes', 'a', 'resources/read', 'repo://a/../b'],
      1,
      'denied: resources/read repo://a/../b\n  the resource is refused whatever the policy says: ',
    ],
  ])('%j', async (argv, code, stdout) => {
    const outcome = await runCli(['check', 'p.yaml', ...argv], { cwd: folderWith({ 'p.yaml': NAMES }) })
    expect(outcome).toMatchObject({ code, stdout: expect.stringContaining(stdout) as string })
  })
})

const OPENAPI = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: {}\n'
const FOREIGN = {
  'openapi.yaml': OPENAPI,
  'compose.yaml': 'services:\n  web:\n    image: nginx\n    label: x\nvolumes: {}\n',
  'flow.yaml': 'services: {web: {image: nginx}, db: {image: postgres}}\nvolumes: {data: {}}\n',
  'values.yaml': 'replicaCount: 1\nimage:\n  repository: nginx\nservice: {type: ClusterIP}\n',
  'ci/flow.yml': 'on: [push]\njobs: {a: {runs-on: x, steps: []}}\n',
  'ci/w.yml': 'on: [push]\njobs:\n  a:\n    runs-on: x\n    steps: []\n',
  'k8s.yaml': 'apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Pod\n',
}

test.each(['scopes', 'scope_policy', 'policy'])(
  'a document wrapped in `%s:` has one sentence',
  async (key) => {
    const wrapped = `${key}:\n${CLEAN.replace(/^(?=.)/gm, '  ')}`
    const cwd = folderWith({ 'p.yaml': wrapped })
    const { code, stdout } = await runCli(['lint', 'p.yaml', '--format', 'compact'], { cwd })
    const message = `p.yaml:1:1: error: the scopes are inside of \`${key}:\`; each top-level key is the name of a scope [no-scopes]\n`
    expect([code, stdout]).toEqual([1, message])
    const { stderr } = await runCli(['check', 'p.yaml', 'GET', '/a'], { cwd })
    expect(stderr).toContain('help: delete this line, and indent what follows it less')
  },
)

describe('a repository with YAML of other kinds', () => {
  test('is linted with one note about them', async () => {
    const cwd = folderWith({ ...FOREIGN, 'p/scopes.yaml': CLEAN })
    const { code, stdout, stderr } = await runCli(['lint', '.'], { cwd })
    expect([code, stdout]).toEqual([0, 'no problems in 1 file\n'])
    expect(stderr).toBe(
      'note: passed over files that are not scope policies: `ci/flow.yml` (a GitHub workflow), `ci/w.yml` (a GitHub workflow), `compose.yaml` ' +
        '(a compose file), `flow.yaml` (a compose file), `k8s.yaml` (a Kubernetes object) and 2 more\n',
    )
  })

  test('is an error where there is nothing else: a check of no file is not a clean one', async () => {
    const { code, stderr } = await runCli(['lint', '.'], { cwd: folderWith(FOREIGN) })
    expect([code, stderr]).toEqual([2, expect.stringContaining('error: no file is a scope policy\n')])
  })

  test('has one sentence for a file that is named, in every command', async () => {
    const cwd = folderWith(FOREIGN)
    const { code, stdout } = await runCli(['lint', 'openapi.yaml', '--format', 'compact'], { cwd })
    expect([code, stdout]).toEqual([
      1,
      'openapi.yaml:1:1: error: this is an OpenAPI document, not a scope policy [no-scopes]\n',
    ])
    const { stderr } = await runCli(['check', 'openapi.yaml', 'GET', '/a'], { cwd })
    expect(stderr).toContain('this is an OpenAPI document, not a scope policy')
  })

  test('and a broken policy is never passed over', async () => {
    const broken = [
      WITH_ERROR,
      'services:\n  label: Read\n  endpoints: [a: GTE]\n',
      'jobs:\n  lable: Read\n  endpionts: [a: GET]\n',
      'on:\n  label: Read\njobs:\n  label: Read\n',
    ]
    for (const text of broken) {
      const { code, stdout } = await runCli(['lint', '.'], { cwd: folderWith({ 'a.yaml': text }) })
      expect([text, code, stdout]).toEqual([text, 1, expect.stringContaining('a.yaml:')])
    }
  })
})

test.each([
  [['init', 'api/v1/scopes.yaml'], 'api/v1/scopes.yaml', '../../node_modules/'],
  [['init', 'scopes.yaml'], 'scopes.yaml', 'node_modules/'],
  [
    ['test', '--generate', 'given.yaml', '-o', 'api/given.test.yaml'],
    'api/given.test.yaml',
    '../node_modules/',
  ],
])('%j writes a schema that editors find from the folder of the file', async (argv, name, path) => {
  const cwd = folderWith({ 'api/v1/x.txt': '', 'given.yaml': CLEAN })
  expect((await runCli(argv, { cwd })).code).toBe(0)
  expect(readFileSync(join(cwd, name), 'utf8')).toContain(`$schema=${path}scope-policy/schema/`)
})
