/**
 * The pages of the demo: over HTTP, and, where there is a Chromium, as a person sees them.
 */
import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { raw } from '../middleware/raw-http.ts'
import { buildOnce, HANG, killAll, serving } from './run.ts'
import type { Description } from './run.ts'

let described: Description
beforeAll(async () => {
  buildOnce()
  described = await serving()
}, 120_000)
afterAll(killAll)

interface Tried {
  readonly status: number
  readonly body: { readonly error?: string; readonly status?: number; readonly reason?: string }
}

async function attempt(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Tried> {
  const answer = await fetch(`${described.base}/try`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, body: text.startsWith('{') ? (JSON.parse(text) as Tried['body']) : {} }
}

describe('over HTTP', { timeout: HANG }, () => {
  test('every page forbids scripts and frames of others', async () => {
    const login = `/oauth/authorize?client_id=${described.apis.cerb.clientId}&response_type=code&scope=profile`
    const first = await fetch(described.base + login, { redirect: 'manual' })
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const pages = [
      await fetch(`${described.base}/`),
      await fetch(`${described.base}/callback?error=a`),
      await fetch(described.base + (first.headers.get('location') ?? ''), { headers: { cookie } }),
    ]
    for (const page of pages) {
      const policy = page.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(page.headers.get('cache-control')).toBe('no-store')
    }
  })

  test('what others write into an address is text', async () => {
    const answer = await fetch(`${described.base}/callback?error=${encodeURIComponent('<b>"\'&')}`)
    const text = await answer.text()
    expect(answer.status).toBe(400)
    expect(text).not.toContain('<b>')
    expect(text).toContain('&#60;b&#62;&#34;&#39;&#38;')
  })

  test('an answer with a code that nobody asked for is refused', async () => {
    const answer = await fetch(`${described.base}/callback?code=x&state=y`, { redirect: 'manual' })
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('invalid state')])
  })

  test('a request is tried as it was typed, and explained', async () => {
    const token = described.apis.cerb.tokens['profile'] ?? ''
    expect(await attempt({ token, method: 'DELETE', target: '/rest/workers/me.json' })).toMatchObject({
      status: 200,
      body: {
        status: 403,
        reason: 'needs api',
        decision: { reason: 'method-not-granted', scopesThatWouldAllow: ['api'] },
      },
    })
    expect(await attempt({ token, method: 'GET', target: '/rest/workers/../me' })).toMatchObject({
      body: { status: 400, decision: { reason: 'path-refused', refusal: 'dot-segment' } },
    })
    expect(await attempt({ token: '', method: 'GET', target: '/rest/workers/me' })).toMatchObject({
      body: { status: 401, reason: 'no token' },
    })
  })

  test.each([
    ['no fields', {}],
    ['another type', { token: 1, method: 'GET', target: '/' }],
    ['a path without a slash', { token: '', method: 'GET', target: 'http://example.com/' }],
    ['a path that HTTP cannot carry', { token: '', method: 'GET', target: '/a b\r\nc' }],
    ['a method that is none', { token: '', method: 'GET /', target: '/' }],
    ['a token that no header can carry', { token: 'a\r\nb', method: 'GET', target: '/' }],
  ])('%s: 400', async (_, body) => {
    const { status, body: answer } = await attempt(body)
    expect([status, typeof answer.error]).toEqual([400, 'string'])
  })

  test('the page is had under its own address only', async () => {
    const { port } = new URL(described.base)
    const answer = await raw(Number(port), 'GET /')
    expect([answer.status, answer.headers['location']]).toEqual([303, `${described.base}/`])
  })

  test('a form of another site cannot try requests', async () => {
    const body = { token: '', method: 'GET', target: '/' }
    expect((await attempt(body, { 'content-type': 'text/plain' })).status).toBe(400)
  })
})

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
if (CHROMIUM === undefined) console.warn('test/demo/page.test.ts is skipped in part: there is no chromium')

describe.skipIf(CHROMIUM === undefined)('in a browser', { timeout: 3 * HANG }, () => {
  let browser: Browser
  let context: BrowserContext
  const problems: string[] = []

  beforeAll(async () => {
    const switches =
      'no-sandbox disable-gpu disable-quic no-first-run disable-background-networking ' +
      'disable-component-update disable-sync'
    const args = switches.split(' ').map((name) => `--${name}`)
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args })
  }, 3 * HANG)
  afterAll(() => browser.close())
  afterEach(async () => {
    await context.close()
    expect(problems.splice(0)).toEqual([])
  })

  async function opened(width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
    context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
    const page = await context.newPage()
    page.setDefaultTimeout(HANG)
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error' && line.text().includes('Security Policy')) problems.push(line.text())
    })
    await page.goto(`${described.base}/`)
    return page
  }

  async function expectGood(page: Page): Promise<void> {
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(wider)).toBe(0)
    await page.evaluate(axe.source)
    const found = await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')
    expect(found).toEqual([])
  }

  test.each([
    [320, 'dark'],
    [1_100, 'light'],
  ] as const)('at %d pixels, %s: requests are tried, a token is granted', async (width, scheme) => {
    const page = await opened(width, scheme)
    await expectGood(page)

    // The document is shown in its lines.
    const shown = await page.locator('.document:visible pre').innerText()
    expect(shown).toMatch(/^"profile": *\n +label: /m)
    await page.click('[data-example="DELETE /rest/workers/me.json"]')
    await page.waitForSelector('.verdict.denied')
    expect(await page.textContent('.verdict')).toBe('Denied: 403 Forbidden')
    expect(await page.textContent('#result')).toContain('the path is covered, but not for this method')
    await expectGood(page)

    // An example of another API takes a token of that API.
    await page.click('[data-example="GET /reports/v2/requests-by-hour/dns"]')
    await page.waitForSelector('.verdict.allowed')
    expect(await page.textContent('#result')).toContain('reports.granularEvents:read')

    await page.click('#login button[type=submit]')
    await expectGood(page)
    await page.click('button[type=submit]')
    expect(await page.textContent('body')).toContain('Open tickets in your name')
    await page.check('input[type=checkbox]')
    await page.click('button[value=allow]')
    await page.waitForURL(`${described.base}/#try`)
    const granted = await page.textContent('#token option')
    expect(granted).toBe('profile ticket:create (granted by you)')
    const allowed = (await page.textContent('#granted')) ?? ''
    expect(allowed).toContain('You allowed')
    expect(allowed).toContain('Open tickets in your name')
    expect(allowed).not.toContain('You left out')
    // Beside the request is the document that decides it, with the scopes of the token marked.
    expect(await page.locator('.document:visible').count()).toBe(1)
    expect(await page.locator('.document:visible .held').allTextContents()).toEqual([
      expect.stringContaining('profile'),
      expect.stringContaining('ticket:create'),
    ])
    await expectGood(page)
    await page.click('[data-example="POST /rest/records/ticket"]')
    await page.waitForSelector('.verdict.allowed')
  })

  test('the way back to a client of its own is open', async () => {
    const page = await opened(1_100, 'light')
    const arrived: string[] = []
    await context.route('http://localhost:7/**', async (route) => {
      arrived.push(route.request().url())
      await route.fulfill({ status: 200, contentType: 'text/html', body: '<title>client</title>' })
    })
    const query = new URLSearchParams({
      client_id: described.apis.cerb.clientId,
      response_type: 'code',
      redirect_uri: 'http://localhost:7/callback',
      scope: 'profile',
    })
    const url = `${described.base}/oauth/authorize?${query.toString()}`
    await page.goto(url)
    await page.click('button[type=submit]')
    await page.click('button[value=allow]')
    await page.waitForURL('http://localhost:7/**')
    expect(arrived[0]).toMatch(/^http:\/\/localhost:7\/callback\?code=/)

    // What is granted already is not asked again: here the form of the login leads to the client.
    await page.goto(`${url}&prompt=login`)
    await page.click('button[type=submit]')
    await page.waitForURL('http://localhost:7/**')
    expect(arrived).toHaveLength(2)
  })
})
