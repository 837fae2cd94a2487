/**
 * Whether denied requests make allowed ones wait: `node bench/resources/denials-under-load.ts`.
 *
 * Express with the middleware, and `serve`, each in its own process with the policy of dearest denials. Eight
 * connections send allowed requests, one after the other, first alone and then beside one connection that sends denied
 * requests of the dearest kind at `DENIED_PER_SECOND`, in turns, until 10,000 of them are answered (another number as
 * argument). Every answer is checked. Fails where the 99th percentile of allowed requests is more than twice that of the turns alone.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { loadPolicy } from '../../src/index.ts'
import { scopePolicy } from '../../src/middleware/express.ts'
import { loadAverage, machineOf } from '../machine.ts'
import { DENIAL_WORKLOADS, type DenialWorkload } from './denial-workloads.ts'

const DENIED_PER_SECOND = 100
const CONNECTIONS = 8
const TURNS = 10
const MAX_RATIO = 2
/** Where `serve` decides. */
const DECIDE = '/decide'
const WORST = 'segment: 100 globstars, a long path'

const workload = DENIAL_WORKLOADS.find(({ name }) => WORST.endsWith(name)) as DenialWorkload
const [kind = ''] = process.argv.slice(2)
const DENIED = Number(kind) || 10_000
if (kind === 'express') startExpress(workload)
else await main(workload)

function startExpress({ document, scopes }: DenialWorkload): void {
  process.on('disconnect', () => process.exit())
  const app = express()
  app.use(scopePolicy({ policy: loadPolicy(document()), scopes: () => scopes }))
  app.use((_, response) => {
    response.end('ok')
  })
  const server = app.listen(0, '127.0.0.1', () => {
    process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  server.keepAliveTimeout = 60_000
}

interface Contestant {
  readonly name: string
  readonly url: string
  /** How a request to the API is asked about. */
  readonly ask: (asked: Asked) => {
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
  }
  readonly stop: () => void
}

type Asked = readonly [method: string, path: string]

async function main({
  allowed,
  denied: [denied = allowed],
  document,
  scopes,
}: DenialWorkload): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-denials-'))
  const machine = machineOf(loadAverage())
  console.log(
    `Node ${machine.node} on ${machine.platform}; ${machine.processor}, ${machine.cores} cores; load average ${machine.loadBefore.toFixed(1)}.\n`,
  )
  console.log('| server | p99 alone | p99 beside denials | × | p50 alone | p50 beside denials |')
  console.log('|---|---:|---:|---:|---:|---:|')
  try {
    for (const contestant of [await expressServer(), await decisionServer(folder, document, scopes)]) {
      const [alone, beside] = await compare(contestant, allowed, denied)
      contestant.stop()
      const cells = [0.99, 0.5].map((rank) => [at(alone, rank), at(beside, rank)] as const)
      const [[p99, p99Beside] = [0, 0], [p50, p50Beside] = [0, 0]] = cells
      const ratio = p99Beside / p99
      console.log(
        `| ${contestant.name} | ${p99.toFixed(2)} ms | ${p99Beside.toFixed(2)} ms | ${ratio.toFixed(2)} | ${p50.toFixed(2)} ms | ${p50Beside.toFixed(2)} ms |`,
      )
      if (ratio > MAX_RATIO) process.exitCode = 1
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function expressServer(): Promise<Contestant> {
  const child = fork(fileURLToPath(import.meta.url), ['express'])
  const [url] = (await once(child, 'message')) as [string]
  return { name: 'Express', url, ask: ([, path]) => ({ path, headers: {} }), stop: () => child.kill() }
}

async function decisionServer(
  folder: string,
  document: DenialWorkload['document'],
  scopes: readonly string[],
): Promise<Contestant> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const [file, keys] = [join(folder, 'policy.yaml'), join(folder, 'jwks.json')]
  writeFileSync(file, JSON.stringify(document()))
  writeFileSync(keys, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] }))
  const issuer = 'https://issuer.example'
  const token = await new SignJWT({ scope: scopes.join(' ') })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer(issuer)
    .setAudience('api')
    .setSubject('client')
    .setExpirationTime('1h')
    .sign(privateKey)
  const script = fileURLToPath(new URL('../serve/contestant.ts', import.meta.url))
  const child = fork(script, ['serve', file, keys, issuer, 'api'])
  const [url] = (await once(child, 'message')) as [string]
  return {
    name: '`serve`',
    url,
    ask: ([method, target]) => ({
      path: DECIDE,
      headers: {
        authorization: `Bearer ${token}`,
        'x-forwarded-method': method,
        'x-forwarded-uri': target,
      },
    }),
    stop: () => child.kill(),
  }
}

/** Latencies of allowed requests in milliseconds, sorted: alone, and beside denials. */
async function compare(
  contestant: Contestant,
  allowed: Asked,
  denied: Asked,
): Promise<readonly [readonly number[], readonly number[]]> {
  const [alone, beside]: [number[], number[]] = [[], []]
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS + 1 })
  await allowedUntil(contestant, allowed, agent, [], sleep(2000))
  for (let turn = 0; turn < TURNS; turn++) {
    const share = DENIED / TURNS
    const denials = denyPaced(contestant, denied, agent, share)
    await allowedUntil(contestant, allowed, agent, beside, denials)
    await allowedUntil(contestant, allowed, agent, alone, sleep((share / DENIED_PER_SECOND) * 1000))
  }
  agent.destroy()
  return [alone.sort((a, b) => a - b), beside.sort((a, b) => a - b)]
}

async function allowedUntil(
  contestant: Contestant,
  allowed: Asked,
  agent: Agent,
  latencies: number[],
  end: Promise<unknown>,
): Promise<void> {
  let isOver = false
  const loops = Array.from({ length: CONNECTIONS }, async () => {
    while (!isOver) {
      const start = performance.now()
      if ((await send(contestant, allowed, agent)) !== 200) throw new Error('an allowed request was denied')
      latencies.push(performance.now() - start)
      await sleep(4)
    }
  })
  await end
  isOver = true
  await Promise.all(loops)
}

async function denyPaced(contestant: Contestant, denied: Asked, agent: Agent, count: number): Promise<void> {
  const start = performance.now()
  for (let sent = 0; sent < count; sent++) {
    const early = start + (sent * 1000) / DENIED_PER_SECOND - performance.now()
    if (early > 0) await sleep(early)
    if ((await send(contestant, denied, agent)) !== 403) throw new Error('a denied request was not denied')
  }
}

async function send({ url, ask }: Contestant, asked: Asked, agent: Agent): Promise<number> {
  const { path, headers } = ask(asked)
  const method = path === DECIDE ? 'GET' : asked[0]
  const sent = httpRequest(new URL(url), { path, method, headers, agent }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  return response.statusCode ?? 0
}

function at(sorted: readonly number[], rank: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * rank))] ?? 0
}
