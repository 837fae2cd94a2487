/**
 * The decision server: opens the files, starts to listen, reloads what changes, and ends.
 */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { ParseOptions } from '../load.ts'
import { readAddress } from './address.ts'
import { type AuthzenConfig, NO_AUTHZEN } from './authzen/config.ts'
import { openAuthzen } from './authzen/open.ts'
import { createChallenge } from './challenges.ts'
import type { Log } from './log.ts'
import { Metrics } from './metrics.ts'
import { Policies, type PolicyChoice } from './policies.ts'
import { createDecisionServer } from './server.ts'
import type { Settings } from './settings.ts'
import { createAuthenticate } from './tokens/authenticate.ts'
import { openVerifier } from './tokens/open-verifier.ts'

/** Between the two looks of a reload that was asked for, in milliseconds. */
const BETWEEN_LOOKS = 100

export interface Running {
  /** Where it listens: `http://127.0.0.1:8787`. */
  readonly url: string
  /** Looks at every file and key set now, as it does by itself every `reload` seconds. */
  readonly poll: () => Promise<void>
  /** Looks at everything until what has changed has settled: what SIGHUP asks for. Never rejects. */
  readonly reload: () => Promise<void>
  /** Takes no more requests, waits for those that run, at most `shutdownTimeout` seconds. */
  readonly stop: () => Promise<void>
}

export interface ServeOptions {
  /** The section `authzen` of the configuration, for the setting of that name. */
  readonly authzen?: AuthzenConfig | undefined
  /** Seconds for which a file must not have changed to be read at the start. */
  readonly settledAge?: number
  /** In milliseconds. */
  readonly now?: () => number
}

/** Rejects when a file cannot be used or the port is taken; what is wrong is in the error. */
export async function serve(
  choices: readonly PolicyChoice[],
  settings: Settings,
  options: ParseOptions,
  log: Log,
  { authzen: authzenConfig = NO_AUTHZEN, settledAge, now = Date.now }: ServeOptions = {},
): Promise<Running> {
  const metrics = new Metrics()
  const [policies, tokens] = await Promise.all([
    Policies.open(choices, options, settledAge),
    openVerifier(settings, { metrics, log, settledAge, now }),
  ])
  const { headers: family, realm, resourceMetadata, identitySize } = settings
  const decider = {
    family,
    authenticate: createAuthenticate(tokens.verify, settings, now),
    choose: policies.choose.bind(policies),
    challenge: createChallenge(settings),
    realm,
    resourceMetadata,
    identitySize,
  }
  const authzen = settings.authzen
    ? await openAuthzen(authzenConfig, (claims) => policies.choose(claims), { metrics, log, settledAge })
    : undefined
  const server = createDecisionServer(
    { authzen: authzen?.service, decider, policies, keySets: tokens.keySets, metrics, log },
    settings,
  )
  const url = await listen(server, settings.listen)

  const poll = async (): Promise<void> => {
    for (const { result, ...fields } of await policies.poll()) {
      metrics.reloaded(result)
      if (result === 'loaded') log('info', 'policy-loaded', fields)
      else log('error', 'policy-not-loaded', { result, ...fields, kept: 'the last good policy' })
    }
    await tokens.poll()
    await authzen?.poll()
  }
  const report = (error: unknown): void => {
    log('error', 'internal-error', { problem: error instanceof Error ? error.message : String(error) })
  }
  const stopPolling = repeat(() => poll().catch(report), settings.reload)
  void tokens.poll()
  const inForce = policies.states.map(({ file, policy }) => ({ file, fingerprint: policy.fingerprint }))
  log('info', 'started', { url, policies: inForce })
  return {
    url,
    poll,
    reload: async () => {
      log('info', 'reload-requested')
      // Two looks that agree, as with every change.
      for (const wait of [0, BETWEEN_LOOKS]) await delay(wait).then(poll).catch(report)
    },
    stop: async () => {
      stopPolling()
      await close(server, settings.shutdownTimeout)
      log('info', 'stopped')
    },
  }
}

async function listen(server: Server, address: string): Promise<string> {
  const { host, port } = readAddress(address) ?? { host: '127.0.0.1', port: 0 }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const bound = server.address() as AddressInfo
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  return `http://${name}:${bound.port}`
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
