/**
 * Clients in Python, as the manuals of such APIs describe them, with the libraries that those name. Only
 * addresses and credentials are the demo's.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authorize } from './person.ts'
import { buildOnce, finish, HANG, killAll, printed, serving, start } from './run.ts'
import type { Description } from './run.ts'

// The interpreter that Debian's packages belong to; another python3 may come first on the PATH.
const PYTHON = '/usr/bin/python3'
const probe = spawnSync(PYTHON, ['-c', 'import requests_oauthlib'], { encoding: 'utf8' })
const missing = probe.status !== 0
if (missing) {
  const why = probe.error?.message ?? probe.stderr.trim().split('\n').at(-1) ?? ''
  console.warn(`test/demo/python.test.ts is skipped, install python3-requests-oauthlib: ${why}`)
}

/** Tokens that expire while a client runs. */
const SECONDS = 5
const WAIT = String(SECONDS + 1)

let described: Description
beforeAll(async () => {
  if (missing) return
  buildOnce()
  described = await serving({ TOKEN_SECONDS: String(SECONDS) })
}, 120_000)
afterAll(killAll)

function python(script: string, environment: Readonly<Record<string, string>>): ReturnType<typeof start> {
  return start(PYTHON, [join(import.meta.dirname, 'clients', script)], {
    OAUTHLIB_INSECURE_TRANSPORT: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    ...environment,
  })
}

describe.skipIf(missing).concurrent('a client in Python', { timeout: 3 * HANG }, () => {
  const cerb = (): Record<string, string> => ({
    REQUEST_BASE_URL: `${described.base}/`,
    CLIENT_ID: described.apis.cerb.clientId,
    CLIENT_SECRET: described.apis.cerb.clientSecret,
  })
  const cisco = (): Record<string, string> => ({
    TOKEN_URL: described.apis.cisco.tokenUrl,
    API_URL: described.apis.cisco.apiUrl,
    API_KEY: described.apis.cisco.clientId,
    API_SECRET: described.apis.cisco.clientSecret,
    WAIT,
  })

  async function interactive(scopes: string, tick: readonly string[]): Promise<string[]> {
    const client = python('cerb_authorization_code.py', { ...cerb(), SCOPES: scopes, WAIT })
    const ended = finish(client)
    const text = await printed(client, ' in your browser')
    const url = /Visit (\S+) in your browser/.exec(text)?.[1] ?? ''
    client.stdin.end(`${await authorize(described.base, url, { tick })}\n`)
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return stdout.trim().split('\n').slice(1)
  }

  test('gets an authorization code, and refreshes the token when it expires', async () => {
    expect(await interactive('api', [])).toEqual([
      'scope: api',
      '200 Jeff Standen',
      '200 ',
      `saved a token that lasts ${SECONDS} seconds`,
      '200 Jeff Standen',
    ])
  })

  test('gets what the manual asks for, without a person who ticks anything', async () => {
    expect((await interactive('profile search', [])).slice(0, 3)).toEqual([
      'scope: profile search',
      '200 Jeff Standen',
      '200 ',
    ])
  })

  test.each([
    ['that has not expired', '300', ['200 Jeff Standen']],
    ['that has expired', '-30', ['saved a new token: True', '200 Jeff Standen']],
  ])('uses a pre-generated token %s', async (_, expiresIn, expected) => {
    const fresh = await serving()
    const { clientId, clientSecret, tokens, refreshTokens } = fresh.apis.cerb
    const client = python('cerb_pregenerated_token.py', {
      REQUEST_BASE_URL: `${fresh.base}/`,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      ACCESS_TOKEN: tokens['profile'] ?? '',
      REFRESH_TOKEN: refreshTokens?.['profile'] ?? '',
      EXPIRES_IN: expiresIn,
    })
    const { code, stdout, stderr } = await finish(client)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.trim().split('\n')
    expect(lines.slice(0, -1)).toEqual(expected)
    expect(lines.at(-1)).toMatch(/^403 Bearer .*error="insufficient_scope".* scope="api"/)
  })

  test('reads a timeline with client credentials', async () => {
    const { clientId, clientSecret } = described.apis.twitter
    const environment = { BASE: described.base, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret }
    expect(await finish(python('twitter_client_credentials.py', environment))).toEqual({
      code: 0,
      stderr: '',
      stdout: "scope: tweet.read users.read\n200 ['somebody', 'somebody', 'somebody']\n",
    })
  })

  test('reads reports with BackendApplicationClient, again when the token has expired', async () => {
    const run = await finish(python('cisco_oauthlib.py', cisco()))
    expect(run).toEqual({ code: 0, stderr: '', stdout: 'got a token\n{}\n{}\ngot a token\n{}\n' })
  })

  test('reads reports with requests and no grant_type, again when the token has expired', async () => {
    const run = await finish(python('cisco_requests.py', cisco()))
    expect(run).toEqual({ code: 0, stderr: '', stdout: 'got a token\n{}\n{}\ngot a token\n{}\n' })
  })
})
