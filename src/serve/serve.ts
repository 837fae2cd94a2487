/**
 * The decision server: opens the files, starts to listen, reloads what changes, and ends.
 */
import type { Server } from 'node:http'
import { Server as TlsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { ParseOptions } from '../load.ts'
import { readAddress } from './address.ts'
import { type AuthzenConfig, NO_AUTHZEN } from './authzen/config.ts'
import { openAuthzen } from './authzen/open.ts'
import { createChallenge } from './challenges.ts'
import type { Log } from './log.ts'
import { Metrics } from './metrics.ts'
import { Policies, type PolicyChoice } from './policies.ts'
import { answerTo, unreadable } from './decide.ts'
import type { GrpcServer } from './grpc/server.ts'
import { createIdentityHeaders } from './identity.ts'
import { createDecisionServer, isReadyWith, recorder, type Service } from './server.ts'
import type { Settings } from './settings.ts'
import { createAuthenticate } from './tokens/authenticate.ts'
import { type OpenTls, openTls, type TlsOptions } from './tls.ts'
import { openVerifier } from './tokens/open-verifier.ts'
import type { WatchOptions } from './watched-file.ts'

/** Between the two looks of a reload that was asked for, in milliseconds. */
const BETWEEN_LOOKS = 100

export interface Running {
  /** Where it listens: `http://127.0.0.1:8787`, or `unix:/run/scope-policy.sock`. */
  readonly url: string
  /** Where it listens for gRPC: `127.0.0.1:9191`. */
  readonly grpc?: string
  /** Looks at every file and key set now, as it does by itself every `reload` seconds. */
  readonly poll: () => Promise<void>
  /** Looks at everything until what has changed has settled: what SIGHUP asks for. Never rejects. */
  readonly reload: () => Promise<void>
  /** Takes no more requests, waits for those that run, at most `shutdownTimeout` seconds. */
  readonly stop: () => Promise<void>
}

/** `readFile` and `settledAge` hold for every file: policies, keys, TLS, and those of `authzen`. */
export interface ServeOptions extends WatchOptions {
  /** The section `authzen` of the configuration, for the setting of that name. */
  readonly authzen?: AuthzenConfig | undefined
  /** In milliseconds. */
  readonly now?: () => number
}

/** Rejects when a file cannot be used or the port is taken; what is wrong is in the error. */
export async function serve(
  choices: readonly PolicyChoice[],
  settings: Settings,
  options: ParseOptions,
  log: Log,
  { authzen: authzenConfig = NO_AUTHZEN, now = Date.now, ...watch }: ServeOptions = {},
): Promise<Running> {
  const metrics = new Metrics()
  const [policies, verifier] = await Promise.all([
    Policies.open(choices, options, watch),
    openVerifier(settings, { metrics, log, watch, now }),
  ])
  const { headers: family, mcpPath, realm, resourceMetadata, identitySize } = settings
  const decider = {
    family,
    mcpPath,
    authenticate: createAuthenticate(verifier.tokens, settings, now),
    choose: policies.choose.bind(policies),
    challenge: createChallenge(settings),
    realm,
    resourceMetadata,
    identityHeaders: createIdentityHeaders(identitySize),
  }
  const authzen = settings.authzen
    ? await openAuthzen(authzenConfig, (claims) => policies.choose(claims), { metrics, log, watch })
    : undefined
  const tls = await openTls(settings, watch)
  // Loaded only here: other commands should not wait for the SDK.
  const telemetry = settings.otlp ? await (await import('./telemetry.ts')).openTelemetry() : undefined
  const service = {
    decider,
    policies,
    keySets: verifier.keySets,
    metrics,
    log,
    telemetry,
    authzen: authzen?.service,
  }
  const server = createDecisionServer(service, settings, tls?.options)
  const url = await listen(server, settings.listen, tls === undefined ? 'http' : 'https')
  const grpc = await startGrpc(service, settings, tls?.options)

  const pollPolicies = async (): Promise<void> => {
    for (const { result, ...fields } of await policies.poll()) {
      metrics.reloaded(result)
      if (result === 'loaded') log('info', 'policy-loaded', fields)
      else log('error', 'policy-not-loaded', { result, ...fields, kept: 'the last good policy' })
    }
  }
  const poll = async (): Promise<void> => {
    // Keys do not wait for a large document to be read.
    await Promise.all([pollPolicies(), verifier.poll(), authzen?.poll()])
    if (tls !== undefined) await renew(server, grpc, tls, log)
  }
  const report = (error: unknown): void => {
    log('error', 'internal-error', { problem: error instanceof Error ? error.message : String(error) })
  }
  const stopPolling = repeat(() => poll().catch(report), settings.reload)
  void verifier.poll()
  const inForce = policies.states.map(({ file, policy }) => ({ file, fingerprint: policy.fingerprint }))
  log('info', 'started', { url, ...(grpc !== undefined && { grpc: grpc.address }), policies: inForce })
  return {
    url,
    ...(grpc !== undefined && { grpc: grpc.address }),
    poll,
    reload: async () => {
      log('info', 'reload-requested')
      // Two looks that agree, as with every change.
      for (const wait of [0, BETWEEN_LOOKS]) await delay(wait).then(poll).catch(report)
    },
    stop: async () => {
      stopPolling()
      await Promise.all([close(server, settings.shutdownTimeout), grpc?.stop(settings.shutdownTimeout)])
      await telemetry?.stop()
      log('info', 'stopped')
    },
  }
}

/** gRPC where it is asked for. */
async function startGrpc(
  { decider, keySets, metrics, log, telemetry }: Service,
  settings: Settings,
  tls: TlsOptions | undefined,
): Promise<GrpcServer | undefined> {
  if (settings.grpc === undefined) return undefined
  // Loaded only here: other commands should not wait for the library.
  const { serveGrpc } = await import('./grpc/server.ts')
  const record = recorder({ metrics, log, telemetry }, settings)
  return serveGrpc(settings.grpc, tls, {
    answer: (question) => record(() => answerTo(question, decider)),
    isReady: () => isReadyWith(keySets),
    onUnreadable: (problem) => record(() => unreadable(problem)),
  })
}

/** New connections use a renewed certificate. */
async function renew(server: Server, grpc: GrpcServer | undefined, tls: OpenTls, log: Log): Promise<void> {
  try {
    const options = await tls.poll()
    if (options === undefined || !(server instanceof TlsServer)) return
    server.setSecureContext(options)
    grpc?.renew(options)
    log('info', 'certificate-loaded')
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it cannot be read'
    log('error', 'certificate-not-loaded', { problem, kept: 'the last good certificate' })
  }
}

async function listen(server: Server, text: string, scheme: string): Promise<string> {
  const address = readAddress(text) ?? { kind: 'port', host: '127.0.0.1', port: 0 }
  if (address.kind === 'socket') await removeStale(address.path)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    const listening = (): void => {
      server.off('error', reject)
      resolve()
    }
    if (address.kind === 'socket') server.listen(address.path, listening)
    else server.listen(address.port, address.host, listening)
  })
  const bound = server.address() as AddressInfo | string
  if (typeof bound === 'string') return `unix:${bound}`
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  return `${scheme}://${name}:${bound.port}`
}

/** Removes the socket of a process that has ended without doing so: one on which no process answers. */
async function removeStale(path: string): Promise<void> {
  const isStale = await new Promise<boolean>((resolve) => {
    const socket = connect(path)
    socket.on('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED')
    })
  })
  if (isStale) await rm(path)
}

/** Calls again and again, each time after the last call has ended; returns the way to stop. */
function repeat(work: () => Promise<void>, seconds: number): () => void {
  if (seconds === 0) return () => undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const next = (): void => {
    if (stopped) return
    timer = setTimeout(() => {
      void work().finally(next)
    }, seconds * 1000)
    timer.unref()
  }
  next()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

async function close(server: Server, timeout: number): Promise<void> {
  const late = setTimeout(() => {
    server.closeAllConnections()
  }, timeout * 1000)
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeIdleConnections()
  })
  clearTimeout(late)
}
