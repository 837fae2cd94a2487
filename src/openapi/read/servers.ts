/**
 * The paths at which the servers of a document have their operations: of `https://api.example/v1` that is
 * `/v1` (OpenAPI 3.1 §4.8.5). Host and scheme say nothing about paths and are left out.
 */
import { quote } from '../../diagnostic/words.ts'
import type { Report } from '../model.ts'
import { itemsOf, own, stringOf } from './plain-object.ts'
import { appendPointer } from './references.ts'

const MAX_SERVERS = 100
/** No request path is longer. */
const MAX_URL_LENGTH = 8192

/** Each once, in document order; undefined when there is no list or an empty one. */
export function basePathsOf(
  servers: unknown,
  pointer: string,
  report: Report,
): readonly string[] | undefined {
  if (servers === undefined) return undefined
  const invalid = (message: string, place = pointer): void => {
    report({ code: 'invalid-server', message, pointer: place })
  }
  if (!Array.isArray(servers)) {
    invalid('`servers` is not a list')
    return undefined
  }
  if (servers.length > MAX_SERVERS) invalid(`of ${servers.length} servers the first ${MAX_SERVERS} are read`)
  const paths = new Set<string>()
  for (const [index, server] of itemsOf(servers.slice(0, MAX_SERVERS)).entries()) {
    const place = appendPointer(pointer, String(index))
    const url = stringOf(own(server, 'url'))
    if (url === undefined || url.length > MAX_URL_LENGTH) {
      invalid(url === undefined ? 'a server has no `url`' : 'the `url` of a server is too long', place)
      continue
    }
    paths.add(pathOf(filled(url, own(server, 'variables'), place, report)))
  }
  return paths.size === 0 ? undefined : [...paths]
}

/** With the default of each variable; which of its values a server has cannot be known. */
function filled(url: string, variables: unknown, pointer: string, report: Report): string {
  const path = pathOf(url)
  return url.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = stringOf(own(own(variables, name), 'default'))
    if (path.includes(whole)) {
      report({
        code: 'server-variable',
        message: `the base path depends on the server variable ${quote(name)}, read as ${quote(value ?? '')}`,
        help: 'set `basePath` to what your server has',
        pointer,
      })
    }
    return value ?? ''
  })
}

/** The path of an absolute URL, or of one that is relative to the place of the document. */
function pathOf(url: string): string {
  const path = url.replace(/^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/[^/?#]*/, '').replace(/[?#].*/s, '')
  const trimmed = path.replace(/\/+$/, '')
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`
}

/** `basePath` of Swagger 2.0. */
export function swaggerBasePaths(root: unknown): readonly string[] | undefined {
  const path = stringOf(own(root, 'basePath'))
  if (path !== undefined && path.length > MAX_URL_LENGTH) return undefined
  return path === undefined && own(root, 'host') === undefined ? undefined : [pathOf(path ?? '')]
}
