/** Real gateways on loopback, run with the configurations of the examples. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const EXAMPLES = fileURLToPath(new URL('../../examples/gateways/', import.meta.url))

/** Ports that stand in the examples, and those to use instead. */
export interface Ports {
  readonly gateway: number
  readonly decisions: number
  readonly api: number
}

export interface Gateway {
  readonly name: string
  /** What Debian's package is called. */
  readonly program: string
  /** Writes the configuration into a folder; gives the arguments of the program. */
  readonly configure: (folder: string, ports: Ports) => readonly string[]
}

export const GATEWAYS: readonly Gateway[] = [
  {
    name: 'nginx',
    program: 'nginx',
    configure: (folder, ports) => {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((kind) => `  ${kind}_temp_path ${join(folder, kind)};`)
        .join('\n')
      const server = example('nginx.conf', ports)
      const config = `pid ${join(folder, 'nginx.pid')};\ndaemon off;\nerror_log ${join(folder, 'error.log')};\nevents {}\nhttp {\n  access_log off;\n${temporary}\n${server}\n}\n`
      writeFileSync(join(folder, 'nginx.conf'), config)
      return ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]
    },
  },
  {
    name: 'Caddy',
    program: 'caddy',
    configure: (folder, ports) => {
      writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n}\n${example('Caddyfile', ports)}`)
      return ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile']
    },
  },
  {
    name: 'HAProxy',
    program: 'haproxy',
    configure: (folder, ports) => {
      const lua = join(folder, 'scope-policy.lua')
      writeFileSync(lua, example('scope-policy.lua', ports))
      const config = example('haproxy.cfg', ports).replace('lua-load scope-policy.lua', `lua-load ${lua}`)
      writeFileSync(join(folder, 'haproxy.cfg'), config)
      return ['-db', '-f', join(folder, 'haproxy.cfg')]
    },
  },
]

function example(name: string, ports: Ports): string {
  return readFileSync(join(EXAMPLES, name), 'utf8')
    .replaceAll(':8080', `:${ports.gateway}`)
    .replaceAll(':8787', `:${ports.decisions}`)
    .replaceAll(':9000', `:${ports.api}`)
}

/** Debian puts servers where the path of a user does not reach. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`

export function isInstalled({ program }: Gateway): boolean {
  return spawnSync('which', [program], { env: { PATH } }).status === 0
}

export interface RunningGateway {
  readonly port: number
  readonly stop: () => Promise<void>
}

export async function startGateway(
  gateway: Gateway,
  ports: Pick<Ports, 'decisions' | 'api'>,
): Promise<RunningGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-gateway-'))
  const port = await freePort()
  const argv = gateway.configure(folder, { gateway: port, ...ports })
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
  return { port, stop }
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
