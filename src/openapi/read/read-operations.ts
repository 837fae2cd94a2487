/** Path items to operations, in document order. */
import { closest, formatNumber, quote } from '../../diagnostic/words.ts'
import { OpenApiError } from '../error.ts'
import type { Alternative, Operation, Report } from '../model.ts'
import { spanningParts } from './parameters.ts'
import { entriesOf, isPlainObject, own, stringOf } from './plain-object.ts'
import { appendPointer, type Chain, type Located, type References, ROOT_FILE } from './references.ts'
import type { SecurityReader } from './security.ts'
import { basePathsOf } from './servers.ts'
import { type ReadSyntax, readSyntax } from './template-syntax.ts'

/** Fields of a path item that are operations (OpenAPI 3.2 §4.9), and the others. */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']
const OTHER_FIELDS = ['$ref', 'summary', 'description', 'servers', 'parameters', 'additionalOperations']

/** Far more than any API has. */
const MAX_OPERATIONS = 100_000
/** No request path is longer. */
const MAX_PATH_LENGTH = 8192

export interface OperationContext {
  readonly references: References
  readonly reader: SecurityReader
  readonly security: readonly Alternative[] | null
  readonly basePaths: readonly string[]
  readonly report: Report
  readonly multiSegment: ReadonlySet<string>
}

/** An operation where it was found. */
interface Found {
  readonly method: string
  readonly value: unknown
  readonly file: string
  readonly pointer: string
}

export function readOperations(paths: unknown, context: OperationContext): readonly Operation[] {
  const operations: Operation[] = []
  for (const [path, value] of entriesOf(paths)) {
    if (path.startsWith('x-')) continue
    const pointer = appendPointer('/paths', path)
    const invalid = (code: 'invalid-path' | 'invalid-path-item', message: string): void => {
      context.report({ code, message, pointer })
    }
    if (!path.startsWith('/')) {
      invalid('invalid-path', `path ${quote(path)} does not begin with a slash and is left out`)
      continue
    }
    if (path.length > MAX_PATH_LENGTH) {
      invalid('invalid-path', `a path of ${formatNumber(path.length)} characters is longer than any request`)
      continue
    }
    const item = context.references.follow(value, ROOT_FILE, pointer)
    if (item.links.length === 0)
      invalid('invalid-path-item', `${quote(path)} is not an object and is left out`)
    reportUnknownFields(item.links, pointer, context.report)
    const syntax = readSyntax(path)
    const found = operationsOf(item.links, pointer)
    if (found.length > 0) for (const note of syntax.notes) context.report({ ...note, pointer })
    const basePaths =
      first(item.links, ({ object }) =>
        basePathsOf(own(object, 'servers'), appendPointer(pointer, 'servers'), context.report),
      ) ?? context.basePaths
    for (const one of found) {
      if (operations.length >= MAX_OPERATIONS) {
        throw new OpenApiError(`it has more than ${formatNumber(MAX_OPERATIONS)} operations`)
      }
      operations.push(...readOperation(path, syntax, item, one, { ...context, basePaths }))
    }
  }
  return operations
}

function first<T>(links: readonly Located[], look: (link: Located) => T | undefined): T | undefined {
  for (const link of links) {
    const found = look(link)
    if (found !== undefined) return found
  }
  return undefined
}

/** A misspelled method would be an operation that is not checked. */
function reportUnknownFields(links: readonly Located[], pointer: string, report: Report): void {
  for (const { object } of links) {
    for (const [name] of entriesOf(object)) {
      if (METHODS.includes(name) || OTHER_FIELDS.includes(name) || name.startsWith('x-')) continue
      report({
        code: 'unknown-field',
        message: `unknown field ${quote(name)} of a path item`,
        ...helpFor(name),
        pointer: appendPointer(pointer, name),
      })
    }
  }
}

function helpFor(name: string): { readonly help?: string } {
  const near = closest(name, [...METHODS, ...OTHER_FIELDS])
  return near === undefined ? {} : { help: `did you mean ${quote(near)}?` }
}

/** What the item itself states comes before what it refers to. */
function operationsOf(links: readonly Located[], pointer: string): readonly Found[] {
  const found = new Map<string, Found>()
  const add = (method: string, value: unknown, file: string, place: string): void => {
    if (value !== undefined && !found.has(method)) found.set(method, { method, value, file, pointer: place })
  }
  for (const { object, file } of links) {
    for (const name of METHODS) add(name.toUpperCase(), own(object, name), file, appendPointer(pointer, name))
    const additional = appendPointer(pointer, 'additionalOperations')
    for (const [method, value] of entriesOf(own(object, 'additionalOperations'))) {
      add(method, value, file, appendPointer(additional, method))
    }
  }
  return [...found.values()]
}

/** None where the value is not an object, which is reported. */
function readOperation(
  path: string,
  { parts }: ReadSyntax,
  item: Chain,
  { method, value, file, pointer }: Found,
  context: OperationContext,
): readonly Operation[] {
  const { references, reader, security, basePaths, report } = context
  const chain = references.follow(value, file, pointer)
  if (!isPlainObject(value)) {
    const message = `${quote(`${method} ${path}`)} is not an object and is left out`
    report({ code: 'invalid-operation', message, pointer })
    return []
  }
  const from = <T>(look: (link: Located) => T | undefined): T | undefined => first(chain.links, look)
  const operationId = from(({ object }) => stringOf(own(object, 'operationId')))
  const stated =
    from(
      ({ object }) => reader.read(own(object, 'security'), appendPointer(pointer, 'security')) ?? undefined,
    ) ?? security
  const extended = from(({ object }) => reader.readExtension(object, pointer, stated) ?? undefined)
  const template = spanningParts(
    path,
    parts,
    [
      { chain, pointer },
      { chain: item, pointer: appendPointer('/paths', path) },
    ],
    context,
  )
  return [
    {
      method,
      path,
      template,
      ...(operationId !== undefined && { operationId }),
      pointer,
      basePaths:
        from(({ object }) =>
          basePathsOf(own(object, 'servers'), appendPointer(pointer, 'servers'), report),
        ) ?? basePaths,
      // What the missing part of it would ask for is unknown.
      security: chain.complete ? (extended ?? stated) : [{ kind: 'unknown' }],
    },
  ]
}
