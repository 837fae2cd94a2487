/** The README as a newcomer pastes it: into an empty folder with the built package, in files of their names. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'scope-policy-readme-'))

beforeAll(() => {
  for (const [, name = '', text = ''] of README.matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms))
    writeFileSync(join(folder, name), text)
  // As `npm init -y` makes it.
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "pasted", "version": "1.0.0", "type": "commonjs" }\n',
  )
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ROOT, join(folder, 'node_modules', 'scope-policy'))
  for (const name of ['express', 'jose'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
})

test('the README is at most 9 KB and says how to install', () => {
  expect(Buffer.byteLength(README)).toBeLessThanOrEqual(9 * 1024)
  expect(README).toContain('npm install scope-policy')
})

test('every relative link of the README leads to a file', () => {
  const targets = [...README.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map((match) => match[1] ?? '')
  expect(targets.length).toBeGreaterThan(10)
  for (const target of targets) expect([target, existsSync(join(ROOT, target))]).toEqual([target, true])
})

test('quick-start.mjs prints what the README says', () => {
  const printed = execFileSync(process.execPath, ['quick-start.mjs'], { cwd: folder, encoding: 'utf8' })
  expect(printed).toBe(/^```text output\n(.*?)^```$/ms.exec(README)?.[1])
})

describe('server.mjs, with real tokens', () => {
  test('answers 200, 401, 401 invalid_token and 403 as the README says', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] })
    const issuer = createServer((_, response) => response.end(jwks)).listen(0, '127.0.0.1')
    const free = createServer().listen(0, '127.0.0.1')
    await Promise.all(
      [issuer, free].map((server) => new Promise((resolve) => server.once('listening', resolve))),
    )
    const port = (free.address() as AddressInfo).port
    await new Promise((resolve) => free.close(resolve))
    const env = {
      ...process.env,
      ISSUER: 'https://login.example',
      AUDIENCE: 'https://api.example',
      JWKS: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`,
      PORT: String(port),
    }
    const server = spawn(process.execPath, ['server.mjs'], { cwd: folder, env, stdio: 'inherit' })
    const mint = (scope: string, expires = '1h'): Promise<string> =>
      new SignJWT({ scope })
        .setProtectedHeader({ alg: 'RS256', kid: 'k' })
        .setIssuer('https://login.example')
        .setAudience('https://api.example')
        .setExpirationTime(expires)
        .sign(privateKey)
    const ask = async (method: string, token?: string): Promise<[number, string | null]> => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const answer = await fetch(`http://127.0.0.1:${port}/workers/me`, { method, headers })
      await answer.arrayBuffer()
      return [answer.status, answer.headers.get('www-authenticate')]
    }
    try {
      await expect
        .poll(
          () =>
            ask('GET').then(
              ([status]) => status,
              () => 0,
            ),
          { timeout: 20_000 },
        )
        .toBe(401)
      expect((await ask('GET', await mint('profile')))[0]).toBe(200)
      const [expired, challenge] = await ask('GET', await mint('profile', '-1h'))
      expect([expired, challenge]).toEqual([401, expect.stringContaining('error="invalid_token"')])
      const [lacking, asks] = await ask('DELETE', await mint('profile'))
      expect([lacking, asks]).toEqual([403, expect.stringContaining('scope="api"')])
    } finally {
      server.kill()
      issuer.close()
    }
  })
})

test('the commands of the README are commands', () => {
  const commands = [...README.matchAll(/scope-policy (\w+)[` ]/g)].map((match) => match[1] ?? '')
  const help = execFileSync(process.execPath, [join(ROOT, 'dist', 'cli.js'), '--help'], { encoding: 'utf8' })
  for (const command of new Set(
    commands.filter((word) => /^(?:lint|diff|check|serve|playground|test)$/.test(word)),
  ))
    expect(help).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
})
