/**
 * AuthZEN evaluations by `scope-policy serve`, beside Cerbos and OPA with the same policy, as `export` writes it
 * for them: requests per second and the 99th percentile with 4, 200 and 2,000 scopes, in turns, in one run.
 *
 *     node bench/serve/peers.ts [seconds]
 *
 * Needs wrk, OPA (`OPA`, or opa on the PATH) and Cerbos (`npm ci --prefix test/peers`); a peer that is missing
 * is left out, and named. Cerbos and OPA are asked by their own REST APIs.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, homedir, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { TARGETS } from '../../src/export/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { documentOf, freePort, median } from './common.ts'
import { load, type Load } from './load.ts'

const seconds = Number(process.argv[2] ?? 3)
const ROUNDS = 3
const SIZES = [4, 200, 2_000]
const CONNECTIONS = 16

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const found = (names: readonly (string | undefined)[]): string | undefined =>
  names.find((name) => name !== undefined && existsSync(name))
const onPath = (name: string): string | undefined =>
  found((process.env['PATH'] ?? '').split(':').map((folder) => join(folder, name)))
const OPA = found([process.env['OPA'], onPath('opa'), join(homedir(), '.cache/opa-build/opa')])
const CERBOS = found([here('../../test/peers/node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64')])

const children: ChildProcess[] = []
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
const folder = mkdtempSync(join(tmpdir(), 'scope-policy-peers-'))
const scopes = ['scope-1', 'scope-2']
const path = '/area-1/items-1/7'

interface Contestant {
  readonly name: string
  readonly url: string
  /** The question, by a path that is granted or not. */
  readonly body: (path: string) => unknown
  readonly isAllowed: (answer: string) => boolean
  readonly child: ChildProcess
}

async function contestants(size: number): Promise<readonly Contestant[]> {
  const document = documentOf(size)
  const policy = loadPolicy(document)
  const file = join(folder, `${size}.yaml`)
  writeFileSync(file, JSON.stringify(document))
  const ours = fork(here('contestant.ts'), ['authzen', file], { execArgv: ['--no-warnings'] })
  const url = await new Promise<string>((resolve) => {
    ours.on('message', (message) => {
      resolve(message as string)
    })
  })
  const all: Contestant[] = [
    {
      name: 'scope-policy',
      url: `${url}/access/v1/evaluation`,
      body: (id) => ({
        subject: { type: 'user', id: 'ada', properties: { scope: scopes } },
        action: { name: 'GET' },
        resource: { type: 'route', id },
      }),
      isAllowed: (answer) => (JSON.parse(answer) as { decision: boolean }).decision,
      child: ours,
    },
  ]
  const write = (target: 'opa' | 'cerbos'): string => {
    const files = join(folder, `${target}-${size}`)
    mkdirSync(files)
    for (const { name, text } of TARGETS[target].write(policy).files) writeFileSync(join(files, name), text)
    return files
  }
  if (CERBOS !== undefined) {
    const [http, grpc] = [await freePort(), await freePort()]
    const config = join(folder, `cerbos-${size}.json`)
    const settings = {
      server: { httpListenAddr: `127.0.0.1:${http}`, grpcListenAddr: `127.0.0.1:${grpc}` },
      storage: { driver: 'disk', disk: { directory: write('cerbos') } },
      telemetry: { disabled: true },
      audit: { enabled: false },
    }
    writeFileSync(config, JSON.stringify(settings))
    all.push({
      name: 'Cerbos',
      url: `http://127.0.0.1:${http}/api/check/resources`,
      body: (at) => ({
        principal: { id: 'token', roles: ['token'], attr: { scopes } },
        resources: [{ actions: ['GET'], resource: { kind: 'api', id: 'api', attr: { path: at } } }],
      }),
      isAllowed: (answer) => answer.includes('EFFECT_ALLOW'),
      child: spawn(CERBOS, ['server', '--config', config, '--log-level', 'error'], { stdio: 'ignore' }),
    })
  }
  if (OPA !== undefined) {
    const port = await freePort()
    const argv = [
      'run',
      '--server',
      '--addr',
      `127.0.0.1:${port}`,
      '--log-level',
      'error',
      '--disable-telemetry',
    ]
    all.push({
      name: 'OPA',
      url: `http://127.0.0.1:${port}/v1/data/scope_policy/allow`,
      body: (at) => ({ input: { scopes, method: 'GET', path: at } }),
      isAllowed: (answer) => (JSON.parse(answer) as { result?: boolean }).result === true,
      child: spawn(OPA, [...argv, '--bundle', write('opa')], { stdio: 'ignore' }),
    })
  }
  return all
}

async function answered({ url, body }: Contestant, at: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body(at)) })
      if (response.status === 200) return await response.text()
    } catch {
      // It has not started yet.
    }
    if (tries > 300) throw new Error(`${url} does not answer`)
    await delay(200)
  }
}

for (const [name, file] of [
  ['Cerbos', CERBOS],
  ['OPA', OPA],
]) {
  if (file === undefined) console.log(`${name ?? ''} is not installed, and left out`)
}
console.log(
  `${CONNECTIONS} connections, ${ROUNDS} rounds of ${seconds} s; ${cpus()[0]?.model ?? ''}, ${cpus().length} cores, load average ${loadavg()[0]?.toFixed(0) ?? ''}`,
)
for (const size of SIZES) {
  const all = await contestants(size)
  children.push(...all.map(({ child }) => child))
  const results = new Map<string, Load[]>()
  for (const one of all) {
    // Answers first, then speed.
    const [granted, denied] = [await answered(one, path), await answered(one, '/area-3/items-1/7')]
    if (!one.isAllowed(granted) || one.isAllowed(denied))
      throw new Error(`${one.name} answers ${granted} and ${denied}`)
    const script = `wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = ${JSON.stringify(JSON.stringify(one.body(path)))}\n`
    writeFileSync(join(folder, `${one.name}.lua`), script)
  }
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { name, url } of all) {
      const script = join(folder, `${name}.lua`)
      const result = await load(url, [], round === 0 ? 1 : seconds, CONNECTIONS, script)
      if (result.failed > 0) throw new Error(`${name}: ${result.failed} failed`)
      // The first round warms up.
      if (round > 0) results.set(name, [...(results.get(name) ?? []), result])
    }
  }
  for (const [name, loads] of results) {
    const rate = median(loads.map(({ requestsPerSecond }) => requestsPerSecond))
    const p99 = median(loads.map((one) => one.p99))
    console.log(
      `${String(size).padStart(5)} scopes  ${name.padEnd(12)} ${rate.toFixed(0).padStart(7)} requests/s  p99 ${p99.toFixed(1)} ms`,
    )
  }
  for (const { child } of all) child.kill('SIGKILL')
}
rmSync(folder, { recursive: true })
