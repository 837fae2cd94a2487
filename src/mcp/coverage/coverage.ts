/**
 * Drift between a policy and the server it protects: names that no token may use, patterns that match nothing,
 * who may use what, and labels that promise less than a tool does.
 *
 * Lists change with every release of a server; nothing here decides anything.
 */
import { claimWords, readingClaim } from '../../lint/words/reading-claim.ts'
import { common, patternSymbols, templateSymbols } from '../lists/witnesses.ts'
import { generalUri } from '../template.ts'
import type {
  CoveredPolicy,
  McpCoverage,
  McpItemCoverage,
  McpItemKind,
  McpLists,
  MisleadingLabel,
  UnusedPattern,
} from './types.ts'

type PatternKind = UnusedPattern['kind']

/** Kinds of patterns: the member of a scope, the method that asks for it, the items it is about. */
const KINDS = [
  { kind: 'tool', member: 'tools', method: 'tools/call' },
  { kind: 'prompt', member: 'prompts', method: 'prompts/get' },
  { kind: 'resource', member: 'resources', method: 'resources/read' },
] as const

const WORDS = claimWords({ readingWords: [], writingWords: [] })

interface Item {
  readonly kind: McpItemKind
  readonly name: string
  readonly readOnly?: boolean
}

/** Compares a policy with the lists of a server. Linear in names times patterns. */
export function mcpCoverage(policy: CoveredPolicy, lists: McpLists): McpCoverage {
  const items = itemsOf(lists)
  const covered = items.map((item) => coverItem(policy, item))
  const listed = KINDS.filter(({ kind }) => isListed(lists, kind)).flatMap(({ kind, member }) =>
    patternsOf(policy, member).flatMap(({ scope, pattern, span }): UnusedPattern[] =>
      items.some((item) => matches(item, kind, pattern))
        ? []
        : [{ kind, scope, pattern, ...(span === undefined ? {} : { span }) }],
    ),
  )
  return { items: covered, unused: listed, misleading: misleadingLabels(policy, covered) }
}

/** A list that is not given says nothing about patterns; an empty one does. */
function isListed({ tools, prompts, resources, resourceTemplates }: McpLists, kind: PatternKind): boolean {
  if (kind === 'tool') return tools !== undefined
  if (kind === 'prompt') return prompts !== undefined
  return resources !== undefined || resourceTemplates !== undefined
}

function itemsOf({
  tools = [],
  prompts = [],
  resources = [],
  resourceTemplates = [],
}: McpLists): readonly Item[] {
  return [
    ...tools.map((tool): Item => {
      if (typeof tool === 'string') return { kind: 'tool', name: tool }
      const readOnly = tool.annotations?.readOnlyHint
      return { kind: 'tool', name: tool.name, ...(typeof readOnly === 'boolean' ? { readOnly } : {}) }
    }),
    ...prompts.map((one): Item => ({ kind: 'prompt', name: nameIn(one, 'name') })),
    ...resources.map((one): Item => ({ kind: 'resource', name: nameIn(one, 'uri') })),
    ...resourceTemplates.map((one): Item => ({ kind: 'resourceTemplate', name: nameIn(one, 'uriTemplate') })),
  ]
}

/** The name of an item of a list, which may be given alone. */
export function nameIn<Member extends string>(
  item: string | Readonly<Record<Member, string>>,
  member: Member,
): string {
  return typeof item === 'string' ? item : item[member]
}

function coverItem(policy: CoveredPolicy, item: Item): McpItemCoverage {
  const requests = requestsOf(policy, item)
  const sets = requests.flatMap(({ method, target }) => setsOf(policy, method, target))
  const distinct = [...new Map(sets.map((set) => [set.join(' '), set])).values()]
  const refused = requests.every(
    ({ method, target }) => policy.explain([], method, target).reason === 'path-refused',
  )
  const isOpen = distinct.some((set) => set.length === 0)
  const reach = isOpen ? 'baseline' : distinct.length > 0 ? 'scopes' : refused ? 'refused' : 'none'
  return { ...item, reach, sets: isOpen ? [] : distinct }
}

function setsOf(policy: CoveredPolicy, method: string, target: string): readonly (readonly string[])[] {
  return policy.setsFor?.(method, target) ?? policy.scopesFor(method, target).map((scope) => [scope])
}

/** What using the item asks of the policy; a template can become several URIs. */
function requestsOf(
  policy: CoveredPolicy,
  { kind, name }: Item,
): readonly { method: string; target: string }[] {
  if (kind !== 'resourceTemplate') {
    const method = KINDS.find((one) => one.kind === kind)?.method ?? ''
    return [{ method, target: name }]
  }
  const symbols = templateSymbols(name)
  const partly = patternsOf(policy, 'resources').flatMap(
    ({ pattern }) => common(symbols, patternSymbols(pattern)) ?? [],
  )
  return [generalUri(name), ...partly].map((target) => ({ method: 'resources/read', target }))
}

function matches(item: Item, kind: PatternKind, pattern: string): boolean {
  const isOfKind = item.kind === kind || (kind === 'resource' && item.kind === 'resourceTemplate')
  if (!isOfKind) return false
  const symbols = item.kind === 'resourceTemplate' ? templateSymbols(item.name) : Array.from(item.name)
  return common(symbols, patternSymbols(pattern)) !== undefined
}

interface HeldPattern {
  readonly scope: string
  readonly pattern: string
  readonly span?: UnusedPattern['span']
}

function patternsOf(policy: CoveredPolicy, member: (typeof KINDS)[number]['member']): readonly HeldPattern[] {
  const holders = [
    ...[...policy.scopes].map(([scope, value]) => ({ scope, patterns: value[member] })),
    ...[...(policy.combinations ?? [])].map(([scope, value]) => ({ scope, patterns: value[member] })),
    { scope: '$baseline', patterns: policy.baseline?.[member] },
  ]
  return holders.flatMap(({ scope, patterns = [] }) =>
    patterns.map(({ pattern, span }) => ({ scope, pattern, ...(span === undefined ? {} : { span }) })),
  )
}

function misleadingLabels(
  policy: CoveredPolicy,
  items: readonly McpItemCoverage[],
): readonly MisleadingLabel[] {
  const writing = items.filter(({ kind, readOnly }) => kind === 'tool' && readOnly === false)
  return [...policy.scopes].flatMap(([scope, { label }]) => {
    const texts =
      typeof label === 'string'
        ? [label]
        : Object.entries(label).flatMap(([tag, text]) => (/^en\b/i.test(tag) ? [text] : []))
    const promise = texts.find((text) => readingClaim(text, WORDS) !== undefined)
    if (promise === undefined) return []
    return writing
      .filter(({ name }) => policy.scopesFor('tools/call', name).includes(scope))
      .map(({ name }) => ({ scope, label: promise, tool: name }))
  })
}
