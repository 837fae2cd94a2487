/** The documentation site: links and anchors, search, and the pages in a real browser, opened from a folder. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page as BrowserPage } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSite, llmsText, type Site } from '../../docs/site/build.ts'
import { SiteSearch } from '../../docs/site/search.ts'
import { axeFindings, findChromium, launch } from '../consent/chromium.ts'
import { DOCS, documentationPages } from './blocks.ts'
import { QUESTIONS } from './questions.ts'

const folder = mkdtempSync(join(tmpdir(), 'scope-policy-site-'))
let site: Site

// It throws for links and anchors that lead nowhere.
beforeAll(async () => {
  site = await buildSite(folder)
}, 120_000)

test('every page of docs/ is on the site and in its menu', () => {
  const linked = site.menu.flatMap(({ links }) => links.map(({ address }) => address))
  for (const { name } of documentationPages()) expect(linked).toContain(name.replace(/\.md$/, '.html'))
  for (const address of linked) expect([address, existsSync(join(folder, address))]).toEqual([address, true])
})

test('every entry of the package has a page of its exports', () => {
  const { exports } = JSON.parse(readFileSync(join(DOCS, '..', 'package.json'), 'utf8')) as {
    exports: Readonly<Record<string, unknown>>
  }
  const entries = Object.keys(exports).filter((subpath) => typeof exports[subpath] === 'object')
  const pages = site.pages.filter(({ source }) => source.startsWith('docs/reference/api/'))
  expect(pages).toHaveLength(entries.length)
  const text = pages.map(({ markdown }) => markdown).join('\n')
  for (const name of [
    'loadPolicy',
    'bearerScopes',
    'InvalidTokenError',
    'comparePolicies',
    'mcpGuard',
    'coverage',
  ])
    expect(text).toContain(`### ${name}\n`)
  expect(text).not.toContain('Promise<any>')
})

describe('search', () => {
  test.each(QUESTIONS)('answers: %s', (question, ...pages) => {
    const found = new SiteSearch(site.sections)
      .find(question, 3)
      .map(({ address }) => address.replace(/\.html.*/, ''))
    const expected = pages.map((page) => (page.startsWith('/') ? `project${page.toLowerCase()}` : page))
    expect(
      found.filter((address) => expected.includes(address)),
      found.join(', '),
    ).not.toEqual([])
  })

  test('finds nothing for words that are nowhere, and does not fail', () => {
    const search = new SiteSearch(site.sections)
    for (const question of ['', '   ', 'xyzzyplugh', '"*"', '\u0000'.repeat(9)]) search.find(question)
    expect(search.find('xyzzyplugh')).toEqual([])
  })
})

test('llms.txt names every page, and llms-full.txt holds them', () => {
  const { index, full } = llmsText(site)
  expect(readFileSync(join(folder, 'llms.txt'), 'utf8')).toBe(index)
  for (const { address } of site.pages) expect(index).toContain(`](${address})`)
  for (const { markdown } of site.pages) expect(full).toContain(markdown.trim())
})

const chromium = findChromium()

describe.skipIf(chromium === undefined)('in Chromium, from a folder', () => {
  let browser: Browser
  let page: BrowserPage
  const problems: string[] = []
  const requests: string[] = []
  const at = (address: string): string => pathToFileURL(join(folder, address)).href

  beforeAll(async () => {
    browser = await launch(chromium ?? '')
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    page.on('pageerror', ({ message }) => problems.push(message))
    page.on('request', (request) => {
      if (!/^(?:file|data):/.test(request.url())) requests.push(request.url())
    })
  })

  afterAll(async () => {
    await browser.close()
  })

  test('finds a page by keyboard', async () => {
    await page.goto(at('how-to/gateways/nginx.html'))
    await page.keyboard.press('/')
    await page.keyboard.type('tenants')
    await expect
      .poll(() => page.locator('#results a').first().innerText(), { timeout: 10_000 })
      .toContain('tenants')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('h1').innerText(), { timeout: 10_000 }).toContain('tenants')
  })

  test('keeps the chosen colors from page to page', async () => {
    await page.goto(at('index.html'))
    await page.getByLabel('Colors').selectOption('dark')
    await page.goto(at('troubleshooting.html'))
    expect(await page.evaluate(`getComputedStyle(document.documentElement).colorScheme`)).toBe('dark')
    await page.getByLabel('Colors').selectOption('auto')
  })

  test('has a menu on a phone, and nothing that is wider than the screen', async () => {
    await page.setViewportSize({ width: 375, height: 740 })
    for (const address of [
      'index.html',
      'how-to/express.html',
      'reference/paths.html',
      'reference/api/index.html',
    ]) {
      await page.goto(at(address))
      expect([address, await page.evaluate(`document.documentElement.scrollWidth`)]).toEqual([address, 375])
    }
    await page.getByRole('button', { name: 'Menu' }).click()
    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: 'Troubleshooting' })
      .click()
    await expect.poll(() => page.locator('h1').innerText(), { timeout: 10_000 }).toBe('Troubleshooting')
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test('reads files of its folder only, without a complaint of the browser', () => {
    expect(requests).toEqual([])
    expect(problems).toEqual([])
  })

  test.each(['light', 'dark'] as const)('has no finding of axe-core, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    // So that the menu shows all of itself: contrast is not computed of what is scrolled away.
    await page.setViewportSize({ width: 1280, height: 4000 })
    for (const address of [
      'index.html',
      'tutorials/api.html',
      'reference/rules.html',
      'reference/api/express.html',
    ]) {
      await page.goto(at(address))
      expect([address, await axeFindings(page)]).toEqual([address, []])
    }
  })
})
