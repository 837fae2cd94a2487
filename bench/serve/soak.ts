/**
 * The decision server under trouble: valid requests, malformed tokens, aborted connections, a document that
 * changes every second (sometimes into a broken one), and an issuer whose key server stalls.
 *
 *     node bench/serve/soak.ts [seconds]
 *
 * Every answer is compared with what it must be: the two documents agree on the requests asked here, so a
 * reload in between changes none. Prints what was answered, and the memory at the start and at the end;
 * exit code 1 for a wrong answer, an unexpected 5xx, more than one fetch of keys in 30 s, or memory that grows.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, createServer, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const ISSUER = 'https://login.example'
const AUDIENCE = 'https://api.example'
const seconds = Number(process.argv[2] ?? 60)
const folder = mkdtempSync(join(tmpdir(), 'scope-policy-soak-'))

/** The keys of the issuer. The first stays; every 20 s another one is added, and the one before it removed. */
const { publicKey, privateKey } = await generateKeyPair('ES256')
const first = { ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }
let rotated: object = first
let mood: 'answers' | 'stalls' | 'fails' = 'answers'
const fetches: number[] = []
const issuer = createServer((_, response) => {
  fetches.push(performance.now())
  if (mood === 'fails') response.writeHead(500).end()
  if (mood === 'answers') response.end(JSON.stringify({ keys: [first, rotated] }))
})
const rotating = setInterval(() => {
  void generateKeyPair('ES256').then(async (pair) => {
    rotated = { ...(await exportJWK(pair.publicKey)), alg: 'ES256', kid: `next-${Math.random()}` }
  })
}, 20_000)
await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve))
const keysUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/keys`

const sign = (scope: string, kid = 'one', exp: number | string = '1h'): Promise<string> =>
  new SignJWT({ scope })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setExpirationTime(exp)
    .sign(privateKey)

const DOCUMENTS = [
  'a: { label: A, endpoints: [{ "a/*": GET }] }\n',
  'a: { label: A, endpoints: [{ "a/*": [GET, POST] }, { b: GET }] }\nc: { label: C, endpoints: [] }\n',
  'a: [\n',
  '',
]
const file = join(folder, 'scopes.yaml')
const write = (text: string): void => {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}
write(DOCUMENTS[0] ?? '')

const child = fork(
  fileURLToPath(new URL('contestant.ts', import.meta.url)),
  ['serve', file, keysUrl, ISSUER, AUDIENCE],
  { execArgv: ['--expose-gc', '--max-old-space-size=256'] },
)
let onMemory: (bytes: number) => void = () => undefined
const url = await new Promise<string>((resolve) => {
  child.on('message', (message) => {
    if (typeof message === 'string') resolve(message)
    else onMemory(message as number)
  })
})
const memory = (): Promise<number> =>
  new Promise((resolve) => {
    onMemory = resolve
    child.send('memory')
  })

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const ask = (target: string, token: string | undefined): Promise<number> =>
  new Promise((resolve) => {
    const headers = {
      'x-forwarded-method': 'GET',
      'x-forwarded-uri': target,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    }
    httpRequest(`${url}/decide`, { agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => {
        resolve(answer.statusCode ?? 0)
      })
    })
      .on('error', () => {
        resolve(0)
      })
      .end()
  })

const tokens = await Promise.all(Array.from({ length: 50 }, (_, index) => sign(`a x-${index}`)))
const expired = await sign('a', 'one', 1)
const unknownKey = await sign('a', 'two')
type Case = readonly [name: string, target: () => string, token: () => string | undefined, expected: number]
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T
const CASES: readonly Case[] = [
  ['granted', () => `/a/${Math.random()}?x=1`, () => pick(tokens), 200],
  ['granted', () => '/a/1', () => pick(tokens), 200],
  ['denied', () => `/z/${Math.random()}`, () => pick(tokens), 403],
  ['refused path', () => `/a/../z/${Math.random()}`, () => pick(tokens), 403],
  ['no token', () => '/a/1', () => undefined, 401],
  ['garbage', () => '/a/1', () => Math.random().toString(36).repeat(20), 401],
  ['forged', () => '/a/1', () => `${pick(tokens).slice(0, -6)}AAAAAA`, 401],
  ['expired', () => '/a/1', () => expired, 401],
  // Stalls while the issuer does: then 503, which denies.
  ['unknown key', () => '/a/1', () => unknownKey, 401],
]
const counts = new Map<string, number>()
let wrong = 0
const until = Date.now() + seconds * 1000

async function client(): Promise<void> {
  while (Date.now() < until) {
    const [name, target, token, expected] = pick(CASES)
    const status = await ask(target(), token())
    counts.set(`${name} ${status}`, (counts.get(`${name} ${status}`) ?? 0) + 1)
    const allowed = status === expected || (name === 'unknown key' && status === 503)
    if (!allowed) wrong += 1
  }
}

async function aborter(): Promise<void> {
  const { port } = new URL(url)
  while (Date.now() < until) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    const text = pick([
      `GET /decide HTTP/1.1\r\nHost: a\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Uri: /a/1\r\nAuthorization: Bearer ${pick(tokens)}\r\n\r\n`,
      'GET /decide HTT',
      'POST /decide HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc',
      '\0\0\0',
      `GET /decide HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    ])
    socket.write(text)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20))
    socket.destroy()
    counts.set('aborted', (counts.get('aborted') ?? 0) + 1)
  }
}

await Promise.all(CASES.map(([, target, token]) => ask(target(), token())))

/** Requests that are sent at once. */
const BATCH = 25

/** Tokens that nobody has signed, pipelined; every answer has to deny. */
async function flood(): Promise<void> {
  const { port } = new URL(url)
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'x' })).toString('base64url')
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.setEncoding('latin1')
  let rest = ''
  let unanswered = 0
  socket.on('data', (chunk: string) => {
    const text = rest + chunk
    const answers = text.match(/HTTP\/1\.1 \d{3}/g) ?? []
    rest = text.slice(-12).replace(/HTTP\/1\.1 \d{3}/, '')
    unanswered -= answers.length
    for (const answer of answers) {
      const status = answer.slice(-3)
      counts.set(`invented ${status}`, (counts.get(`invented ${status}`) ?? 0) + 1)
      // 400 where a request waited for longer than requests may take.
      if (!['400', '401', '503'].includes(status)) wrong += 1
    }
  })
  while (Date.now() < until) {
    let batch = ''
    for (let at = 0; at < BATCH; at++) {
      const kid =
        at % 2 === 0 ? header : Buffer.from(`{"alg":"ES256","kid":"${Math.random()}"}`).toString('base64url')
      const claims = Buffer.from(`{"iss":"${ISSUER}","jti":"${Math.random()}"}`).toString('base64url')
      batch += `GET /decide HTTP/1.1\r\nHost: a\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Uri: /a/1\r\nAuthorization: Bearer ${kid}.${claims}.AAAA\r\n\r\n`
    }
    socket.write(batch)
    unanswered += BATCH
    // A server that is late is not asked for more: other clients would wait for what is in its buffers.
    do await new Promise((resolve) => setTimeout(resolve, 10))
    while (unanswered > BATCH && !socket.destroyed && Date.now() < until)
    if (socket.destroyed) {
      counts.set(
        'connections of floods that ended',
        (counts.get('connections of floods that ended') ?? 0) + 1,
      )
      return flood()
    }
  }
  socket.destroy()
}

const before = await memory()
let round = 0
const changing = setInterval(() => {
  round += 1
  write(`${DOCUMENTS[round % DOCUMENTS.length] ?? ''}# ${round}\n`)
  mood = (['answers', 'stalls', 'fails'] as const)[Math.floor(round / 7) % 3] ?? 'answers'
}, 1000)
await Promise.all([
  ...Array.from({ length: 32 }, client),
  ...Array.from({ length: 4 }, aborter),
  ...Array.from({ length: 4 }, flood),
])
clearInterval(changing)
clearInterval(rotating)
const after = await memory()
const metrics = await (await fetch(`${url}/metrics`)).text()
agent.destroy()
child.kill()
issuer.closeAllConnections()
issuer.close()
rmSync(folder, { recursive: true })

const total = [...counts.values()].reduce((sum, one) => sum + one, 0)
const mib = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`
console.log(`${seconds} s, ${total} requests, ${wrong} wrong answers`)
for (const [name, count] of [...counts].sort()) console.log(`  ${name.padEnd(20)} ${count}`)
for (const line of metrics.split('\n').filter((one) => one.startsWith('scope_policy_reloads')))
  console.log(`  ${line}`)
console.log(`heap in use: ${mib(before)} before, ${mib(after)} after`)
const closest = Math.min(...fetches.slice(1).map((at, index) => at - (fetches[index] ?? 0)))
console.log(`${fetches.length} fetches of keys, the closest two ${(closest / 1000).toFixed(1)} s apart`)
if (wrong > 0 || fetches.length > seconds / 30 + 1 || after > before + 10 * 1_048_576) process.exitCode = 1
