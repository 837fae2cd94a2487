/** Debian's Chromium with pages of ours, each served with the headers that the README recommends. */
import { accessSync, constants, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import {
  contentSecurityPolicy,
  type ConsentView,
  type PageOptions,
  renderConsent,
} from '../../src/consent/index.ts'

const ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** Where it is; undefined where there is none. */
export function findChromium(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => [join(folder, 'chromium'), join(folder, 'chromium-browser')])
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ARGS })
}

export interface Shown {
  readonly page: Page
  /** Forms that were posted, in order. */
  readonly posted: readonly URLSearchParams[]
  /** What the browser had to object to. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/** `sentTo` is where a posted form is redirected. */
export async function show(
  browser: Browser,
  view: ConsentView,
  options: PageOptions,
  { sentTo, ...context }: BrowserContextOptions & { readonly sentTo?: string } = {},
): Promise<Shown> {
  const posted: URLSearchParams[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'POST') {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        posted.push(new URLSearchParams(body))
        response.setHeader('content-type', 'text/html')
        if (sentTo !== undefined) response.writeHead(303, { location: sentTo })
        response.end('<title>done</title>')
      })
      return
    }
    const found = request.url === '/'
    response.writeHead(found ? 200 : 204, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(options),
    })
    response.end(found ? renderConsent(view, options) : undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const opened = await browser.newContext({ viewport: { width: 640, height: 800 }, ...context })
  const page = await opened.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return {
    page,
    posted,
    complaints,
    close: async () => {
      await opened.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const AXE: string = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The findings of axe-core, as lines; none is what is hoped for. Needs JavaScript, from outside of the page. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const module = undefined, exports = undefined, define = undefined;
    ${AXE};
    return window.axe.run(document, { resultTypes: ['violations', 'incomplete'] }).then(({ violations, incomplete }) =>
      [...violations, ...incomplete].map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')));
  })()`)
}
