/** The page of connected apps: from records, in the words that the person saw, and an answer that nobody can forge. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  type AppsAnswer,
  type AppsOptions,
  type ConnectedApp,
  connectedAppsPolicy,
  consent,
  consentLanguages,
  consentRecord,
  consentStrings,
  mergeRecords,
  renderConnectedApps,
  resolveConnectedApps,
  withdrawScopes,
} from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { axeFindings, findChromium, launch } from './chromium.ts'
import { attribute, elementsOf, textOf } from './parsed.ts'

const POLICY = loadPolicy(`
openid: { label: Know who you are, consent: implicit, endpoints: [] }
mail: { label: { en: Read your mail, de: Ihre Post lesen, ar: قراءة بريدك }, endpoints: [mail/*: GET] }
send: { label: Send mail, optional: true, endpoints: [mail: POST] }
notes: { label: Keep notes, optional: true, endpoints: [notes: PUT] }
`)
const at = new Date('2026-03-04T23:30:00Z')
const OPTIONS: AppsOptions = { action: '/apps', at: new Date('2026-06-01T00:00:00Z') }

const record = (scopes: string, granted: readonly string[], options: object = {}, locale = 'en') =>
  consentRecord(consent(POLICY, scopes, { locale }), granted, { at, ...options })

const BUDGET: ConnectedApp = {
  client: { id: 'budget&"<', name: 'Budget', verified: true, owner: 'Ada Ltd' },
  record: record('openid mail send', ['mail', 'openid']),
}

const wordsOf = (html: string): string => {
  const [main] = elementsOf(html).filter(({ tagName }) => tagName === 'form')
  return main === undefined ? '' : textOf(main).replace(/\s+/g, ' ')
}
const buttonsOf = (html: string) => elementsOf(html).filter(({ tagName }) => tagName === 'button')

describe('renderConnectedApps', () => {
  test('lists what was granted in the words that the person saw, without what was declined or implicit', () => {
    const shown = record('mail', ['mail'], {}, 'de')
    const stored = JSON.parse(JSON.stringify(shown)) as typeof shown
    const html = renderConnectedApps([{ ...BUDGET, record: stored }], { ...OPTIONS, locale: 'en' })
    expect(wordsOf(html)).toContain('Budget')
    expect(html).toContain('<span lang="de" dir="ltr">Ihre Post lesen</span>')
    const words = wordsOf(renderConnectedApps([BUDGET], { ...OPTIONS, locale: 'en' }))
    expect(words).toContain('Verified')
    expect(words).toContain('Allowed on March 4, 2026')
    expect(words).toContain('Read your mail')
    expect(words).not.toMatch(/Send mail|Know who you are/)
  })

  test('a date is that of the time zone of the person', () => {
    const words = wordsOf(renderConnectedApps([BUDGET], { ...OPTIONS, timeZone: 'Asia/Tokyo' }))
    expect(words).toContain('March 5, 2026')
  })

  test('each decision of several records has its date, newest first, and its end', () => {
    const later = record('notes', ['notes'], { at: new Date('2026-05-01T00:00:00Z'), lifetime: 86_400 * 365 })
    for (const both of [[BUDGET.record, later].flat(), mergeRecords(BUDGET.record, later)]) {
      const words = wordsOf(renderConnectedApps([{ ...BUDGET, record: both }], OPTIONS))
      expect(words).toMatch(
        /Allowed on May 1, 2026 · Ends on May 1, 2027 ?Keep notes.*Allowed on March 4, 2026 ?Read your mail/,
      )
    }
  })

  test('what has ended or was withdrawn is no access', () => {
    const ended = { ...BUDGET, record: record('mail', ['mail'], { lifetime: 60 }) }
    const withdrawn = { ...BUDGET, record: withdrawScopes(BUDGET.record) }
    for (const apps of [[ended], [withdrawn], []]) {
      const html = renderConnectedApps(apps, OPTIONS)
      expect(wordsOf(html)).toContain('No app has access.')
      expect(buttonsOf(html)).toEqual([])
    }
  })

  test('names of clients are cleaned and marked as on the consent page', () => {
    const client = { id: 'x', name: '\u202eP\u0430ypal'.repeat(3) }
    const words = wordsOf(renderConnectedApps([{ ...BUDGET, client }], OPTIONS))
    expect(words).toMatch(/Not verified.*mixes alphabets.*Client ID: x/)
    expect(words).not.toContain('\u202e')
  })

  test.each(consentLanguages)('in %s the frame is in that language', (locale) => {
    const html = renderConnectedApps([BUDGET], { ...OPTIONS, locale })
    const { apps, lang, dir } = consentStrings(locale)
    expect(html).toContain(`<html lang="${lang}" dir="${dir}">`)
    expect(wordsOf(html)).toContain(apps)
  })

  test.each<readonly [string, unknown, object]>([
    ['`id` is missing', [{ ...BUDGET, client: { name: 'B' } }], {}],
    ['two apps have one id', [BUDGET, BUDGET], {}],
    ['a record is none', [{ ...BUDGET, record: { version: 9 } }], {}],
    ['apps are no list', 'x', {}],
    ['the action runs a script', [BUDGET], { action: 'javascript:x' }],
    ['an option has a wrong name', [BUDGET], { actions: '/x' }],
    ['the time zone is none', [BUDGET], { timeZone: 'Mars/Base' }],
    ['a hidden field has the name of the button', [BUDGET], { hiddenFields: { consent_revoke: 'x' } }],
  ])('throws a TypeError where %s', (_, apps, options) => {
    expect(() => renderConnectedApps(apps as never, { ...OPTIONS, ...options })).toThrow(TypeError)
  })

  test('a record that cannot be read is named by its client', () => {
    const broken = { ...BUDGET, record: {} as never }
    expect(() => renderConnectedApps([broken], OPTIONS)).toThrow('the record of the client "budget&\\"<"')
  })
})

describe('resolveConnectedApps', () => {
  const apps = [BUDGET, { ...BUDGET, client: { id: 'other', name: 'Other' } }]

  test('names the client of the button', () => {
    const [button] = buttonsOf(renderConnectedApps(apps, OPTIONS))
    const value = button && attribute(button, 'value')
    expect(value).toBe('budget&"<')
    expect(
      resolveConnectedApps(apps, { consent_revoke: value, csrf: 'x' }, { hiddenFields: ['csrf'] }),
    ).toEqual({
      decision: 'revoke',
      client: 'budget&"<',
    })
  })

  test.each<readonly [unknown, string]>([
    [{}, 'missing'],
    [{ consent_revoke: 'third' }, 'no app `third`'],
    [{ consent_revoke: ['other', 'other'] }, 'more than once'],
    [{ consent_revoke: 'other', csrf: 'x' }, 'no field `csrf`'],
    [{ consent_revoke: 7 }, 'a field that is not a string'],
    [null, 'there is no form'],
    [{ consent_revoke: '__proto__' }, 'no app'],
  ])('%j revokes nothing', (fields, message) => {
    const answer = resolveConnectedApps(apps, fields as never)
    expect(answer).toMatchObject({
      decision: 'invalid',
      message: expect.stringContaining(message) as unknown,
    })
  })
})

const executable = findChromium()
if (executable === undefined) console.log('skipped: there is no chromium on the PATH')
const GUARD = 120_000

describe.skipIf(executable === undefined)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch(executable ?? '')
  }, GUARD)
  afterAll(async () => {
    await browser.close()
  }, GUARD)

  const LOGO = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}`
  const APPS: readonly ConnectedApp[] = [
    BUDGET,
    {
      client: { id: 'mail', name: 'Mailer', logo: LOGO },
      record: [
        record('mail', ['mail'], {}, 'ar'),
        record('notes', ['notes'], { at: OPTIONS.at, lifetime: 9 }),
      ],
    },
  ]

  test.each([
    ['light', 'en', {}],
    ['dark', 'de', { colorScheme: 'dark' }],
    ['right to left', 'ar', {}],
    ['narrow', 'ja', { viewport: { width: 320, height: 640 } }],
    ['forced colours', 'en', { forcedColors: 'active' }],
  ] as const)(
    '%s: axe-core has no finding, nothing is cut off, and a button ends the access of its app',
    async (_, locale, context) => {
      const options: AppsOptions = {
        ...OPTIONS,
        locale,
        service: { name: 'Example Bank' },
        account: 'ana@example.com',
        hiddenFields: { csrf: 't' },
      }
      const answers: AppsAnswer[] = []
      const server = createServer((request, response) => {
        response.setHeader('content-type', 'text/html; charset=utf-8')
        response.setHeader('content-security-policy', connectedAppsPolicy(APPS, options))
        if (request.method !== 'POST') {
          response.end(request.url === '/' ? renderConnectedApps(APPS, options) : undefined)
          return
        }
        let body = ''
        request.on('data', (chunk: Buffer) => (body += chunk.toString()))
        request.on('end', () => {
          answers.push(resolveConnectedApps(APPS, new URLSearchParams(body), { hiddenFields: ['csrf'] }))
          response.end('<title>done</title>')
        })
      })
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      onTestFinished(() => {
        server.closeAllConnections()
        server.close()
      })
      const opened = await browser.newContext({ viewport: { width: 640, height: 800 }, ...context })
      const page = await opened.newPage()
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      expect(await axeFindings(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await page.getByRole('button', { name: /Mailer/ }).click()
      await page.waitForURL('**/apps')
      expect(answers).toEqual([{ decision: 'revoke', client: 'mail' }])
      expect(complaints).toEqual([])
      await opened.close()
    },
    GUARD,
  )
})
