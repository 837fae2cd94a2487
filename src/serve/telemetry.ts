/**
 * Export of decisions by the OpenTelemetry SDK for Node, where it is installed: a span and a duration for each.
 *
 * The SDK is never a dependency, since it is larger than this package with everything else that it needs, and
 * is configured by its own environment variables (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_SERVICE_NAME`, …). It is
 * looked for beside this package, then in the working directory. Attributes are those that metrics have as
 * labels, the method and the fingerprint: no paths, subjects and scopes, which belong in the log.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Trace } from './trace.ts'

const SDK = '@opentelemetry/sdk-node'
const NAME = 'scope-policy'
/** `SpanKind.SERVER`. */
const SERVER = 1
/** `SpanStatusCode.ERROR`. */
const ERROR = 2

export interface Decided {
  readonly status: number
  readonly reason: string
  readonly record: Readonly<Record<string, unknown>> & Trace
  readonly seconds: number
}

export interface Telemetry {
  /** Never throws. */
  readonly decided: (decided: Decided) => void
  /** Sends what is left. Never rejects. */
  readonly stop: () => Promise<void>
}

/** The SDK is asked for, and not installed. */
export class NoTelemetry extends Error {
  override readonly name = 'NoTelemetry'
}

type Attributes = Readonly<Record<string, string | number>>

/** What is used of the SDK, which exports the API as `api`. */
interface Sdk {
  readonly NodeSDK: new () => { start(): void; shutdown(): Promise<void> }
  readonly api: {
    readonly ROOT_CONTEXT: object
    readonly trace: {
      getTracer(name: string): {
        startSpan(
          name: string,
          options: { readonly kind: number; readonly startTime: number; readonly attributes: Attributes },
          context: object,
        ): { setStatus(status: { readonly code: number }): unknown; end(time: number): void }
      }
      setSpanContext(
        context: object,
        span: {
          readonly traceId: string
          readonly spanId: string
          readonly traceFlags: number
          readonly isRemote: true
        },
      ): object
    }
    readonly metrics: {
      getMeter(name: string): {
        createHistogram(
          name: string,
          options: { readonly unit: string; readonly description: string },
        ): { record(value: number, attributes: Attributes): void }
      }
    }
  }
}

/** Rejects with {@link NoTelemetry} where the SDK is not installed. */
export async function openTelemetry(folder: string = process.cwd()): Promise<Telemetry> {
  const { NodeSDK, api } = await loadSdk(folder)
  const sdk = new NodeSDK()
  sdk.start()
  const tracer = api.trace.getTracer(NAME)
  const duration = api.metrics.getMeter(NAME).createHistogram('scope_policy.decision.duration', {
    unit: 's',
    description: 'Time to a decision, verification of the token included',
  })
  const parentOf = ({ traceId, parentId, traceFlags }: Trace): object =>
    traceId === undefined || parentId === undefined
      ? api.ROOT_CONTEXT
      : api.trace.setSpanContext(api.ROOT_CONTEXT, {
          traceId,
          spanId: parentId,
          traceFlags: Number.parseInt(traceFlags ?? '0', 16),
          isRemote: true,
        })
  return {
    decided: ({ status, reason, record, seconds }) => {
      const { method, fingerprint } = record
      const labels = { 'scope_policy.reason': reason, 'http.response.status_code': status }
      const attributes = {
        ...labels,
        ...(typeof method === 'string' && { 'http.request.method': method }),
        ...(typeof fingerprint === 'string' && { 'scope_policy.fingerprint': fingerprint }),
      }
      duration.record(seconds, labels)
      const end = Date.now()
      const options = { kind: SERVER, startTime: end - seconds * 1000, attributes }
      const span = tracer.startSpan('authorize', options, parentOf(record))
      if (status >= 500) span.setStatus({ code: ERROR })
      span.end(end)
    },
    stop: () => sdk.shutdown().catch(() => undefined),
  }
}

async function loadSdk(folder: string): Promise<Sdk> {
  const places = [import.meta.url, pathToFileURL(join(folder, 'package.json')).href]
  for (const place of places) {
    let file: string
    try {
      file = createRequire(place).resolve(SDK)
    } catch {
      continue
    }
    return (await import(pathToFileURL(file).href)) as Sdk
  }
  throw new NoTelemetry(`\`otlp\` needs ${SDK}; install it here: npm install ${SDK}`)
}
