/** The OpenAPI document that a command reads, and what there is to say about it. */
import { count, quote } from '../diagnostic/words.ts'
import { DATA_LIMITS } from '../document/read-data.ts'
import type { OpenApiNote } from '../openapi/index.ts'
import { notesByCode } from '../report/coverage/report.ts'
import { harmless } from '../report/safe.ts'
import { UsageError } from './exit-code.ts'
import type { Io } from './io/process-io.ts'
import type { Source } from './io/source.ts'

/** Documents of APIs are larger than policies. */
export function openApiSource(path: string, io: Io): Source {
  return io.files.source(path, { maxBytes: DATA_LIMITS.bytes })
}

/** Does what needs the document; throws {@link UsageError} with its place where it is none. */
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
    throw new UsageError(`${source.path}${place}: this is no OpenAPI document that can be used: ${reason}`)
  }
}

/** Notes of one kind that are shown. */
const MOST_NOTES = 5

/** On standard error, the first of each kind. */
export function writeNotes(notes: readonly OpenApiNote[], verbose: boolean, io: Io): void {
  for (const [code, list] of notesByCode(notes)) {
    const first = verbose ? list : list.slice(0, MOST_NOTES)
    for (const [index, { message, help, pointer }] of first.entries()) {
      const place = pointer === undefined ? '' : ` at ${harmless(quote(`#${pointer}`))}`
      io.stderr.write(`note: ${harmless(message)}${place} [${code}]\n`)
      const last = first[index + 1]
      if (help !== undefined && last?.help !== help) io.stderr.write(`  = help: ${harmless(help)}\n`)
    }
    const more = list.length - first.length
    if (more > 0) io.stderr.write(`note: and ${count(more)} more [${code}]; --verbose shows them\n`)
  }
}
