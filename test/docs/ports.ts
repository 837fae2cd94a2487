/** The ports that pages name, which may be taken on this machine. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const PORTS = ['3000', '8787'] as const

/** For each port of the pages one that is free. */
export async function freePorts(): Promise<ReadonlyMap<string, string>> {
  const servers = PORTS.map(() => createServer().listen(0, '127.0.0.1'))
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<string>((resolve) => {
          server.once('listening', () => {
            const { port } = server.address() as AddressInfo
            server.close(() => {
              resolve(String(port))
            })
          })
        }),
    ),
  )
  return new Map(PORTS.map((port, index) => [port, ports[index] ?? port]))
}

export function replacePorts(text: string, ports: ReadonlyMap<string, string>): string {
  return [...ports].reduce(
    (replaced, [from, to]) => replaced.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to),
    text,
  )
}

export function invert(ports: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...ports].map(([from, to]) => [to, from]))
}
