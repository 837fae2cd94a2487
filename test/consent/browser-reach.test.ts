/**
 * In a real browser: redirects to every loopback address and to schemes of apps, pages of hundreds of scopes, and
 * all languages. Skipped where there is no Chromium on the PATH.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consent, consentLanguages, type PageOptions, resolveConsent } from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { axeFindings, findChromium, launch, show } from './chromium.ts'
import { BANK } from './documents.ts'

const executable = findChromium()
if (executable === undefined) console.log('skipped: there is no chromium on the PATH')
const policy = loadPolicy(BANK)
const PAGE: PageOptions = {
  action: '/consent',
  client: { name: 'Budget', id: 'b-1' },
  account: 'ana@example.com',
}
const GUARD = 180_000

describe.skipIf(executable === undefined)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch(executable ?? '')
  }, GUARD)
  afterAll(async () => {
    await browser.close()
  }, GUARD)

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
    ['localhost', 'localhost'],
  ])(
    'the answer returns to an app that listens on %s (RFC 8252 §7.3)',
    async (address, host) => {
      const app: Server = createServer((_, response) => response.end('back'))
      await new Promise<void>((done) => app.listen(0, address, done))
      const redirectUri = `http://${host}:${(app.address() as AddressInfo).port}/cb`
      const { page, complaints, close } = await show(
        browser,
        consent(policy, 'accounts'),
        { ...PAGE, redirectUri },
        { sentTo: redirectUri },
      )
      await page.getByRole('button', { name: 'Allow' }).click()
      await page.waitForURL(redirectUri)
      expect(complaints).toEqual([])
      await close()
      app.closeAllConnections()
      app.close()
    },
    GUARD,
  )

  test.each(['cursor://anysphere.cursor-deeplink/cb', 'vscode://x/cb', 'claude://cb', 'com.example.app:/cb'])(
    'the redirect to %s passes the Content-Security-Policy, and is barred without it',
    async (redirectUri) => {
      for (const named of [true, false]) {
        const options = named ? { ...PAGE, redirectUri } : PAGE
        const { page, complaints, close } = await show(browser, consent(policy, 'accounts'), options, {
          sentTo: redirectUri,
        })
        const failed: string[] = []
        page.on('requestfailed', (request) => failed.push(request.url()))
        await page.getByRole('button', { name: 'Allow' }).click({ noWaitAfter: true })
        await expect.poll(() => failed.length, { timeout: 20_000 }).toBeGreaterThan(0)
        if (named) {
          expect(failed).toContain(redirectUri)
          expect(complaints).toEqual([])
        } else {
          await expect.poll(() => complaints.join(), { timeout: 20_000 }).toContain('form-action')
        }
        await close()
      }
    },
    GUARD,
  )

  test(
    '600 scopes: the page is short, the buttons are in reach, and a group is allowed by one box',
    async () => {
      const many = loadPolicy(
        Object.fromEntries(
          Array.from({ length: 600 }, (_, at) => [
            `s${at}`,
            {
              label: `See things of kind ${at}`,
              group: `Topic ${at % 20}`,
              optional: at % 2 === 0,
              endpoints: [{ [`r${at}/x`]: at % 100 === 0 ? 'DELETE' : 'GET' }],
            },
          ]),
        ),
      )
      const view = consent(many, [...many.scopes.keys()])
      const { page, posted, complaints, close } = await show(browser, view, PAGE)
      expect(Number(await page.evaluate('document.documentElement.scrollHeight'))).toBeLessThan(8_000)
      const allow = await page.locator('.consent-allow').boundingBox()
      expect((allow?.y ?? 1e9) + (allow?.height ?? 0)).toBeLessThanOrEqual(800)
      expect(await page.locator('.consent-summary').innerText()).toMatch(
        /600 permissions[\s\S]*6 of them are of high risk/,
      )
      // axe-core cannot tell the contrast of what lies below a bar that stays in the window.
      await page.evaluate(`document.querySelector('.consent-actions').style.position = 'static'`)
      expect(await axeFindings(page)).toEqual([])
      await page.locator('input[name=consent_group]').first().check()
      await page.locator('.consent-allow').click()
      await page.waitForURL('**/consent')
      expect(complaints).toEqual([])
      const answer = resolveConsent(view, posted[0] ?? [])
      expect(answer).toMatchObject({ decision: 'allow' })
      expect(answer.scopes).toHaveLength(300 + 30)
      await close()
    },
    GUARD,
  )

  test(
    'in all languages axe-core has no finding, and nothing is cut off',
    async () => {
      for (const locale of consentLanguages) {
        const view = consent(policy, 'accounts transactions payments openid nope', {
          locale,
          granted: 'openid',
        })
        const { page, close } = await show(
          browser,
          view,
          {
            ...PAGE,
            redirectUri: 'http://127.0.0.1:1/',
            service: { name: 'Example Bank' },
            manage: '/apps',
            details: true,
          },
          { viewport: { width: 320, height: 640 } },
        )
        expect(await axeFindings(page), locale).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), locale).toBe(true)
        await close()
      }
    },
    GUARD,
  )
})
