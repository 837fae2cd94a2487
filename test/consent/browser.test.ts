/**
 * The page in a real browser: by keyboard alone, without JavaScript, in every mode that people use, and
 * looked at by axe-core. Skipped where there is no Chromium on the PATH.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consent, type PageOptions, resolveConsent } from '../../src/consent/index.ts'
import { cleanName } from '../../src/consent/client-text.ts'
import { loadPolicy } from '../../src/index.ts'
import { axeFindings, findChromium, launch, show } from './chromium.ts'
import { BANK } from './documents.ts'

const executable = findChromium()
if (executable === undefined) console.log('skipped: there is no chromium on the PATH')

const policy = loadPolicy(BANK)
const ALL = 'accounts transactions payments payments.read openid'
const PAGE: PageOptions = {
  action: '/consent',
  client: { name: 'Budget Planner', uri: 'https://budget.example', policy: 'https://budget.example/privacy' },
  account: 'ana@example.com',
  redirectUri: 'https://budget.example/cb',
  hiddenFields: { csrf: 't0ken' },
  details: true,
}
const GUARD = 60_000

describe.skipIf(executable === undefined)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch(executable ?? '')
  }, GUARD)
  afterAll(async () => {
    await browser.close()
  }, GUARD)

  const MODES = [
    ['light', {}, 'en'],
    ['dark', { colorScheme: 'dark' }, 'en'],
    ['right to left', {}, 'ar'],
    ['right to left and dark', { colorScheme: 'dark' }, 'ar'],
    ['narrow', { viewport: { width: 320, height: 640 } }, 'de'],
    ['forced colours', { forcedColors: 'active' }, 'en'],
    ['Japanese', {}, 'ja'],
  ] as const

  test.each(MODES)(
    '%s: axe-core has no finding, the browser no complaint, and nothing is cut off',
    async (_, context, locale) => {
      const view = consent(policy, `${ALL} sms`, { locale, granted: 'openid' })
      const { page, complaints, close } = await show(browser, view, PAGE, { ...context, bypassCSP: false })
      expect(await axeFindings(page)).toEqual([])
      await page.locator('summary').first().click()
      expect(await axeFindings(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      expect(complaints).toEqual([])
      await close()
    },
    GUARD,
  )

  test(
    'the page is styled under its own Content-Security-Policy',
    async () => {
      const { page, complaints, close } = await show(browser, consent(policy, ALL), {
        ...PAGE,
        theme: { accent: '#7a1fa2' },
      })
      const color = await page.locator('.consent-allow').evaluate((button) => {
        return (
          globalThis as unknown as { getComputedStyle: (of: unknown) => { backgroundColor: string } }
        ).getComputedStyle(button).backgroundColor
      })
      expect(color).toBe('rgb(122, 31, 162)')
      expect(complaints).toEqual([])
      await close()
    },
    GUARD,
  )

  test(
    'without JavaScript and by keyboard alone, a person ticks, reads and allows',
    async () => {
      const view = consent(policy, ALL)
      const { page, posted, close } = await show(browser, view, PAGE, { javaScriptEnabled: false })
      const steps: string[] = []
      for (let step = 0; step < 12; step++) {
        await page.keyboard.press('Tab')
        const focused = page.locator(':focus')
        if ((await focused.count()) === 0) break
        const name = (await focused.textContent()) ?? ''
        const kind = (await focused.getAttribute('type')) ?? 'other'
        steps.push(kind === 'checkbox' ? kind : name)
        if (kind === 'checkbox' || name === 'What exactly this opens') await page.keyboard.press('Space')
        if (name !== 'Allow') continue
        expect(await page.locator('.consent-details').first().getAttribute('open')).not.toBe(null)
        await page.keyboard.press('Enter')
        break
      }
      await page.waitForURL('**/consent')
      expect(steps).toEqual([
        'What exactly this opens',
        'checkbox',
        'What exactly this opens',
        'What exactly this opens',
        'Deny',
        'Allow',
      ])
      expect(Object.fromEntries(posted[0] ?? [])).toEqual({
        csrf: 't0ken',
        consent: 'allow',
        consent_scope: 'transactions',
        consent_view: view.id,
      })
      expect(resolveConsent(view, posted[0] ?? [], { hiddenFields: ['csrf'] })).toMatchObject({
        decision: 'allow',
        scopes: ['accounts', 'transactions', 'payments', 'payments.read', 'openid'],
      })
      await close()
    },
    GUARD,
  )

  test(
    'a box that another one includes says so, and axe-core has no finding',
    async () => {
      const own = loadPolicy({
        api: { label: 'Read the whole catalogue', risk: 'low', endpoints: [{ 'c*': 'GET' }] },
        part: { label: 'Read one shelf', optional: true, risk: 'high', endpoints: [{ 'c/*': 'GET' }] },
        f: { label: 'Manage files', optional: true, includes: ['b'], endpoints: [{ f: 'PUT' }] },
        b: { label: 'Read files', optional: true, endpoints: [{ b: 'GET' }] },
      })
      const view = consent(own, 'api part f b')
      for (const locale of ['en', 'ar']) {
        const shown = await show(browser, consent(own, 'api part f b', { locale }), PAGE)
        expect(await axeFindings(shown.page)).toEqual([])
        await shown.close()
      }
      const { page, posted, complaints, close } = await show(browser, view, PAGE, {
        javaScriptEnabled: false,
      })
      expect(await page.locator('input[type=checkbox]').count()).toBe(2)
      await page.getByRole('checkbox', { name: 'Manage files' }).check()
      await page.getByRole('button', { name: 'Allow' }).click()
      await page.waitForURL('**/consent')
      expect(complaints).toEqual([])
      expect(resolveConsent(view, posted[0] ?? [], { hiddenFields: ['csrf'] })).toEqual({
        decision: 'allow',
        scopes: ['api', 'part', 'f', 'b'],
        declined: [],
      })
      await close()
    },
    GUARD,
  )

  test(
    'Enter in a checkbox denies, and so does the button',
    async () => {
      for (const press of ['Enter', 'click']) {
        const view = consent(policy, ALL)
        const { page, posted, close } = await show(browser, view, PAGE, { javaScriptEnabled: false })
        if (press === 'Enter') await page.locator('input[type=checkbox]').press('Enter')
        else await page.getByRole('button', { name: 'Deny' }).click()
        await page.waitForURL('**/consent')
        expect(resolveConsent(view, posted[0] ?? [], { hiddenFields: ['csrf'] })).toEqual({
          decision: 'deny',
          scopes: [],
        })
        await close()
      }
    },
    GUARD,
  )

  test(
    'both buttons are of one size, at 44 pixels or more, and the focus is seen',
    async () => {
      for (const width of [320, 640]) {
        const { page, close } = await show(browser, consent(policy, ALL), PAGE, {
          viewport: { width, height: 640 },
        })
        const [deny, allow] = [
          await page.locator('.consent-deny').boundingBox(),
          await page.locator('.consent-allow').boundingBox(),
        ]
        expect(deny).toMatchObject({ width: allow?.width, height: allow?.height })
        expect(deny?.height).toBeGreaterThanOrEqual(44)
        await page.locator('.consent-deny').focus()
        await page.keyboard.press('Tab')
        expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
        await close()
      }
    },
    GUARD,
  )

  test(
    'a hostile name is a name: nothing runs, and it fits',
    async () => {
      const name = `<img src=x onerror=alert(1)>"'\u202eevil ${'x'.repeat(10_000)}`
      const { page, complaints, close } = await show(
        browser,
        consent(policy, ALL),
        { ...PAGE, client: { name }, account: name },
        { viewport: { width: 320, height: 640 } },
      )
      expect(await page.locator('h1 bdi').textContent()).toBe(cleanName(name))
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      expect(complaints).toEqual([])
      await close()
    },
    GUARD,
  )

  test(
    'the browser goes back to the client through other places, if they are named, and else nowhere',
    async () => {
      const client = createServer((_, response) => response.end('back'))
      const through = createServer((_, response) =>
        response.writeHead(303, { location: urlOf(client) }).end(),
      )
      const urlOf = (server: Server): string =>
        `http://localhost:${(server.address() as AddressInfo).port}/cb`
      for (const server of [client, through]) await new Promise<void>((done) => server.listen(0, done))
      const redirectUri = urlOf(client)
      for (const [named, arrives] of [
        [{ redirectUri, redirectsThrough: [urlOf(through)] }, true],
        [{ redirectUri }, false],
      ] as const) {
        const { page, complaints, close } = await show(
          browser,
          consent(policy, ALL),
          { action: '/consent', client: { name: 'Budget' }, ...named },
          { sentTo: urlOf(through), javaScriptEnabled: false },
        )
        await page.getByRole('button', { name: 'Allow' }).click()
        if (arrives) {
          await page.waitForURL(redirectUri)
          expect(complaints).toEqual([])
        } else {
          await expect.poll(() => complaints.join()).toContain('form-action')
          expect(page.url()).not.toBe(redirectUri)
        }
        await close()
      }
      for (const server of [client, through]) {
        server.closeAllConnections()
        server.close()
      }
    },
    GUARD,
  )

  test(
    'on paper the endpoints are there and the buttons are not',
    async () => {
      const { page, close } = await show(browser, consent(policy, ALL), PAGE)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.consent-actions').isVisible()).toBe(false)
      expect((await page.locator('.consent-code').first().boundingBox())?.height).toBeGreaterThan(5)
      await close()
    },
    GUARD,
  )
})
