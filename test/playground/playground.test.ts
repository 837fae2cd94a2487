/** The playground as a person uses it, in a real browser. Skipped where there is no Chromium on the PATH. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toModule } from '../../src/compiled/index.ts'
import { consent, consentLanguages, renderConsent } from '../../src/consent/index.ts'
import { lint } from '../../src/lint/index.ts'
import { EXAMPLES } from '../../docs/playground/examples.ts'
import { parsePolicy } from '../../src/load.ts'
import { axeFindings, findChromium, launch } from '../consent/chromium.ts'

const TOP = fileURLToPath(new URL('../../', import.meta.url))
const BUILT = join(TOP, 'dist', 'playground.html')
const chromium = findChromium()

test('is one file of at most 250 kB gzipped that connects to nothing', () => {
  const page = readFileSync(BUILT, 'utf8')
  expect(gzipSync(page, { level: 9 }).length).toBeLessThan(250_000)
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

  test('begins with any of its examples, each a document without errors', async () => {
    // The first one is chosen already, and is last here.
    for (const { name, document, scopes, method, path } of EXAMPLES.toReversed()) {
      const { policy, diagnostics } = parsePolicy(document)
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
      await page.getByLabel('Example').selectOption(name)
      const allowed = policy?.authorize(scopes, method, path) === true
      await expect.poll(decision).toContain(`${allowed ? 'allowed' : 'denied'}: ${method} ${path}`)
    }
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

  test('shows the page as the library renders it, in every language', async () => {
    const document = `a:
  label: { en: Read it, de: Es lesen }
  endpoints:
    - x/*: [GET]
  tools: [get_it, create_it]
  resources: ["it://*"]
  prompts: [ask]
b:
  label: Change it
  optional: true
  group: Things
  risk: high
  includes: [a]
  endpoints:
    - x/*: [GET, POST, PATCH, DELETE]
c:
  label: Everything
  endpoints: ["*"]
d:
  label: Send it
  group: Things
  optional: true
  risk: medium
  endpoints:
    - y: POST
`
    const { policy } = parsePolicy(document)
    await type(document)
    const locales = await page.getByLabel('Language').locator('option').allInnerTexts()
    expect(locales).toEqual(consentLanguages)
    for (const scopes of ['a b c d nobody', '']) {
      await page.getByRole('tab', { name: 'Try a request' }).click()
      await page.getByLabel('Scopes of the token').fill(scopes)
      await page.getByRole('tab', { name: 'Consent page' }).click()
      for (const locale of locales) {
        await page.getByLabel('Language').selectOption(locale)
        const view = consent(policy ?? expect.fail(), scopes, { locale })
        const expected = renderConsent(view, { action: '/consent', client: { name: 'Budget' } })
        const shown = (): Promise<string | null> => page.locator('#consent').getAttribute('srcdoc')
        await expect.poll(shown, { message: `${locale}: ${scopes}` }).toBe(expected)
      }
    }
    await page.getByRole('tab', { name: 'Try a request' }).click()
    await page.getByLabel('Scopes of the token').fill('a')
    await type('a:\n  label: Read it\n  endpoints:\n    - "x*": GET\n')
  })

  test('reads a document and its faults as the library does', async () => {
    await page.getByRole('tab', { name: /^Findings/ }).click()
    const broken = [
      'a:\n  lable: 3\n  endpoints:\n    - x: [GET, POTS]\n    - [y]\n    - { z: GET, w: GET }\n  risk: huge\n  optional: maybe\n',
      '$options:\n  wildcard: many\n  basePath: 3\n  pathPrefix: /x\n"a b":\n  label: !!str x\n',
      'a: &a\n  label: x\n  endpoints: *nothing\nb:\n  <<: *a\n"$x": 1\na: {}\n',
      'a:\n  label: "x\n  endpoints: [\n',
      'a: {label: Delete it, endpoints: ["x/:id": GET, "x//y": get, *: GET]}\n? [k]\n: 1\n',
      '$options: {wildcard: segment}\na: {label: Read it, endpoints: ["x/(a|b)/**/{c,d}": GET, "+(y)": POST]}\n',
      'openapi: 3.1.0\ninfo: {}\npaths: {}\n',
    ]
    for (const text of broken) {
      await type(text)
      const expected = lint(text).map(({ message, code, help = '' }) => `${message} ${code}${help}`)
      const shown = (): Promise<readonly string[]> => page.locator('#findings button').allTextContents()
      await expect
        .poll(async () => (await shown()).map((line) => line.replace(/^\d+:\d+ \w+: /, '')), {
          message: text,
        })
        .toEqual(expected)
    }
    await type('a:\n  label: Read it\n  endpoints:\n    - "x*": GET\n')
  })

  test('compares with an OpenAPI document', async () => {
    await page.getByRole('tab', { name: 'OpenAPI' }).click()
    await page
      .getByLabel('OpenAPI document')
      .fill(
        'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths:\n  /x: &x {get: {}}\n  /z: *x\n  /w: {<<: *x, x-tag: !!set {a, b}}\n  /y: {get: {security: [{o: [a]}]}}\ncomponents: {securitySchemes: {o: {type: oauth2, flows: {implicit: {authorizationUrl: x, scopes: {a: A}}}}}}\n',
      )
    await expect.poll(() => page.locator('#coverage').innerText()).toContain('4 operations')
  })

  test('shows the compiled module and its size', async () => {
    await page.getByRole('tab', { name: 'Compiled' }).click()
    await expect.poll(() => page.locator('#size').innerText()).toContain('gzipped')
    await expect.poll(() => page.locator('#module').innerText()).toContain('export')
    const { policy } = parsePolicy('a:\n  label: Read it\n  endpoints:\n    - "x*": GET\n')
    const module = toModule(policy ?? expect.fail())
    const shown = await page.locator('#size').innerText()
    const [bytes = 0, packed = 0] = [...shown.replaceAll(',', '').matchAll(/\d+/g)].map(Number)
    expect(bytes, 'the size of what `build` writes').toBe(module.length)
    const real = gzipSync(module, { level: 9 }).length
    expect(Math.abs(packed - real) / real, `${packed} shown, ${real} measured`).toBeLessThan(0.05)
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
