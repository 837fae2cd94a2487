/** Tools of an MCP server on the page: exact counts and titles, where the server's list is given. */
import { describe, expect, test } from 'vitest'
import {
  consent,
  consentTexts,
  type McpTool,
  renderConsent,
  resolveConsent,
} from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { elementsOf, textOf } from './parsed.ts'

const POLICY = loadPolicy(`
read: { label: Read issues, tools: ["get_*", list_issues] }
write: { label: Work on issues, tools: ["*_issue"] }
other: { label: Other, tools: [nothing_here] }
mail: { label: Mail, endpoints: [mail: GET] }
`)
const TOOLS: readonly McpTool[] = [
  { name: 'get_issue', title: 'Show an issue' },
  { name: 'get_repo', annotations: { title: 'Show a repository', readOnlyHint: true } },
  { name: 'list_issues' },
  { name: 'close_issue', title: 'Close an issue' },
  { name: 'Get_issue', title: 'Another case' },
  { name: 'toString' },
]
const PAGE = { action: '/consent', client: { name: 'Budget' } }
const itemsOf = (tools: readonly McpTool[] | undefined) => {
  const view = consent(POLICY, 'read write other mail', { tools })
  return new Map(view.groups.flatMap(({ items }) => items).map((item) => [item.scope, item]))
}
const factsOf = (scope: string, tools: readonly McpTool[] | undefined) =>
  consentTexts(consent(POLICY, scope, { tools }), PAGE).items[scope]?.access

describe('with the list of the server', () => {
  test('a scope opens so many tools, of which some change data, whatever its patterns', () => {
    expect(factsOf('read', undefined)).toEqual(['May use 2+ tools'])
    expect(factsOf('read', TOOLS)).toEqual(['May use 3 tools'])
    expect(factsOf('write', TOOLS)).toEqual(['May use 3 tools (1 of them changes data)'])
  })

  test('only tools that `authorize` allows are listed, as it reads names', () => {
    const items = itemsOf(TOOLS)
    for (const scope of ['read', 'write', 'other', 'mail']) {
      const allowed = TOOLS.filter(({ name }) => POLICY.authorize([scope], 'tools/call', name))
      expect((items.get(scope)?.tools ?? []).map(({ name }) => name)).toEqual(allowed.map(({ name }) => name))
    }
  })

  test('a scope of which no tool is listed states its patterns, not that it opens nothing', () => {
    expect(itemsOf(TOOLS).get('other')?.tools).toBeUndefined()
    expect(factsOf('other', TOOLS)).toEqual(['May use 1 tool (1 of them changes data)'])
    expect(factsOf('mail', TOOLS)).toEqual(['Reads'])
  })

  test('all readers see titles, and names where there is none; what changes data is marked', () => {
    const html = renderConsent(consent(POLICY, 'read write', { tools: TOOLS }), PAGE)
    const lists = elementsOf(html).filter(({ tagName }) => tagName === 'details')
    expect(lists.map(textOf)).toEqual([
      'May use 3 toolsShow an issueShow a repositorylist_issues',
      'May use 3 toolsShow an issueClose an issue · ChangesAnother case',
    ])
    // Endpoints stay what developers ask for.
    expect(html).not.toContain('tools/call')
  })

  test.each<readonly [string, McpTool['annotations'], boolean]>([
    ['get_issue', undefined, false],
    ['get_issue', { readOnlyHint: true }, false],
    ['get_issue', { readOnlyHint: false }, true],
    ['get_issue', { destructiveHint: true }, true],
    ['make_issue', undefined, true],
    ['make_issue', { readOnlyHint: true }, false],
    ['delete_issue', { readOnlyHint: true }, true],
  ])('%s with %j changes data: %j', (name, annotations, changes) => {
    const [tool] = itemsOf([{ name, annotations }]).get('write')?.tools ?? []
    expect(tool).toEqual({ name, changes })
  })

  test('hostile titles are cleaned, cut and escaped', () => {
    const title = `\u202e<b>${'x'.repeat(5_000)}`
    const html = renderConsent(consent(POLICY, 'read', { tools: [{ name: 'get_x', title }] }), PAGE)
    expect(html).not.toMatch(/\u202e|<b>/)
    expect(html.length).toBeLessThan(12_000)
    const blank = itemsOf([{ name: 'get_x', title: '\u200b' }]).get('read')?.tools
    expect(blank).toEqual([{ name: 'get_x', changes: false }])
  })

  test('a long list is counted after a hundred', () => {
    const tools = Array.from({ length: 130 }, (_, at) => ({ name: `get_${at}` }))
    const html = renderConsent(consent(POLICY, 'read', { tools }), PAGE)
    expect(html).toContain('and 30 more')
  })

  test('the answer does not depend on the list: it may change under an open page', () => {
    const view = consent(POLICY, 'read write', { tools: TOOLS })
    const later = consent(POLICY, 'read write')
    expect(resolveConsent(later, { consent: 'allow', consent_view: view.id })).toMatchObject({
      decision: 'allow',
    })
  })

  test.each<readonly [unknown]>([['x'], [[{}]], [[{ name: 1 }]], [[null]], [[{ name: 'a', title: 1 }]]])(
    '%j is not a list of tools',
    (tools) => {
      expect(() => consent(POLICY, 'read', { tools: tools as never })).toThrow(
        'option tools must be a list of tools',
      )
    },
  )
})
