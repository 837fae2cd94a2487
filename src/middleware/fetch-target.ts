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
import { safeGet } from '../claims/safe-get.ts'

/** After scheme and authority; the rest is judged verbatim. */
const HTTP_URL = /^https?:\/\/[^/?#@\\]+(\/.*)$/is

/** The target of a request with this `url`, and this environment; empty where none can be trusted. */
export function fetchTarget(url: unknown, environment: unknown): string {
  // On other platforms the environment has no `incoming`, and none may be inherited.
  const incoming = safeGet(environment, 'incoming')
  if (incoming !== undefined && incoming !== null) {
    const target = safeGet(incoming, 'url')
    return typeof target === 'string' ? target : ''
  }
  return (typeof url === 'string' ? HTTP_URL.exec(url)?.[1] : undefined) ?? ''
}
