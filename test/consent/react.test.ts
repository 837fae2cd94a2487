/** The recipe for React on a real server: in every language of the page, and answered in a browser. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Browser } from 'playwright-core'
import type * as Recipe from '../../examples/consent/react.tsx'
import {
  type ConsentAnswer,
  consent,
  consentLanguages,
  type ConsentOptions,
  consentRecord,
  type ConsentRecord,
  consentStrings,
  contentSecurityPolicy,
  type PageOptions,
  renderConsent,
  resolveConsent,
  type ConsentView,
} from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { axeFindings, findChromium, launch } from './chromium.ts'
import { elementsOf } from './parsed.ts'
import { recipe } from './recipe.ts'

const { ConsentPage } = recipe<typeof Recipe>('react.tsx')

const POLICY = loadPolicy(`
all: { label: Everything of one kind, optional: true, includes: [part], endpoints: [all: GET] }
part: { label: A part, optional: true, endpoints: [part: GET] }
get: { label: { en: Read files, de: Dateien lesen, ar: قراءة الملفات }, group: Files, endpoints: [files/*: GET] }
put: { label: Write files, group: Files, description: Also new ones., risk: medium, endpoints: [files/*: PUT] }
file: { label: One file, optional: true, group: Files, endpoints: [files/one: [GET, PUT]] }
tools: { label: Work on issues, tools: [get_issue, delete_issue] }
openid: { label: Know who you are, consent: implicit, endpoints: [] }
`)
const ALL = [...POLICY.scopes.keys(), 'unknown']
const PAGE: PageOptions = {
  action: '/consent',
  client: { name: 'Bud\u202eget', id: 'b-1', owner: 'Ada', policy: 'https://budget.example/privacy' },
  service: { name: 'Example Bank' },
  account: { name: 'ana@example.com', switchUrl: '/login' },
  redirectUri: 'http://[::1]:7/cb',
  manage: '/apps',
  hiddenFields: { csrf: 't0ken' },
}

/** The words that a page shows, and the fields that it would post. */
function contentOf(html: string): { readonly words: readonly string[]; readonly fields: readonly string[] } {
  const elements = elementsOf(html)
  const body = html.replace(/^[\s\S]*<body[^>]*>/, '').replace(/[\u2068\u2069]/g, '')
  const words = body.replace(/<\/?(?:bdi|span)[^>]*>/g, '').split(/<[^>]*>/)
  return {
    words: words.map((word) => word.replace(/\s+/g, ' ').trim()).filter((word) => word !== ''),
    fields: elements
      .filter(({ tagName }) => tagName === 'input' || tagName === 'button')
      .map(({ attrs }) => {
        const named = Object.fromEntries(attrs.map(({ name, value }) => [name, value]))
        return `${named['name'] ?? ''}=${named['value'] ?? ''} ${named['checked'] === undefined ? '' : 'checked'}`
      }),
  }
}

const render = (view: ConsentView, page: PageOptions = PAGE): string =>
  `<!doctype html>${renderToStaticMarkup(createElement(ConsentPage, { view, page }))}`

test.each(consentLanguages)('in %s it has the same words and fields as `renderConsent`', (locale) => {
  const view = consent(POLICY, ALL, { locale })
  const html = render(view)
  expect(contentOf(html)).toEqual(contentOf(renderConsent(view, PAGE)))
  const { lang, dir, deny } = consentStrings(locale)
  expect(html).toContain(`<html lang="${lang}" dir="${dir}">`)
  expect(html).toContain(`>${deny}</button>`)
  expect(html).not.toContain('\u202e')
})

test('it shows earlier decisions, what widened, and nothing to ask as the page does', () => {
  const view = consent(POLICY, ALL)
  const record = consentRecord(view, ['get', 'put', 'file', 'tools', 'openid'])
  const wider = loadPolicy(`
get: { label: Read files, endpoints: [files/*: [GET, DELETE]] }
file: { label: One file, optional: true, endpoints: [files/one: GET] }
tools: { label: Work on issues, tools: [get_issue, delete_issue, close_issue] }
`)
  const options: readonly ConsentOptions[] = [{ granted: record }, { granted: record, review: true }]
  for (const one of options) {
    for (const policy of [POLICY, wider]) {
      const again = consent(policy, ALL, one)
      expect(contentOf(render(again))).toEqual(contentOf(renderConsent(again, PAGE)))
    }
  }
  const none = consent(POLICY, 'openid')
  expect(contentOf(render(none))).toEqual(contentOf(renderConsent(none, PAGE)))
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

  test(
    'a person declines one scope, comes back, and changes the choice, and withdraws',
    async () => {
      let stored: ConsentRecord | undefined
      let review = false
      const answers: ConsentAnswer[] = []
      const server = createServer((request, response) => {
        const view = consent(POLICY, ALL, {
          acceptLanguage: request.headers['accept-language'],
          granted: stored,
          review,
        })
        response.setHeader('content-type', 'text/html; charset=utf-8')
        response.setHeader('content-security-policy', contentSecurityPolicy(PAGE))
        if (request.method !== 'POST') {
          response.end(request.url === '/' ? render(view) : undefined)
          return
        }
        let body = ''
        request.on('data', (chunk: Buffer) => (body += chunk.toString()))
        request.on('end', () => {
          const answer = resolveConsent(view, new URLSearchParams(body), { hiddenFields: ['csrf'] })
          answers.push(answer)
          if (answer.decision === 'allow') stored = consentRecord(view, answer.scopes)
          response.end('<title>done</title>')
        })
      })
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      onTestFinished(() => {
        server.closeAllConnections()
        server.close()
      })
      const context = await browser.newContext({ locale: 'de-AT' })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      await page.goto(url)
      expect(await axeFindings(page)).toEqual([])
      const color = await page.evaluate(
        `getComputedStyle(document.querySelector('.consent-allow')).backgroundColor`,
      )
      expect(color).toBe('rgb(11, 87, 176)')
      await page.getByRole('checkbox', { name: 'A part' }).check()
      await page.getByRole('button', { name: 'Erlauben' }).click()
      await page.waitForURL('**/consent')
      expect(answers.at(-1)).toMatchObject({ decision: 'allow', declined: ['all'] })

      await page.goto(url)
      expect(await page.getByRole('checkbox').count()).toBe(0)
      expect(await page.locator('form').innerText()).toContain('Das haben Sie schon abgelehnt')

      review = true
      await page.goto(url)
      expect(await axeFindings(page)).toEqual([])
      expect(await page.getByRole('checkbox', { name: 'A part' }).isChecked()).toBe(true)
      await page.getByRole('checkbox', { name: 'A part' }).uncheck()
      await page.getByRole('button', { name: 'Erlauben' }).click()
      await page.waitForURL('**/consent')
      expect(answers.at(-1)).toMatchObject({ decision: 'allow', withdrawn: ['part'] })

      await page.goto(url)
      await page.getByRole('button', { name: 'Zugriff entfernen' }).click()
      await page.waitForURL('**/consent')
      expect(answers.at(-1)).toEqual({ decision: 'withdraw', scopes: [] })
      expect(complaints).toEqual([])
      await context.close()
    },
    GUARD,
  )
})
