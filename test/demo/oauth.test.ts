/**
 * The authorization server of the demo, seen by clients: openid-client, plain requests, and a client that
 * asks for more when it needs more, as the authorization of MCP has it.
 */
import * as openid from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, formData, formOf, textOf } from './browser.ts'
import { authorize, decide, logIn } from './person.ts'
import type { Choice } from './person.ts'
import { buildOnce, HANG, killAll, serving } from './run.ts'
import type { Api, Description } from './run.ts'

const REDIRECT = 'http://localhost:7/callback'

let base: string
let apis: Description['apis']
beforeAll(async () => {
  buildOnce()
  ;({ base, apis } = await serving())
}, 120_000)
afterAll(killAll)

function authorizationUrl(scope: string, redirectUri = REDIRECT): string {
  const { authorizationUrl: url = '', clientId } = apis.cerb
  const pairs = { client_id: clientId, response_type: 'code', redirect_uri: redirectUri, scope }
  return `${url}?${new URLSearchParams(pairs).toString()}`
}

function discover({ clientId, clientSecret }: Api, server = base): Promise<openid.Configuration> {
  return openid.discovery(new URL(server), clientId, clientSecret, undefined, {
    algorithm: 'oauth2',
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; here is no TLS
    execute: [openid.allowInsecureRequests],
  })
}

/** The whole code flow with PKCE. */
async function codeFlow(
  scope: string,
  choice: Choice = {},
  browser = new Browser(base),
): Promise<openid.TokenEndpointResponse> {
  const config = await discover(apis.cerb)
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const expectedState = openid.randomState()
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT,
    scope,
    state: expectedState,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const page = await logIn(browser, url.href)
  const back = page.status === 0 ? page.url : await decide(browser, page, choice)
  return openid.authorizationCodeGrant(config, new URL(back), { pkceCodeVerifier, expectedState })
}

async function status(token: string, path: string, method = 'GET'): Promise<number> {
  const answer = await fetch(base + path, { method, headers: { authorization: `Bearer ${token}` } })
  await answer.text()
  return answer.status
}

describe('the code flow with openid-client', { timeout: 2 * HANG }, () => {
  test('gives a token with the scopes of the person, and a refresh token', async () => {
    const tokens = await codeFlow('api:read-only')
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'api:read-only', expires_in: 3600 })
    expect(await status(tokens.access_token, '/rest/records/ticket/1')).toBe(200)
    expect(await status(tokens.access_token, '/rest/records/ticket/1', 'PUT')).toBe(403)

    const again = await openid.refreshTokenGrant(await discover(apis.cerb), tokens.refresh_token ?? '')
    expect(again.scope).toBe('api:read-only')
    expect(again.access_token).not.toBe(tokens.access_token)
    expect(await status(again.access_token, '/rest/records/ticket/1')).toBe(200)
  })

  test('shows the labels of what is requested, and of nothing else', async () => {
    const browser = new Browser(base)
    const text = textOf(await logIn(browser, authorizationUrl('profile ticket:create')))
    expect(text).toContain('Access your profile information')
    expect(text).toContain('Open tickets in your name')
    expect(text).not.toContain('Make any')
    expect(text).toContain('Ada')
  })

  test('leaves an optional scope out that the person leaves out', async () => {
    const tokens = await codeFlow('profile ticket:create')
    expect(tokens.scope).toBe('profile')
    expect(await status(tokens.access_token, '/rest/workers/me')).toBe(200)
    expect(await status(tokens.access_token, '/rest/records/ticket', 'POST')).toBe(403)
    const again = await openid.refreshTokenGrant(await discover(apis.cerb), tokens.refresh_token ?? '')
    expect(again.scope).toBe('profile')
  })

  test('asks again for what was left out, and for nothing that was granted', async () => {
    const browser = new Browser(base)
    expect((await codeFlow('profile ticket:create', {}, browser)).scope).toBe('profile')
    const both = await codeFlow('profile ticket:create', { tick: ['ticket:create'] }, browser)
    expect(both.scope?.split(' ').sort()).toEqual(['profile', 'ticket:create'])
    // Nobody is asked here: `decide` would find no form.
    expect((await codeFlow('ticket:create', { tick: ['none of this'] }, browser)).scope).toBe('ticket:create')
  })

  test('ends with access_denied when the person denies, or leaves everything out', async () => {
    await expect(codeFlow('profile', { decision: 'deny' })).rejects.toMatchObject({ error: 'access_denied' })
    await expect(codeFlow('ticket:create')).rejects.toMatchObject({ error: 'access_denied' })
  })

  test('gives an ID token for `openid`', async () => {
    const tokens = await codeFlow('openid profile')
    expect(tokens.scope?.split(' ')).toContain('profile')
    expect(tokens.id_token).toBeDefined()
  })
})

describe('a form of the consent page that was changed', { timeout: 2 * HANG }, () => {
  test.each([
    ['another scope', ['consent_scope', 'api']],
    ['a field of its own', ['scope', 'api']],
    ['another decision', ['consent', 'everything']],
  ])('%s: nothing is granted', async (_, field) => {
    const browser = new Browser(base)
    const url = authorizationUrl('profile ticket:create')
    const page = await logIn(browser, url)
    const { status: answered, text } = await browser.submit(page, [
      ['consent', 'allow'],
      [field[0] ?? '', field[1] ?? ''],
    ])
    expect([answered, text]).toEqual([400, expect.stringContaining('invalid form')])
  })

  test('an answer without the cookie of the question is refused', async () => {
    const browser = new Browser(base)
    const url = authorizationUrl('profile')
    const page = await logIn(browser, url)
    const { action, fields } = formOf(page)
    const form = formData([...fields, ['consent', 'allow']])
    expect((await new Browser(base).open(action, form)).status).toBe(400)
  })
})

describe('authorization requests that are refused', { timeout: 2 * HANG }, () => {
  test.each(['https://attacker.example/', 'http://localhost.attacker.example/', 'http://192.0.2.1/'])(
    'a redirect to %s',
    async (uri) => {
      const url = authorizationUrl('profile', uri)
      const page = await new Browser(base).open(url)
      expect([page.status, page.url.startsWith(base)]).toEqual([400, true])
    },
  )
})

describe('token endpoints', { timeout: 2 * HANG }, () => {
  async function ask(
    url: string,
    api: Api,
    form: Readonly<Record<string, string>>,
  ): Promise<Record<string, unknown>> {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${api.clientId}:${api.clientSecret}`)}` },
      body: new URLSearchParams(form),
    })
    return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) }
  }

  test('only the Cisco-like one takes a request without grant_type', async () => {
    const given = await ask(apis.cisco.tokenUrl, apis.cisco, {})
    expect(given).toMatchObject({ status: 200, token_type: 'Bearer', scope: apis.cisco.scopes.join(' ') })
    const wrong = { status: 400, error: 'invalid_request' }
    expect(await ask(apis.twitter.tokenUrl, apis.twitter, {})).toMatchObject(wrong)
    expect(await ask(apis.cerb.tokenUrl, apis.cisco, {})).toMatchObject(wrong)
  })

  test('give no more than was asked for', async () => {
    const form = { grant_type: 'client_credentials', scope: 'reports.apiusage:read' }
    const { scope } = await ask(apis.cisco.tokenUrl, apis.cisco, form)
    expect(scope).toBe('reports.apiusage:read')
  })

  test('take credentials in the body as well', async () => {
    const { clientId, clientSecret, tokenUrl } = apis.twitter
    const answer = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    })
    expect(await answer.json()).toMatchObject({ scope: 'tweet.read users.read' })
  })

  test('give nothing for a wrong secret, another grant type, another API, or a form of another kind', async () => {
    const { cerb, cisco, twitter } = apis
    const grant = { grant_type: 'client_credentials' }
    expect(await ask(cisco.tokenUrl, { ...cisco, clientSecret: 'no' }, {})).toMatchObject({ status: 401 })
    expect(await ask(cerb.tokenUrl, cerb, grant)).toMatchObject({ status: 400 })
    expect(await ask(twitter.tokenUrl, twitter, { ...grant, resource: `${base}/rest` })).toMatchObject({
      error: 'invalid_target',
    })
    const answer = await fetch(cisco.tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${cisco.clientId}:${cisco.clientSecret}`)}`,
        'content-type': 'application/json',
      },
      body: '{}',
    })
    expect(answer.status).toBe(400)
  })
})

/** The parameters of a challenge (RFC 9110 §11.6.1). */
function parametersOf(answer: Response): Readonly<Record<string, string>> {
  const value = answer.headers.get('www-authenticate') ?? ''
  const pairs = [...value.matchAll(/(\w+)="([^"]*)"/g)].map(
    ([, name = '', text = '']) => [name, text] as const,
  )
  return Object.fromEntries(pairs)
}

describe('a client that steps up', { timeout: 2 * HANG }, () => {
  /** Knows nothing but the address of the API: the rest is discovered. */
  async function call(url: string, method: string, api: Api): Promise<readonly string[]> {
    const browser = new Browser(base)
    const steps: string[] = []
    let token: string | undefined
    for (let round = 0; round < 4; round++) {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const answer = await fetch(url, { method, headers })
      const challenged = parametersOf(answer)
      steps.push(`${answer.status} ${challenged['error'] ?? ''} ${challenged['scope'] ?? ''}`.trim())
      if (answer.ok) break
      const metadata = (await (await fetch(challenged['resource_metadata'] ?? '')).json()) as {
        readonly resource: string
        readonly authorization_servers: readonly string[]
        readonly scopes_supported: readonly string[]
      }
      expect(url.startsWith(metadata.resource)).toBe(true)
      // Without a hint the client begins with the first scope that there is.
      const scope = challenged['scope'] ?? metadata.scopes_supported[0] ?? ''
      token = await tokenFor(metadata.authorization_servers[0] ?? '', metadata.resource, scope, api, browser)
    }
    return steps
  }

  async function tokenFor(
    server: string,
    resource: string,
    scope: string,
    api: Api,
    browser: Browser,
  ): Promise<string> {
    const config = await discover(api, server)
    if (api.authorizationUrl === undefined) {
      return (await openid.clientCredentialsGrant(config, { scope, resource })).access_token
    }
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      scope,
      resource,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const page = await logIn(browser, url.href)
    const back = await decide(browser, page)
    const tokens = await openid.authorizationCodeGrant(
      config,
      new URL(back),
      { pkceCodeVerifier },
      { resource },
    )
    return tokens.access_token
  }

  test('with a person who grants the scope that is named', async () => {
    expect(await call(`${base}/rest/records/ticket/1.json`, 'PUT', apis.cerb)).toEqual([
      '401',
      '403 insufficient_scope api',
      '200',
    ])
  })

  test('with client credentials', async () => {
    expect(await call(`${base}/reports/v2/usage/metrics`, 'GET', apis.cisco)).toEqual([
      '401',
      '403 insufficient_scope reports.usage.metrics:read',
      '200',
    ])
  })
})

test('a token of one API opens no other', { timeout: HANG }, async () => {
  const token = apis.cerb.tokens['api'] ?? ''
  expect(await status(token, '/rest/workers/me')).toBe(200)
  expect(await status(token, '/reports/v2/activity')).toBe(401)
  expect(await status(token, '/1.1/users/show.json')).toBe(401)
})

test('a person who logs in needs a name', { timeout: HANG }, async () => {
  const url = authorizationUrl('profile', 'http://localhost/')
  const browser = new Browser(base)
  const page = await browser.open(url)
  const again = await browser.submit(page, [['name', '  ']])
  expect(textOf(again)).toContain('Log in')
  expect(await authorize(base, url)).toMatch(/^http:\/\/localhost\/\?code=/)
})
