/** Logs that servers really wrote: each gets the same requests, hostile ones among them. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { detectFormat } from '../../src/usage/formats.ts'
import { LogReader, type LogOptions } from '../../src/usage/log-reader.ts'
import { UsageCollector } from '../../src/usage/usage.ts'
import type { UsageReport } from '../../src/usage/types.ts'

const ENVOY = fileURLToPath(new URL('../../.cache/envoy/bin/envoy', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'scope-policy-logs-'))
const running: ChildProcess[] = []

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const policy = loadPolicy(`me: {label: Read me, endpoints: [workers/me: GET]}
search: {label: Search, endpoints: [records/*/search: GET]}
write: {label: Write, endpoints: [workers/me: POST]}
`)

const FORGED = 'x" 200 0 "-" "GET /admin HTTP/1.1" 200 0 "-" "y'
/** Names of clients that try to be others. */
const NAMES = ['budget', 'budget [x', 'budget" 200', 'b\\"u', 'büdget'] as const

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Sends bytes as they are, and waits for the answer. */
function send(port: number, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'utf8')))
    socket.on('data', () => undefined)
    socket.on('close', () => {
      resolve()
    })
    socket.on('error', reject)
  })
}

async function sendAll(port: number): Promise<void> {
  for (const name of NAMES) {
    const basic = Buffer.from(`${name}:secret`).toString('base64')
    for (const request of ['GET /workers/me?x=1', 'GET /records/a%20b/search']) {
      await send(
        port,
        `${request} HTTP/1.1\r\nHost: api.example\r\nAuthorization: Basic ${basic}\r\nX-Client: ${name}\r\nUser-Agent: ${FORGED}\r\nConnection: close\r\n\r\n`,
      )
    }
  }
}

async function start(program: string, args: readonly string[], port: number): Promise<ChildProcess> {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  running.push(child)
  let problems = ''
  child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()))
  for (let tries = 0; tries < 200; tries++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => {
        resolve(false)
      })
    })
    if (isOpen) return child
    if (child.exitCode !== null) break
    await sleep(50)
  }
  throw new Error(`${program} does not listen: ${problems}`)
}

async function stop(child: ChildProcess): Promise<void> {
  // With all that it wrote: `exit` may come before.
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  await ended
}

function reportOf(bytes: Uint8Array, options: LogOptions = {}): UsageReport {
  const collector = new UsageCollector(policy)
  const reader = new LogReader(collector, options)
  // In small pieces, so that lines are cut everywhere.
  for (let at = 0; at < bytes.length; at += 7) reader.push(bytes.subarray(at, at + 7))
  reader.end()
  return collector.report()
}

function expectRequests(report: UsageReport, names: readonly string[] = NAMES): void {
  expect(report.unparsed, JSON.stringify(report.examples)).toBe(0)
  expect(report.clients.map(({ client }) => client)).toEqual(names)
  for (const client of report.clients) {
    expect(client).toMatchObject({ requests: 2, needed: ['me', 'search'], denied: [], isMinimal: true })
    expect(client.lastSeen?.slice(0, 2)).toBe('20')
  }
}

function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0 || existsSync(program)
}

function serverTest(name: string, program: string, run: () => Promise<void>): void {
  const found = isInstalled(program)
  if (!found) console.warn(`${program} is not installed: logs of ${name} are not tested`)
  test.skipIf(!found)(name, run, 60_000)
}

describe('logs written by', () => {
  serverTest('nginx', 'nginx', async () => {
    const port = await freePort()
    const custom = `log_format custom '$remote_addr [$time_local] '\n  '"$request" $status "$http_x_client"';`
    const json = `log_format json escape=json '{"time":"$time_iso8601","method":"$request_method","path":"$request_uri","status":$status,"client":"$remote_user"}';`
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((kind) => `${kind}_temp_path ${join(folder, kind)};`)
      .join('\n')
    writeFileSync(
      join(folder, 'nginx.conf'),
      `${process.getuid?.() === 0 ? 'user root;\n' : ''}pid ${join(folder, 'nginx.pid')};
daemon off; error_log ${join(folder, 'error.log')}; events {}
http { ${temporary} ${custom} ${json}
access_log ${join(folder, 'combined.log')} combined;
access_log ${join(folder, 'custom.log')} custom;
access_log ${join(folder, 'json.log')} json;
server { listen 127.0.0.1:${port}; location / { return 200; } } }`,
    )
    const child = await start(
      'nginx',
      ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')],
      port,
    )
    await sendAll(port)
    await stop(child)
    const read = (name: string): Buffer => readFileSync(join(folder, name))
    expect(detectFormat(read('combined.log').toString())).toBe('combined')
    expectRequests(reportOf(read('combined.log')))
    expectRequests(reportOf(read('custom.log'), { format: custom, client: 'http_x_client' }))
    expectRequests(reportOf(read('json.log')))
  })

  serverTest('Apache', 'apache2', async () => {
    const port = await freePort()
    const log = join(folder, 'apache.log')
    const modules = ['mpm_event', 'authn_core', 'authn_file', 'auth_basic', 'authz_core', 'authz_user']
    const loads = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
    const hash = createHash('sha1').update('secret').digest('base64')
    writeFileSync(join(folder, 'users'), NAMES.map((name) => `${name}:{SHA}${hash}\n`).join(''))
    writeFileSync(
      join(folder, 'apache.conf'),
      `${loads.join('\n')}
ServerName api.example
ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${join(folder, 'apache.pid')}
Mutex file:${folder} default
ErrorLog ${join(folder, 'apache-error.log')}
Listen 127.0.0.1:${port}
AllowEncodedSlashes NoDecode
LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined
CustomLog ${log} combined
<Location />
  AuthType Basic
  AuthName api
  AuthUserFile ${join(folder, 'users')}
  Require valid-user
</Location>
`,
    )
    const child = await start('apache2', ['-DFOREGROUND', '-f', join(folder, 'apache.conf')], port)
    await sendAll(port)
    await stop(child)
    const bytes = readFileSync(log)
    expect(detectFormat(bytes.toString())).toBe('combined')
    expectRequests(reportOf(bytes))
  })

  serverTest('Caddy', 'caddy', async () => {
    const port = await freePort()
    const log = join(folder, 'caddy.log')
    writeFileSync(
      join(folder, 'Caddyfile'),
      `{\n\tadmin off\n}\nhttp://:${port} {\n\tbind 127.0.0.1\n\tlog {\n\t\toutput file ${log}\n\t}\n\trespond 200\n}\n`,
    )
    const child = await start(
      'caddy',
      ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'],
      port,
    )
    await sendAll(port)
    await stop(child)
    const bytes = readFileSync(log)
    expect(detectFormat(bytes.toString())).toBe('json')
    expectRequests(reportOf(bytes, { client: 'request.headers.X-Client' }))
  })

  serverTest('HAProxy', 'haproxy', async () => {
    const port = await freePort()
    writeFileSync(
      join(folder, 'haproxy.cfg'),
      `global\n  log stdout format raw local0\ndefaults\n  mode http\n  log global\n  option httplog\n  timeout client 5s\n  timeout server 5s\n  timeout connect 5s\nfrontend api\n  bind 127.0.0.1:${port}\n  capture request header X-Client len 64\n  http-request return status 200\n`,
    )
    const child = spawn('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    running.push(child)
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    for (let tries = 0; tries < 100 && !(await canConnect(port)); tries++) await sleep(50)
    await sendAll(port)
    await stop(child)
    const bytes = Buffer.concat(chunks)
    // What the waiting above left is a request without a line.
    const lines = Buffer.from(
      bytes
        .toString('latin1')
        .split('\n')
        .filter((line) => !line.includes('<BADREQ>'))
        .join('\n'),
      'latin1',
    )
    expect(detectFormat(lines.toString())).toBe('haproxy')
    expectRequests(reportOf(lines, { client: 'captures.0' }))
  })

  serverTest('Envoy', ENVOY, async () => {
    const port = await freePort()
    const [json, text] = [join(folder, 'envoy.json'), join(folder, 'envoy.log')]
    const file = '"@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog'
    writeFileSync(
      join(folder, 'envoy.yaml'),
      `static_resources:
  listeners:
    - address: { socket_address: { address: 127.0.0.1, port_value: ${port} } }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: api
                access_log:
                  - name: json
                    typed_config:
                      ${file}
                      path: ${json}
                      log_format:
                        json_format: { start_time: "%START_TIME%", method: "%REQ(:METHOD)%", path: "%REQ(:PATH)%", response_code: "%RESPONSE_CODE%", client: "%REQ(X-CLIENT)%" }
                  - name: text
                    typed_config:
                      ${file}
                      path: ${text}
                route_config:
                  virtual_hosts:
                    - { name: api, domains: ["*"], routes: [{ match: { prefix: / }, direct_response: { status: 200 } }] }
                http_filters:
                  - name: envoy.filters.http.router
                    typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router }
`,
    )
    const child = await start(
      ENVOY,
      [
        '-c',
        join(folder, 'envoy.yaml'),
        '--use-dynamic-base-id',
        '--concurrency',
        '1',
        '--log-level',
        'error',
      ],
      port,
    )
    await sendAll(port)
    await stop(child)
    expectRequests(reportOf(readFileSync(json)))
    const bytes = readFileSync(text)
    expect(detectFormat(bytes.toString())).toBe('envoy')
    const report = reportOf(bytes)
    expect(report).toMatchObject({ unparsed: 0, unattributed: 2 * NAMES.length })
    expect(report.unusedEndpoints.map(({ scope }) => scope)).toEqual(['write'])
  })
})

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => {
      resolve(false)
    })
  })
}
