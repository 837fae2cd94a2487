import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { compareScopes } from '../../src/doctor/compare.ts'
import { folderWith, type Outcome, runCli } from '../cli/run-cli.ts'

const POLICY = `profile:
  label: Read your profile
  endpoints:
    - me: GET
records.read:
  label: { en: Read records, de: Unterlagen lesen }
  requestAs: https://api.example/records.read
  aliases: [read_records]
  endpoints:
    - records: GET
  tools: [list_records]
old:
  label: Read old records
  deprecated: true
  endpoints:
    - old: GET
search:
  label: Search your records
  endpoints:
    - search: GET
profile search:
  endpoints:
    - both: GET
$baseline:
  endpoints:
    - status: GET
`

const SAME = ['profile', 'https://api.example/records.read', 'search']
const AS = { issuer: 'https://login.example', scopes_supported: [...SAME, 'openid'] }
const RESOURCE = {
  resource: 'https://api.example/',
  authorization_servers: ['https://login.example'],
  scopes_supported: SAME,
}

function openApi(scopes: Readonly<Record<string, string>>): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Records', version: '1' },
    components: {
      securitySchemes: {
        login: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: 'https://login.example/token', scopes } },
        },
      },
    },
    paths: { '/me': { get: { security: [{ login: ['profile'] }], responses: {} } } },
  }
}

const API = openApi({ profile: 'Read your  profile.', read_records: 'unterlagen lesen', search: '' })
const TOOLS = { tools: [{ name: 'list_records', inputSchema: {} }] }
const SUBJECTS = { authzen: { subjects: { user: { ann: 'profile read_records', bob: ['old'] } } } }

const FLAGS = { as: AS, resource: RESOURCE, openapi: API, mcp: TOOLS, authzen: SUBJECTS } as const
type Documents = Partial<Record<keyof typeof FLAGS, unknown>>

async function doctor(documents: Documents, more: readonly string[] = [], policy = POLICY): Promise<Outcome> {
  const files = Object.entries(documents).map(([kind, document]) => {
    return [`${kind}.json`, typeof document === 'string' ? document : JSON.stringify(document)] as const
  })
  const cwd = folderWith({ 'scopes.yaml': policy, ...Object.fromEntries(files) })
  const flags = Object.keys(documents).flatMap((kind) => [`--${kind}`, `${kind}.json`])
  return runCli(['doctor', 'scopes.yaml', ...flags, ...more], { cwd })
}

async function findings(documents: Documents): Promise<readonly unknown[]> {
  const { code, stdout, stderr } = await doctor(documents, ['--format', 'json'])
  const report = JSON.parse(stdout) as {
    readonly sources: readonly { readonly findings: readonly Record<string, unknown>[] }[]
  }
  const all = report.sources.flatMap((source) =>
    source.findings.map(({ line, column, ...finding }) => {
      expect(typeof column).toBe(typeof line)
      return finding
    }),
  )
  expect({ code, stderr }).toEqual({ code: all.length > 0 ? 1 : 0, stderr: '' })
  return all
}

describe('finds nothing', () => {
  test('where every document has the scopes by one of their names', async () => {
    expect(await findings(FLAGS)).toEqual([])
    expect(await doctor(FLAGS)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing differs') as string,
    })
  })
})

describe('finds one fault of each kind', () => {
  const missing = { ...AS, scopes_supported: ['profile', 'search'] }
  const faults: Readonly<Record<string, readonly [Documents, unknown]>> = {
    'a scope that the authorization server does not list': [
      { as: missing },
      { kind: 'missing', scope: 'records.read', requestAs: 'https://api.example/records.read' },
    ],
    'a scope that the resource has on its own': [
      { resource: { ...RESOURCE, scopes_supported: [...SAME, 'billing'] } },
      { kind: 'extra', listed: 'billing' },
    ],
    'a combination that is listed as a scope': [
      { resource: { ...RESOURCE, scopes_supported: [...SAME, 'profile search'] } },
      { kind: 'extra', listed: 'profile search', isCombination: true },
    ],
    'a scope that is spelled differently': [
      { as: { ...AS, scopes_supported: ['profile', 'read_records', 'serach'] } },
      { kind: 'renamed', listed: 'serach', scope: 'search' },
    ],
    'a scope with other characters between its words': [
      { as: { ...AS, scopes_supported: ['profile', 'search', 'urn://x/Records:Read'] } },
      { kind: 'renamed', listed: 'urn://x/Records:Read', scope: 'records.read' },
    ],
    'a description that is not the label': [
      { openapi: openApi({ profile: 'Delete your profile', read_records: '', search: '' }) },
      {
        kind: 'described',
        listed: 'profile',
        scope: 'profile',
        text: 'Delete your profile',
        label: 'Read your profile',
      },
    ],
    'metadata without scopes': [{ as: { issuer: 'https://login.example' } }, { kind: 'unlisted' }],
    'an issuer that the resource does not name': [
      { as: { ...AS, issuer: 'https://login.example/' }, resource: RESOURCE },
      { kind: 'address', listed: 'https://login.example/', expected: ['https://login.example'] },
    ],
    'a tool that no token may call': [
      { mcp: { tools: [...TOOLS.tools, { name: 'drop', inputSchema: {} }] } },
      { kind: 'unreached', item: 'tool', listed: 'drop' },
    ],
    'a tool pattern without a tool': [
      { mcp: { tools: [] } },
      { kind: 'unused', item: 'tool', pattern: 'list_records', scope: 'records.read' },
    ],
    'a scope that a tool asks for': [
      {
        mcp: {
          tools: [{ ...TOOLS.tools[0], securitySchemes: [null, { type: 'oauth2', scopes: ['billing', 1] }] }],
        },
      },
      { kind: 'extra', listed: 'billing' },
    ],
    'a scope that only a subject has': [
      { authzen: { user: { ann: 'profil' } } },
      { kind: 'renamed', listed: 'profil', scope: 'profile' },
    ],
    'an endpoint of another decision point': [
      {
        authzen: {
          policy_decision_point: 'https://pdp.example',
          access_evaluation_endpoint: 'https://other.example/access/v1/evaluation',
        },
      },
      {
        kind: 'address',
        listed: 'https://other.example/access/v1/evaluation',
        expected: ['https://pdp.example'],
      },
    ],
  }
  for (const [name, [documents, finding]] of Object.entries(faults)) {
    test(name, async () => {
      expect(await findings(documents)).toEqual([finding])
      for (const format of ['pretty', 'markdown']) {
        expect((await doctor(documents, ['--format', format])).stdout).toContain('1 difference in 1 of')
      }
    })
  }

  test('parts of an API that are not understood', async () => {
    const api = { ...API, paths: { '/me': { get: { security: 7, responses: {} } } } }
    expect(await findings({ openapi: api })).toMatchObject([{ kind: 'unread' }])
    expect((await doctor({ openapi: api }, ['--fail-on', 'extra'])).code).toBe(1)
    expect((await doctor({ openapi: api }, ['--fail-on', 'none'])).code).toBe(0)
  })

  test('and fails on those that it is asked to fail on', async () => {
    expect((await doctor({ as: missing }, ['--fail-on', 'extra'])).code).toBe(0)
    expect((await doctor({ as: missing }, ['--fail-on', 'extra', '--fail-on', 'missing'])).code).toBe(1)
    expect((await doctor({ as: missing }, ['--fail-on', 'everything'])).code).toBe(2)
  })
})

test('a name is paired with one scope only, and the closest letters come after the same letters', () => {
  const scope = (name: string): [string, { name: string; label: string }] => [name, { name, label: name }]
  const policy = { scopes: new Map([scope('read:a'), scope('read:b')]) }
  const scopes = new Map(['read:c', 'read_b', 'read:d'].map((name) => [name, '']))
  expect(compareScopes(policy, { scopes, isComplete: true, findings: [] })).toEqual([
    { kind: 'renamed', listed: 'read:c', scope: 'read:a' },
    { kind: 'renamed', listed: 'read_b', scope: 'read:b' },
    { kind: 'extra', listed: 'read:d' },
  ])
})

test('ten thousand foreign scopes are compared within the budget', () => {
  const name = (prefix: string, at: number): string => `${prefix}${'x'.repeat(50)}${at}`
  const numbers = Array.from({ length: 10_000 }, (_, at) => at)
  const policy = {
    scopes: new Map(numbers.map((at) => [name('a', at), { name: name('a', at), label: 'A' }])),
  }
  const scopes = new Map(numbers.map((at) => [name('b', at), '']))
  expect(compareScopes(policy, { scopes, isComplete: true, findings: [] }).length).toBeGreaterThanOrEqual(
    10_000,
  )
})

test('hostile text is harmless in every format', async () => {
  const evil = '\u001b[31m##[error]\n::error::`x`|<b>\u202e\u2028'
  const documents: Documents = {
    as: { issuer: evil, scopes_supported: [evil] },
    resource: { ...RESOURCE, scopes_supported: [...SAME, evil] },
    openapi: openApi({ profile: evil, [evil]: evil, read_records: '', search: '' }),
    mcp: { tools: [{ name: evil, inputSchema: {}, scopes: [[evil]] }] },
    authzen: { subjects: { user: { ann: [evil] } } },
  }
  for (const format of ['pretty', 'json', 'markdown']) {
    const { code, stdout, stderr } = await doctor(documents, ['--format', format])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })

    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u2028]|##\[|^\s*::/m)
    if (format === 'json') expect(stdout).toContain(JSON.stringify('<b>').slice(1, -1))
  }
  const { stdout } = await doctor(documents, ['--format', 'markdown'])
  expect(
    stdout.split('\n').filter((line) => line.includes('<b>') && !/``[^\n]*<b>[^\n]*``/.test(line)),
  ).toEqual([])
})

describe('refuses with exit code 2', () => {
  const wrong: Readonly<Record<string, readonly [Documents, string]>> = {
    'no document': [{}, 'name a document'],
    'an OpenAPI document as metadata': [{ as: API }, 'it has no `issuer`'],
    'server metadata as resource metadata': [{ resource: AS }, 'it has no `resource`'],
    'metadata as an OpenAPI document': [{ openapi: AS }, 'not an OpenAPI document'],
    'metadata as lists': [{ mcp: AS }, 'found no `tools`'],
    'metadata as subjects': [{ authzen: AS }, '`subjects`'],
    'scopes that are no list': [
      { as: { ...AS, scopes_supported: 'profile' } },
      '`scopes_supported` is not a list',
    ],
    'a list': [{ as: [] }, 'is not an object'],
    'a broken file': [{ as: '{"issuer":' }, 'as.json:1:'],
    'subjects elsewhere': [{ authzen: { authzen: { subjectsFile: 'x' } } }, 'subjectsFile'],
  }
  for (const [name, [documents, message]] of Object.entries(wrong)) {
    test(name, async () => {
      const { code, stdout, stderr } = await doctor(documents)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(message)
    })
  }

  test('a file that is not there, and standard input twice', async () => {
    const cwd = folderWith({ 'scopes.yaml': POLICY })
    expect((await runCli(['doctor', 'scopes.yaml', '--as', 'no.json'], { cwd })).code).toBe(2)
    const twice = await runCli(['doctor', '-', '--as', '-'], { cwd, stdin: POLICY })
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('standard input') as string })
  })

  test.each(['http://login.example/x', 'file:///etc/passwd', 'ftp://x/y', 'https://a:b@login.example/'])(
    'the address %s',
    async (address) => {
      const cwd = folderWith({ 'scopes.yaml': POLICY })
      const { code, stderr } = await runCli(['doctor', 'scopes.yaml', '--as', address], { cwd })
      expect(code).toBe(2)
      expect(stderr).toContain('not fetched')
    },
  )
})

describe('fetches addresses that it is given', () => {
  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`
  }
  const ask = (address: string): Promise<Outcome> =>
    runCli(['doctor', 'scopes.yaml', '--as', address], { cwd: folderWith({ 'scopes.yaml': POLICY }) })

  test('on loopback', async () => {
    const address = await serve((_, response) => response.end(JSON.stringify(AS)))
    expect(await ask(address)).toMatchObject({ code: 0, stderr: '' })
  })

  test('and follows no redirection', async () => {
    const target: string[] = []
    const other = await serve(({ url }, response) => {
      target.push(url ?? '')
      response.end(JSON.stringify(AS))
    })
    const address = await serve((_, response) => response.writeHead(302, { location: other }).end())
    expect(await ask(address)).toMatchObject({ code: 2, stderr: expect.stringContaining('302') as string })
    expect(target).toEqual([])
  })

  test('and reads no more than 1 MiB', async () => {
    const address = await serve((_, response) => response.end(' '.repeat(1024 * 1024 + 1)))
    expect(await ask(address)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('1024 KiB') as string,
    })
  })
})
