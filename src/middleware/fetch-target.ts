/**
 * The request target where all there is of a request is a `Request` of the Fetch API.
 *
 * Its `url` is what a URL parser made of the target: dot segments are resolved (also those that were written
 * `%2e%2e`), `\` is `/`, raw non-ASCII is encoded. What the client sent is gone, so that it cannot be refused
 * for its spelling. That is safe for one reason only: the handler has no other idea of the path either. So:
 *
 * - The path is cut out of the text of `url` and not parsed again; a runtime that does not normalise gives
 *   the raw text away, and the path rules refuse it as they would elsewhere.
 * - On Node the raw target is there, in `incoming.url` of the environment that @hono/node-server passes; it
 *   is judged instead, all spellings included.
 * - A URL that is not http(s), or has user information, is not a request that a server received: refused.
 */
import { unlessPolluted } from '../claims/safe-get.ts'

/** Scheme and authority; what follows is judged verbatim. */
const ORIGIN = /^https?:\/\/[^/?#@\\]+\//i

/** The target of a request with this `url`, and this environment; empty where none can be trusted. */
export function fetchTarget(url: unknown, environment: unknown): string {
  // On other platforms the environment has no `incoming`, and none may be inherited.
  if (isObject(environment)) {
    const incoming = unlessPolluted(environment['incoming'], environment, 'incoming')
    if (incoming !== undefined && incoming !== null) {
      const target = isObject(incoming) ? unlessPolluted(incoming['url'], incoming, 'url') : undefined
      return typeof target === 'string' ? target : ''
    }
  }
  if (typeof url !== 'string' || !ORIGIN.test(url)) return ''
  return url.slice(url.indexOf('/', url.indexOf('//') + 2))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
