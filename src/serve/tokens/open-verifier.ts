/**
 * What verifies tokens by the settings: the keys of one or more issuers, from files and URLs, or
 * introspection; with its cache, and kept up to date.
 */
import { isUrl } from '../address.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Settings } from '../settings.ts'
import { WatchedFile, type WatchOptions } from '../watched-file.ts'
import { introspectionVerifier } from './introspect.ts'
import { type FindKey, type KeySetState, parseKeySet, RemoteKeys } from './keys.ts'
import { caching, type CachingVerifier } from './token-cache.ts'
import { jwtVerifier } from './verify-jwt.ts'

export interface OpenVerifier {
  readonly tokens: Pick<CachingVerifier, 'verify' | 'recall'>
  /** Looks at key files, and fetches keys that are due. Never rejects. */
  readonly poll: () => Promise<void>
  readonly keySets: readonly KeySetState[]
}

interface Surroundings {
  readonly metrics: Metrics
  readonly log: Log
  readonly watch: WatchOptions
  readonly now: () => number
}

interface KeySource extends KeySetState {
  readonly find: FindKey
  readonly poll: () => Promise<void>
}

/** Rejects when a key file cannot be read, or with a {@link KeySetError}. */
export async function openVerifier(settings: Settings, surroundings: Surroundings): Promise<OpenVerifier> {
  const { introspection, jwks, clockTolerance, issuer } = settings
  const { now } = surroundings
  if (introspection !== undefined) {
    const verifier = introspectionVerifier(introspection, settings, now)
    const cache = { ttl: settings.introspectionCacheTtl, clockTolerance, withoutExpiry: true, now }
    return { tokens: caching(verifier, cache), poll: () => Promise.resolve(), keySets: [] }
  }
  // Keys of a file that were replaced count at once.
  let clear = (): void => undefined
  const sources = await Promise.all(
    jwks.map(async (source): Promise<KeySource> => {
      if (isUrl(source)) return openUrl(source, settings, surroundings)
      return openFile(source, surroundings, () => {
        clear()
      })
    }),
  )
  const byIssuer = new Map(issuer.map((name, index) => [name, sources[index]?.find]))
  const verifier = jwtVerifier((name) => byIssuer.get(name), settings)
  const cached = caching(verifier, { ttl: settings.tokenCacheTtl, clockTolerance, now })
  clear = cached.clear
  return {
    tokens: cached,
    poll: async () => {
      await Promise.all(sources.map((source) => source.poll()))
    },
    keySets: sources,
  }
}

function openUrl(url: string, settings: Settings, { metrics, log, now }: Surroundings): KeySource {
  let reported: string | null = null
  const keys = new RemoteKeys(url, {
    timeout: settings.timeout,
    staleKeys: settings.staleKeys,
    now,
    onFetch: (problem) => {
      metrics.fetchedKeys(problem === null ? 'loaded' : 'failed')
      if (problem === reported) return
      reported = problem
      if (problem === null) log('info', 'keys-loaded', { url })
      else
        log('error', 'keys-not-loaded', { url, problem, ...(keys.isReady && { kept: 'the last good keys' }) })
    },
  })
  return {
    source: url,
    get isReady() {
      return keys.isReady
    },
    get problem() {
      return keys.problem
    },
    find: keys.find,
    poll: () => keys.poll(),
  }
}

async function openFile(
  path: string,
  { metrics, log, watch }: Surroundings,
  onChange: () => void,
): Promise<KeySource> {
  const file = await WatchedFile.open(path, watch)
  let keys = parseFile(file)
  let problem: string | null = null
  const poll = async (): Promise<void> => {
    try {
      if (!(await file.poll())) return
      keys = parseFile(file)
      onChange()
      problem = null
      metrics.reloaded('loaded')
      log('info', 'keys-loaded', { file: path })
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'they cannot be read'
      if (reason === problem) return
      problem = reason
      metrics.reloaded('refused')
      log('error', 'keys-not-loaded', { file: path, problem, kept: 'the last good keys' })
    }
  }
  return {
    source: path,
    isReady: true,
    get problem() {
      return problem
    },
    find: (header, token) => keys(header, token),
    poll,
  }
}

function parseFile(file: WatchedFile): FindKey {
  return parseKeySet(file.content.toString())
}
