/** Path items to operations, in document order. */
import { count, quote } from '../../diagnostic/words.ts'
import { OpenApiError } from '../error.ts'
import type { Alternative, Operation, Report } from '../model.ts'
import { entriesOf, isPlainObject, own, stringOf, type PlainObject } from './plain-object.ts'
import { appendPointer, type References } from './references.ts'
import { readSecurity, type Schemes } from './security.ts'
import { basePathsOf } from './servers.ts'

/** Fields of a path item that are operations (OpenAPI 3.2 §4.9). */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

/** Far more than any API has. */
const MOST_OPERATIONS = 100_000
/** Longer is no path that a request could have. */
const LONGEST_PATH = 8192

export interface OperationContext {
  readonly references: References
  readonly schemes: Schemes
  readonly security: readonly Alternative[] | null
  readonly basePaths: readonly string[]
  readonly report: Report
}

export function readOperations(paths: unknown, context: OperationContext): readonly Operation[] {
  const operations: Operation[] = []
  for (const [path, value] of entriesOf(paths)) {
    if (path.startsWith('x-')) continue
    const pointer = appendPointer('/paths', path)
    if (!path.startsWith('/') || path.length > LONGEST_PATH) {
      const message = path.startsWith('/')
        ? `a path of ${count(path.length)} characters is longer than any request`
        : `path ${quote(path)} does not begin with a slash and is left out`
      context.report({ code: 'invalid-path', message, pointer })
      continue
    }
    const item = context.references.follow(value, pointer)
    const basePaths =
      first(item, (thing) =>
        basePathsOf(own(thing, 'servers'), appendPointer(pointer, 'servers'), context.report),
      ) ?? context.basePaths
    for (const [method, operation, place] of operationsOf(item, pointer)) {
      if (operations.length >= MOST_OPERATIONS) {
        throw new OpenApiError(`it has more than ${count(MOST_OPERATIONS)} operations`)
      }
      operations.push(readOperation(method, path, operation, place, { ...context, basePaths }))
    }
  }
  return operations
}

function first<T>(
  things: readonly PlainObject[],
  look: (thing: PlainObject) => T | undefined,
): T | undefined {
  for (const thing of things) {
    const found = look(thing)
    if (found !== undefined) return found
  }
  return undefined
}

/** What the item says itself comes before what it refers to. */
function operationsOf(
  item: readonly PlainObject[],
  pointer: string,
): readonly (readonly [method: string, operation: PlainObject, pointer: string])[] {
  const found = new Map<string, readonly [method: string, operation: PlainObject, pointer: string]>()
  for (const thing of item) {
    for (const name of METHODS) {
      const operation = own(thing, name)
      const method = name.toUpperCase()
      if (isPlainObject(operation) && !found.has(method))
        found.set(method, [method, operation, appendPointer(pointer, name)])
    }
    for (const [method, operation] of entriesOf(own(thing, 'additionalOperations'))) {
      const place = appendPointer(appendPointer(pointer, 'additionalOperations'), method)
      if (isPlainObject(operation) && !found.has(method)) found.set(method, [method, operation, place])
    }
  }
  return [...found.values()]
}

function readOperation(
  method: string,
  path: string,
  operation: PlainObject,
  pointer: string,
  { schemes, security, basePaths, report }: OperationContext,
): Operation {
  const operationId = stringOf(own(operation, 'operationId'))
  return {
    method,
    path,
    ...(operationId !== undefined && { operationId }),
    pointer,
    basePaths: basePathsOf(own(operation, 'servers'), appendPointer(pointer, 'servers'), report) ?? basePaths,
    security:
      readSecurity(own(operation, 'security'), appendPointer(pointer, 'security'), schemes, report) ??
      security,
  }
}
