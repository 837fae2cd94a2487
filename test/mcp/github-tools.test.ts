/**
 * GitHub's public MCP server: its table of tools and scopes becomes a document, and the document decides as
 * the table does, for every subset of its scopes and every tool.
 */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parsePolicy } from '../../src/index.ts'
import { fromMcp } from '../../src/mcp/coverage/first-document.ts'
import { readLists } from '../../src/mcp/coverage/read-lists.ts'

const FILE = new URL('../../../shared/data/mcp/github-tools.json', import.meta.url)
const missing = existsSync(FILE) ? undefined : 'the table is not at hand: skipped'

interface Row {
  readonly required: readonly string[]
  readonly accepted: readonly string[]
}

describe.skipIf(missing !== undefined)(
  `the table of GitHub${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    const bytes = missing === undefined ? readFileSync(FILE) : Buffer.from('{"tools":{}}')
    const { tools } = JSON.parse(bytes.toString()) as { readonly tools: Readonly<Record<string, Row>> }
    const { text } = fromMcp(readLists(bytes))
    const scopes = [
      ...new Set(Object.values(tools).flatMap(({ required, accepted }) => [...required, ...accepted])),
    ]
    const subsets = Array.from({ length: 1 << scopes.length }, (_, bits) =>
      scopes.filter((_scope, index) => (bits & (1 << index)) !== 0),
    )

    /** The rule of the table: one of the accepted scopes, or of the required ones where none are listed. */
    const byTable = ({ required, accepted }: Row, held: readonly string[]): boolean => {
      const any = accepted.length > 0 ? accepted : required
      return any.length === 0 || any.some((scope) => held.includes(scope))
    }

    /** Decisions that differ from the table, of all subsets and tools. */
    const differences = (allows: (held: readonly string[], tool: string) => boolean): readonly string[] => {
      let decisions = 0
      const wrong = subsets.flatMap((held) =>
        Object.entries(tools).flatMap(([tool, row]) => {
          decisions++
          return allows(held, tool) === byTable(row, held) ? [] : [`${held.join(' ')}: ${tool}`]
        }),
      )
      expect(decisions).toBe(46_080)
      return wrong
    }

    test('is a document whose lists of tools are the table', () => {
      const document = parse(text) as Readonly<Record<string, { readonly tools?: readonly string[] }>>
      const granted = new Map(
        Object.entries(document).map(([scope, { tools: list = [] }]) => [scope, new Set(list)]),
      )
      const grants = (held: readonly string[], tool: string): boolean =>
        ['$baseline', ...held].some((scope) => granted.get(scope)?.has(tool) === true)
      expect(differences(grants)).toEqual([])
    })

    const { policy } = parsePolicy(text)
    test('is a policy that decides as the table does', () => {
      expect(differences((held, tool) => policy?.authorize(held, 'tools/call', tool) === true)).toEqual([])
    })
  },
)
