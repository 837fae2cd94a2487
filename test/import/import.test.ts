/**
 * `import` of files of other tools: small files in the form of each format. What maps is granted and nothing else;
 * what does not is said with its line.
 */
import { describe, expect, test } from 'vitest'
import { detectFormat, importFrom, type ImportFormatName } from '../../src/import/index.ts'
import { lint } from '../../src/lint/index.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { folderWith, runCli } from '../cli/run-cli.ts'

const KIBALI = {
  permissions: {
    'Mail.Read': {
      schemes: {
        DelegatedWork: { userDisplayName: 'Read your mail', adminDisplayName: 'Read user mail' },
        Application: { adminDisplayName: 'Read mail in all mailboxes' },
      },
      pathSets: [
        {
          schemeKeys: ['DelegatedWork'],
          methods: ['GET'],
          paths: { '/me/messages': 'least=DelegatedWork', "/me/drive/root(path='{path}')": '' },
        },
        {
          schemeKeys: ['Application'],
          methods: ['GET', 'PATCH'],
          paths: { '/users/{id}/messages/{id}': '', '/users/{id}/x#y': '' },
        },
        {
          schemeKeys: ['Application'],
          methods: ['POST'],
          alsoRequires: 'User.Read',
          paths: { '/users/{id}/copy': '' },
        },
      ],
    },
  },
}
const GITHUB = {
  contents: {
    title: 'Contents',
    displayTitle: 'Repository permissions for "Contents"',
    permissions: [
      {
        verb: 'get',
        requestPath: '/repos/{owner}/{repo}/contents/{path}',
        access: 'read',
        'additional-permissions': [],
      },
      {
        verb: 'put',
        requestPath: '/repos/{owner}/{repo}/contents/{path}',
        access: 'write',
        'additional-permissions': false,
      },
      {
        verb: 'post',
        requestPath: '/repos/{owner}/{repo}/forks',
        access: 'write',
        'additional-permissions': ['administration'],
      },
    ],
  },
}
const TYK = {
  gold: {
    name: 'Gold plan',
    active: true,
    rate: 100,
    access_rights: {
      api1: {
        api_name: 'Orders',
        allowed_urls: [
          { url: '/orders/(.*)', methods: ['GET'] },
          { url: '/orders/{id}/pay', methods: ['POST'] },
          { url: '/orders/[0-9]+', methods: ['DELETE'] },
        ],
      },
      api2: { api_name: 'All of it', allowed_urls: [] },
    },
  },
  old: { name: 'Old', active: false, access_rights: {} },
}
const OATHKEEPER = [
  {
    id: 'read',
    match: { url: '<http|https>://api.example<(:[0-9]+)?>/users/<[^/]+>', methods: ['GET'] },
    authenticators: [{ handler: 'oauth2_introspection', config: { required_scope: ['users.read'] } }],
    authorizer: { handler: 'allow' },
  },
  {
    id: 'both',
    match: { url: 'https://api.example/users/<.*>', methods: ['PUT'] },
    authenticators: [{ handler: 'jwt', config: { required_scope: ['users.write', 'admin'] } }],
  },
  {
    id: 'open',
    match: { url: 'https://api.example/', methods: ['GET'] },
    authenticators: [{ handler: 'anonymous' }],
  },
  {
    id: 'any',
    match: { url: 'https://api.example/me', methods: ['GET'] },
    authenticators: [{ handler: 'jwt' }],
  },
  {
    id: 'keto',
    match: { url: 'https://api.example/x', methods: ['GET'] },
    authenticators: [{ handler: 'jwt', config: { required_scope: ['x'] } }],
    authorizer: { handler: 'remote_json' },
  },
]
const AUTH0 = {
  resourceServers: [
    {
      name: 'API',
      identifier: 'https://api.example',
      scopes: [{ value: 'read:orders', description: 'Read your orders' }, { value: 'has space' }],
    },
  ],
}
const KEYCLOAK = {
  realm: 'shop',
  clientScopes: [
    {
      name: 'orders',
      protocol: 'openid-connect',
      description: 'Orders',
      attributes: { 'consent.screen.text': 'See your orders' },
    },
    {
      name: 'profile',
      protocol: 'openid-connect',
      description: 'Profile',
      attributes: { 'consent.screen.text': '${profileScopeConsentText}' },
    },
    { name: 'role_list', protocol: 'saml' },
  ],
  clients: [
    { clientId: 'api', authorizationSettings: { resources: [{ name: 'Order', uris: ['/orders/*'] }] } },
  ],
}

const FILES: readonly (readonly [ImportFormatName, object])[] = [
  ['kibali', KIBALI],
  ['github', GITHUB],
  ['tyk', TYK],
  ['oathkeeper', OATHKEEPER],
  ['auth0', AUTH0],
  ['keycloak', KEYCLOAK],
]

/** The policy and what is said of it, by format. */
function read(
  format: ImportFormatName,
  data: object,
): { readonly policy: Policy; readonly notes: readonly string[] } {
  const { text, notes } = importFrom(format, data)
  return {
    policy: loadPolicy(text),
    notes: notes.map(({ code, message, pointer }) => `${code} ${pointer} ${message}`),
  }
}

describe('formats', () => {
  test.each(FILES)('%s is told by its content, and no other takes it', (name, data) => {
    expect(detectFormat(data)).toBe(name)
    // As YAML, all scalars are text.
    expect(detectFormat({ openapi: '3.1.0', paths: {} })).toBeUndefined()
  })

  test('Kibali: each permission opens the paths of its sets', () => {
    const { policy, notes } = read('kibali', KIBALI)
    const may = (method: string, path: string): boolean => policy.authorize(['Mail.Read'], method, path)
    expect(policy.scopes.get('Mail.Read')?.label).toBe('Read your mail')
    expect([
      may('GET', '/me/messages'),
      may('GET', "/me/drive/root(path='a')"),
      may('PATCH', '/users/1/messages/2'),
    ]).toEqual([true, true, true])
    expect([
      may('PATCH', '/me/messages'),
      may('GET', '/users/1/messages'),
      may('POST', '/users/1/copy'),
    ]).toEqual([false, false, false])
    expect(notes).toEqual([
      'left-out /permissions/Mail.Read/pathSets/1/paths/~1users~1{id}~1x#y no request has the path `/users/{id}/x#y`',
      'left-out /permissions/Mail.Read/pathSets/2/paths/~1users~1{id}~1copy `/users/{id}/copy` takes `User.Read` beside `Mail.Read`; it is a comment',
      'changed /permissions/Mail.Read `Mail.Read` opens other paths by kind of sign-in (DelegatedWork; Application); the policy has all of them',
    ])
  })

  test('Kibali: properties that are not in a policy are one note, however many sets have them', () => {
    const set = { schemeKeys: ['Application'], methods: ['GET'], includedProperties: ['id'] }
    const sets = Array.from({ length: 50 }, (_, at) => ({ ...set, paths: { [`/users/${at}`]: '' } }))
    const permissions = Object.fromEntries(['A.Read', 'B.Read'].map((name) => [name, { pathSets: sets }]))
    expect(importFrom('kibali', { permissions }).notes).toEqual([
      {
        code: 'changed',
        message:
          '`A.Read` and 1 more: `includedProperties` and `excludedProperties` are not in a policy; all properties are open',
        pointer: '/permissions/A.Read',
      },
    ])
  })

  test('GitHub: who may write may read', () => {
    const { policy, notes } = read('github', GITHUB)
    const may = (scope: string, method: string, path: string): boolean =>
      policy.authorize([scope], method, path)
    const path = '/repos/o/r/contents/a'
    expect([
      may('contents:read', 'GET', path),
      may('contents:write', 'GET', path),
      may('contents:write', 'PUT', path),
    ]).toEqual([true, true, true])
    expect([may('contents:read', 'PUT', path), may('contents:write', 'POST', '/repos/o/r/forks')]).toEqual([
      false,
      false,
    ])
    expect(notes).toEqual([
      'left-out /contents/permissions/2 `POST /repos/{owner}/{repo}/forks` takes `administration` beside `contents:write`; it is a comment',
    ])
  })

  test('Tyk: expressions that are no stars are left out', () => {
    const { policy, notes } = read('tyk', TYK)
    const may = (method: string, path: string): boolean => policy.authorize(['gold'], method, path)
    expect([may('GET', '/orders/1/items'), may('POST', '/orders/1/pay')]).toEqual([true, true])
    expect([may('GET', '/orders'), may('DELETE', '/orders/1'), may('POST', '/orders/1/2/pay')]).toEqual([
      false,
      false,
      false,
    ])
    expect(notes.map((note) => note.replace(/ .*/, ''))).toEqual([
      'left-out',
      'left-out',
      'left-out',
      'left-out',
    ])
    expect(notes.join('\n')).toContain('`/orders/[0-9]+` has no equal')
    expect(notes.join('\n')).toContain('opens all of API `All of it`')
    expect(notes.join('\n')).toContain('policy `Old` is not active')
  })

  test('Oathkeeper: scopes, not other authorizers', () => {
    const { policy, notes } = read('oathkeeper', OATHKEEPER)
    expect(policy.authorize(['users.read'], 'GET', '/users/1')).toBe(true)
    expect(policy.authorize(['users.read'], 'GET', '/users/1/2')).toBe(false)
    expect(policy.authorize(['users.write', 'admin'], 'PUT', '/users/1')).toBe(false)
    expect([...policy.scopes.keys()]).toEqual(['users.read', 'users.write', 'admin'])
    expect(notes.map((note) => note.replace(/^\S+ \S+ /, ''))).toEqual([
      'rule `both` takes `users.write`, `admin` together; it is a comment',
      'rule `open` also lets in requests without a token (`anonymous`)',
      'rule `any` asks for no scope: every token may use it, see `$baseline`',
      'rule `keto` is decided by `remote_json` as well; it grants nothing here',
    ])
  })

  test('Auth0 and Keycloak: scopes with their texts, and no endpoints', () => {
    const auth0 = read('auth0', AUTH0)
    expect([...auth0.policy.scopes.values()].map(({ name, label }) => [name, label])).toEqual([
      ['read:orders', 'Read your orders'],
    ])
    expect(auth0.notes).toHaveLength(2)
    const keycloak = read('keycloak', KEYCLOAK)
    expect([...keycloak.policy.scopes.values()].map(({ name, label }) => [name, label])).toEqual([
      ['orders', 'See your orders'],
      ['profile', 'Profile'],
    ])
    expect(keycloak.notes).toHaveLength(3)
  })

  test('Auth0: a resource server without scopes is one, and the note names it', () => {
    const settings = { name: 'API', identifier: 'https://api.example', signing_alg: 'RS256' }
    for (const data of [settings, { ...settings, scopes: [] }, { resourceServers: [settings] }]) {
      expect(detectFormat(data)).toBe('auth0')
      const { scopes, notes } = importFrom('auth0', data)
      expect(scopes).toBe(0)
      expect(notes.map(({ message }) => message)).toEqual([
        'resource server `https://api.example` has no scopes',
      ])
    }
  })

  test('Keycloak: scopes about the login say so, and those that no token has are left out', () => {
    const scope = (name: string, isInToken = 'true'): object => ({
      name,
      protocol: 'openid-connect',
      attributes: { 'include.in.token.scope': isInToken },
    })
    const logins = ['profile', 'email', 'address', 'phone', 'offline_access']
    const data = { realm: 'r', clientScopes: [...logins.map((name) => scope(name)), scope('roles', 'false')] }
    const { text, notes } = importFrom('keycloak', data)
    expect([...loadPolicy(text).scopes.keys()]).toEqual(logins)
    expect(lint(text).filter(({ code }) => code !== 'label-is-name')).toEqual([])
    expect(text).toContain('scope-without-endpoints -- about the login, not for the API')
    expect(notes.map(({ message }) => message)).toEqual([
      'client scope `roles` is not among the scopes of a token (`include.in.token.scope`)',
    ])
    const { notes: more } = importFrom('keycloak', { realm: 'r', clientScopes: [scope('orders')] })
    expect(more.map(({ pointer }) => pointer)).toEqual(['/clientScopes'])
  })

  test.each(['a b', '$baseline', '$x', '', 'é', '"', '\\', 'a\nb'])(
    'a scope named %j is left out',
    (name) => {
      const files: readonly (readonly [ImportFormatName, object])[] = [
        ['auth0', { identifier: 'x', scopes: [{ value: name }, { value: 'a' }] }],
        ['keycloak', { realm: 'r', clientScopes: [{ name }, { name: 'a' }] }],
        ['kibali', { permissions: { [name]: { pathSets: [] }, a: { pathSets: [] } } }],
      ]
      for (const [format, data] of files) {
        const { text, notes } = importFrom(format, data)
        expect([...loadPolicy(text).scopes.keys()]).toEqual(['a'])
        expect(notes[0]).toMatchObject({ code: 'left-out' })
        expect(notes[0]?.message).toContain('cannot be the name of a scope')
      }
    },
  )

  test.each(FILES)('%s: data of the wrong kind grants nothing and throws nothing', (name, data) => {
    // Each value of the file in turn is something else.
    for (const value of [null, 1, [], {}, 'x', [[]], { a: {} }, true]) {
      for (const changed of replaced(data, value)) {
        const { text, scopes } = importFrom(name, changed)
        if (scopes > 0) loadPolicy(text)
      }
    }
  })
})

/** Copies of some data, each with another part of it replaced. */
function replaced(data: unknown, value: unknown): unknown[] {
  if (typeof data !== 'object' || data === null) return [value]
  if (Array.isArray(data)) {
    return [
      value,
      ...data.flatMap((item, index) =>
        replaced(item, value).map((one): unknown => (data as unknown[]).with(index, one)),
      ),
    ]
  }
  return [
    value,
    ...Object.entries(data).flatMap(([key, item]) =>
      replaced(item, value).map((one) => ({ ...data, [key]: one })),
    ),
  ]
}

describe('scope-policy import', () => {
  test('tells the format, and says line by line what does not map', async () => {
    const cwd = folderWith({
      'table.json': JSON.stringify(GITHUB, null, 2),
      'auth0.yaml': 'identifier: x\nscopes:\n  - value: a\n    description: A\n',
      'none.json': '{}',
    })
    const table = await runCli(['import', 'table.json'], { cwd })
    expect(table.code).toBe(1)
    expect(table.stdout).toContain('contents:write')
    expect(table.stderr).toMatch(/^table\.json:\d+:\d+: `POST .*\[left-out\]$/m)
    const auth0 = await runCli(['import', 'auth0.yaml', '--from', 'auth0'], { cwd })
    expect(auth0.stderr).toContain('auth0.yaml:2:1: the endpoints of 1 scopes')
    expect((await runCli(['import', 'table.json', '--from', 'keycloak'], { cwd })).code).toBe(2)
    expect((await runCli(['import', 'none.json'], { cwd })).code).toBe(2)
  })
})
