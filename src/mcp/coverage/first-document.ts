/**
 * A first policy for a server, from its lists. Lists say nothing about scopes but `readOnlyHint`, so without a
 * table there are two scopes: what reads, and everything else.
 */
import { yamlComment, yamlText } from '../../yaml/yaml-text.ts'
import { nameIn } from './coverage.ts'
import type { McpLists, McpTool } from './types.ts'

/** Something about the lists that a person should look at. */
interface McpNote {
  readonly code: 'no-hint' | 'literal-star' | 'empty'
  readonly message: string
}

export interface McpDraft {
  readonly text: string
  readonly notes: readonly McpNote[]
}

type Member = 'tools' | 'resources' | 'prompts'

interface DraftScope {
  readonly label?: string
  readonly tools: string[]
  readonly resources: string[]
  readonly prompts: string[]
}

const READ = 'mcp:read'
const WRITE = 'mcp:write'

/** Writes the document. What a pattern cannot say stays a comment, and nothing is granted that no list has. */
export function fromMcp(lists: McpLists): McpDraft {
  const notes: McpNote[] = []
  const scopes = new Map<string, DraftScope>()
  const scope = (name: string, label?: string): DraftScope => {
    const known = scopes.get(name) ?? {
      ...(label === undefined ? {} : { label }),
      tools: [],
      resources: [],
      prompts: [],
    }
    scopes.set(name, known)
    return known
  }
  const reading = (): DraftScope => scope(READ, 'Read with the tools of this server')
  const tools = (lists.tools ?? []).map((tool): McpTool => (typeof tool === 'string' ? { name: tool } : tool))
  const unhinted: string[] = []
  for (const { name, annotations, scopes: sets } of tools) {
    if (sets !== undefined) {
      if (sets.length === 0) scope('$baseline').tools.push(name)
      // Every scope of a combination has to be there by itself, with a label.
      for (const one of sets.flat()) scope(one, one)
      for (const set of sets) scope([...new Set(set)].join(' ')).tools.push(name)
    } else if (annotations?.readOnlyHint === true) reading().tools.push(name)
    else {
      if (annotations?.readOnlyHint === undefined) unhinted.push(name)
      scope(WRITE, 'Make changes with the tools of this server').tools.push(name)
    }
  }
  for (const prompt of lists.prompts ?? []) reading().prompts.push(nameIn(prompt, 'name'))
  for (const resource of lists.resources ?? []) reading().resources.push(nameIn(resource, 'uri'))
  for (const template of lists.resourceTemplates ?? []) {
    reading().resources.push(nameIn(template, 'uriTemplate').replace(/\{[^{}]*\}/g, '*'))
  }
  if (scopes.size === 0) notes.push({ code: 'empty', message: 'the lists are empty' })
  if (unhinted.length > 0) {
    const names = unhinted.slice(0, 3).map((name) => `\`${name}\``)
    const more = unhinted.length > 3 ? ` and ${String(unhinted.length - 3)} more` : ''
    notes.push({
      code: 'no-hint',
      message: `no \`readOnlyHint\` at ${names.join(', ')}${more}: put into ${WRITE}`,
    })
  }
  const literal = tools.filter(({ name }) => name.includes('*'))
  for (const { name } of literal) {
    notes.push({
      code: 'literal-star',
      message: `the \`*\` of the tool \`${name}\` is a wildcard in a pattern`,
    })
  }
  return { text: print(scopes), notes }
}

function print(scopes: ReadonlyMap<string, DraftScope>): string {
  // The baseline first, then scopes, then what takes several of them.
  const rank = (name: string): number => (name === '$baseline' ? 0 : name.includes(' ') ? 2 : 1)
  const sorted = [...scopes].sort(([one], [other]) => rank(one) - rank(other))
  const lines = [
    '# yaml-language-server: $schema=node_modules/scope-policy/schema/scope-policy.schema.json',
    '#',
    '# Which tools, resources and prompts of an MCP server each scope allows. Made from its lists: edit names and',
    '# labels, which people read on the consent screen.',
  ]
  for (const [name, { label, ...members }] of sorted) {
    lines.push('', `${name === '$baseline' ? name : yamlText(name)}:`)
    if (rank(name) === 1) lines.push(`  label: ${yamlText(label ?? name)}`)
    for (const member of ['tools', 'resources', 'prompts'] satisfies Member[]) {
      const patterns = [...new Set(members[member])]
      if (patterns.length === 0) continue
      lines.push(`  ${member}:`, ...patterns.map(listItem))
    }
    // A scope that only occurs together with others grants nothing by itself.
    if (rank(name) === 1 && Object.values(members).every((list) => list.length === 0))
      lines.push('  tools: []')
  }
  return `${lines.join('\n')}\n`
}

/** A `*` in the name of a tool would be a wildcard: such a line is left to a person. */
function listItem(pattern: string): string {
  return `    - ${pattern === '' ? yamlComment('""') : yamlText(pattern)}`
}
