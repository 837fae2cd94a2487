/**
 * The decision server as a whole: opens the files, starts to listen, reloads what changes, and ends.
 */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ParseOptions } from '../load.ts'
import { isUrl, readAddress } from './address.ts'
import { introspectionVerifier } from './introspect.ts'
import type { Log } from './log.ts'
import { Metrics } from './metrics.ts'
import { Policies, type PolicyChoice } from './policies.ts'
import { createDecisionServer } from './server.ts'
import { remembering } from './remembering.ts'
import type { Settings } from './settings.ts'
import type { Verifier } from './verifier.ts'
import { jwtVerifier, localKeys, remoteKeys } from './verify-jwt.ts'
import { WatchedFile } from './watched-file.ts'

export interface Running {
  /** Where it listens: `http://127.0.0.1:8787`. */
  readonly url: string
  /** Looks at every file now, as it does by itself every `reload` seconds. */
  readonly look: () => Promise<void>
  /** Takes no more requests, waits for those that run, at most `grace` seconds. */
  readonly stop: () => Promise<void>
}

/** Rejects when a file cannot be used or the port is taken; what is wrong is in the error. */
export async function serve(
  choices: readonly PolicyChoice[],
  settings: Settings,
  options: ParseOptions,
  log: Log,
): Promise<Running> {
  const policies = await Policies.open(choices, options)
  const metrics = new Metrics()
  const { verify, look: lookAtKeys } = await createVerifier(settings, metrics, log)
  const { headers: family, realm, resourceMetadata } = settings
  const decider = {
    family,
    verify,
    choose: policies.choose.bind(policies),
    realm,
    resourceMetadata,
  }
  const server = createDecisionServer({ decider, policies, metrics, log }, settings)
  const url = await listen(server, settings.listen)

  const look = async (): Promise<void> => {
    for (const { result, ...fields } of await policies.look()) {
      metrics.reloaded(result)
      if (result === 'loaded') log('info', 'policy-loaded', fields)
      else log('error', 'policy-not-loaded', { result, ...fields, kept: 'the last good policy' })
    }
    await lookAtKeys()
  }
  const stopLooking = repeat(look, settings.reload, log)
  const inForce = policies.states.map(({ file, policy }) => ({ file, fingerprint: policy.fingerprint }))
  log('info', 'started', { url, policies: inForce })
  return {
    url,
    look,
    stop: async () => {
      stopLooking()
      await close(server, settings.grace)
      log('info', 'stopped')
    },
  }
}

async function createVerifier(
  settings: Settings,
  metrics: Metrics,
  log: Log,
): Promise<{ readonly verify: Verifier; readonly look: () => Promise<void> }> {
  const nothing = (): Promise<void> => Promise.resolve()
  const { introspection, jwks = '', timeout, remember, clockTolerance } = settings
  if (introspection !== undefined) {
    return { verify: introspectionVerifier(introspection, settings), look: nothing }
  }
  if (isUrl(jwks)) {
    const remote = remoteKeys(jwks, timeout)
    const verifier = jwtVerifier(() => remote, settings)
    return { verify: remembering(verifier, remember, clockTolerance).verify, look: nothing }
  }
  const file = await WatchedFile.open(jwks)
  let keys = localKeys(file.content.toString())
  const verifier = jwtVerifier(() => keys, settings)
  const { verify, forget } = remembering(verifier, remember, clockTolerance)
  let told: string | null = null
  const look = async (): Promise<void> => {
    try {
      if (!(await file.look())) return
      keys = localKeys(file.content.toString())
      forget()
      told = null
      metrics.reloaded('loaded')
      log('info', 'keys-loaded', { file: jwks })
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'they cannot be read'
      if (problem === told) return
      told = problem
      metrics.reloaded('refused')
      log('error', 'keys-not-loaded', { file: jwks, problem, kept: 'the last good keys' })
    }
  }
  return { verify, look }
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

/** Calls again and again, each time after the last one has ended; gives the way to stop. */
function repeat(work: () => Promise<void>, seconds: number, log: Log): () => void {
  if (seconds === 0) return () => undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const next = (): void => {
    if (stopped) return
    timer = setTimeout(() => {
      work()
        .catch((error: unknown) => {
          log('error', 'internal-error', { problem: error instanceof Error ? error.message : String(error) })
        })
        .finally(next)
    }, seconds * 1000)
    timer.unref()
  }
  next()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

async function close(server: Server, grace: number): Promise<void> {
  const late = setTimeout(() => {
    server.closeAllConnections()
  }, grace * 1000)
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeIdleConnections()
  })
  clearTimeout(late)
}
