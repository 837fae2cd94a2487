/** Export of decisions by the real OpenTelemetry SDK, to a collector that takes OTLP as JSON. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderWith, GOOD, runCli } from '../cli/run-cli.ts'
import { AUDIENCE, createKey, ISSUER } from './issuer.ts'

const PEERS = fileURLToPath(new URL('../peers', import.meta.url))
const isInstalled = existsSync(join(PEERS, 'node_modules/@opentelemetry/sdk-node'))
if (!isInstalled) console.log('OpenTelemetry is not installed (npm ci --prefix test/peers): skipped')

interface Span {
  readonly name: string
  readonly traceId: string
  readonly parentSpanId?: string
  readonly attributes: readonly { readonly key: string; readonly value: object }[]
}
interface Traces {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[]
}

const FLAGS = ['--issuer', ISSUER, '--audience', AUDIENCE, '--listen', '127.0.0.1:0', '--otlp']

test.skipIf(!isInstalled)('decisions are spans of the trace that the gateway names', async () => {
  const bodies: { readonly path: string; readonly text: string }[] = []
  const collector = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      bodies.push({ path: request.url ?? '', text })
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  const key = await createKey()
  const cwd = folderWith({ 'scopes.yaml': GOOD, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
  const files = [join(cwd, 'scopes.yaml'), '--jwks', join(cwd, 'keys.json')]
  const child = spawn(process.execPath, [main, 'serve', ...files, ...FLAGS], {
    // Where the SDK is found.
    cwd: PEERS,
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_SERVICE_NAME: 'authorizer',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const { event, url: at } = JSON.parse(chunk.toString().split('\n', 1)[0] ?? '') as Record<
        string,
        string
      >
      if (event === 'started') resolve(at ?? '')
    })
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  const ask = async (target: string, traceparent?: string): Promise<number> => {
    const headers = {
      authorization: `Bearer ${await key.sign({ scope: 'profile' })}`,
      'x-forwarded-method': 'GET',
      'x-forwarded-uri': target,
      ...(traceparent !== undefined && { traceparent }),
    }
    return (await fetch(`${url}/decide`, { headers })).status
  }
  const trace = (end: string): string => `0af7651916cd43dd8448eb211c8031${end}`
  expect(await ask('/workers/me?token=secret', `00-${trace('01')}-b7ad6b7169203331-01`)).toBe(200)
  expect(await ask('/workers/all', `00-${trace('02')}-b7ad6b7169203332-01`)).toBe(403)
  // Not sampled by who has begun the trace.
  expect(await ask('/workers/me', `00-${trace('03')}-b7ad6b7169203333-00`)).toBe(200)
  expect(await ask('/workers/me')).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  collector.closeAllConnections()
  collector.close()

  const spans = bodies
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ text }) => (JSON.parse(text) as Traces).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans))
  expect(spans).toHaveLength(3)
  const [granted, denied, own] = spans
  expect(granted).toMatchObject({ name: 'authorize', traceId: trace('01'), parentSpanId: 'b7ad6b7169203331' })
  expect(denied).toMatchObject({ traceId: trace('02'), parentSpanId: 'b7ad6b7169203332' })
  expect(own?.traceId).not.toContain('0af765')
  expect(granted?.attributes).toContainEqual({
    key: 'scope_policy.reason',
    value: { stringValue: 'granted' },
  })
  expect(denied?.attributes).toContainEqual({
    key: 'http.response.status_code',
    value: { intValue: 403 },
  })
  const texts = bodies.map(({ text }) => text).join('\n')
  expect(texts).toContain('scope_policy.decision.duration')
  expect(texts).toContain('authorizer')
  for (const secret of ['workers', 'secret', 'ada', 'profile']) expect(texts).not.toContain(secret)
})

test('without the SDK it does not start, and says what to install', async () => {
  const key = await createKey()
  const cwd = folderWith({ 'scopes.yaml': GOOD, 'keys.json': JSON.stringify({ keys: [key.jwk] }) })
  const { code, stderr } = await runCli(['serve', 'scopes.yaml', '--jwks', 'keys.json', ...FLAGS], { cwd })
  expect(code).toBe(2)
  expect(stderr).toContain('npm install @opentelemetry/sdk-node')
})
