/**
 * What a denial costs on hostile and on ordinary policies, beside an allowed request:
 * `node bench/resources/denials.ts`. Each policy in its own process, loaded and compiled, since the first
 * denial of a process is the dearest. Fails where a denial takes more than 50 ms beyond the decision itself, or where on
 * an ordinary policy a denied request to a server with the middleware takes more than 20 times an allowed one. Processor
 * time of the thread and not the clock, so that other programs of the machine count less.
 */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Agent, createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { judge } from '../../src/enforce/judge.ts'
import { scopePolicy } from '../../src/middleware/express.ts'
import { loadAverage, machineOf } from '../machine.ts'
import { DENIAL_WORKLOADS, type DenialWorkload } from './denial-workloads.ts'

/** Milliseconds that a denial may take beyond the decision. */
const MAX_DENIAL = 50
/** Times an allowed request that a denied one may take, on ordinary policies. */
const MAX_RATIO = 20
/** Requests to the server, of each kind. */
const REQUESTS = 2000

interface Row {
  /** Of `authorize` alone, for the dearest request that is denied. */
  readonly decision: number
  readonly first: number
  readonly worst: number
  readonly later: number
  readonly ratio?: number
}

/** Milliseconds of this thread. */
function cpu(run: () => void): number {
  const before = process.threadCpuUsage()
  run()
  return since(before)
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/** Of several turns the least: what disturbs only adds. */
function steady(run: () => void): number {
  let least = Number.POSITIVE_INFINITY
  let calls = 1
  for (let turn = 0; turn < 7; turn++) {
    const spent = cpu(() => {
      for (let call = 0; call < calls; call++) run()
    })
    if (spent >= 10) least = Math.min(least, spent / calls)
    else {
      calls *= 2
      turn -= 1
    }
  }
  return least
}

async function measure(
  { document, scopes, allowed, denied, ordinary }: DenialWorkload,
  kind: string,
): Promise<Row> {
  const loaded = loadPolicy(document())
  const policy = kind === 'compiled' ? fromCompiled(JSON.parse(JSON.stringify(toCompiled(loaded)))) : loaded
  const ask = ([method, target]: readonly [string, string]): boolean =>
    judge(policy, { method, target, scopes }, {}).denial === undefined
  // What loading has left is collected before, and not within the first denial.
  globalThis.gc?.()
  // As the middleware does when it is made.
  const { fingerprint } = policy
  if (fingerprint === '') throw new Error('no fingerprint')
  const each = denied.map((request) =>
    cpu(() => {
      if (ask(request)) throw new Error(`allowed: ${request.join(' ')}`)
    }),
  )
  const again = denied.map((request) => cpu(() => void ask(request)))
  const later = Math.max(...denied.map((request) => steady(() => void ask(request))))
  const decision = Math.max(
    ...denied.map(([method, target]) => steady(() => void policy.authorize(scopes, method, target))),
  )
  if (!ask(allowed)) throw new Error(`denied: ${allowed.join(' ')}`)
  const row = { decision, first: each[0] ?? 0, worst: Math.max(...each, ...again), later }
  return ordinary ? { ...row, ratio: await ratioOf(policy, scopes, allowed, denied) } : row
}

type Asked = readonly [method: string, path: string]

/** How many times an allowed request a denied one costs a server of Node with the middleware. */
async function ratioOf(
  policy: Policy | ReturnType<typeof fromCompiled>,
  scopes: readonly string[],
  allowed: Asked,
  denied: readonly Asked[],
): Promise<number> {
  const guard = scopePolicy({ policy, scopes: () => scopes })
  const server = createServer((request, response) => {
    guard(request, response, () => response.end('ok'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const cost = async ([method, path]: Asked): Promise<number> => {
    let before = process.threadCpuUsage()
    for (let turn = -REQUESTS / 4; turn < REQUESTS; turn++) {
      if (turn === 0) before = process.threadCpuUsage()
      const sent = httpRequest({ port, host: '127.0.0.1', method, path, agent }).end()
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      response.resume()
      await once(response, 'end')
    }
    return since(before)
  }
  const usual = await cost(allowed)
  let most = 0
  for (const request of denied) most = Math.max(most, await cost(request))
  agent.destroy()
  server.close()
  return most / usual
}

function time(milliseconds: number): string {
  if (milliseconds >= 1) return `${milliseconds.toFixed(1)} ms`
  return `${(milliseconds * 1000).toFixed(milliseconds < 0.01 ? 2 : 0)} µs`
}

const [number, kind] = process.argv.slice(2)
if (kind !== undefined) {
  console.log(JSON.stringify(await measure(DENIAL_WORKLOADS[Number(number)] as DenialWorkload, kind)))
} else {
  const machine = machineOf(loadAverage())
  console.log(
    `Node ${machine.node} on ${machine.platform}; ${machine.processor}, ${machine.cores} cores; load average ${machine.loadBefore.toFixed(1)}.\n`,
  )
  console.log(
    '| policy | | decision | first denial | worst of the first two of each | later ones | × an allowed request |',
  )
  console.log('|---|---|---:|---:|---:|---:|---:|')
  const failures: string[] = []
  for (const [at, { name }] of DENIAL_WORKLOADS.entries()) {
    if (number !== undefined && Number(number) !== at) continue
    for (const form of ['loaded', 'compiled']) {
      const script = fileURLToPath(import.meta.url)
      const child = spawnSync(process.execPath, ['--expose-gc', script, String(at), form], {
        encoding: 'utf8',
      })
      if (child.status !== 0) {
        failures.push(`${name}, ${form}: ${child.stderr.trim()}`)
        continue
      }
      const { decision, first, worst, later, ratio } = JSON.parse(child.stdout) as Row
      const cells = [decision, first, worst, later].map(time)
      console.log(`| ${name} | ${form} | ${cells.join(' | ')} | ${ratio?.toFixed(1) ?? ''} |`)
      const beyond = Math.max(worst, later) - decision
      if (beyond > MAX_DENIAL) failures.push(`${name}, ${form}: ${time(beyond)} beyond the decision`)
      if ((ratio ?? 0) > MAX_RATIO)
        failures.push(`${name}, ${form}: ${ratio?.toFixed(1)} times an allowed request`)
    }
  }
  for (const failure of failures) console.error(failure)
  if (failures.length > 0) process.exitCode = 1
}
