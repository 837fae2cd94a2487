/** TLS of the decision server, by files that may be renewed while it runs. */
import { createSecureContext } from 'node:tls'
import type { Settings } from './settings.ts'
import { WatchedFile, type WatchOptions } from './watched-file.ts'

export interface TlsOptions {
  readonly cert: Buffer
  readonly key: Buffer
  readonly ca?: Buffer
  /** Whoever asks has to show a certificate of `ca`. */
  readonly requestCert: boolean
  readonly rejectUnauthorized: boolean
}

export interface OpenTls {
  readonly options: TlsOptions
  /** New options when a file has changed. Rejects when one cannot be used; the last good ones stay. */
  readonly poll: () => Promise<TlsOptions | undefined>
}

/** Files of TLS that do not fit together. */
class UnusableTls extends Error {
  override readonly name = 'UnusableTls'
}

/** Undefined without TLS. Rejects when a file cannot be read or used. */
export async function openTls(settings: Settings, watch?: WatchOptions): Promise<OpenTls | undefined> {
  const { tlsCert, tlsKey, clientCa } = settings
  if (tlsCert === undefined || tlsKey === undefined) return undefined
  const open = (path: string): Promise<WatchedFile> => WatchedFile.open(path, watch)
  const [cert, key] = await Promise.all([open(tlsCert), open(tlsKey)])
  const ca = clientCa === undefined ? undefined : await open(clientCa)
  const read = (): TlsOptions => {
    const options = {
      cert: cert.content,
      key: key.content,
      ...(ca !== undefined && { ca: ca.content }),
      requestCert: ca !== undefined,
      rejectUnauthorized: ca !== undefined,
    }
    try {
      createSecureContext(options)
    } catch (error) {
      throw new UnusableTls(
        `certificate and key cannot be used: ${error instanceof Error ? error.message : ''}`,
      )
    }
    return options
  }
  return {
    options: read(),
    poll: async () => {
      const changed: boolean[] = []
      for (const file of [cert, key, ...(ca === undefined ? [] : [ca])]) changed.push(await file.poll())
      return changed.includes(true) ? read() : undefined
    },
  }
}
