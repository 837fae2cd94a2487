/**
 * Microsoft 365's public MCP server (`@softeria/ms-365-mcp-server`): its table of 334 tools, imported, decides as
 * the server's own code does, for personal and for work accounts.
 *
 * A tool has one or several groups of scopes and needs all scopes of one group; a scope of a higher level
 * (`Files.ReadWrite`) counts for the lower one. Sets of 125 scopes cannot all be tried. What decides about a tool
 * are the scopes of its groups and those above them: each subset of these is tried, alone and together with
 * every scope that has nothing to do with the tool.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { fromCompiled, toCompiled } from '../../../src/compiled/index.ts'
import { loadPolicy } from '../../../src/index.ts'
import type { Policy } from '../../../src/index.ts'
import { fromMcp } from '../../../src/mcp/coverage/first-document.ts'

const SERVER = fileURLToPath(
  new URL('../../peers/node_modules/@softeria/ms-365-mcp-server/dist/', import.meta.url),
)
const missing = existsSync(`${SERVER}auth.js`)
  ? undefined
  : 'test/peers is not installed (npm ci --prefix test/peers): skipped'

interface Endpoint {
  readonly toolName: string
  readonly scopes?: readonly unknown[]
  readonly workScopes?: readonly unknown[]
}

/** The part of the server that decides. */
interface Rule {
  getEndpointScopeGroups(endpoint: Endpoint, work: boolean): readonly (readonly string[])[]
  /** Empty when one of the groups is covered. */
  getMissingAllowedScopesForGroups(
    groups: readonly (readonly string[])[],
    held: readonly string[],
  ): readonly string[]
  /** The scopes and all that they imply. */
  collapseScopeHierarchy(scopes: readonly string[]): readonly string[]
}

/** Scopes that bear on a tool of which each subset is tried. */
const MAX_BEARING = 12
/** The spellings of a permission of Microsoft Graph, by level. */
const LEVELS = ['Read', 'Read.All', 'Read.Shared', 'ReadWrite', 'ReadWrite.All', 'ReadWrite.Shared']

describe.skipIf(missing !== undefined)(
  `the table of Microsoft 365${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    const logs = mkdtempSync(join(tmpdir(), 'scope-policy-ms365-'))
    let rule: Rule
    let endpoints: readonly Endpoint[]
    beforeAll(async () => {
      process.env['MS365_MCP_LOG_DIR'] = logs
      const module = (await import(pathToFileURL(`${SERVER}auth.js`).href)) as Rule
      rule = module
      endpoints = JSON.parse(readFileSync(`${SERVER}endpoints.json`, 'utf8')) as readonly Endpoint[]
    })
    afterAll(() => {
      delete process.env['MS365_MCP_LOG_DIR']
      rmSync(logs, { recursive: true, force: true })
    })

    /** The tools that the server offers to this kind of account, with their groups. */
    const toolsOf = (work: boolean): readonly { name: string; scopes: readonly (readonly string[])[] }[] =>
      endpoints
        .filter(({ scopes, workScopes }) => work || scopes !== undefined || workScopes === undefined)
        .map((endpoint) => ({
          name: endpoint.toolName,
          scopes: rule.getEndpointScopeGroups(endpoint, work),
        }))

    /** The scopes of the table, and every scope above one of them. */
    const universe = (named: readonly string[]): readonly string[] => {
      const spellings = named.flatMap((scope) => {
        const stem = /^(.*)\.Read/.exec(scope)?.[1]
        return stem === undefined ? [] : LEVELS.map((level) => `${stem}.${level}`)
      })
      return [...new Set([...named, ...spellings])].filter((scope) =>
        rule.collapseScopeHierarchy([scope]).some((one) => named.includes(one)),
      )
    }

    /** The imported table, with the levels as `includes`. */
    const policyOf = (tools: ReturnType<typeof toolsOf>, scopes: readonly string[]): Policy => {
      const document = parse(fromMcp({ tools }).text) as Record<string, Record<string, unknown>>
      for (const scope of scopes) {
        const lower = rule
          .collapseScopeHierarchy([scope])
          .filter((one) => one !== scope && scopes.includes(one))
        const known = (document[scope] ??= { label: scope, tools: [] })
        if (lower.length > 0) known['includes'] = lower
      }
      return loadPolicy(stringify(document))
    }

    test.each([
      { account: 'personal', work: false, tools: 178, combinations: 0, decisions: 6292 },
      { account: 'work', work: true, tools: 334, combinations: 3, decisions: 18420 },
    ])('$account accounts: every tool with every subset of the scopes that bear on it', (expected) => {
      const tools = toolsOf(expected.work)
      const sets = tools.flatMap(({ scopes }) => scopes)
      expect(tools).toHaveLength(expected.tools)
      expect(new Set(sets.filter(({ length }) => length > 1).map(String)).size).toBe(expected.combinations)

      const named = new Set(sets.flat())
      const scopes = universe([...named])
      const policy = policyOf(tools, scopes)
      const forms = [policy, fromCompiled(JSON.stringify(toCompiled(policy)))]
      const wrong: string[] = []
      const large: string[] = []
      let decisions = 0
      for (const { name, scopes: groups } of tools) {
        const needed = new Set(groups.flat())
        let bearing = scopes.filter((scope) =>
          rule.collapseScopeHierarchy([scope]).some((one) => needed.has(one)),
        )
        if (bearing.length > MAX_BEARING) {
          large.push(name)
          bearing = bearing.filter((scope) => named.has(scope))
        }
        const others = scopes.filter((scope) => !bearing.includes(scope))
        for (let bits = 0; bits < 1 << bearing.length; bits++) {
          const chosen = bearing.filter((_, index) => (bits & (1 << index)) !== 0)
          for (const held of [chosen, [...chosen, ...others]]) {
            const byTable = rule.getMissingAllowedScopesForGroups(groups, held).length === 0
            for (const form of forms) {
              decisions++
              if (form.authorize(held, 'tools/call', name) !== byTable)
                wrong.push(`${held.join(' ')}: ${name}`)
            }
          }
        }
      }
      expect(wrong.slice(0, 5)).toEqual([])
      expect(decisions).toBe(expected.decisions)
      // It needs seven scopes at once; of those above them only what the table names is tried.
      expect(large).toEqual(expected.work ? ['search-query'] : [])
    })

    test('a denial names all scopes of the narrowest group at once', () => {
      const tools = toolsOf(true)
      const policy = policyOf(tools, universe([...new Set(tools.flatMap(({ scopes }) => scopes.flat()))]))
      for (const { name, scopes: groups } of tools) {
        const [first, ...more] = policy.explain([], 'tools/call', name).setsThatWouldAllow
        const sets = groups.length === 0 ? [[]] : groups.map((group) => [...group].sort())
        expect(sets, name).toContainEqual([...(first ?? [])].sort())
        for (const set of more) expect(rule.getMissingAllowedScopesForGroups(groups, set), name).toEqual([])
      }
    })
  },
)
