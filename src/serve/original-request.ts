/**
 * The request that a gateway asks about: its method and its target as the client sent them.
 *
 * One family of headers is read, the one that is configured; the same names in another spelling are
 * somebody else's and count for nothing. A header that is missing, or there twice, denies: either the
 * gateway is not configured for this, or a client has added its own.
 */
import type { IncomingMessage } from 'node:http'
import type { HeaderFamily } from './settings.ts'

export interface OriginalRequest {
  readonly method: string
  /** The request target (RFC 9112 §3.2), not decoded. */
  readonly target: string
}

/** Every decision is asked for below this path: what the gateway calls. */
export const DECIDE = '/decide'

const NAMES: Readonly<Record<Exclude<HeaderFamily, 'envoy'>, readonly [method: string, target: string]>> = {
  'x-forwarded': ['x-forwarded-method', 'x-forwarded-uri'],
  'x-original': ['x-original-method', 'x-original-uri'],
}

/** The original request, or one clause that says why there is none. */
export function originalRequest(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headersDistinct'>,
  family: HeaderFamily,
): OriginalRequest | { readonly problem: string } {
  if (family === 'envoy') {
    // It asks with the original method, and puts its `path_prefix` before the original target.
    return { method: request.method ?? '', target: (request.url ?? '').slice(DECIDE.length) }
  }
  const [methodName, targetName] = NAMES[family]
  const method = only(request.headersDistinct[methodName])
  const target = only(request.headersDistinct[targetName])
  if (method === undefined) return { problem: `the gateway sent no single ${methodName}` }
  if (target === undefined) return { problem: `the gateway sent no single ${targetName}` }
  return { method, target }
}

function only(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined
}
