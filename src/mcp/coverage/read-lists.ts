/**
 * The lists of a server as files: results of `tools/list`, `prompts/list`, `resources/list` and
 * `resources/templates/list`, with or without the JSON-RPC response around them, one or several in an array.
 */
import { isObject } from '../lists/filter-message.ts'
import { readBody } from '../read/body.ts'
import type { McpLists, McpTool } from './types.ts'

/** Lists are larger than requests, and are read once. */
const LIMITS = { maxBodySize: 64 * 1024 * 1024, maxDepth: 512 }

/** The file is not what it should be; the message says what is wrong with it. */
export class McpListError extends Error {
  readonly code = 'ERR_INVALID_MCP_LIST'
}

interface Lists {
  readonly tools: McpTool[]
  readonly prompts: { readonly name: string }[]
  readonly resources: { readonly uri: string }[]
  readonly resourceTemplates: { readonly uriTemplate: string }[]
}

/** For each list the member that names an item. */
const NAMES = { tools: 'name', prompts: 'name', resources: 'uri', resourceTemplates: 'uriTemplate' } as const

/**
 * Reads a file of lists. A table of scopes is accepted too: `tools` as an object from name to
 * `{ required: [scope…], accepted: [scope…] }`, in which any of the accepted scopes will do, or, where none
 * are listed, any of the required ones; a tool without scopes is open to every token.
 *
 * @throws McpListError when it is something else.
 */
export function readLists(bytes: Uint8Array): Required<McpLists> {
  const read = readBody(bytes, LIMITS)
  if ('refusal' in read) throw new McpListError(`the file cannot be read as JSON (${read.refusal})`)
  const lists: Lists = { tools: [], prompts: [], resources: [], resourceTemplates: [] }
  for (const part of Array.isArray(read.value) ? (read.value as unknown[]) : [read.value]) add(part, lists)
  return lists
}

function add(part: unknown, lists: Lists): void {
  if (!isObject(part)) throw new McpListError('expected the result of a list method, an object')
  const result = isObject(part['result']) ? part['result'] : part
  // One tool of a bare array of tools.
  if (typeof result['name'] === 'string' && isObject(result['inputSchema'])) {
    lists.tools.push(result as unknown as McpTool)
    return
  }
  let found = false
  for (const [list, member] of Object.entries(NAMES)) {
    const items = Object.hasOwn(result, list) ? result[list] : undefined
    if (items === undefined) continue
    found = true
    const known = list === 'tools' && isObject(items) ? fromTable(items) : items
    if (!Array.isArray(known)) throw new McpListError(`\`${list}\` is not an array`)
    for (const [index, item] of (known as unknown[]).entries()) {
      if (!isObject(item) || typeof item[member] !== 'string') {
        throw new McpListError(`\`${list}[${String(index)}]\` has no \`${member}\``)
      }
      ;(lists[list as keyof Lists] as unknown[]).push(item)
    }
  }
  if (!found) throw new McpListError('found no `tools`, `prompts`, `resources` or `resourceTemplates`')
}

function fromTable(table: Readonly<Record<string, unknown>>): McpTool[] {
  return Object.entries(table).map(([name, row]) => {
    const required = namesIn(row, 'required', name)
    const accepted = namesIn(row, 'accepted', name)
    return { name, scopes: (accepted.length > 0 ? accepted : required).map((scope) => [scope]) }
  })
}

function namesIn(row: unknown, key: string, tool: string): readonly string[] {
  const list = isObject(row) ? (row[key] ?? []) : undefined
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) {
    throw new McpListError(`\`tools\` has no list of scopes \`${key}\` for \`${tool}\``)
  }
  return list
}
