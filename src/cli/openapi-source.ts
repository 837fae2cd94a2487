/**
 * The OpenAPI document that a command reads, the files that it refers to, and what there is to say about it.
 *
 * Other files are read through the gate for files, below the folder of the document only. The library asks for
 * them synchronously, so the document is read again until nothing new is asked for: each file is parsed once,
 * and a document in one file is read once.
 */
import { dirname, join } from 'node:path'
import { type AddFlags, InvalidArgumentError } from './commander.ts'
import { formatNumber, quote } from '../diagnostic/words.ts'
import { DATA_LIMITS } from '../yaml/read-data.ts'
import type { OpenApiNote, ReadOptions } from '../openapi/index.ts'
import { parseData } from '../openapi/read/parse.ts'
import { readOpenApi } from '../openapi/read/read-openapi.ts'
import { notesByCode } from '../report/coverage/report.ts'
import { sanitize } from '../report/safe.ts'
import { UsageError } from './exit-code.ts'
import { append, refuseFlags } from './flags.ts'
import type { Io } from './io/files.ts'
import { type Source, TooLargeError } from './io/source.ts'

/** Flags of all commands that read an OpenAPI document. */
export interface OpenApiFlags {
  readonly serverPath?: string
  readonly multiSegment?: readonly string[]
  readonly anyScope?: boolean
  readonly scopesFrom?: string
}

/** For the help of commands. */
export const OPENAPI_HELP: string = `Files that the document refers to are read below its folder; URLs are never fetched. A document, with its files,
may have ${DATA_LIMITS.bytes / 2 ** 20} MiB. What is not understood is a finding and grants nothing.`

export const addOpenApiFlags: AddFlags<OpenApiFlags> = (command) =>
  addPathFlags(command)
    .option('--any-scope', 'where the document lists several scopes, each of them is enough')
    .option(
      '--scopes-from <x-name>',
      'an extension of operations that lists their scopes',
      extensionName,
    ) as never

/** Those that are about paths only. */
export const addPathFlags: AddFlags<Pick<OpenApiFlags, 'serverPath' | 'multiSegment'>> = (command) =>
  command
    .option('--server-path <path>', "where the document's paths begin, instead of what its servers say")
    .option(
      '--multi-segment <name>',
      'a path parameter that spans several segments; repeatable',
      append,
    ) as never

/** Throws {@link UsageError} where something else is read. */
export function refuseOpenApiFlags(flags: OpenApiFlags): void {
  const names = ['--server-path', '--multi-segment', '--any-scope', '--scopes-from']
  refuseFlags(flags, names, 'for an OpenAPI document')
}

function extensionName(name: string): string {
  if (!name.startsWith('x-')) throw new InvalidArgumentError('The name of an extension begins with x-.')
  return name
}

export function openApiSource(path: string, io: Io): Source {
  return io.files.source(path, { maxBytes: DATA_LIMITS.bytes })
}

export interface OpenApiDocument {
  readonly document: object
  /** For the library, with `serverPath`. */
  readonly options: ReadOptions & { readonly serverPath?: string }
}

/** Throws {@link UsageError} where it is not an OpenAPI document, and where a file must not be read. */
export async function readOpenApiDocument(
  source: Source,
  { multiSegment, anyScope, scopesFrom, serverPath }: OpenApiFlags,
  io: Io,
): Promise<OpenApiDocument> {
  const bytes = await source.read()
  const document = withOpenApi(source, () => parseData(bytes)) as object
  const files = new Map<string, Uint8Array | object | undefined>()
  const missing = new Set<string>()
  const resolve = (path: string): object | undefined => {
    if (!files.has(path)) missing.add(path)
    return files.get(path)
  }
  const options = {
    ...(source.file !== undefined && { resolve }),
    ...(multiSegment !== undefined && { multiSegment }),
    ...(anyScope !== undefined && { anyScope }),
    ...(scopesFrom !== undefined && { scopesFrom }),
    ...(serverPath !== undefined && { serverPath }),
  }
  let left = DATA_LIMITS.bytes - bytes.length
  for (;;) {
    withOpenApi(source, () => readOpenApi(document, options))
    if (missing.size === 0) return { document, options }
    for (const path of missing) {
      const read = await readReferenced(join(dirname(source.path), path), left, io)
      left -= read?.length ?? 0
      files.set(path, read === undefined ? undefined : parsed(read))
    }
    missing.clear()
  }
}

/** Undefined where there is no such file; a link that leads out of the working folder is refused. */
async function readReferenced(path: string, maxBytes: number, io: Io): Promise<Uint8Array | undefined> {
  try {
    return await io.files.source(path, { maxBytes }).read()
  } catch (error) {
    if (error instanceof TooLargeError) {
      const limit = `${formatNumber(DATA_LIMITS.bytes)} bytes (${DATA_LIMITS.bytes / 2 ** 20} MiB)`
      throw new TooLargeError(`with ${quote(path)} the files of the document have more than ${limit}`)
    }
    if (error instanceof UsageError && error.message.includes('symbolic link')) throw error
    return undefined
  }
}

/** What cannot be parsed is passed on, so that the library reports it where it is referred to. */
function parsed(bytes: Uint8Array): Uint8Array | object {
  try {
    return parseData(bytes) as object
  } catch {
    return bytes
  }
}

/** Does what needs the document; throws {@link UsageError} with its place where it is not one. */
export function withOpenApi<T>(source: Source, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { code, reason, position } = error as {
      readonly code?: unknown
      readonly reason?: string
      readonly position?: { readonly line: number; readonly column: number }
    }
    if (code !== 'ERR_INVALID_OPENAPI' || reason === undefined) throw error
    const place = position === undefined ? '' : `:${position.line}:${position.column}`
    throw new UsageError(
      `${source.path}${place}: this is not an OpenAPI document that can be used: ${reason}`,
    )
  }
}

/** Notes of one kind that are shown. */
const MAX_NOTES = 5

/** On standard error, the first of each kind. */
export function writeNotes(notes: readonly OpenApiNote[], verbose: boolean, io: Io): void {
  for (const [code, list] of notesByCode(notes)) {
    const first = verbose ? list : list.slice(0, MAX_NOTES)
    for (const [index, { message, help, pointer }] of first.entries()) {
      const place = pointer === undefined ? '' : ` at ${sanitize(quote(`#${pointer}`))}`
      io.stderr.write(`note: ${sanitize(message)}${place} [${code}]\n`)
      const last = first[index + 1]
      if (help !== undefined && last?.help !== help) io.stderr.write(`  = help: ${sanitize(help)}\n`)
    }
    const more = list.length - first.length
    if (more > 0) io.stderr.write(`note: and ${formatNumber(more)} more [${code}]; --verbose shows them\n`)
  }
}
