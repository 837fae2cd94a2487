/**
 * The example for Envoy over gRPC, behind a real Envoy: what the API gets has been granted, with the identity
 * of the token and nothing of the client. Skipped without Envoy, which `.ci/run` installs.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { loadPolicy } from '../../src/load.ts'
import { folderWith, GOOD } from '../cli/run-cli.ts'
import { served } from './asking.ts'
import { createKey } from './issuer.ts'

const CACHED = fileURLToPath(new URL('../../.cache/envoy/bin/envoy', import.meta.url))
const ENVOY = existsSync(CACHED) ? CACHED : 'envoy'
const isMissing = spawnSync(ENVOY, ['--version'], { stdio: 'ignore' }).status !== 0
if (isMissing) console.log('Envoy is not installed: its gRPC test is skipped')
const EXAMPLE = fileURLToPath(new URL('../../examples/gateways/envoy-grpc.yaml', import.meta.url))

interface Reached {
  readonly target: string
  readonly headers: Readonly<Record<string, unknown>>
}
interface Answer {
  readonly status: number
  readonly challenge: string
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function gateway(): Promise<{
  ask: (method: string, path: string, headers?: readonly string[]) => Promise<Answer>
  reached: Reached[]
  token: (claims: object) => Promise<string>
}> {
  const key = await createKey()
  const folder = folderWith({ 'scopes.yaml': GOOD, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
  const { running } = await served(join(folder, 'scopes.yaml'), {
    jwks: [join(folder, 'keys.json')],
    grpc: '127.0.0.1:0',
  })
  const reached: Reached[] = []
  const api = createServer((request, response) => {
    reached.push({ target: request.url ?? '', headers: { ...request.headers } })
    request.resume()
    response.end('served')
  })
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
  const port = await freePort()
  const config = readFileSync(EXAMPLE, 'utf8')
    .replace('port_value: 8080', `port_value: ${port}`)
    .replace('port_value: 9000', `port_value: ${(api.address() as AddressInfo).port}`)
    .replace('port_value: 9191', `port_value: ${running.grpc?.split(':')[1] ?? ''}`)
  writeFileSync(join(folder, 'envoy.yaml'), config)
  const child: ChildProcess = spawn(
    ENVOY,
    ['-c', join(folder, 'envoy.yaml'), '--use-dynamic-base-id', '--concurrency', '1', '-l', 'error'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let problem = ''
  child.stderr?.on('data', (chunk: Buffer) => (problem += chunk.toString()))
  const ended = new Promise((resolve) => child.on('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
    api.closeAllConnections()
    api.close()
  })
  for (let tries = 0; !(await isOpen(port)); tries++) {
    if (tries > 200 || child.exitCode !== null) throw new Error(`Envoy does not listen: ${problem}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const ask = (method: string, path: string, headers: readonly string[] = []): Promise<Answer> =>
    new Promise((resolve, reject) => {
      // `headers` as a list keeps the spelling and the order.
      const list = ['host', 'api.example', ...headers]
      const asked = httpRequest({ port, host: '127.0.0.1', method, path, headers: list }, (response) => {
        response.resume()
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            challenge: response.headers['www-authenticate'] ?? '',
          })
        })
      })
      asked.on('error', reject)
      asked.end()
    })
  return { ask, reached, token: (claims) => key.sign({ scope: 'profile', ...claims }) }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => {
      resolve(false)
    })
  })
}

describe.skipIf(isMissing)('Envoy over gRPC', () => {
  test('passes on what is granted, with the identity of the token in place of the client’s', async () => {
    const { ask, reached, token } = await gateway()
    const authorization = `Bearer ${await token({ client_id: undefined })}`
    const forged = [
      'X-Auth-Client',
      'boss',
      'X_Auth_Client',
      'boss',
      'X-Auth_Subject',
      'root',
      'x-auth-scopes',
      'all',
    ]
    const { status } = await ask('GET', '/workers/me?a=b', ['authorization', authorization, ...forged])
    expect([status, reached.length, reached[0]?.target]).toEqual([200, 1, '/workers/me?a=b'])
    const auth = Object.entries(reached[0]?.headers ?? {}).filter(([name]) => /auth[-_]/i.test(name))
    expect(Object.fromEntries(auth)).toMatchObject({
      'x-auth-subject': 'ada',
      'x-auth-client': '',
      'x-auth-scopes': 'profile',
      'x-auth-omitted': '',
    })
    expect(auth.map(([name]) => name).filter((name) => name.includes('_'))).toEqual([])
  })

  test('answers denials itself, with the challenge', async () => {
    const { ask, reached, token } = await gateway()
    const authorization = ['authorization', `Bearer ${await token({})}`]
    expect(await ask('GET', '/workers/me')).toEqual({ status: 401, challenge: 'Bearer' })
    const denied = await ask('POST', '/records/a/search', authorization)
    expect([denied.status, denied.challenge]).toEqual([403, expect.stringContaining('scope="search"')])
    expect((await ask('GET', '/workers/me', [...authorization, ...authorization])).status).toBe(401)
    expect(reached).toEqual([])
  })

  test('serves no target that the policy does not grant', async () => {
    const { ask, reached, token } = await gateway()
    const policy = loadPolicy(GOOD)
    const authorization = ['authorization', `Bearer ${await token({})}`]
    const targets = [
      '/workers/./me',
      '/workers/x/../me',
      '/workers/%2e%2e/workers/me',
      '//workers/me',
      '/workers//me',
    ]
    targets.push(
      '/workers%2fme',
      '/workers/me;a=b',
      '/workers/me%00',
      '/workers/m%65',
      '/WORKERS/me',
      '/workers/me/',
    )
    for (const target of targets) {
      reached.length = 0
      const { status } = await ask('GET', target, authorization)
      expect([target, status === 200, reached.length]).toEqual(
        policy.authorize('profile', 'GET', target) ? [target, true, 1] : [target, false, 0],
      )
    }
  })
})
