/** The log of our own `serve`, really written, and a line of a megabyte: through the command. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { UsageReport } from '../../src/usage/types.ts'
import { folderWith, runCli } from '../cli/run-cli.ts'
import { AUDIENCE, createKey, ISSUER } from '../serve/issuer.ts'

const POLICY = `me: {label: Read me, endpoints: [workers/me: GET]}
search: {label: Search, endpoints: [records/*/search: GET]}
write: {label: Write, endpoints: [workers/me: POST]}
`

async function usage(cwd: string, log: string, ...more: readonly string[]): Promise<UsageReport> {
  const { code, stdout, stderr } = await runCli(['usage', 'scopes.yaml', log, '--format', 'json', ...more], {
    cwd,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as UsageReport
}

test('what serve decided is what usage reports', async () => {
  const key = await createKey()
  const cwd = folderWith({ 'scopes.yaml': POLICY, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
  const controller = new AbortController()
  let started: (url: string) => void = () => undefined
  const listening = new Promise<string>((resolve) => (started = resolve))
  const outcome = runCli(
    [
      ...['serve', 'scopes.yaml', '--issuer', ISSUER, '--audience', AUDIENCE, '--jwks', 'keys.json'],
      ...['--listen', '127.0.0.1:0', '--log', 'decisions'],
    ],
    {
      cwd,
      stopped: controller.signal,
      onOutput: (text) => {
        const { event, url } = JSON.parse(text) as { event: string; url?: string }
        if (event === 'started') started(url ?? '')
      },
    },
  )
  const url = await Promise.race([listening, outcome.then(({ stderr }) => stderr)])
  const ask = async (method: string, uri: string, scope: string, client: string): Promise<number> => {
    const headers = {
      authorization: `Bearer ${await key.sign({ scope, client_id: client })}`,
      'x-forwarded-method': method,
      'x-forwarded-uri': uri,
    }
    return (await fetch(`${url}/decide`, { headers })).status
  }
  const all = 'me search write'
  expect(await ask('GET', '/workers/me?token=secret', all, 'budget')).toBe(200)
  expect(await ask('GET', '/records/a%20b/search', all, 'budget')).toBe(200)
  expect(await ask('GET', '/records/a%22%7D/search', all, 'other" [x')).toBe(200)
  expect(await ask('POST', '/workers/me', 'me', 'budget')).toBe(403)
  expect(await ask('GET', '/elsewhere', all, 'budget')).toBe(403)
  controller.abort()
  const { code, stdout } = await outcome
  expect(code).toBe(0)
  writeFileSync(join(cwd, 'serve.log'), stdout)
  const report = await usage(cwd, 'serve.log')
  expect(report).toMatchObject({ unparsed: 0, unattributed: 0 })
  expect(report.clients).toMatchObject([
    {
      client: 'budget',
      requests: 4,
      needed: ['me', 'search'],
      refused: [{ method: 'POST', path: '/workers/me', status: 403, scopes: [['write']] }],
      denied: [{ method: 'GET', path: '/elsewhere', count: 1 }],
    },
    { client: 'other" [x', requests: 1, needed: ['search'] },
  ])
})

test('a line of a megabyte is counted, shown by its start, and hides no other line', async () => {
  const line = (request: string): string =>
    `203.0.113.7 - budget [30/Nov/2026:08:00:00 +0000] "${request} HTTP/1.1" 200 12 "-" "curl"\n`
  const long = 'a'.repeat(1_048_576)
  const cwd = folderWith({
    'scopes.yaml': POLICY,
    'access.log': [
      line('GET /workers/me'),
      // Cut, so that what it says of its request is not believed; within the limit, refused as a path.
      line(`GET /${long}`),
      line(`GET /${long.slice(0, 1_000_000)}`),
      `${long}${long}\n`,
      line('GET /records/1/search'),
    ].join(''),
  })
  const report = await usage(cwd, 'access.log')
  expect(report).toMatchObject({ lines: 5, unparsed: 2, unattributed: 0 })
  expect(report.examples.unparsed.map((text) => text.length)).toEqual([200, 200])
  expect(report.clients).toMatchObject([{ client: 'budget', requests: 3, needed: ['me', 'search'] }])
  expect(report.clients[0]?.denied).toMatchObject([{ method: 'GET', count: 1 }])
  expect(report.clients[0]?.denied[0]?.path.length).toBeLessThan(10_000)
})
