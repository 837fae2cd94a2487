/**
 * AuthZEN 1.0: the cases of the certification levels Basic Core, Batch Core, Search Core and Discovery, the
 * interop set for API gateways where it is to be had, and who may ask.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/serve/read-config.ts'
import { folderWith } from '../cli/run-cli.ts'
import { served, type Served } from './asking.ts'

const POLICY = `
"records:read": { label: Read records, endpoints: [{ records/*: GET }] }
"records:write": { label: Write records, endpoints: [{ records/record-1: [GET, PUT] }] }
"todos": { label: Todos, endpoints: [{ todos: GET }, { todos/*: [GET, PUT] }] }
`
const CONFIG = `
authzen:
  subjects:
    user:
      alice: records:read records:write
      bob: [records:read]
  actions: { read: GET, write: PUT, delete: DELETE }
  resources: { record: { path: "records/{id}", ids: [record-1, record-2] } }
`

interface Pdp extends Served {
  readonly post: (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{ status: number; body: unknown; headers: Headers }>
}

async function pdp(
  policy: string = POLICY,
  text: string = CONFIG,
  files: Record<string, string> = {},
): Promise<Pdp> {
  const folder = folderWith({ 'scopes.yaml': policy, 'keys.json': '{"keys":[]}', ...files })
  const { value: config, diagnostics } = readConfig(Buffer.from(text.replaceAll('FOLDER', folder)))
  expect(diagnostics).toEqual([])
  const all = await served(
    join(folder, 'scopes.yaml'),
    { jwks: [join(folder, 'keys.json')], authzen: true },
    {},
    undefined,
    config?.authzen,
  )
  const post: Pdp['post'] = async (path, body, headers = {}) => {
    const response = await fetch(`${all.running.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const answered = await response.text()
    return {
      status: response.status,
      body: answered === '' ? undefined : JSON.parse(answered),
      headers: response.headers,
    }
  }
  return { ...all, post }
}

const EVALUATION = '/access/v1/evaluation'
const EVALUATIONS = '/access/v1/evaluations'
const user = (id: string, properties?: object): object => ({
  type: 'user',
  id,
  ...(properties && { properties }),
})
const record = (id: string): object => ({ type: 'record', id })
const act = (name: string): object => ({ name })
const asks = (subject: string, action: string, resource = 'record-1'): object => ({
  subject: user(subject),
  action: act(action),
  resource: record(resource),
})

describe('Basic Core', () => {
  test.each([
    ['alice', 'read', true],
    ['alice', 'write', true],
    ['bob', 'read', true],
    ['bob', 'write', false],
  ])('%s may %s record-1: %s, each time it is asked', async (subject, action, decision) => {
    const { post } = await pdp()
    for (let count = 0; count < 3; count++) {
      const { status, body, headers } = await post(EVALUATION, asks(subject, action))
      expect([status, (body as { decision: boolean }).decision]).toEqual([200, decision])
      expect(headers.get('content-type')).toBe('application/json')
    }
  })

  test('a denial carries the reason and the scopes that would allow it', async () => {
    const { post } = await pdp()
    expect((await post(EVALUATION, asks('bob', 'write'))).body).toEqual({
      decision: false,
      context: { reason: 'method-not-granted', scopes: ['records:write'] },
    })
  })

  test('context, further properties and unknown members change nothing', async () => {
    const { post } = await pdp()
    const body = {
      subject: user('alice', { department: 'Sales', role: 'manager' }),
      action: { name: 'read', properties: { method: 'GET' } },
      resource: { ...record('record-1'), properties: { status: 'active', owner: 'bob' } },
      context: { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' },
      foo: 'bar',
      futureField: { nested: true },
    }
    expect((await post(EVALUATION, body)).body).toEqual({ decision: true })
  })

  const whole = asks('alice', 'read')
  test.each([
    ['without subject', { ...whole, subject: undefined }],
    ['without action', { ...whole, action: undefined }],
    ['without resource', { ...whole, resource: undefined }],
    ['with a subject without type', { ...whole, subject: { id: 'alice' } }],
    ['with a subject without id', { ...whole, subject: { type: 'user' } }],
    ['with an action without name', { ...whole, action: {} }],
    ['with a resource without type', { ...whole, resource: { id: 'record-1' } }],
    ['with a resource without id', { ...whole, resource: { type: 'record' } }],
    ['with a string as subject', { ...whole, subject: 'alice' }],
    ['with a number as action', { ...whole, action: { name: 123 } }],
    ['with a list as resource', { ...whole, resource: [] }],
    ['with null as subject', { ...whole, subject: null }],
    ['with a string as context', { ...whole, context: 'x' }],
    ['that is a list', []],
    ['that is not JSON', '{"subject":'],
    ['that is empty', ''],
    ['that is too large', JSON.stringify({ ...whole, x: 'x'.repeat(1_100_000) })],
  ])('a body %s is 400 with a message', async (_, body) => {
    const { post } = await pdp()
    const { status, body: message } = await post(EVALUATION, body)
    expect([status, typeof message]).toEqual([400, 'string'])
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'the type %s is 400',
    async (type) => {
      const { post } = await pdp()
      expect((await post(EVALUATION, whole, { 'content-type': type })).status).toBe(400)
    },
  )

  test('a charset in the type is fine, other methods are 405', async () => {
    const { post, running } = await pdp()
    expect(
      (await post(EVALUATION, whole, { 'content-type': 'Application/JSON; charset=utf-8' })).status,
    ).toBe(200)
    const got = await fetch(`${running.url}${EVALUATION}`)
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('X-Request-ID comes back, also with an error', async () => {
    const { post } = await pdp()
    const id = { 'x-request-id': 'bfe9eb29-ab87' }
    expect((await post(EVALUATION, whole, id)).headers.get('x-request-id')).toBe('bfe9eb29-ab87')
    expect((await post(EVALUATION, '', id)).headers.get('x-request-id')).toBe('bfe9eb29-ab87')
    expect((await post(EVALUATION, whole)).headers.get('x-request-id')).toBeNull()
  })
})

describe('Batch Core', () => {
  const decisions = async (body: object): Promise<unknown> => {
    const { post } = await pdp()
    const { status, body: answer } = await post(EVALUATIONS, body)
    expect(status).toBe(200)
    return (answer as { evaluations: { decision: boolean }[] }).evaluations.map(({ decision }) => decision)
  }
  const three = (semantic?: string): object => ({
    subject: user('bob'),
    resource: record('record-1'),
    evaluations: [{ action: act('read') }, { action: act('write') }, { action: act('read') }],
    ...(semantic !== undefined && { options: { evaluations_semantic: semantic, other: 1 } }),
  })

  test('defaults are taken whole, or replaced whole', async () => {
    const body = { subject: user('alice'), action: act('read'), context: { time: 'now' } }
    const evaluations = [
      { resource: record('record-1') },
      { resource: record('record-2'), context: { a: 1 } },
    ]
    expect(await decisions({ ...body, evaluations })).toEqual([true, true])
    // A subject without an id does not take that of the default.
    expect(
      await decisions({ ...asks('alice', 'read'), evaluations: [{}, { subject: { type: 'user' } }] }),
    ).toEqual([true, false])
  })

  test('without defaults, in order', async () => {
    expect(await decisions({ evaluations: [asks('alice', 'read'), asks('bob', 'write')] })).toEqual([
      true,
      false,
    ])
  })

  test('execute_all answers all', async () => {
    expect(await decisions(three())).toEqual([true, false, true])
    expect(await decisions(three('execute_all'))).toEqual([true, false, true])
  })

  test('deny_on_first_deny ends with the first denial, permit_on_first_permit with the first permit', async () => {
    expect(await decisions(three('deny_on_first_deny'))).toEqual([true, false])
    expect(await decisions(three('permit_on_first_permit'))).toEqual([true])
    const body = { subject: user('bob'), resource: record('record-1') }
    const evaluations = [{}, { action: act('write') }, { action: act('read') }, { action: act('write') }]
    const options = (evaluations_semantic: string): object => ({ options: { evaluations_semantic } })
    expect(await decisions({ ...body, evaluations, ...options('permit_on_first_permit') })).toEqual([
      false,
      false,
      true,
    ])
    // A failure is a denial.
    expect(await decisions({ ...body, evaluations, ...options('deny_on_first_deny') })).toEqual([false])
  })

  test('what is wrong with one evaluation denies that one only', async () => {
    const { post } = await pdp()
    const { body } = await post(EVALUATIONS, {
      subject: user('alice'),
      action: act('read'),
      evaluations: [{ resource: record('record-1') }, {}, 7],
    })
    expect(body).toEqual({
      evaluations: [
        { decision: true },
        {
          decision: false,
          context: {
            reason: 'malformed-evaluation',
            error: { status: 400, message: '`resource` is missing' },
          },
        },
        expect.objectContaining({ decision: false }),
      ],
    })
  })

  test('without evaluations it is a single evaluation', async () => {
    const { post } = await pdp()
    expect((await post(EVALUATIONS, asks('alice', 'read'))).body).toEqual({ decision: true })
    expect((await post(EVALUATIONS, { ...asks('alice', 'read'), evaluations: [] })).body).toEqual({
      decision: true,
    })
    expect((await post(EVALUATIONS, { subject: user('alice'), evaluations: [] })).status).toBe(400)
  })

  test.each([
    [{ evaluations: {} }],
    [{ evaluations: [{}], options: { evaluations_semantic: 'all' } }],
    [{ evaluations: [{}], options: [] }],
    [{ evaluations: Array.from({ length: 1_001 }, () => ({})) }],
  ])('a batch that is malformed as a whole is 400', async (body) => {
    const { post } = await pdp()
    expect((await post(EVALUATIONS, { ...asks('alice', 'read'), ...body })).status).toBe(400)
  })
})

describe('Search Core', () => {
  const results = async (kind: string, body: object): Promise<unknown> => {
    const { post } = await pdp()
    const { status, body: answer } = await post(`/access/v1/search/${kind}`, body)
    expect(status).toBe(200)
    return (answer as { results: unknown }).results
  }
  const users = [user('alice'), user('bob')]

  test('of subjects, whose id is ignored', async () => {
    const body = { subject: { type: 'user' }, action: act('read'), resource: record('record-1') }
    expect(await results('subject', body)).toEqual(users)
    expect(await results('subject', { ...body, context: { ip: '192.168.1.1' } })).toEqual(users)
    expect(await results('subject', { ...body, subject: user('alice') })).toEqual(users)
    expect(await results('subject', { ...body, action: act('write') })).toEqual([user('alice')])
    // Scopes in the properties would be those of everybody.
    const everybody = { type: 'user', properties: { scope: 'records:write' } }
    expect(await results('subject', { ...body, subject: everybody, action: act('write') })).toEqual([
      user('alice'),
    ])
  })

  test('of scopes', async () => {
    const body = {
      subject: { type: 'scope' },
      action: act('PUT'),
      resource: { type: 'route', id: '/records/record-1' },
    }
    expect(await results('subject', body)).toEqual([{ type: 'scope', id: 'records:write' }])
  })

  test('of resources, whose id is ignored', async () => {
    const body = { subject: user('alice'), action: act('read'), resource: { type: 'record' } }
    expect(await results('resource', body)).toEqual([record('record-1'), record('record-2')])
    expect(await results('resource', { ...body, resource: record('record-1') })).toHaveLength(2)
    expect(await results('resource', { ...body, action: act('write') })).toEqual([record('record-1')])
  })

  test('of actions', async () => {
    const body = { subject: user('alice'), resource: record('record-1') }
    expect(await results('action', body)).toEqual([act('read'), act('write')])
    expect(await results('action', { ...body, context: { a: 1 } })).toEqual([act('read'), act('write')])
    const route = { subject: user('bob'), resource: { type: 'route', id: '/records/record-2' } }
    expect(await results('action', route)).toEqual([act('read'), act('GET')])
  })

  test.each([
    ['subject', { subject: { type: 'spaceship' }, action: act('read'), resource: record('record-1') }],
    ['subject', { subject: { type: 'user' }, action: act('read'), resource: { type: 'spaceship', id: 'x' } }],
    ['resource', { subject: user('nobody'), action: act('read'), resource: { type: 'record' } }],
    ['resource', { subject: user('alice'), action: act('read'), resource: { type: 'spaceship' } }],
    ['action', { subject: user('nobody'), resource: record('record-1') }],
    ['action', { subject: user('alice'), resource: { type: 'spaceship', id: 'x' } }],
  ])('of %s finds nothing for what is unknown: %j', async (kind, body) => {
    expect(await results(kind, body)).toEqual([])
  })

  test.each([
    ['subject', { subject: { type: 'user' }, resource: record('record-1') }],
    ['subject', { subject: { type: 'user' }, action: act('read'), resource: { type: 'record' } }],
    ['resource', { action: act('read'), resource: { type: 'record' } }],
    ['resource', { subject: { type: 'user' }, action: act('read'), resource: { type: 'record' } }],
    ['action', { subject: user('alice') }],
    ['action', { subject: { type: 'user' }, resource: record('record-1') }],
    ['action', { subject: user('alice'), resource: record('record-1'), page: 7 }],
    ['action', { subject: user('alice'), resource: record('record-1'), page: { limit: -1 } }],
    ['action', { subject: user('alice'), resource: record('record-1'), page: { token: 'made-up' } }],
  ])('of %s is 400 for %j', async (kind, body) => {
    const { post } = await pdp()
    expect((await post(`/access/v1/search/${kind}`, body)).status).toBe(400)
  })

  test('is paged; a token is good for its own question only', async () => {
    const { post } = await pdp()
    const body = { subject: { type: 'user' }, action: act('read'), resource: record('record-1') }
    const path = '/access/v1/search/subject'
    const first = (await post(path, { ...body, page: { limit: 1 } })).body as { page: { next_token: string } }
    expect(first).toMatchObject({ page: { count: 1 }, results: [user('alice')] })
    expect(first.page.next_token).not.toBe('')
    const page = { token: first.page.next_token }
    expect((await post(path, { ...body, page })).body).toEqual({
      page: { next_token: '', count: 1 },
      results: [user('bob')],
    })
    expect((await post(path, { ...body, action: act('write'), page })).status).toBe(400)
    expect((await post(path, { ...body, page: { ...page, limit: 2 } })).status).toBe(400)
  })
})

test('Discovery: the metadata names every endpoint under the configured URL', async () => {
  const { running } = await pdp(POLICY, CONFIG.replace('authzen:', 'authzen:\n  url: https://pdp.example'))
  const response = await fetch(`${running.url}/.well-known/authzen-configuration`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(await response.json()).toEqual({
    policy_decision_point: 'https://pdp.example',
    access_evaluation_endpoint: 'https://pdp.example/access/v1/evaluation',
    access_evaluations_endpoint: 'https://pdp.example/access/v1/evaluations',
    search_subject_endpoint: 'https://pdp.example/access/v1/search/subject',
    search_resource_endpoint: 'https://pdp.example/access/v1/search/resource',
    search_action_endpoint: 'https://pdp.example/access/v1/search/action',
  })
})

const GATEWAYS = fileURLToPath(
  new URL('../../../shared/data/authzen/gateway-decisions.json', import.meta.url),
)
test.skipIf(!existsSync(GATEWAYS))('all decisions of the interop set for API gateways', async () => {
  type Row = { request: { subject: { id: string } }; expected: boolean }
  const { evaluation } = JSON.parse(readFileSync(GATEWAYS, 'utf8')) as { evaluation: Row[] }
  const people = [...new Set(evaluation.map(({ request }) => request.subject.id))]
  const subjects = people.map(
    (id, index) => `      ${id}: ${index < people.length - 2 ? 'editor' : 'viewer'}`,
  )
  const { post } = await pdp(
    `
viewer: { label: View, endpoints: [{ users/*: GET }, { todos: GET }] }
editor: { label: Edit, includes: [viewer], endpoints: [{ todos: POST }, { "todos/*": [PUT, DELETE] }] }
`,
    `authzen:\n  subjects:\n    identity:\n${subjects.join('\n')}\n`,
  )
  expect(evaluation).toHaveLength(25)
  for (const { request, expected } of evaluation) {
    const { body } = await post(EVALUATION, request)
    expect([request, (body as { decision: boolean }).decision]).toEqual([request, expected])
  }
})

describe('the subject', () => {
  const decision = async (subject: object): Promise<unknown> => {
    const { post } = await pdp()
    const { body } = await post(EVALUATION, { ...asks('alice', 'write'), subject })
    return (body as { decision: boolean }).decision
  }
  test.each([
    [{ type: 'anything', id: 'x', properties: { scope: 'records:write' } }, true],
    [{ type: 'anything', id: 'x', properties: { scope: ['records:write'] } }, true],
    [{ type: 'anything', id: 'x', properties: { scopes: ['records:write'] } }, true],
    [{ type: 'anything', id: 'x', properties: { scope: '', scopes: ['records:write'] } }, false],
    [{ type: 'scope', id: 'records:write' }, true],
    [{ type: 'scope', id: 'records:read records:write' }, false],
    // Malformed or empty scopes are none, and the entry of the configuration is not asked.
    [{ type: 'user', id: 'alice', properties: { scope: 7 } }, false],
    [{ type: 'user', id: 'alice', properties: { scope: [] } }, false],
    [{ type: 'user', id: 'Alice' }, false],
    [{ type: 'USER', id: 'alice' }, false],
    [{ type: '__proto__', id: 'constructor' }, false],
  ])('%j: %s', async (subject, expected) => {
    expect(await decision(subject)).toBe(expected)
  })
})

describe('the resource', () => {
  test.each([
    ['GET', 'route', '/records/x', true],
    ['GET', 'route', 'records/x', true],
    ['GET', 'route', '/records/x?a=b', true],
    ['get', 'route', '/records/x', false],
    ['GET', 'route', '/records/../admin', false],
    ['GET', 'route', '//records/x', false],
    ['GET', 'route', 'http:/records/x', false],
    ['GET', 'route', '', false],
    ['read', 'record', 'a/b', false],
    ['read', 'record', '..', false],
    ['read', 'record', '', false],
    ['read', 'record', '{id}', true],
    ['read', 'record', '\ud800', false],
    ['read', 'record', 'a b', true],
    ['tools/call', 'route', '/records/x', false],
    ['GET', 'tool', 'records/x', false],
    ['read', 'tool', 'records/x', false],
  ])('%s of the %s %j: %s', async (name, type, id, expected) => {
    const { post } = await pdp()
    const { body } = await post(EVALUATION, {
      subject: user('bob'),
      action: { name },
      resource: { type, id },
    })
    expect((body as { decision: boolean }).decision).toBe(expected)
  })
})

describe('who may ask', () => {
  const WITH_CLIENTS = CONFIG.replace(
    'authzen:',
    'authzen:\n  clients: { gateway: { tokenFile: FOLDER/gateway.token }, other: { tokenFile: FOLDER/other.token } }',
  )
  const TOKENS = { 'gateway.token': 'gateway-token-0123456789\n', 'other.token': 'other-token-0123456789' }

  test('a client with its token, and nobody else', async () => {
    const { post } = await pdp(POLICY, WITH_CLIENTS, TOKENS)
    const status = async (authorization?: string): Promise<number> =>
      (await post(EVALUATION, asks('alice', 'read'), authorization === undefined ? {} : { authorization }))
        .status
    expect(await status('Bearer gateway-token-0123456789')).toBe(200)
    expect(await status('bearer other-token-0123456789')).toBe(200)
    expect(await status()).toBe(401)
    expect(await status('Bearer gateway-token-012345678')).toBe(401)
    expect(await status('Basic gateway-token-0123456789')).toBe(401)
  })

  test('a token that is replaced counts at once, the former one no longer', async () => {
    const { post, running, log } = await pdp(POLICY, WITH_CLIENTS, TOKENS)
    const file = readConfig(Buffer.from(WITH_CLIENTS)).value?.authzen?.clients.get('gateway')
    expect(file).toBe('FOLDER/gateway.token')
    expect(log).toHaveLength(1)
    await running.poll()
    expect((await post(EVALUATION, asks('alice', 'read'))).status).toBe(401)
  })

  test('without clients only this machine', async () => {
    const { answerAuthzen } = await import('../../src/serve/authzen/handler.ts')
    const ask = (remoteAddress: string | undefined): number | undefined =>
      answerAuthzen(
        { method: 'GET', headers: {}, headersDistinct: {}, remoteAddress, isEncrypted: false },
        EVALUATION,
        '',
        { point: undefined as never, clients: () => new Map() },
      )?.status
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', undefined])
      expect([address, ask(address)]).toEqual([address, 405])
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '1127.0.0.1', '::2', 'fe80::1'])
      expect([address, ask(address)]).toEqual([address, 403])
  })

  test('subjects of a file are read again when it changes', async () => {
    const { post, running } = await pdp(POLICY, 'authzen: { subjectsFile: FOLDER/people.yaml }', {
      'people.yaml': 'user: { carol: records:read }\n',
    })
    const body = { subject: user('carol'), action: act('GET'), resource: { type: 'route', id: '/records/a' } }
    expect((await post(EVALUATION, body)).body).toEqual({ decision: true })
    expect(running.url).toContain('127.0.0.1')
  })

  test('a body is not read without AuthZEN', async () => {
    const folder = folderWith({ 'scopes.yaml': POLICY, 'keys.json': '{"keys":[]}' })
    const { running } = await served(join(folder, 'scopes.yaml'), { jwks: [join(folder, 'keys.json')] })
    expect((await fetch(`${running.url}${EVALUATION}`, { method: 'POST', body: '{}' })).status).toBe(404)
  })

  test('a body that stalls does not keep other requests waiting', async () => {
    const { post, running } = await pdp()
    const stalled = httpRequest(`${running.url}${EVALUATION}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 100 },
    })
    stalled.on('error', () => undefined)
    stalled.write('{')
    expect((await post(EVALUATION, asks('alice', 'read'))).status).toBe(200)
    stalled.destroy()
  })
})

test.each([
  ['authzen: { client: {} }', 'unknown field `client` of `authzen`'],
  ['authzen: { resources: { route: { path: x } } }', 'the resource type `route` has a fixed meaning'],
  ['authzen: { resources: { a: { path: "x/{name}" } } }', 'a resource has a `path` with `{id}` for its id'],
  ['authzen: { resources: { a: { ids: [x] } } }', 'a resource has a `path`'],
  ['authzen: { subjects: [a] }', '`subjects` must be a mapping, not a list'],
  ['authzen: yes', '`yes` is neither `true` nor `false`'],
])('the section %j is refused', (text, message) => {
  const { value: config, diagnostics } = readConfig(Buffer.from(text))
  expect(config).toBeNull()
  expect(diagnostics.map((one) => one.message).join('\n')).toContain(message)
})

test('a subjects file that is broken keeps the last good subjects', async () => {
  const folder = folderWith({ 'people.yaml': 'user: { carol: records:read }\n' })
  const { post, running, log } = await pdp(POLICY, `authzen: { subjectsFile: ${folder}/people.yaml }`)
  const body = {
    subject: user('carol'),
    action: act('PUT'),
    resource: { type: 'route', id: '/records/record-1' },
  }
  const decision = async (): Promise<boolean> =>
    ((await post(EVALUATION, body)).body as { decision: boolean }).decision
  const change = async (text: string): Promise<void> => {
    writeFileSync(join(folder, 'people.yaml'), text)
    await running.poll()
    await running.poll()
  }
  expect(await decision()).toBe(false)
  await change('user: { carol: records:write }\n')
  expect(await decision()).toBe(true)
  await change('user: [\n')
  expect(await decision()).toBe(true)
  expect(log.at(-2)).toMatchObject({ event: 'authzen-not-loaded', kept: 'the last good content' })
})
