/**
 * How long decisions wait while a large document is read again: the longest delay of the event loop, and the
 * longest that a client waited, during reloads of 100,000 endpoints in some shapes.
 *
 *     node bench/serve/reload.ts
 *
 * The document is replaced three times, each time with another one; eight clients ask throughout.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const ISSUER = 'https://login.example'
const AUDIENCE = 'https://api.example'
const RELOADS = 3
type Shape = readonly [scopes: number, endpoints: number, wildcard: 'any' | 'segment', words?: 'words']
const SHAPES: readonly Shape[] = [
  [1, 10, 'any'],
  [2_000, 50, 'any'],
  [1, 100_000, 'any'],
  [100_000, 1, 'any'],
  // Each scope with an alias, a name to ask for, a successor, and one of the scopes of a combination.
  [40_000, 1, 'any', 'words'],
  [2_000, 50, 'segment'],
]

const folder = mkdtempSync(join(tmpdir(), 'scope-policy-reload-'))
const jwks = join(folder, 'keys.json')
const { publicKey, privateKey } = await generateKeyPair('ES256')
writeFileSync(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }] }))
const token = await new SignJWT({ scope: 'always scope-0' })
  .setProtectedHeader({ alg: 'ES256', kid: 'one' })
  .setIssuer(ISSUER)
  .setAudience(AUDIENCE)
  .setExpirationTime('1h')
  .sign(privateKey)

function documentOf([scopes, endpoints, wildcard, words]: Shape, version: number): string {
  const lines = [`$options: { wildcard: ${wildcard} }`, 'always: { label: Always, endpoints: [ping: GET] }']
  for (let scope = 0; scope < scopes; scope++) {
    lines.push(`scope-${scope}:`, '  label: Read')
    if (words !== undefined) {
      lines.push(`  aliases: [old-${scope}]`, `  requestAs: ${AUDIENCE}/scope-${scope}`)
      lines.push('  deprecated: { use: [always] }', '  includes: [always]')
    }
    lines.push('  endpoints:')
    for (let at = 0; at < endpoints; at++) lines.push(`    - v${version}/area-${scope}/items-${at}/*: GET`)
  }
  if (words !== undefined) lines.push('"always scope-1": { endpoints: [both: GET] }')
  return `${lines.join('\n')}\n`
}

const agent = new Agent({ keepAlive: true })
function ask(url: string): Promise<{ readonly status: number; readonly milliseconds: number }> {
  const begun = performance.now()
  return new Promise((resolve, reject) => {
    const headers = {
      'x-forwarded-method': 'GET',
      'x-forwarded-uri': '/ping',
      authorization: `Bearer ${token}`,
    }
    httpRequest(`${url}/decide`, { agent, headers }, (answer) => {
      answer.resume().on('end', () => {
        resolve({ status: answer.statusCode ?? 0, milliseconds: performance.now() - begun })
      })
    })
      .on('error', reject)
      .end()
  })
}

console.log(`${cpus()[0]?.model ?? ''}, ${cpus().length} cores, Node ${process.versions.node}`)
for (const shape of SHAPES) {
  const file = join(folder, 'scopes.yaml')
  const write = (version: number): void => {
    writeFileSync(`${file}.new`, documentOf(shape, version))
    renameSync(`${file}.new`, file)
  }
  write(0)
  const child = fork(fileURLToPath(new URL('contestant.ts', import.meta.url)), [
    'serve',
    file,
    jwks,
    ISSUER,
    AUDIENCE,
  ])
  let onAnswer: (message: unknown) => void = () => undefined
  child.on('message', (message) => {
    onAnswer(message)
  })
  const url = await new Promise<string>((resolve) => {
    onAnswer = (message) => {
      resolve(message as string)
    }
  })
  /** Milliseconds since the last time it was asked. */
  const eventLoopDelay = (): Promise<number> =>
    new Promise((resolve) => {
      onAnswer = (message) => {
        resolve(message as number)
      }
      child.send('delay')
    })
  const loaded = async (): Promise<number> => {
    const metrics = await (await fetch(`${url}/metrics`)).text()
    return Number(/reloads_total\{result="loaded"\} (\d+)/.exec(metrics)?.[1] ?? 0)
  }
  let ends = false
  let asked = 0
  let longest = 0
  const client = async (): Promise<void> => {
    while (!ends) {
      const { status, milliseconds } = await ask(url)
      if (status !== 200) throw new Error(`answered ${status}`)
      asked += 1
      longest = Math.max(longest, milliseconds)
    }
  }
  const clients = Array.from({ length: 8 }, client)
  // The first question starts the measurement.
  await eventLoopDelay()
  await delay(3_000)
  const before = { delay: await eventLoopDelay(), longest }
  longest = 0
  for (let version = 1; version <= RELOADS; version++) {
    write(version)
    while ((await loaded()) < version) await delay(50)
    await delay(500)
  }
  const during = { delay: await eventLoopDelay(), longest }
  ends = true
  await Promise.all(clients)
  child.kill()
  const show = (milliseconds: number): string => milliseconds.toFixed(1).padStart(6)
  console.log(
    `${shape.join(' ').padEnd(20)} event loop ${show(during.delay)} ms (${show(before.delay)} without)  client ${show(during.longest)} ms (${show(before.longest)})  ${asked} asked`,
  )
}
agent.destroy()
rmSync(folder, { recursive: true })
