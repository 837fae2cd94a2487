import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { serveConfigSchema } from '../../schema/serve-config.ts'
import { serveReference } from '../../schema/serve-reference.ts'
import { readConfig } from '../../src/serve/read-config.ts'
import { readSettings } from '../../src/serve/read-settings.ts'
import { DEFAULTS, kebab, SETTINGS, variable } from '../../src/serve/settings.ts'

const NEEDED = { issuer: 'https://login.example', audience: 'https://api.example', jwks: 'keys.json' }

describe('settings', () => {
  test('have names for flags and environment', () => {
    expect(kebab('introspectionClientId')).toBe('introspection-client-id')
    expect(variable('introspectionClientId')).toBe('SCOPE_POLICY_INTROSPECTION_CLIENT_ID')
  })

  test('a flag wins over the environment, the environment over the file, the file over the default', () => {
    const file = { realm: 'file', timeout: 9, audience: ['file'] }
    const env = { SCOPE_POLICY_REALM: 'env', SCOPE_POLICY_AUDIENCE: 'a, b' }
    const { realm, timeout, audience, listen } = readSettings(
      { ...NEEDED, realm: 'flag', audience: undefined },
      env,
      file,
    )
    expect({ realm, timeout, audience, listen }).toEqual({
      realm: 'flag',
      timeout: 9,
      audience: ['a', 'b'],
      listen: DEFAULTS.listen,
    })
  })

  test('a secret is never taken from a flag', () => {
    const flags = {
      introspection: 'https://login.example/introspect',
      introspectionClientSecret: 'flag',
      audience: 'any',
    }
    expect(readSettings(flags, {}, {}).introspectionClientSecret).toBeUndefined()
    const env = { SCOPE_POLICY_INTROSPECTION_CLIENT_SECRET: 'env' }
    expect(readSettings(flags, env, {}).introspectionClientSecret).toBe('env')
  })

  test.each([
    [{ clockTolerance: '-1' }, '--clock-tolerance: `-1` is not a number from 0 to 300'],
    [{ clockTolerance: '301' }, '--clock-tolerance: `301` is not a number from 0 to 300'],
    [{ clockTolerance: '1e2' }, '--clock-tolerance: `1e2` is not a number from 0 to 300'],
    [{ headers: 'x-forwarder' }, '--headers: `x-forwarder` is not possible; did you mean `x-forwarded`?'],
    [{ algorithms: 'RS256,none' }, '--algorithms: `none` is not possible; write `RS256`, '],
    [{ algorithms: 'RS256,,ES256' }, '--algorithms: it is empty'],
    [{ listen: 'localhost' }, '`localhost` is not an address; write it as 127.0.0.1:8787'],
    [{ listen: '127.0.0.1:65536' }, '`127.0.0.1:65536` is not an address'],
    [{ issuer: undefined }, '`issuer` is missing'],
    [{ issuer: 'https://a,https://b' }, 'each issuer needs its own keys: `issuer` has 2, `jwks` has 1'],
    [{ issuer: 'https://a,https://a', jwks: 'a.json,b.json' }, '`issuer` names an issuer twice'],
    [{ jwks: 'a.json,b.json' }, '`issuer` has 1, `jwks` has 2'],
    [{ audience: 'any' }, '`audience` is `any`, which is possible with introspection only'],
    [
      { jwks: undefined, introspection: 'https://login.example', audience: undefined },
      'write `any` to accept',
    ],
    [{ jwks: undefined, introspection: 'https://login.example', audience: 'any,b' }, 'beside others'],
    [{ origin: 'https://api.example/rest' }, '`https://api.example/rest` is not an origin'],
    [{ origin: 'api.example' }, '`origin` is not a URL'],
    [{ audience: undefined }, '`audience` is missing'],
    [{ jwks: undefined }, 'nothing verifies tokens'],
    [{ introspection: 'https://login.example' }, 'set `jwks` or `introspection`, not both'],
    [{ jwks: undefined, introspection: 'login.example' }, '`introspection` is not a URL'],
    [{ jwks: 'https://' }, '`jwks` is not a URL'],
    [{ resourceMetadata: '/metadata' }, '`resourceMetadata` is not a URL'],
    [{ baseline: 'openid profile' }, '`baseline` has `openid profile`, which is not a scope name'],
    [
      { jwks: 'http://login.example/jwks' },
      '`jwks` is not protected by TLS: `http://login.example/jwks`; write',
    ],
    [{ issuer: 'HTTP://login.example' }, '`issuer` is not protected by TLS'],
    [{ jwks: undefined, introspection: 'http://10.0.0.1/' }, '`introspection` is not protected by TLS'],
    [{ jwks: 'http://localhost.example/' }, '`jwks` is not protected by TLS'],
    [{ jwks: 'http://127.0.0.1.example/' }, '`jwks` is not protected by TLS'],
    [{ jwks: 'http://localhost@login.example/' }, '`jwks` is not protected by TLS'],
    [{ allowHttp: 'yes' }, '--allow-http: `yes` is neither `true` nor `false`'],
  ])('%j is refused', (flags, message) => {
    expect(() => readSettings({ ...NEEDED, ...flags }, {}, {})).toThrow(message)
  })
})

describe('a setting that was renamed', () => {
  const flags = { ...NEEDED }
  test('is accepted by its former name in environment and file', () => {
    expect(readSettings(flags, { SCOPE_POLICY_REMEMBER: '7' }, {}).tokenCacheTtl).toBe(7)
    expect(readSettings(flags, { SCOPE_POLICY_GRACE: '8' }, {}).shutdownTimeout).toBe(8)
    const { value: config } = read('remember: 9\ngrace: 3')
    expect(readSettings(flags, {}, config?.settings ?? {})).toMatchObject({
      tokenCacheTtl: 9,
      shutdownTimeout: 3,
    })
  })
})

describe('http without TLS', () => {
  test.each(['http://localhost/a', 'http://127.0.0.1:8080/a', 'http://127.1/a', 'http://[::1]/a'])(
    'may be used on this machine: %s',
    (jwks) => {
      expect(readSettings({ ...NEEDED, jwks, issuer: jwks }, {}, {}).jwks).toEqual([jwks])
    },
  )

  test('may be used elsewhere where it is asked for, by flag, environment or file', () => {
    const flags = { ...NEEDED, jwks: 'http://login.example/jwks' }
    expect(readSettings({ ...flags, allowHttp: 'true' }, {}, {}).allowHttp).toBe(true)
    expect(readSettings(flags, { SCOPE_POLICY_ALLOW_HTTP: 'true' }, {}).allowHttp).toBe(true)
    const { value: config } = read('allowHttp: true')
    expect(readSettings(flags, {}, config?.settings ?? {}).allowHttp).toBe(true)
    expect(() => readSettings(flags, { SCOPE_POLICY_ALLOW_HTTP: 'false' }, { allowHttp: true })).toThrow(
      'TLS',
    )
  })
})

const read = (text: string): ReturnType<typeof readConfig> => readConfig(Buffer.from(text))

describe('the configuration file', () => {
  const GOOD = `
$schema: ./schema.json
policies:
  - file: a.yaml
    clients: [web, cli]
  - { file: b.yaml, audiences: https://b.example, hosts: API.example }
listen: 127.0.0.1:9999
clockTolerance: 10
algorithms: [ES256, RS256]
audience: https://api.example
`
  test('holds policies and settings', () => {
    expect(read(GOOD).value).toEqual({
      policies: [
        { file: 'a.yaml', clients: ['web', 'cli'], audiences: [], hosts: [] },
        { file: 'b.yaml', clients: [], audiences: ['https://b.example'], hosts: ['api.example'] },
      ],
      settings: {
        listen: '127.0.0.1:9999',
        clockTolerance: 10,
        algorithms: ['ES256', 'RS256'],
        audience: ['https://api.example'],
      },
    })
  })

  test.each([
    ['isuer: x', 'isuer', 'unknown field `isuer` of the configuration', 'did you mean `issuer`?'],
    [
      'clockTolerance: soon',
      'soon',
      '`clockTolerance` cannot be this: `soon` is not a number from 0 to 300',
      '',
    ],
    ['headers: [x-original, envoy]', '[x-original, envoy]', 'it takes one value, not a list', ''],
    ['policies: a.yaml', 'a.yaml', '`policies` must be a list, not a string', ''],
    ['policies: [{ files: a.yaml }]', 'files', 'unknown field `files` of a policy', 'did you mean `file`?'],
    ['policies: [{ clients: a }]', '{ clients: a }', 'a policy has one `file`', ''],
    ['policies: [{ file: a, clients: [] }]', '[]', '`clients` is empty', 'write at least one'],
    ['realm:', 'realm', '`realm` is empty', ''],
    ['- a', '- a', 'the configuration must be a mapping, not a list', ''],
    ['realm: a\nrealm: b', 'realm', 'duplicate key `realm`', ''],
    ['realm: !!str a', '!!str', 'tag `!!str` is refused', ''],
    ['realm: "a\u202e"', '\u202e', 'bidirectional', ''],
  ])('%j is refused with its place', (text, underlined, message, help) => {
    const { value: config, diagnostics } = read(text)
    expect(config).toBeNull()
    const found = diagnostics.find((one) => one.message.includes(message))
    expect(found?.severity).toBe('error')
    expect(text.slice(found?.span.start, found?.span.end)).toBe(underlined)
    expect(found?.help ?? '').toContain(help)
  })

  test('bytes that are not UTF-8, and nothing, are refused', () => {
    expect(readConfig(Uint8Array.of(0xff, 0xfe)).value).toBeNull()
    expect(read('').value).toBeNull()
  })
})

describe('the schema', () => {
  const text = readFileSync(new URL('../../schema/serve-config.schema.json', import.meta.url), 'utf8')
  test('is the one that the settings give (run `npm run generate`)', () => {
    expect(JSON.parse(text)).toEqual(JSON.parse(serveConfigSchema()))
  })
  test('knows every setting, and refuses what the reader refuses', () => {
    const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(text) as object)
    expect(validate({ policies: [{ file: 'a.yaml' }], clockTolerance: 5, algorithms: ['RS256'] })).toBe(true)
    expect(validate({ clockTolerance: 301 })).toBe(false)
    expect(validate({ algorithms: ['none'] })).toBe(false)
    expect(validate({ isuer: 'x' })).toBe(false)
    const { properties } = JSON.parse(text) as { properties: Record<string, unknown> }
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(SETTINGS.map(({ name }) => name)))
  })
})

test('the reference page is the one that the settings give (run `npm run generate`)', () => {
  const page = readFileSync(new URL('../../docs/reference/serve.md', import.meta.url), 'utf8')
  expect(page).toBe(serveReference())
})
