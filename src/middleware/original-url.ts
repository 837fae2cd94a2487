import { unlessPolluted } from '../claims/safe-get.ts'

/**
 * The target that Express and Connect keep in `originalUrl` before they cut mount paths off `url`; undefined
 * where none was kept, as on Node's own request.
 *
 * They keep one that is inherited as well, as the request's own, and route by `url` all the same. Where
 * `Object.prototype` has one, what was requested is not known: the text is then empty, which is refused.
 */
export function originalUrl(request: { readonly originalUrl?: unknown }): unknown {
  return 'originalUrl' in Object.prototype ? '' : unlessPolluted(request.originalUrl, request, 'originalUrl')
}
