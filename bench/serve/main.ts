/**
 * What a decision by `scope-policy serve` costs a request through nginx: beside `auth_request` to a server
 * that answers 200 to everything, in turns, in one run. See README.md.
 *
 *     node bench/serve/main.ts [seconds]
 *
 * Needs nginx and wrk (`apt-get install -y --no-install-recommends nginx-light wrk`).
 */
import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { GATEWAYS, isInstalled, startGateway } from '../../test/gateways/gateway.ts'
import { median } from './common.ts'
import { load, type Load } from './load.ts'

const ISSUER = 'https://login.example'
const AUDIENCE = 'https://api.example'
const seconds = Number(process.argv[2] ?? 3)
const ROUNDS = 5

const nginx = GATEWAYS.find(({ name }) => name === 'nginx')
if (nginx === undefined || !isInstalled(nginx)) throw new Error('nginx is not installed')

const folder = mkdtempSync(join(tmpdir(), 'scope-policy-bench-'))
const { publicKey, privateKey } = await generateKeyPair('ES256')
writeFileSync(
  join(folder, 'keys.json'),
  JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }] }),
)
const token = await new SignJWT({ scope: 'scope-1 scope-2', client_id: 'bench' })
  .setProtectedHeader({ alg: 'ES256', kid: 'one' })
  .setIssuer(ISSUER)
  .setAudience(AUDIENCE)
  .setSubject('ada')
  .setExpirationTime('1h')
  .sign(privateKey)

/** Of every process that has this one as an ancestor, ended ones included; in µs. Linux only. */
function processorTimeOfChildren(): number {
  const TICK = 10_000
  const all = new Map<number, { readonly parent: number; readonly own: number; readonly ended: number }>()
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
        .map(Number)
      const [parent = 0, user = 0, system = 0] = [fields[1], fields[11], fields[12]]
      const ended = ((fields[13] ?? 0) + (fields[14] ?? 0)) * TICK
      all.set(Number(name), { parent, own: (user + system) * TICK, ended })
    } catch {
      // It has ended meanwhile; its parent counts it.
    }
  }
  const below = (pid: number): number =>
    [...all].reduce(
      (sum, [child, { parent, own }]) => (parent === pid ? sum + own + below(child) : sum),
      all.get(pid)?.ended ?? 0,
    )
  return below(process.pid)
}

/** In its own process, so that contestants do not share an event loop. */
async function child(argv: readonly string[]): Promise<{ url: string; stop: () => void }> {
  const process = fork(fileURLToPath(new URL('contestant.ts', import.meta.url)), [...argv])
  const url = await new Promise<string>((resolve) => {
    process.on('message', (message) => {
      resolve(message as string)
    })
  })
  return { url, stop: () => process.kill() }
}

const api = await child(['bare'])
const portOf = (url: string): number => Number(new URL(url).port)
const contestants: { name: string; gateway: Awaited<ReturnType<typeof startGateway>>; stop: () => void }[] =
  []
for (const [name, argv] of [
  ['bare 200', ['bare']],
  ['4 scopes', ['serve', policyFile(4, 2)]],
  ['2,000 scopes', ['serve', policyFile(2000, 5)]],
] as const) {
  const server = await child([...argv, join(folder, 'keys.json'), ISSUER, AUDIENCE])
  const gateway = await startGateway(nginx, { decisions: portOf(server.url), api: portOf(api.url) })
  contestants.push({ name, gateway, stop: server.stop })
}

function policyFile(scopes: number, endpoints: number): string {
  const document: Record<string, unknown> = {}
  for (let scope = 1; scope <= scopes; scope++) {
    const list = Array.from({ length: endpoints }, (_, index) => ({
      [`area-${scope}/items-${index}/*`]: ['GET'],
    }))
    document[`scope-${scope}`] = { label: `Read area ${scope}`, endpoints: list }
  }
  const file = join(folder, `${scopes}.yaml`)
  writeFileSync(file, JSON.stringify(document))
  return file
}

// Answers first, then speed.
for (const { name, gateway } of contestants) {
  const status = async (path: string): Promise<number> =>
    (
      await fetch(`http://127.0.0.1:${gateway.port}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).status
  const expected = name === 'bare 200' ? 200 : 403
  const [granted, denied] = [await status('/area-1/items-1/7'), await status('/area-3/items-1/7')]
  if (granted !== 200 || denied !== expected) throw new Error(`${name} answers ${granted} and ${denied}`)
}

/** With the processor time of a request, in µs: of wrk, nginx, the API and the server that decides. */
interface Measured extends Load {
  readonly processorTime: number
}

const results = new Map<string, Measured[]>(contestants.map(({ name }) => [name, []]))
for (let round = 0; round <= ROUNDS; round++) {
  for (const { name, gateway } of contestants) {
    const url = `http://127.0.0.1:${gateway.port}/area-1/items-1/7?x=1`
    const duration = round === 0 ? 1 : seconds
    const before = processorTimeOfChildren()
    const one = await load(url, [`Authorization: Bearer ${token}`], duration)
    const processorTime = (processorTimeOfChildren() - before) / (one.requestsPerSecond * duration)
    if (one.failed > 0) throw new Error(`${name}: ${one.failed} failed`)
    // The first round warms up.
    if (round > 0) results.get(name)?.push({ ...one, processorTime })
  }
}
const bare = results.get('bare 200') ?? []
const base = median(bare.map(({ requestsPerSecond }) => requestsPerSecond))
console.log(
  `nginx, 32 connections, ${ROUNDS} rounds of ${seconds} s; ${cpus()[0]?.model ?? ''}, ${cpus().length} cores`,
)
for (const [name, loads] of results) {
  const rate = median(loads.map(({ requestsPerSecond }) => requestsPerSecond))
  const processorTime = median(loads.map((one) => one.processorTime))
  // Neighbors in time, so that what else the machine does counts for both.
  const saved = median(loads.map((one, round) => (bare[round]?.processorTime ?? 0) / one.processorTime))
  const [p50, p99] = [median(loads.map((one) => one.p50)), median(loads.map((one) => one.p99))]
  console.log(
    `${name.padEnd(14)} ${rate.toFixed(0).padStart(7)} requests/s  ${(rate / base).toFixed(2)}x  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  ` +
      `${processorTime.toFixed(1)} µs of processor time, ${saved.toFixed(2)}x`,
  )
}
for (const { gateway, stop } of contestants) {
  await gateway.stop()
  stop()
}
api.stop()
rmSync(folder, { recursive: true })
