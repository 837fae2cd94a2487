/** What a server of the audits is, and what they all share. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { AddressInfo } from 'node:net'
import type { ResourceMetadataOptions } from '../../../src/enforce/metadata.ts'
import type { guardUpgrade } from '../../../src/middleware/upgrade.ts'
import type { DecisionRecord, ScopePolicyOptions } from '../../../src/enforce/types.ts'
import { OPEN, ROUTES } from '../audits/app.ts'
import type { Route, Run } from '../audits/app.ts'
import type { Trait } from '../audits/audit.ts'
import type { Authorization, Setup } from '../audits/setups.ts'

export interface Running {
  readonly port: number
  readonly stop: () => Promise<unknown>
}

/** What an application tells the audits. */
export interface Told {
  readonly ran: (run: Run) => void
  readonly decided: (record: DecisionRecord) => void
}

export interface Framework {
  readonly name: string
  /** What it cannot have, each for a documented reason. */
  readonly lacks?: readonly Trait[]
  readonly start: (setup: Setup, told: Told) => Promise<Running>
}

/** The setup as options of an adapter. */
export function optionsOf<Request>(
  { policy, scopes, onDecision, ...others }: Setup,
  told: Told,
  authorizationOf: (request: Request) => Authorization,
): ScopePolicyOptions<Request> & { readonly scopes: NonNullable<ScopePolicyOptions<Request>['scopes']> } {
  return {
    ...others,
    policy: typeof policy === 'function' ? (request) => policy(authorizationOf(request)) : policy,
    scopes: (request) => scopes(authorizationOf(request)),
    onDecision: (record) => {
      told.decided(record)
      onDecision?.()
    },
  }
}

export const METADATA: ResourceMetadataOptions = {
  resource: 'https://api.example/rest',
  authorizationServers: ['https://issuer.example'],
}

/** Every route, the one that is not judged as well. */
export const ALL: readonly Route[] = [...ROUTES, OPEN]

/** Listens on a free port of the loopback interface. */
export async function listening(server: Server): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return running(server)
}

/** A server that listens already. */
export function running(server: Server, close?: () => Promise<unknown>): Running {
  const stop = (): Promise<unknown> => {
    server.closeAllConnections()
    return close === undefined ? new Promise((resolve) => server.close(resolve)) : close()
  }
  return { port: (server.address() as AddressInfo).port, stop }
}

/** Listens for upgrades, as `ws` and Socket.IO do, behind the guard of an entry. */
export function acceptUpgrades(server: Server, setup: Setup, told: Told, guard: typeof guardUpgrade): Server {
  const options = optionsOf<IncomingMessage>(
    setup,
    told,
    (request) => request.headersDistinct['authorization'],
  )
  const accept = (request: IncomingMessage, socket: Duplex): void => {
    const found = routeOf(request.method ?? '', (request.url ?? '').split('?', 1)[0] ?? '')
    if (found === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
      return
    }
    told.ran({ method: request.method ?? '', ...found, decision: undefined })
    socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  }
  return server.on('upgrade', guard(accept, options))
}

/** The routes as a function, for handlers without a router. */
export function routeOf(
  method: string,
  path: string,
): { readonly route: Route; readonly id?: string } | undefined {
  for (const route of ALL) {
    const [before = '', after = ''] = `/rest${route.path}`.split(':id')
    const takes = method === 'HEAD' ? 'GET' : method
    if (route.method !== takes) continue
    if (!route.path.includes(':id')) {
      if (path === before) return { route }
    } else if (path.startsWith(before) && path.endsWith(after)) {
      const id = path.slice(before.length, after === '' ? undefined : -after.length)
      if (id !== '' && !id.includes('/')) return { route, id: decodeURIComponent(id) }
    }
  }
  return undefined
}
