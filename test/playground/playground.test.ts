/** The playground as a person uses it, in a real browser. Skipped where there is no Chromium on the PATH. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, findChromium, launch } from '../consent/chromium.ts'

const TOP = fileURLToPath(new URL('../../', import.meta.url))
const BUILT = join(TOP, 'dist', 'playground.html')
const chromium = findChromium()

test('is one file of at most 295 kB gzipped that connects to nothing', () => {
  const page = readFileSync(BUILT, 'utf8')
  expect(gzipSync(page, { level: 9 }).length).toBeLessThan(295_000)
  expect(page.slice(0, 2000)).toContain("default-src 'none'")
  expect(page.slice(0, 2000)).toContain("connect-src 'none'")
  const markup = page.replace(/<script>[^]*<\/script>/, '')
  expect(/<(?:script|link|img)/.test(markup)).toBe(false)
})

test('is written to a file by the command, and never over another without being asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-playground-'))
  const write = (): unknown =>
    execFileSync(process.execPath, [join(TOP, 'dist', 'cli.js'), 'playground', '-o', 'page.html'], {
      cwd: folder,
      stdio: 'pipe',
    })
  write()
  expect(readFileSync(join(folder, 'page.html'), 'utf8')).toBe(readFileSync(BUILT, 'utf8'))
  expect(write).toThrow(/is there already/)
})

describe.skipIf(chromium === undefined)('in Chromium', () => {
  let browser: Browser
  let page: Page
  const problems: string[] = []
  const requests: string[] = []
  const address = pathToFileURL(BUILT).href

  beforeAll(async () => {
    expect(existsSync(BUILT)).toBe(true)
    browser = await launch(chromium ?? '')
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    page.on('pageerror', ({ message }) => problems.push(message))
    page.on('request', (request) => {
      // The preview is a document without an address.
      if (!/^(?:about|data|blob):/.test(request.url())) requests.push(request.url())
    })
    await page.goto(address)
    await page.waitForFunction(`document.querySelector('#decision').textContent !== ''`)
  })

  afterAll(async () => {
    await browser.close()
  })

  const decision = (): Promise<string> => page.locator('#decision').innerText()
  const type = async (text: string): Promise<void> => {
    await page.locator('.cm-content').click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(text)
  }

  test('decides a request as `check` does, and explains it', async () => {
    expect(await decision()).toContain('denied: DELETE /workers/me')
    expect(await decision()).toContain('scopes that would allow it: `api`')
    await page.getByLabel('Scopes of the token').fill('api')
    await expect.poll(decision).toContain('allowed: DELETE /workers/me')
  })

  test('shows findings as one types, and fixes them', async () => {
    await type('a:\n  label: Read it\n  endpoints:\n    - x: get\n')
    await page.getByRole('tab', { name: /^Findings \(/ }).click()
    await expect.poll(() => page.locator('#findings').innerText()).toContain('method-case')
    await page.getByRole('button', { name: 'Fix what changes no decision' }).click()
    await expect.poll(() => page.locator('.cm-content').innerText()).toContain('x: GET')
  })

  test('says what changed, with a request as evidence', async () => {
    await page.getByRole('tab', { name: 'Diff' }).click()
    await page.getByRole('button', { name: 'Take the document as it is now' }).click()
    await type('a:\n  label: Read it\n  endpoints:\n    - "x*": GET\n')
    await expect.poll(() => page.locator('#diff').innerText()).toContain('allows more')
  })

  test('shows the consent page in the language that is chosen', async () => {
    await page.getByRole('tab', { name: 'Try a request' }).click()
    await page.getByLabel('Scopes of the token').fill('a')
    await page.getByRole('tab', { name: 'Consent page' }).click()
    await page.getByLabel('Language').selectOption('de')
    const frame = page.frameLocator('#consent')
    await expect.poll(() => frame.locator('html').getAttribute('lang')).toBe('de')
    await expect.poll(() => frame.locator('body').innerText()).toContain('Read it')
  })

  test('compares with an OpenAPI document', async () => {
    await page.getByRole('tab', { name: 'OpenAPI' }).click()
    await page
      .getByLabel('OpenAPI document')
      .fill(
        'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths:\n  /x: {get: {}}\n  /y: {get: {security: [{o: [a]}]}}\ncomponents: {securitySchemes: {o: {type: oauth2, flows: {implicit: {authorizationUrl: x, scopes: {a: A}}}}}}\n',
      )
    await expect.poll(() => page.locator('#coverage').innerText()).toContain('2 operations')
  })

  test('shows the compiled module and its size', async () => {
    await page.getByRole('tab', { name: 'Compiled' }).click()
    await expect.poll(() => page.locator('#size').innerText()).toContain('gzipped')
    await expect.poll(() => page.locator('#module').innerText()).toContain('export')
  })

  test('restores everything from its address', async () => {
    const link = page.url()
    const other = await browser.newPage()
    await other.goto(link)
    await expect.poll(() => other.locator('.cm-content').innerText()).toContain('x*')
    expect(await other.getByRole('tab', { name: 'Compiled' }).getAttribute('aria-selected')).toBe('true')
    await other.close()
  })

  test('takes an address that holds no state for an empty one', async () => {
    const other = await browser.newPage()
    await other.goto(`${address}#not-a-state`)
    await expect.poll(() => other.locator('#decision').innerText()).toContain('denied')
    await other.close()
  })

  test('is used by keyboard: tabs by arrows, and Escape then Tab leaves the editor', async () => {
    await page.getByRole('tab', { name: 'Compiled' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('tab', { name: 'Try a request' }).getAttribute('aria-selected')).toBe('true')
    await page.locator('.cm-content').click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(`document.activeElement.closest('.cm-editor')`)).toBeNull()
  })

  test.each(['light', 'dark'] as const)('has no finding of axe-core in any tab, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    for (const name of ['Try a request', 'Findings', 'Diff', 'Consent page', 'OpenAPI', 'Compiled']) {
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
      // The preview is a sandbox that no script enters; its page has tests of its own.
      const findings = (await axeFindings(page)).filter((found) => !found.startsWith('frame-tested'))
      expect(findings, name).toEqual([])
    }
  })

  test('never asked for anything, and nothing failed', () => {
    expect(requests.filter((url) => !url.startsWith(address))).toEqual([])
    expect(problems).toEqual([])
  })
})
