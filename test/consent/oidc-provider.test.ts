/** The recipe for oidc-provider on the real server, through all that a person decides in the life of a client. */
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { type OidcServer, RESOURCE, startOidcServer } from './oidc-server.ts'

const CALLBACK = 'http://127.0.0.1:4802/cb'
const TEXT = `
orders:read: { label: Read your orders, endpoints: [orders: GET] }
orders:write: { label: Change your orders, optional: true, endpoints: [orders: POST] }
`

let server: OidcServer
const jar = new Map<string, string>()

beforeAll(async () => {
  server = await startOidcServer(TEXT, [{ id: 'budget', redirectUri: CALLBACK, type: 'native' }])
})
afterAll(() => {
  server.close()
})

async function send(url: string, init: RequestInit = {}): Promise<Response> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(new URL(url, server.base), {
    redirect: 'manual',
    ...init,
    headers: { ...(init.headers as object), cookie },
  })
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? []
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }
  return response
}
const post = (url: string, body: URLSearchParams): Promise<Response> =>
  send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  })

interface Outcome {
  readonly pages: readonly string[]
  readonly error: string | null
  readonly scope?: string
  readonly id_token?: string
  readonly refresh_token?: string
}

/** From the authorization request to the token; each page is answered with these fields. */
async function authorize(
  scope: string,
  answer: Readonly<Record<string, string>>,
  more: object = {},
  before: (page: number) => void = () => undefined,
): Promise<Outcome> {
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const query = new URLSearchParams({
    ...{ client_id: 'budget', response_type: 'code', redirect_uri: CALLBACK, scope, resource: RESOURCE },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', ...more },
  })
  const pages: string[] = []
  let response = await send(`/auth?${query.toString()}`)
  for (let step = 0; step < 12; step++) {
    const location = response.headers.get('location')
    if (location?.startsWith(CALLBACK)) break
    if (location !== null) {
      response = await send(location)
      continue
    }
    const html = await response.text()
    expect(response.status, html).toBe(200)
    pages.push(
      html
        .replace(/<style[\s\S]*?<\/style>/, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' '),
    )
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
    before(pages.length)
    const fields = new URLSearchParams([
      ...hidden.map(([, name = '', value = '']) => [name, value] as [string, string]),
      ...Object.entries(answer),
    ])
    response = await post(/action="([^"]+)"/.exec(html)?.[1] ?? '', fields)
  }
  const { searchParams } = new URL(response.headers.get('location') ?? '')
  const code = searchParams.get('code')
  if (code === null) return { pages, error: searchParams.get('error') }
  const token = await post(
    '/token',
    new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'budget',
      code,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
      resource: RESOURCE,
    }),
  )
  return { pages, error: null, ...((await token.json()) as object) }
}

test('a person consents, declines, comes back, changes the choice, is told what widened, and withdraws', async () => {
  const ALL = 'openid orders:read orders:write'
  const allow = { consent: 'allow' }
  const first = await authorize(ALL, allow)
  expect(first.pages.join()).toContain('Budget wants access to your Example Shop account')
  expect(first.pages.join()).not.toMatch(/openid|unknown here/)
  expect(first).toMatchObject({ error: null, scope: 'orders:read' })
  expect(first.id_token).toBeTypeOf('string')

  // A native client is asked at each login; the declined scope is not asked for again, and the page is not empty.
  const second = await authorize(ALL, allow)
  expect(second.pages.join()).toMatch(
    /It asks for nothing new.*You have allowed this before.*Read your orders.*declined this before.*Change your orders/,
  )
  expect(second.scope).toBe('orders:read')

  const changed = await authorize(
    ALL,
    { consent: 'allow', consent_scope: 'orders:write' },
    { prompt: 'consent' },
  )
  expect(changed.pages.join()).toMatch(/You decided about this before.*Allowed before.*Declined before/)
  expect(changed.scope).toBe('orders:read orders:write')

  const back = await authorize(ALL, allow, { prompt: 'consent' })
  expect(back.scope).toBe('orders:read')

  const offline = await authorize(`${ALL} offline_access`, allow, { prompt: 'consent' })
  expect(offline.refresh_token).toBeTypeOf('string')

  server.policy = loadPolicy(TEXT.replace('[orders: GET]', '[orders: [GET, DELETE]]'))
  const widened = await authorize(ALL, allow)
  expect(widened.pages.join()).toMatch(/Allows more than when you agreed.*It now also allows Deletes/)
  expect(widened.scope).toBe('orders:read')

  // A policy that changes between page and answer shows the page again.
  const outdated = await authorize(ALL, allow, { prompt: 'consent' }, (page) => {
    if (page === 1) server.policy = loadPolicy(TEXT)
  })
  expect(outdated.pages).toHaveLength(2)
  expect(outdated).toMatchObject({ error: null, scope: 'orders:read' })

  expect(await authorize(ALL, { consent: 'deny' }, { prompt: 'consent' })).toMatchObject({
    error: 'access_denied',
  })
  const removed = await authorize(ALL, { consent: 'withdraw' }, { prompt: 'consent' })
  expect(removed).toMatchObject({ error: 'access_denied' })
  expect(JSON.parse(server.records.get('kim budget') ?? '')).toMatchObject({ scopes: [] })
  const again = await authorize(ALL, allow)
  expect(again.pages.join()).toMatch(/New.*Read your orders|Read your orders.*New/)
})
