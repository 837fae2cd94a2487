/** Real gateways on loopback, run with the configurations of the examples. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HeaderFamily } from '../../src/serve/settings.ts'
import { rendered } from './kubernetes.ts'

const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url))
const EXAMPLES = fileURLToPath(new URL('../../examples/gateways/', import.meta.url))

/** Ports that are in the examples, and those to use instead. */
export interface Ports {
  readonly gateway: number
  /** For HTTP/2 without TLS, where the gateway does not speak both on one port. */
  readonly http2: number
  readonly decisions: number
  readonly api: number
}

export interface Gateway {
  readonly name: string
  /** Where it is looked for, first in this folder below `.cache`. */
  readonly program: string
  readonly cached?: string
  /** Which headers the decision server reads. */
  readonly family: HeaderFamily
  /** Writes the configuration into a folder; gives the arguments of the program. */
  readonly configure: (folder: string, ports: Ports) => readonly string[]
  /** Asks by ext_authz over gRPC, else by HTTP. */
  readonly grpc?: true
  /** Speaks HTTP/1.1 and HTTP/2 on one port. */
  readonly onePort?: true
  /** What it does not do, each for a reason that its example or its page in `docs` states. */
  readonly lacks?: readonly ('challenge of a 403' | 'judged OPTIONS')[]
}

function configureNginx(folder: string, server: string): readonly string[] {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path ${join(folder, kind)};`)
    .join('\n')
  // Started by root, its workers would be somebody who may not write here.
  const user = process.getuid?.() === 0 ? 'user root;\n' : ''
  const config = `${user}pid ${join(folder, 'nginx.pid')};\ndaemon off;\nerror_log ${join(folder, 'error.log')};\nevents {}\nhttp {\n  access_log off;\n${temporary}\n${server}\n}\n`
  writeFileSync(join(folder, 'nginx.conf'), config)
  return ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]
}

function configureCaddy(folder: string, sites: string): readonly string[] {
  const global = '{\n\tadmin off\n\tservers {\n\t\tprotocols h1 h2c\n\t}\n}\n'
  writeFileSync(join(folder, 'Caddyfile'), `${global}${sites}`)
  return ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile']
}

function configureEnvoy(folder: string, ports: Ports, file: string, normalized: boolean): readonly string[] {
  const config = example(file, ports)
  const changed = normalized
    ? config
        .replace('normalize_path: false', 'normalize_path: true')
        .replace('merge_slashes: false', 'merge_slashes: true')
    : config
  writeFileSync(join(folder, 'envoy.yaml'), changed)
  return [
    '-c',
    join(folder, 'envoy.yaml'),
    '--use-dynamic-base-id',
    '--concurrency',
    '1',
    '--log-level',
    'error',
  ]
}

export const GATEWAYS: readonly Gateway[] = [
  {
    name: 'nginx',
    program: 'nginx',
    family: 'x-forwarded',
    configure: (folder, ports) =>
      configureNginx(
        folder,
        example('nginx.conf', ports).replace(
          /listen 127\.0\.0\.1:\d+;/,
          (listen) => `${listen}\n  listen 127.0.0.1:${ports.http2} http2;`,
        ),
      ),
  },
  {
    name: 'the nginx ingress controller of Kubernetes',
    program: 'nginx',
    family: 'x-original',
    lacks: ['challenge of a 403', 'judged OPTIONS'],
    configure: (folder, ports) =>
      configureNginx(
        folder,
        rendered(readFileSync(join(EXAMPLES, 'kubernetes-ingress.yaml'), 'utf8'), ports),
      ),
  },
  {
    name: 'Caddy',
    program: 'caddy',
    family: 'x-forwarded',
    onePort: true,
    configure: (folder, ports) => configureCaddy(folder, example('Caddyfile', ports)),
  },
  {
    name: 'HAProxy',
    program: 'haproxy',
    family: 'x-forwarded',
    configure: (folder, ports) => {
      const lua = join(folder, 'scope-policy.lua')
      writeFileSync(lua, example('scope-policy.lua', ports))
      const config = example('haproxy.cfg', ports)
        .replace('lua-load scope-policy.lua', `lua-load ${lua}`)
        .replace(/bind 127\.0\.0\.1:\d+/, (bind) => `${bind}\n  bind 127.0.0.1:${ports.http2} proto h2`)
      writeFileSync(join(folder, 'haproxy.cfg'), config)
      return ['-db', '-f', join(folder, 'haproxy.cfg')]
    },
  },
  {
    name: 'Apache httpd',
    program: 'apache2',
    family: 'x-forwarded',
    onePort: true,
    configure: (folder, ports) => {
      const lua = join(folder, 'scope-policy-httpd.lua')
      writeFileSync(lua, example('scope-policy-httpd.lua', ports))
      const user = process.getuid?.() === 0 ? 'User www-data\nGroup www-data\n' : ''
      const start = `ServerName localhost\nServerRoot ${folder}\nPidFile ${join(folder, 'pid')}\nErrorLog ${join(folder, 'error.log')}\nDefaultRuntimeDir ${folder}\n${user}`
      const config = example('httpd.conf', ports)
        .replaceAll(' modules/', ' /usr/lib/apache2/modules/')
        .replace('LuaHookAccessChecker scope-policy-httpd.lua', `LuaHookAccessChecker ${lua}`)
      writeFileSync(join(folder, 'httpd.conf'), `${start}${config}`)
      // Its workers are somebody else, who has to read the script.
      chmodSync(folder, 0o755)
      return ['-X', '-f', join(folder, 'httpd.conf')]
    },
  },
  ...[false, true].map((normalized): Gateway => ({
    name: normalized ? 'Envoy, with normalized paths' : 'Envoy',
    program: 'envoy',
    cached: 'envoy/bin',
    family: 'envoy',
    onePort: true,
    configure: (folder, ports) => configureEnvoy(folder, ports, 'envoy.yaml', normalized),
  })),
  {
    name: 'Envoy over gRPC',
    program: 'envoy',
    cached: 'envoy/bin',
    family: 'envoy',
    grpc: true,
    onePort: true,
    configure: (folder, ports) => configureEnvoy(folder, ports, 'envoy-grpc.yaml', false),
  },
]

/** Gateways in front of an MCP server. `adapt` puts the authorization server and the scopes of a test in. */
export function mcpGateways(adapt: (example: string) => string): readonly Gateway[] {
  return [
    {
      name: 'nginx',
      program: 'nginx',
      family: 'mcp',
      configure: (folder, ports) => configureNginx(folder, adapt(example('nginx-mcp.conf', ports))),
    },
    {
      name: 'Caddy',
      program: 'caddy',
      family: 'mcp',
      onePort: true,
      configure: (folder, ports) => configureCaddy(folder, adapt(example('Caddyfile-mcp', ports))),
    },
  ]
}

function example(name: string, ports: Ports): string {
  return readFileSync(join(EXAMPLES, name), 'utf8')
    .replaceAll(':8080', `:${ports.gateway}`)
    .replaceAll(':8787', `:${ports.decisions}`)
    .replaceAll(':9000', `:${ports.api}`)
    .replaceAll('port_value: 8080', `port_value: ${ports.gateway}`)
    .replaceAll('port_value: 8787', `port_value: ${ports.decisions}`)
    .replaceAll('port_value: 9191', `port_value: ${ports.decisions}`)
    .replaceAll('port_value: 9000', `port_value: ${ports.api}`)
}

/** Debian puts servers where the path of a user does not reach. */
function pathFor({ cached }: Gateway): string {
  const first = cached === undefined ? '' : `${CACHE}${cached}:`
  return `${first}${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
}

export function isInstalled(gateway: Gateway): boolean {
  return spawnSync('which', [gateway.program], { env: { PATH: pathFor(gateway) } }).status === 0
}

export interface RunningGateway {
  readonly port: number
  readonly http2Port: number
  readonly stop: () => Promise<void>
}

export async function startGateway(
  gateway: Gateway,
  ports: Pick<Ports, 'decisions' | 'api'> & Partial<Pick<Ports, 'gateway'>>,
): Promise<RunningGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-gateway-'))
  const port = ports.gateway ?? (await freePort())
  const http2Port = gateway.onePort === true ? port : await freePort()
  const argv = gateway.configure(folder, { ...ports, gateway: port, http2: http2Port })
  const PATH = pathFor(gateway)
  const env = { PATH, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder }
  const child = spawn(gateway.program, argv, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const exited = new Promise<void>((resolve) => {
    child.on('close', () => {
      resolve()
    })
  })
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 3000)
    await exited
    clearTimeout(late)
    rmSync(folder, { recursive: true, force: true })
  }
  if (!(await answers(port, () => child.exitCode !== null))) {
    await stop()
    throw new Error(`${gateway.name} did not start: ${said}`)
  }
  return { port, http2Port, stop }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function answers(port: number, ended: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 200 && !ended(); tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => {
        resolve(false)
      })
    })
    if (open) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
