/** The lists of an MCP server that a command reads. */
import { McpListError, readLists } from '../mcp/coverage/read-lists.ts'
import type { McpLists } from '../mcp/coverage/types.ts'
import { sanitize } from '../report/safe.ts'
import { UsageError } from './exit-code.ts'
import type { Source } from './io/source.ts'

/** The lists in a source; throws {@link UsageError} with the file where they cannot be used. */
export function listsIn(source: Source, bytes: Uint8Array): Required<McpLists> {
  try {
    return readLists(bytes)
  } catch (error) {
    if (!(error instanceof McpListError)) throw error
    throw new UsageError(`${source.path}: ${sanitize(error.message)}`)
  }
}
