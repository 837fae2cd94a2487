/** The check of headers that the page on MCP puts before a server, executed as it is written there. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DOCS } from './blocks.ts'

// Inside of the repository, so that the package and Express are found.
const FOLDER = fileURLToPath(new URL('../../.cache/docs-mcp/', import.meta.url))
const block = /^```js\n((?:(?!^```)[^])*readMessages\((?:(?!^```)[^])*)^```$/m.exec(
  readFileSync(join(DOCS, 'how-to', 'mcp.md'), 'utf8'),
)?.[1]

let server: Server
let address: string

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  const file = join(FOLDER, 'app.mjs')
  const lines = [
    `import express from 'express'`,
    `const app = express()`,
    `const transport = { handleRequest: (req, res, body) => res.json({ handled: body }) }`,
    block ?? expect.fail('the page has no block that calls readMessages'),
    `export const server = app.listen(0, '127.0.0.1')`,
  ]
  writeFileSync(file, lines.join('\n'))
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { readonly server: Server }
  server = module.server
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
})

afterAll(() => {
  server.close()
  rmSync(FOLDER, { recursive: true, force: true })
})

const CALL = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search"}}'

test.each([
  ['the headers of the body', CALL, { 'mcp-method': 'tools/call', 'mcp-name': 'search' }, 200],
  ['another tool in the header', CALL, { 'mcp-method': 'tools/call', 'mcp-name': 'delete' }, 400],
  ['another method in the header', CALL, { 'mcp-method': 'tools/list' }, 400],
  ['no headers', CALL, {}, 200],
  ['two names', CALL.replace('"search"', '"search","name":"delete"'), {}, 400],
  ['no JSON', '{', {}, 400],
])('%s', async (_, body, headers, status) => {
  const answer = await fetch(address, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
  const text = await answer.text()
  expect(text).toContain(status === 200 ? '"handled":{"jsonrpc"' : '"error":"')
  expect(answer.status).toBe(status)
})
