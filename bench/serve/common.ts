/** What the benchmarks of the server have in common. */
import { createServer } from 'node:net'

/** A document with so many scopes, of five endpoints each: `scope-1` opens `GET area-1/items-0/*` and so on. */
export function documentOf(size: number): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: size }, (_, at) => {
      const endpoints = Array.from({ length: 5 }, (__, item) => ({
        [`area-${at + 1}/items-${item}/*`]: ['GET'],
      }))
      return [`scope-${at + 1}`, { label: `Read area ${at + 1}`, endpoints }]
    }),
  )
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
