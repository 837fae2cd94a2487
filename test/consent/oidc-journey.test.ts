/**
 * All that a person decides in the life of a client, in Chromium with the real oidc-provider and the recipe. Skipped
 * where there is no Chromium on the PATH.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { axeFindings, findChromium, launch } from './chromium.ts'
import { type OidcServer, RESOURCE, startOidcServer } from './oidc-server.ts'

const executable = findChromium()
if (executable === undefined) console.log('skipped: there is no chromium on the PATH')
const GUARD = 180_000

/** Without `openid`, which belongs to the authorization server. */
const TEXT = `
orders:read: { label: Read your orders, endpoints: [orders: GET] }
orders:write: { label: Change your orders, optional: true, endpoints: [orders: POST] }
`
const ALL = 'openid orders:read orders:write'

describe.skipIf(executable === undefined)('in Chromium with oidc-provider', () => {
  let browser: Browser
  let app: Server
  let callback: string
  let server: OidcServer
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await launch(executable ?? '')
    app = createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<title>app</title>')
    })
    await new Promise<void>((done) => app.listen(0, '127.0.0.1', done))
    callback = `http://127.0.0.1:${(app.address() as AddressInfo).port}/cb`
    server = await startOidcServer(TEXT, [
      { id: 'web', redirectUri: callback, type: 'web' },
      { id: 'native', redirectUri: callback, type: 'native' },
    ])
    context = await browser.newContext({ viewport: { width: 640, height: 800 } })
    page = await context.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
  }, GUARD)
  afterAll(async () => {
    await browser.close()
    app.closeAllConnections()
    app.close()
    server.close()
  }, GUARD)

  let verifier = ''
  /** Opens the authorization request; true where the person is asked. */
  async function open(client: string, more: Readonly<Record<string, string>> = {}): Promise<boolean> {
    verifier = randomBytes(32).toString('base64url')
    const query = new URLSearchParams({
      ...{ client_id: client, response_type: 'code', redirect_uri: callback, scope: ALL },
      ...{ resource: RESOURCE, code_challenge_method: 'S256' },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      ...more,
    })
    await page.goto(`${server.base}/auth?${query.toString()}`)
    return !page.url().startsWith(callback)
  }
  const text = (): Promise<string> => page.locator('form').innerText()
  async function press(name: string): Promise<URLSearchParams> {
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name }).click()
    await page.waitForURL(`${callback}?**`)
    return new URL(page.url()).searchParams
  }
  /** What the token holds. */
  async function token(client: string): Promise<{ readonly scope?: string; readonly id_token?: string }> {
    const code = new URL(page.url()).searchParams.get('code') ?? ''
    const response = await fetch(`${server.base}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', client_id: client, code, redirect_uri: callback },
        ...{ code_verifier: verifier, resource: RESOURCE },
      }),
    })
    return (await response.json()) as object
  }

  test(
    'first consent, decline one, come back, change it, widen the policy, withdraw',
    async () => {
      expect(await open('web')).toBe(true)
      expect(await text()).toContain('Budget wants access to your Example Shop account')
      expect(await text()).not.toMatch(/openid|unknown here/)
      expect(await page.getByRole('checkbox', { name: 'Change your orders' }).isChecked()).toBe(false)
      await press('Allow')
      expect(await token('web')).toMatchObject({
        scope: 'orders:read',
        id_token: expect.any(String) as unknown,
      })

      // Comes back, and is not asked: neither for what was allowed nor for what was declined.
      expect(await open('web')).toBe(false)
      expect((await token('web')).scope).toBe('orders:read')

      expect(await open('web', { prompt: 'consent' })).toBe(true)
      expect(await text()).toMatch(/You decided about this before[\s\S]*Allowed before[\s\S]*Declined before/)
      await page.getByRole('checkbox', { name: 'Change your orders' }).check()
      await press('Allow')
      expect((await token('web')).scope).toBe('orders:read orders:write')
      expect(await open('web', { prompt: 'consent' })).toBe(true)
      expect(await page.getByRole('checkbox', { name: 'Change your orders' }).isChecked()).toBe(true)
      await page.getByRole('checkbox', { name: 'Change your orders' }).uncheck()
      await press('Allow')
      expect((await token('web')).scope).toBe('orders:read')

      server.policy = loadPolicy(TEXT.replace('[orders: GET]', '[orders: [GET, DELETE]]'))
      expect(await open('web')).toBe(true)
      expect(await text()).toMatch(/Allows more than when you agreed[\s\S]*It now also allows[\s\S]*Deletes/)
      await press('Allow')
      expect(await open('web')).toBe(false)

      expect(await open('web', { prompt: 'consent' })).toBe(true)
      expect((await press('Remove access')).get('error')).toBe('access_denied')
      expect(JSON.parse(server.records.get('kim web') ?? '')).toMatchObject({ scopes: [] })
      expect(await open('web')).toBe(true)
      expect(await text()).toMatch(/Read your orders[\s\S]*New/)
      expect((await press('Deny')).get('error')).toBe('access_denied')
      expect(complaints).toEqual([])
    },
    GUARD,
  )

  test(
    'a native client is asked at its second login, by a page that is not empty',
    async () => {
      expect(await open('native')).toBe(true)
      await press('Allow')
      expect(await open('native')).toBe(true)
      expect(await text()).toMatch(
        /It asks for nothing new[\s\S]*You have allowed this before[\s\S]*Read your/,
      )
      await press('Continue')
      expect((await token('native')).scope).toBe('orders:read')
      expect(complaints).toEqual([])
    },
    GUARD,
  )

  test(
    'a policy that changes between page and answer shows the page again',
    async () => {
      expect(await open('native', { prompt: 'consent' })).toBe(true)
      server.policy = loadPolicy(TEXT.replace('[orders: POST]', '[orders: [POST, DELETE]]'))
      await page.getByRole('button', { name: 'Allow' }).click()
      await page.waitForURL('**/interaction/**')
      await expect.poll(() => text()).toContain('Deletes')
      await press('Allow')
      expect((await token('native')).scope).toBe('orders:read')
      expect(complaints).toEqual([])
    },
    GUARD,
  )
})
