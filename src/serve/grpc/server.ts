/**
 * gRPC: `envoy.service.auth.v3.Authorization/Check` and `grpc.health.v1.Health`, by `@grpc/grpc-js`, which is
 * loaded only where it is asked for.
 *
 * Messages are bytes to the library, and read in `check.ts`: no `.proto` is loaded at run time.
 */
import type { experimental, sendUnaryData, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js'
import { readAddress } from '../address.ts'
import type { Answer } from '../decide.ts'
import type { Question } from '../question.ts'
import type { TlsOptions } from '../tls.ts'
import { type CheckQuestion, readCheckRequest, writeCheckResponse } from './check.ts'
import { field } from './protobuf.ts'

export interface GrpcService {
  /** Decides, counts and logs. Never rejects. */
  readonly answer: (question: Question) => Answer | Promise<Answer>
  /** Whether requests should be sent here. */
  readonly isReady: () => boolean
  /** The answer to a message that cannot be read. Never rejects. */
  readonly onUnreadable: (problem: string) => Answer | Promise<Answer>
}

export interface GrpcServer {
  /** `host:port`. */
  readonly address: string
  /** New connections use a renewed certificate. */
  readonly renew: (tls: TlsOptions) => void
  readonly stop: (seconds: number) => Promise<void>
}

const MAX_MESSAGE = 1_048_576
const SERVING = 1
const NOT_SERVING = 2
/** How often a watcher of the health is notified, where it has changed; in milliseconds. */
const WATCH_INTERVAL = 1_000

/** Rejects when the port is taken, or the library is not installed. */
export async function serveGrpc(
  listen: string,
  tls: TlsOptions | undefined,
  service: GrpcService,
): Promise<GrpcServer> {
  const grpc = await import('@grpc/grpc-js')
  const identity = (bytes: Buffer): Buffer => bytes
  const method = (path: string, responseStream = false) => ({
    path,
    requestStream: false as const,
    responseStream,
    requestSerialize: identity,
    requestDeserialize: identity,
    responseSerialize: identity,
    responseDeserialize: identity,
  })
  const server = new grpc.Server({ 'grpc.max_receive_message_length': MAX_MESSAGE })
  server.addService(
    { check: method('/envoy.service.auth.v3.Authorization/Check') },
    {
      check: ({ request }: ServerUnaryCall<Buffer, Buffer>, respond: sendUnaryData<Buffer>) => {
        void check(request, service).then((response) => {
          respond(null, response)
        })
      },
    },
  )
  const health = (): Buffer => field(1, service.isReady() ? SERVING : NOT_SERVING)
  server.addService(
    {
      check: method('/grpc.health.v1.Health/Check'),
      watch: method('/grpc.health.v1.Health/Watch', true),
    },
    {
      check: (_: ServerUnaryCall<Buffer, Buffer>, respond: sendUnaryData<Buffer>) => {
        respond(null, health())
      },
      watch: (call: ServerWritableStream<Buffer, Buffer>) => {
        let told = health()
        call.write(told)
        const timer = setInterval(() => {
          const now = health()
          if (now.equals(told)) return
          told = now
          call.write(now)
        }, WATCH_INTERVAL)
        timer.unref()
        const end = (): void => {
          clearInterval(timer)
        }
        call.on('cancelled', end).on('close', end).on('error', end)
      },
    },
  )
  const address = readAddress(listen) ?? { kind: 'port', host: '127.0.0.1', port: 0 }
  const nameOf = (host: string): string => (host.includes(':') ? `[${host}]` : host)
  const target =
    address.kind === 'socket' ? `unix:${address.path}` : `${nameOf(address.host)}:${address.port}`
  const certificates = tls && new Certificates(tls)
  const credentials =
    certificates === undefined
      ? grpc.ServerCredentials.createInsecure()
      : grpc.experimental.createCertificateProviderServerCredentials(
          certificates,
          tls?.ca === undefined ? null : certificates,
          tls?.requestCert ?? false,
        )
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(target, credentials, (error, taken) => {
      if (error === null) resolve(taken)
      else reject(Object.assign(error, { syscall: 'listen' }))
    })
  })
  return {
    address: address.kind === 'socket' ? target : `${nameOf(address.host)}:${port}`,
    renew: (renewed) => certificates?.renew(renewed),
    stop: (seconds) =>
      new Promise((resolve) => {
        const late = setTimeout(() => {
          server.forceShutdown()
          resolve()
        }, seconds * 1000)
        server.tryShutdown(() => {
          clearTimeout(late)
          resolve()
        })
      }),
  }
}

type Listener<T> = (update: T) => void

/**
 * Gives the library the certificate in force, and each that replaces it. The first one is given a little later:
 * a server is added to those that are notified of updates only after this has been asked.
 */
class Certificates implements experimental.CertificateProvider {
  #tls: TlsOptions
  readonly #ofIdentity = new Set<Listener<experimental.IdentityCertificateUpdate>>()
  readonly #ofCa = new Set<Listener<experimental.CaCertificateUpdate>>()

  constructor(tls: TlsOptions) {
    this.#tls = tls
  }

  renew(tls: TlsOptions): void {
    this.#tls = tls
    for (const listener of this.#ofIdentity) listener(this.#identity)
    for (const listener of this.#ofCa) listener(this.#ca)
  }

  get #identity(): experimental.IdentityCertificateUpdate {
    return { certificate: this.#tls.cert, privateKey: this.#tls.key }
  }

  get #ca(): experimental.CaCertificateUpdate {
    return { caCertificate: this.#tls.ca ?? Buffer.alloc(0) }
  }

  addIdentityCertificateListener(listener: experimental.IdentityCertificateUpdateListener): void {
    this.#ofIdentity.add(listener)
    queueMicrotask(() => {
      listener(this.#identity)
    })
  }

  removeIdentityCertificateListener(listener: experimental.IdentityCertificateUpdateListener): void {
    this.#ofIdentity.delete(listener)
  }

  addCaCertificateListener(listener: experimental.CaCertificateUpdateListener): void {
    this.#ofCa.add(listener)
    queueMicrotask(() => {
      listener(this.#ca)
    })
  }

  removeCaCertificateListener(listener: experimental.CaCertificateUpdateListener): void {
    this.#ofCa.delete(listener)
  }
}

async function check(request: Buffer, service: GrpcService): Promise<Buffer> {
  let question: CheckQuestion
  try {
    question = readCheckRequest(request)
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'the message cannot be read'
    return writeCheckResponse(await service.onUnreadable(problem), [])
  }
  return writeCheckResponse(await service.answer(question), question.headerNames)
}
