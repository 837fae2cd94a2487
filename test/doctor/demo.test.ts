/** The documents beside one API of the demo, with one fault of each kind planted: each is found, at its place. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { folderWith, runCli } from '../cli/run-cli.ts'

const POLICY = readFileSync(
  fileURLToPath(new URL('../../examples/demo/scopes/cerb.yaml', import.meta.url)),
  'utf8',
)

const ISSUER = 'http://localhost:3000'
const metadata = (scopes: readonly string[]): string =>
  JSON.stringify({ issuer: ISSUER, jwks_uri: `${ISSUER}/jwks`, scopes_supported: scopes }, null, 2)
const resource = (scopes: readonly string[], issuer = ISSUER): string =>
  JSON.stringify(
    { resource: `${ISSUER}/rest`, authorization_servers: [issuer], scopes_supported: scopes },
    null,
    2,
  )
const openapi = (scopes: readonly string[], operation = '[profile]'): string => `openapi: 3.1.0
info: { title: profile search, version: '1' }
components:
  securitySchemes:
    cerb:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: ${ISSUER}/oauth/authorize
          tokenUrl: ${ISSUER}/oauth/access_token
          scopes:
${scopes.map((line) => `            ${line}\n`).join('')}paths:
  /workers/me:
    get:
      security:
        - cerb: ${operation}
      responses: { '200': { description: the worker } }
`
const tools = (...names: readonly string[]): string =>
  JSON.stringify({ tools: names.map((name) => ({ name, inputSchema: { type: 'object' } })) }, null, 2)

const SCOPES = ['profile', 'search', 'api:read-only', 'api', 'ticket:create']
const LINES = [
  'profile: Access your profile information',
  'search: Search records on your behalf',
  '"api:read-only": Make any read-only API request on your behalf',
  'api: ""',
  '"ticket:create": Open tickets in your name',
]
const TOOLS = ['get_me', 'search_tickets', 'list_tickets', 'count_tickets', 'open_ticket', 'open_ticket_once']
const SUBJECTS = `authzen:
  subjects:
    user:
      jeff: profile search
      ann: [api]
`

const RIGHT = {
  as: metadata(SCOPES),
  resource: resource(SCOPES),
  openapi: openapi(LINES),
  mcp: tools(...TOOLS),
  authzen: SUBJECTS,
}

type Kind = keyof typeof RIGHT

async function doctor(documents: Partial<Record<Kind, string>>): Promise<string> {
  const kinds = Object.keys(documents) as Kind[]
  const cwd = folderWith({
    'scopes.yaml': POLICY,
    ...Object.fromEntries(kinds.map((kind) => [kind, documents[kind] ?? ''])),
  })
  const flags = kinds.flatMap((kind) => [`--${kind}`, kind])
  const { code, stdout, stderr } = await runCli(['doctor', 'scopes.yaml', '--preset', 'cerb', ...flags], {
    cwd,
  })
  expect({ code, stderr }).toEqual({ code: stdout.startsWith('scopes.yaml: nothing') ? 0 : 1, stderr: '' })
  return stdout.replaceAll('`', '"')
}

test('the documents themselves agree', async () => {
  expect(await doctor(RIGHT)).toContain('scopes.yaml: nothing differs')
})

const without = (name: string): string[] => SCOPES.filter((scope) => scope !== name)

describe.each<[Kind, string, string, string, string]>([
  // The kind of document, the fault, the document, the text at the place, and the finding.
  ['as', 'missing', metadata(without('api')), '"scopes_supported"', '"api" is missing'],
  ['as', 'extra', metadata([...SCOPES, 'billing']), '"billing"', '"billing" is not in the policy'],
  ['as', 'renamed', metadata([...without('search'), 'Search']), '"Search"', 'did you mean "search"?'],
  ['as', 'unlisted', metadata([]), '"scopes_supported"', 'it lists no scopes'],
  ['resource', 'missing', resource(without('profile')), '"scopes_supported"', '"profile" is missing'],
  ['resource', 'extra', resource([...SCOPES, 'billing']), '"billing"', '"billing" is not in the policy'],
  [
    'resource',
    'extra',
    resource([...SCOPES, 'search ticket:create']),
    '"search ticket:create"',
    'is a combination',
  ],
  ['resource', 'renamed', resource([...without('api'), 'apis']), '"apis"', 'did you mean "api"?'],
  ['openapi', 'missing', openapi(LINES.slice(1), '[search]'), 'scopes:', '"profile" is missing'],
  ['openapi', 'extra', openapi([...LINES, 'billing: ""']), 'billing:', '"billing" is not in the policy'],
  ['openapi', 'extra', openapi(LINES, '[billing]'), 'billing]', '"billing" is not in the policy'],
  [
    'openapi',
    'renamed',
    openapi([...LINES.slice(0, 4), 'ticket-create: ""']),
    'ticket-create:',
    'did you mean "ticket:create"?',
  ],
  [
    'openapi',
    'described',
    openapi(['profile: Delete your profile', ...LINES.slice(1)]),
    'profile: Delete',
    'is described as "Delete your profile"',
  ],
  ['openapi', 'unread', openapi(LINES, '7'), '- cerb: 7', 'not understood'],
  ['authzen', 'extra', SUBJECTS.replace('[api]', '[api, billing]'), 'billing', '"billing" is not in the'],
  ['authzen', 'renamed', SUBJECTS.replace('search', 'serach'), 'profile serach', 'did you mean "search"?'],
])('in %s, %s', (kind, fault, document, at, finding) => {
  test(`${finding} at ${at}`, async () => {
    const found = (await doctor({ [kind]: document }))
      .split('\n')
      .filter((line) => line.endsWith(`[${fault}]`))
    expect(found).toHaveLength(1)
    const [, line, column] = /^ {2}\w+:(\d+):(\d+): /.exec(found[0] ?? '') ?? []
    expect(found[0]).toContain(finding)
    const text = document.split('\n')[Number(line) - 1]?.slice(Number(column) - 1)
    expect(text?.slice(0, at.length), found[0]).toBe(at)
  })
})

test('an issuer that the resource does not name is found at the list of those that it names', async () => {
  const stdout = await doctor({ as: RIGHT.as, resource: resource(SCOPES, 'http://localhost:4000') })
  expect(stdout).toMatch(
    / {2}resource:3:3: the address "http:\/\/localhost:3000" does not agree .*\[address\]/,
  )
})

test('an endpoint of another decision point is found at its address', async () => {
  const document = JSON.stringify(
    {
      policy_decision_point: 'https://pdp.example',
      access_evaluation_endpoint: 'https://other.example/access/v1/evaluation',
    },
    null,
    2,
  )
  expect(await doctor({ authzen: document })).toMatch(/ {2}authzen:3:33: the address .*\[address\]/)
})

test('a pattern for a tool that there is no more is found, and a tool that no token may use, at its name', async () => {
  const policy = POLICY.replace('tools: ["*"]', 'tools: [get_me]')
  const cwd = folderWith({ 'scopes.yaml': policy, mcp: tools(...TOOLS.slice(1), 'drop_all') })
  const { stdout } = await runCli(['doctor', 'scopes.yaml', '--preset', 'cerb', '--mcp', 'mcp'], { cwd })
  expect(stdout).toMatch(/ {2}mcp:\d+:15: no token may use the tool `drop_all` \[unreached\]/)
  expect(stdout).toContain('  mcp: the tool `get_me` of `profile` matches nothing here [unused]')
})
