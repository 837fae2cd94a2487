/**
 * An OpenAPI document (3.0, 3.1, 3.2, or Swagger 2.0) to what concerns scopes and paths.
 *
 * Lenient about all that has nothing to do with either: schemas, parameters and responses are not looked at.
 * Strict about what it is: anything that is no such document is refused with one error, since an empty answer
 * would look like an API without operations.
 *
 * Safe with documents of strangers: own data properties only, no getter is called, nothing is fetched, every
 * chain of references is bounded. Cost: linear in the path items.
 */
import { quote } from '../../diagnostic/words.ts'
import { readData } from '../../document/read-data.ts'
import { LineIndex } from '../../source/line-index.ts'
import { OpenApiError } from '../error.ts'
import type { ApiDescription, OpenApiNote, Report } from '../model.ts'
import { isPlainObject, own, stringOf, type PlainObject } from './plain-object.ts'
import { References } from './references.ts'
import { readOperations } from './read-operations.ts'
import { readSchemes, readSecurity } from './security.ts'
import { basePathsOf, swaggerBasePaths } from './servers.ts'

/** An OpenAPI document as text (YAML or JSON), as UTF-8 bytes, or as an object. */
export type OpenApiSource = string | Uint8Array | object

/** Notes of one document; more would not be read. */
const MOST_NOTES = 10_000

/** Throws {@link OpenApiError} for anything but an OpenAPI document. */
export function readOpenApi(source: OpenApiSource): ApiDescription {
  try {
    return readRoot(rootOf(source))
  } catch (error) {
    if (error instanceof OpenApiError) throw error
    // What a Proxy throws is nobody's business.
    throw new OpenApiError('it cannot be read')
  }
}

function rootOf(source: unknown): unknown {
  if (typeof source !== 'string' && !(source instanceof Uint8Array)) return source
  const read = readData(source)
  if ('value' in read) return read.value
  throw new OpenApiError(read.problem, new LineIndex(read.text).position(read.span.start))
}

function readRoot(root: unknown): ApiDescription {
  if (!isPlainObject(root)) throw new OpenApiError(`it is ${kindOf(root)}, not an object`)
  const isSwagger = checkVersion(root)
  const notes: OpenApiNote[] = []
  const report: Report = (note) => {
    if (notes.length < MOST_NOTES) notes.push(note)
  }
  const references = new References(root, report)
  const schemes = isSwagger
    ? readSchemes(own(root, 'securityDefinitions'), '/securityDefinitions', references)
    : readSchemes(own(own(root, 'components'), 'securitySchemes'), '/components/securitySchemes', references)
  const paths = own(root, 'paths')
  if (paths !== undefined && !isPlainObject(paths)) {
    throw new OpenApiError(`\`paths\` is ${kindOf(paths)}, not an object`)
  }
  const basePaths =
    (isSwagger ? swaggerBasePaths(root) : basePathsOf(own(root, 'servers'), '/servers', report)) ?? []
  const security = readSecurity(own(root, 'security'), '/security', schemes, report)
  const operations = readOperations(paths, { references, schemes, security, basePaths, report })
  const info = own(root, 'info')
  return {
    title: stringOf(own(info, 'title')) ?? '',
    version: stringOf(own(info, 'version')) ?? '',
    scopes: schemes.scopes,
    discovers: schemes.discovers,
    basePaths,
    operations,
    notes,
  }
}

/** Whether it is Swagger 2.0. */
function checkVersion(root: PlainObject): boolean {
  const openapi = own(root, 'openapi')
  const swagger = own(root, 'swagger')
  if (typeof openapi === 'string' && /^3\.[0-2](?:\.|$)/.test(openapi)) return false
  // YAML readers make a number of it.
  if (swagger === '2.0' || swagger === 2) return true
  if (openapi === undefined && swagger === undefined) {
    throw new OpenApiError('it has no `openapi` field, which names the version')
  }
  const version = stringOf(openapi) ?? stringOf(swagger) ?? 'something else'
  throw new OpenApiError(`version ${quote(version)} is none of 3.0, 3.1, 3.2 and Swagger 2.0`)
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
