/**
 * The tools of an MCP server, as its `tools/list` has them: with the list a scope opens so many tools and no `3+`, and
 * people read titles instead of names.
 *
 * What a tool does is what its annotations state, and else what its name does. They come from the server whose tools
 * they are, but a name that deletes is not made harmless by `readOnlyHint`.
 */
import { toolKind } from '../../language/tool-names.ts'
import { readNamePattern } from '../../pattern/name.ts'
import { cleanName } from '../client-text.ts'
import { allowsName } from './opened.ts'
import type { Access, ConsentTool, McpTool } from './types.ts'

export class KnownTools {
  readonly #tools: readonly ConsentTool[]

  /** `tools` without prototypes. */
  constructor(tools: readonly McpTool[]) {
    const byName = new Map(tools.map((tool) => [tool.name, describe(tool)]))
    this.#tools = [...byName.values()]
  }

  /** Those among them that a scope opens; undefined where the list does not show it. */
  openedBy({ tools = [] }: Access): readonly ConsentTool[] | undefined {
    if (tools.length === 0 || this.#tools.length === 0) return undefined
    const names = tools.map((pattern) => ({
      endpoint: { pattern, methods: [METHOD] },
      pattern: readNamePattern(METHOD, pattern),
    }))
    const opened = this.#tools.filter(({ name }) => allowsName(names, METHOD, name))
    return opened.length === 0 ? undefined : opened
  }
}

const METHOD = 'tools/call'

function describe({ name, title, annotations }: McpTool): ConsentTool {
  const shown = cleanName(title ?? annotations?.title ?? '')
  return {
    name,
    ...(shown !== '' && { title: shown }),
    changes: changes(name, annotations),
  }
}

function changes(name: string, { readOnlyHint, destructiveHint }: McpTool['annotations'] = {}): boolean {
  const kind = toolKind(name)
  if (kind === 'deletes' || readOnlyHint === false) return true
  if (readOnlyHint === true) return false
  return destructiveHint === true || kind === 'changes'
}
