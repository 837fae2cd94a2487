/**
 * The request that a gateway asks about by HTTP: its method and its target as the client sent them.
 *
 * One family of headers is read, the one that is configured; the same names in another spelling belong to
 * somebody else and count for nothing. A header that is missing, or there twice, denies: either the gateway
 * is not configured for this, or a client has added its own.
 */
import type { IncomingMessage } from 'node:http'
import { only, originsOf, type Question, valuesAmong } from './question.ts'
import type { HeaderFamily } from './settings.ts'

/** Every decision is asked for below this path: what the gateway calls. */
export const DECIDE = '/decide'

const NAMES: Readonly<
  Record<Exclude<HeaderFamily, 'envoy' | 'mcp'>, readonly [method: string, target: string]>
> = {
  'x-forwarded': ['x-forwarded-method', 'x-forwarded-uri'],
  'x-original': ['x-original-method', 'x-original-uri'],
}

/** What Node gives of a request. */
export type GatewayRequest = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>

/** The original request, or one clause that states why there is none. */
export function originalRequest(
  { method = '', url = '', rawHeaders }: GatewayRequest,
  family: HeaderFamily,
): Question | { readonly problem: string } {
  const valuesOf = valuesAmong(rawHeaders)
  const origins = (): readonly string[] => originsOf(valuesOf)
  // It asks with the original method, and puts its `path_prefix` before the original target.
  if (family === 'envoy') return { method, target: url.slice(DECIDE.length), valuesOf, origins }
  const [methodName, targetName] = NAMES[family === 'mcp' ? 'x-forwarded' : family]
  const originalMethod = only(valuesOf, methodName)
  const target = only(valuesOf, targetName)
  if (originalMethod === undefined) return { problem: `the gateway sent no single ${methodName}` }
  if (target === undefined) return { problem: `the gateway sent no single ${targetName}` }
  return { method: originalMethod, target, valuesOf, origins }
}
