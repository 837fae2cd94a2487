/**
 * The metadata of the resource as a script of another origin reads it in Chromium, with the header that MCP
 * clients send along, from a server of each framework.
 *
 * Chromium is a Debian package; without it this file is skipped: `apt-get install -y chromium`
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, launch } from '../consent/chromium.ts'
import { setupOf } from './audits/setups.ts'
import { frameworks as express } from './servers/express.ts'
import { frameworks as fastify } from './servers/fastify.ts'
import { frameworks as fetch } from './servers/fetch.ts'
import { frameworks as hono } from './servers/hono.ts'
import { frameworks as koa } from './servers/koa.ts'
import { frameworks as nest } from './servers/nest.ts'
import type { Framework } from './servers/server.ts'

const executable = findChromium()
if (executable === undefined) console.log('skipped: there is no chromium on the PATH')

const FIRST = [express, fastify, hono, koa, nest, fetch].flatMap((all): readonly Framework[] =>
  all.slice(0, 1),
)

describe.skipIf(executable === undefined)('in a browser', () => {
  let browser: Browser
  let page: Page
  const pages = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<title>app</title>')
  })

  beforeAll(async () => {
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
    browser = await launch(executable ?? '')
    page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`)
  })
  afterAll(async () => {
    await browser.close()
    pages.close()
  })

  test.each(FIRST)('$name serves its metadata to scripts of other origins', async ({ start }) => {
    const server = await start(setupOf('plain'), { ran: () => undefined, decided: () => undefined })
    const url = `http://127.0.0.1:${server.port}/.well-known/oauth-protected-resource/rest`
    const read = await page.evaluate(async (address) => {
      const headers = { 'MCP-Protocol-Version': '2025-11-25', 'Content-Type': 'application/json' }
      const response = await globalThis.fetch(address, { headers })
      return { status: response.status, document: (await response.json()) as { resource: string } }
    }, url)
    expect(read).toMatchObject({ status: 200, document: { resource: 'https://api.example/rest' } })
    // The API itself is not opened by that.
    const failed = await page.evaluate(
      (address) => globalThis.fetch(address, { headers: { 'X-A': 'b' } }).then(String, String),
      `http://127.0.0.1:${server.port}/rest/workers/me`,
    )
    expect(failed).toContain('Failed to fetch')
    await server.stop()
  })
})
