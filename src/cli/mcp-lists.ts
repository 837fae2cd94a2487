/** The lists of an MCP server that a command reads. */
import { McpListError } from '../mcp/coverage/read-lists.ts'
import { sanitize } from '../report/safe.ts'
import { UsageError } from './exit-code.ts'
import type { Source } from './io/source.ts'

/** Does what needs the lists; throws {@link UsageError} with the file where they cannot be used. */
export function withLists<T>(source: Source, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof McpListError)) throw error
    throw new UsageError(`${source.path}: ${sanitize(error.message)}`)
  }
}
