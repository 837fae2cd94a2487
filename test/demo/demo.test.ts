/**
 * The demo as a person or a script starts it.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { raw } from '../middleware/raw-http.ts'
import { buildOnce, demo, finish, HANG, killAll, printed, ROOT, serving } from './run.ts'
import type { Run } from './run.ts'

beforeAll(buildOnce, 120_000)
afterEach(killAll)

describe('--once', { timeout: 2 * HANG }, () => {
  let run: Run
  beforeAll(async () => {
    run = await finish(demo(['--once']))
  })

  test('ends with 0 and says that every answer was as expected', () => {
    expect(run.stdout).toMatch(/\n\d{2} requests, every answer as expected\n$/)
    expect(run).toMatchObject({ code: 0, stderr: '' })
  })

  test('is plain text that fits in 110 columns', () => {
    const lines = run.stdout.split('\n')
    expect(lines.filter((line) => line.length > 110 || !/^[\x20-\x7e]*$/.test(line))).toEqual([])
  })

  test.each([
    ['(none)', 'GET /rest/workers/me.json', 401, 'no token'],
    ['expired', 'GET /rest/workers/me.json', 401, 'expired'],
    ['tampered', 'GET /rest/workers/me.json', 401, 'bad signature'],
    ['profile', 'GET /rest/workers/me.json', 200, 'granted'],
    ['profile', 'DELETE /rest/workers/me.json', 403, 'needs api'],
    ['profile', 'HEAD /rest/workers/me.json', 403, 'no scope allows it'],
    ['search', 'GET /rest/records/ticket/search', 200, 'granted'],
    ['api:read-only', 'PUT /rest/records/ticket/1', 403, 'needs api'],
    ['api', 'DELETE /rest/records/ticket/1', 200, 'granted'],
    ['api', 'GET /rest/workers/../me', 400, 'dot-segment'],
    ['api', 'GET /rest/records/ticket%2F1', 400, 'encoded-slash'],
    ['of Cerb', 'GET /1.1/users/show.json', 401, 'wrong aud'],
    ['tweet.read', 'POST /1.1/statuses/update.json', 403, 'needs tweet.write'],
    ['reports.aggregations:read', 'GET /reports/v2/activity', 200, 'granted'],
    ['reports.aggregations:read', 'GET /reports/v2/identities', 403, 'needs reports.utilities:read'],
    ['profile', 'tools/list', 200, '1 tools'],
    ['search', 'tools/call search_tickets', 200, 'granted'],
    ['search', 'tools/call open_ticket_once', 403, 'needs search ticket:create'],
  ])('%s: %s is answered %d, %s', (token, request, status, reason) => {
    const cells = run.stdout.split('\n').map((line) => line.trim().split(/ {2,}/))
    expect(cells).toContainEqual([token, request, String(status), reason])
  })
})

test(
  '--once with another policy names the answers that differ and ends with 1',
  { timeout: 2 * HANG },
  async () => {
    // Inside of the package, because the demo imports it by its own name.
    mkdirSync(join(ROOT, '.cache'), { recursive: true })
    const folder = mkdtempSync(join(ROOT, '.cache/demo-'))
    try {
      for (const part of ['demo', 'mcp'])
        cpSync(join(ROOT, 'examples', part), join(folder, part), { recursive: true })
      const file = join(folder, 'demo/scopes/cerb.yaml')
      const document = readFileSync(file, 'utf8')
      writeFileSync(file, document.replace('workers/me: GET', 'workers/me: [GET, DELETE]'))
      const run = await finish(demo(['--once'], {}, join(folder, 'demo')))
      expect(run).toMatchObject({ code: 1, stderr: '' })
      expect(run.stdout).toMatch(
        /DELETE \/rest\/workers\/me\.json +405 .*\n {2}\^ differs: expected 403 needs api\n/,
      )
      expect(run.stdout).toMatch(/\n\d+ requests, 1 answered differently\n$/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

describe('serving', { timeout: 2 * HANG }, () => {
  test('prints the address last, and no token unless it is asked', async () => {
    const child = demo([])
    const text = await printed(child, 'Decisions:')
    child.kill('SIGTERM')
    await finish(child)
    expect(text.trim().split('\n').at(-3)).toMatch(/open http:\/\/127\.0\.0\.1:\d+\/ in a browser/)
    expect(text).not.toContain('Bearer')
  })

  test('prints a token for each scope, with a request that it opens', async () => {
    const child = demo(['--tokens'])
    const ended = finish(child)
    const text = await printed(child, 'Decisions:')
    const port = Number(/http:\/\/127\.0\.0\.1:(\d+)\/ in a browser/.exec(text)?.[1])
    const pasted = [...text.matchAll(/^curl -i -X (\w+) 'http:\/\/127\.0\.0\.1:\d+(\S+)' -H '(.+)'$/gm)]
    expect(pasted).toHaveLength(6 + 3 + 9)
    for (const [line, method, target, header = ''] of pasted) {
      const { status } = await raw(port, `${method} ${target}`, [header])
      expect([line, status]).toEqual([line, method === 'POST' && target?.startsWith('/rest') ? 201 : 200])
    }
    expect((await raw(port, 'DELETE /rest/workers/me.json', [pasted[0]?.[3] ?? ''])).status).toBe(403)
    child.kill('SIGTERM')
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('\n403 DELETE /rest/workers/me.json  method-not-granted (scope profile)\n')
    expect(stdout).toMatch(/\nstopped\n$/)
  })

  test('stops on Ctrl-C although a client keeps its connection open', async () => {
    const child = demo(['--json'])
    const ended = finish(child)
    const { base } = JSON.parse(await printed(child, '\n')) as { base: string }
    await (await fetch(`${base}/rest/workers/me`)).text()
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('leaves idle connections open for longer than a client waits between requests', async () => {
    const child = demo(['--json'])
    const ended = finish(child)
    const { base } = JSON.parse(await printed(child, '\n')) as { base: string }
    const response = await fetch(`${base}/rest/workers/me`)
    await response.text()
    expect(response.headers.get('keep-alive')).toBe('timeout=75')
    child.kill('SIGINT')
    await ended
  })

  test('takes the port and the life of tokens from the environment', async () => {
    const probe = createServer()
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
    const { port } = probe.address() as AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    const { base, apis } = await serving({ PORT: String(port), TOKEN_SECONDS: '77' })
    expect(base).toBe(`http://127.0.0.1:${port}`)
    const [, payload = ''] = (apis.cisco.tokens['reports.apiusage:read'] ?? '').split('.')
    const { iat, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      iat: number
      exp: number
    }
    expect(exp - iat).toBe(77)
  })
})

test('--json prints one line with all that a client needs', { timeout: 2 * HANG }, async () => {
  const { base, apis } = await serving()
  expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(Object.keys(apis)).toEqual(['cerb', 'twitter', 'cisco'])
  expect(apis.cerb).toMatchObject({
    authorizationUrl: `${base}/oauth/authorize`,
    tokenUrl: `${base}/oauth/access_token`,
    apiUrl: `${base}/rest/`,
    scopes: ['profile', 'search', 'api:read-only', 'api', 'ticket:create'],
  })
  expect(apis.twitter).toMatchObject({ tokenUrl: `${base}/oauth2/token`, apiUrl: `${base}/1.1/` })
  expect(apis.cisco).toMatchObject({ tokenUrl: `${base}/auth/v2/token`, apiUrl: `${base}/reports/v2/` })
  const paths = { cerb: 'workers/me.json', twitter: 'users/show.json', cisco: 'activity' }
  for (const [name, path] of Object.entries(paths) as [keyof typeof paths, string][]) {
    const { apiUrl, tokens, scopes } = apis[name]
    expect(Object.keys(tokens)).toEqual(expect.arrayContaining([...scopes]))
    const statuses = await Promise.all(
      Object.values(tokens).map(async (token) => {
        const answer = await fetch(apiUrl + path, { headers: { authorization: `Bearer ${token}` } })
        return answer.status
      }),
    )
    expect(new Set(statuses)).toEqual(new Set([200, 403]))
  }
})

describe('mistakes', { timeout: 2 * HANG }, () => {
  test.each([
    [['--twice'], {}, 'unknown argument "--twice"'],
    [['--once', '--json'], {}, '--once and --json exclude each other'],
    [['--once'], { PORT: '99999' }, 'PORT must be a number from 0 to 65535, not "99999"'],
    [['--json'], { TOKEN_SECONDS: '0' }, 'TOKEN_SECONDS must be a number from 1 to 86400, not "0"'],
  ])('%j with %j: usage, exit 2', async (flags, environment, message) => {
    const run = await finish(demo(flags, environment))
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr.split('\n')[0]).toBe(`demo: ${message}`)
    expect(run.stderr).toMatch(/\nusage: /)
  })

  test('a port in use: one line, exit 2', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    for (const flags of [[], ['--once']]) {
      const run = await finish(demo(flags, { PORT: String(port) }))
      const stderr = `demo: port ${port} is in use, set PORT to another one\n`
      expect(run).toEqual({ code: 2, stdout: '', stderr })
    }
    other.close()
  })

  test('--help prints the usage and ends with 0', async () => {
    const run = await finish(demo(['--help']))
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(/^usage: /)
  })
})
