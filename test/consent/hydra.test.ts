/** The recipe for Ory Hydra on a stand-in for its admin API. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { recipe } from './recipe.ts'

const POLICY = loadPolicy({
  most: { label: 'Most', optional: true, includes: ['part'], endpoints: [{ most: 'GET' }] },
  part: { label: 'A part', optional: true, endpoints: [{ part: 'GET' }] },
  get: { label: 'Read', endpoints: [{ 'files/*': 'GET' }] },
  put: { label: 'Write', endpoints: [{ 'files/*': 'PUT' }] },
  file: { label: 'One file', optional: true, endpoints: [{ 'files/one': ['GET', 'PUT'] }] },
})

/** A stand-in for the admin API of Hydra, as it is documented: one consent request, accepted or rejected once. */
async function hydraWith(
  request: object,
): Promise<{ admin: string; accepted: unknown[]; rejected: unknown[]; revoked: string[] }> {
  const accepted: unknown[] = []
  const rejected: unknown[] = []
  const revoked: string[] = []
  const server = createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://x')
    const path = pathname.replace('/admin/oauth2/auth/requests/consent', '')
    const answer = (status: number, body: object): void => {
      res.writeHead(status, { 'content-type': 'application/json' })
      res.end(JSON.stringify(body))
    }
    if (req.method === 'DELETE' && pathname === '/admin/oauth2/auth/sessions/consent') {
      revoked.push(`${searchParams.get('subject') ?? ''} ${searchParams.get('client') ?? ''}`)
      res.writeHead(204).end()
      return
    }
    if (searchParams.get('consent_challenge') !== 'c h') {
      answer(404, {})
      return
    }
    if (req.method === 'GET' && path === '') {
      answer(200, request)
      return
    }
    let body = ''
    req.on('data', (chunk: Buffer) => (body += chunk.toString()))
    req.on('end', () => {
      if (req.method !== 'PUT' || req.headers['content-type'] !== 'application/json') {
        answer(405, {})
        return
      }
      const list = path === '/accept' ? accepted : path === '/reject' ? rejected : undefined
      list?.push(JSON.parse(body))
      answer(list === undefined ? 404 : 200, { redirect_to: `https://id.example${path}` })
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { admin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted, rejected, revoked }
}

type Result = Partial<Readonly<Record<'html' | 'csp' | 'redirect_to', string>>>
const { consentApp: app } = recipe<{ consentApp: (...args: readonly unknown[]) => Promise<Result> }>(
  'hydra.ts',
)

function database(): { readonly records: object; readonly stored: () => unknown } {
  const saved = new Map<string, string>()
  return {
    records: {
      load: (...key: string[]): Promise<unknown> =>
        Promise.resolve(saved.has(key.join()) ? JSON.parse(saved.get(key.join()) ?? '') : undefined),
      save: (subject: string, client: string, record: object): Promise<void> => {
        saved.set([subject, client].join(), JSON.stringify(record))
        return Promise.resolve()
      },
    },
    stored: () => JSON.parse(saved.get('ada,budget') ?? 'null') as unknown,
  }
}

const REQUEST = {
  challenge: 'c h',
  requested_scope: ['openid', 'get', 'most'],
  requested_access_token_audience: ['https://api.example'],
  skip: false,
  subject: 'ada',
  client: {
    client_id: 'budget',
    client_name: '',
    redirect_uris: ['https://budget.example/cb', 'myapp://cb', 'com.example.app:/cb', 'http://[::1]:7/cb'],
  },
}

test('the consent app for Ory Hydra asks, remembers what was declined, and shows the page again if the policy has changed', async () => {
  const { admin, accepted, rejected } = await hydraWith(REQUEST)
  const hydra = { admin, public: 'https://id.example' }
  const { records } = database()
  const options = { policy: POLICY, hydra, records }
  const { html = '', csp } = await app('c h', { acceptLanguage: 'en' }, options)
  expect(html).toContain('<bdi>budget</bdi> asks for access')
  expect(html).not.toContain('unknown here')
  expect(csp).toContain(
    "form-action 'self' https://id.example https://budget.example myapp: com.example.app: http://*:7;",
  )
  const view = /name="consent_view" value="([^"]*)"/.exec(html)?.[1]
  const fields = { consent: 'allow', consent_view: view, consent_challenge: 'c h' }
  expect(await app('c h', { fields: { ...fields, consent_view: 'old' } }, options)).toHaveProperty('html')
  expect(await app('c h', { fields }, options)).toEqual({ redirect_to: 'https://id.example/accept' })
  expect(accepted).toEqual([
    {
      grant_scope: ['get', 'openid'],
      grant_access_token_audience: ['https://api.example'],
      remember: true,
      remember_for: 0,
    },
  ])
  const again = await app('c h', {}, options)
  expect(again.html).toMatch(/It asks for nothing new[\s\S]*You have declined this before/)
  expect(
    await app('c h', { fields: { ...fields, consent: 'deny' } }, { ...options, records: undefined }),
  ).toEqual({
    redirect_to: 'https://id.example/reject',
  })
  expect(rejected).toEqual([{ error: 'access_denied' }])
})

test('where Hydra would skip the page, people are asked when a scope has come to mean more', async () => {
  const { records } = database()
  const first = await hydraWith(REQUEST)
  const given = { policy: POLICY, records }
  const answer = async (admin: string, policy = POLICY): Promise<Result> => {
    const options = { ...given, policy, hydra: { admin, public: 'https://id.example' } }
    const { html = '' } = await app('c h', {}, options)
    const view = /name="consent_view" value="([^"]*)"/.exec(html)?.[1]
    return app('c h', { fields: { consent: 'allow', consent_view: view, consent_challenge: 'c h' } }, options)
  }
  await answer(first.admin)
  const skipping = await hydraWith({ ...REQUEST, skip: true })
  const hydra = { admin: skipping.admin, public: 'https://id.example' }
  expect(await app('c h', {}, { ...given, hydra })).toEqual({ redirect_to: 'https://id.example/accept' })
  // Not `most`, which was declined, although Hydra would have it skipped.
  expect(skipping.accepted).toMatchObject([{ grant_scope: ['get', 'openid'] }])
  const wider = loadPolicy({ get: { label: 'Read', endpoints: [{ 'files/*': ['GET', 'DELETE'] }] } })
  const { html } = await app('c h', {}, { ...given, policy: wider, hydra })
  expect(html).toMatch(/Allows more than when you agreed[\s\S]*Deletes/)
  await answer(skipping.admin, wider)
  expect(await app('c h', {}, { ...given, policy: wider, hydra })).toHaveProperty('redirect_to')
  // Without records nobody knows what was agreed to, and Hydra is believed.
  expect(await app('c h', {}, { policy: wider, hydra })).toHaveProperty('redirect_to')
})

test('with prompt=consent people see earlier choices, and withdraw: Hydra forgets the consent', async () => {
  const request_url = 'https://id.example/oauth2/auth?client_id=budget&prompt=consent'
  const { admin, rejected, revoked } = await hydraWith({ ...REQUEST, request_url })
  const { records, stored } = database()
  const options = { policy: POLICY, records, hydra: { admin, public: 'https://id.example' } }
  const press = async (consent: string): Promise<Result> => {
    const { html = '' } = await app('c h', {}, options)
    const view = /name="consent_view" value="([^"]*)"/.exec(html)?.[1]
    return app('c h', { fields: { consent, consent_view: view, consent_challenge: 'c h' } }, options)
  }
  expect(await press('allow')).toEqual({ redirect_to: 'https://id.example/accept' })
  expect((await app('c h', {}, options)).html).toMatch(/Allowed before[\s\S]*Remove access/)
  expect(await press('withdraw')).toEqual({ redirect_to: 'https://id.example/reject' })
  expect(rejected).toEqual([{ error: 'access_denied' }])
  expect(revoked).toEqual(['ada budget'])
  expect(stored()).toMatchObject({ scopes: [] })
})
