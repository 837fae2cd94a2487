/**
 * An OpenAPI document (3.0, 3.1, 3.2, or Swagger 2.0) to what concerns scopes and paths.
 *
 * Lenient about all that has nothing to do with either: schemas and responses are not looked at. Strict about the
 * rest: what is not understood is reported and grants nothing, and anything that is not such a document is
 * refused with one error, since an empty answer would look like an API without operations.
 *
 * Safe with documents of strangers: own data properties only, no getter is called, nothing is fetched, every
 * chain of references is bounded. Cost: linear in the path items and the parameters of their operations.
 */
import { quote } from '../../diagnostic/words.ts'
import { OpenApiError } from '../error.ts'
import type { ApiDescription, OpenApiNote, Report } from '../model.ts'
import { type OpenApiSource, parseData } from './parse.ts'
import { isPlainObject, own, type PlainObject, stringOf } from './plain-object.ts'
import { readOperations } from './read-operations.ts'
import { References, type ResolveFile } from './references.ts'
import { readSchemes, SecurityReader } from './security.ts'
import { basePathsOf, swaggerBasePaths } from './servers.ts'
import { bareName } from './template-syntax.ts'

/** How a document is read, where it does not say itself. */
export interface ReadOptions {
  /** Reads other files of the document; without it references to them are not followed. */
  readonly resolve?: ResolveFile
  /** Names of path parameters that span several segments. */
  readonly multiSegment?: readonly string[]
  /** Each scope of a list is enough by itself, where OpenAPI asks for all of them together. */
  readonly anyScope?: boolean
  /** An extension of operations, such as `x-scopes`, that lists their scopes. */
  readonly scopesFrom?: string
}

/** Max notes of one document. */
const MAX_NOTES = 10_000

/** Throws {@link OpenApiError} for anything but an OpenAPI document. */
export function readOpenApi(source: OpenApiSource, options: ReadOptions = {}): ApiDescription {
  try {
    return readRoot(parseData(source), options)
  } catch (error) {
    if (error instanceof OpenApiError) throw error
    // What a Proxy throws is not for our callers.
    throw new OpenApiError('it cannot be read')
  }
}

function readRoot(
  root: unknown,
  { resolve, multiSegment = [], anyScope = false, scopesFrom }: ReadOptions,
): ApiDescription {
  if (!isPlainObject(root)) throw new OpenApiError(`it is ${kindOf(root)}, not an object`)
  const isSwagger = checkVersion(root)
  const notes: OpenApiNote[] = []
  const report: Report = (note) => {
    if (notes.length < MAX_NOTES) notes.push(note)
  }
  const references = new References(root, report, resolve)
  const schemes = isSwagger
    ? readSchemes(own(root, 'securityDefinitions'), '/securityDefinitions', references, report)
    : readSchemes(
        own(own(root, 'components'), 'securitySchemes'),
        '/components/securitySchemes',
        references,
        report,
      )
  const paths = own(root, 'paths')
  if (paths !== undefined && !isPlainObject(paths)) {
    throw new OpenApiError(`\`paths\` is ${kindOf(paths)}, not an object`)
  }
  const basePaths =
    (isSwagger ? swaggerBasePaths(root) : basePathsOf(own(root, 'servers'), '/servers', report)) ?? []
  const reader = new SecurityReader(schemes, { anyScope, scopesFrom }, report)
  const security = reader.read(own(root, 'security'), '/security')
  const operations = readOperations(paths, {
    references,
    reader,
    security,
    basePaths,
    report,
    multiSegment: new Set(multiSegment.map(bareName)),
  })
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

/** Of what is not an object. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
