/**
 * A narrower document: without the endpoints, methods and names that no request used.
 *
 * The text is edited in place, so comments, labels, quotes and order stay where endpoints stay. A comment
 * above endpoints goes with the last of them. What cannot be taken out without touching something else (an
 * anchor, a list that is used twice by an alias) is kept.
 *
 * The result is proved before anybody sees it: it is read again; `comparePolicies` finds nothing that it
 * allows and the original does not; every endpoint in use is there with every method in use, so that each
 * request of the log is decided as before, whatever the scopes of the token; and of the requests that are
 * remembered, each is decided again. Rejected: narrower patterns than those of the document, which would be
 * guesses about requests that have not been made.
 */
import { comparePolicies } from '../analysis/index.ts'
import { createPolicy } from '../decision/policy.ts'
import type { Policy } from '../decision/types.ts'
import type { Edit } from '../diagnostic/diagnostic.ts'
import { applyEdits } from '../diagnostic/edits.ts'
import { quote } from '../diagnostic/words.ts'
import {
  type Entry,
  entryOf,
  fieldOf,
  type ListNode,
  type MapNode,
  type Node,
  sharedNodes,
} from '../yaml/node.ts'
import { deleteItems } from '../lint/edits/delete-item.ts'
import { type ParseOptions, readPolicy } from '../load.ts'
import type { EndpointRow } from './endpoint-use.ts'

/** For the proof that nothing is added. */
const PROOF_MILLISECONDS = 60_000

export interface UsedRequest {
  readonly method: string
  readonly path: string
  /** Sets of scopes that allow it. */
  readonly sets: readonly (readonly string[])[]
}

export interface Suggestion {
  readonly text: string
  /** Endpoints and names that are not in `text` any more. */
  readonly removed: number
  /** Endpoints that have fewer methods. */
  readonly narrowed: number
  /** Endpoints that are kept though no request used them, or not all of their methods. */
  readonly kept: number
}

/** Throws `TypeError` with the reason when the narrower document cannot be proved. */
export function suggestNarrower(
  bytes: Uint8Array,
  options: ParseOptions,
  rows: readonly EndpointRow[],
  requests: Iterable<UsedRequest>,
): Suggestion {
  const { text, document, data } = readPolicy(bytes, options)
  if (data === null || document?.root.kind !== 'map') throw new TypeError('the document has errors')
  const before = createPolicy(data)
  const counts = { removed: 0, narrowed: 0, kept: 0 }
  const edits = editsOf(text, document.root, rows, data.options.head === 'as-get', counts)
  const narrower = applyEdits(
    text,
    [...edits].sort((a, b) => a.span.start - b.span.start),
  )
  verify(before, narrower, options, rows, requests)
  return { text: narrower, ...counts }
}

type Counts = Record<'removed' | 'narrowed' | 'kept', number>

function editsOf(
  source: string,
  root: MapNode,
  rows: readonly EndpointRow[],
  isHeadAsGet: boolean,
  counts: Counts,
): readonly Edit[] {
  const shared = sharedNodes(root)
  const lists = new Map<string, EndpointRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.scope, row.field])
    lists.set(key, [...(lists.get(key) ?? []), row])
  }
  return [...lists.values()].flatMap((own) => {
    const [first] = own
    const scope = fieldOf(root, first?.scope ?? '')
    const entry = entryOf(scope, first?.field ?? '')
    const unused = own.filter(({ used }) => used.size === 0)
    const partly = own.filter(({ used, methods }) => used.size > 0 && used.size < methods.length)
    if (scope === undefined || entry?.value.kind !== 'list' || shared.has(scope) || shared.has(entry.value)) {
      counts.kept += unused.length + partly.length
      return []
    }
    const { value: list } = entry
    const edits: Edit[] = []
    for (const row of partly) {
      const item = list.items[row.index]
      const edit = item && methodsEdit(source, item, row, shared, isHeadAsGet)
      if (edit === undefined) counts.kept += 1
      else if (edit.length > 0) {
        counts.narrowed += 1
        edits.push(...edit)
      }
    }
    const indexes = new Set(unused.map(({ index }) => index))
    const removal = withoutItems(source, entry, list, indexes)
    if (removal === undefined) counts.kept += indexes.size
    else counts.removed += indexes.size
    return [...edits, ...(removal ?? [])]
  })
}

/** Undefined where the methods cannot be edited; empty where those in use need all that is written. */
function methodsEdit(
  source: string,
  item: Node,
  { methods, used }: EndpointRow,
  shared: ReadonlySet<Node>,
  isHeadAsGet: boolean,
): readonly Edit[] | undefined {
  const isNeeded = (method: string): boolean =>
    used.has(method) || (isHeadAsGet && method === 'GET' && used.has('HEAD'))
  if (item.kind === 'scalar') {
    if (item.anchored !== undefined || item.style === 'block') return undefined
    const kept = methods.filter((method) => isNeeded(method) && !(isHeadAsGet && method === 'HEAD'))
    const text = kept.length === 1 ? (kept[0] ?? '') : `[${kept.join(', ')}]`
    return [{ span: { start: item.span.end, end: item.span.end }, text: `: ${text}` }]
  }
  const entry = item.kind === 'map' ? item.entries[0] : undefined
  if (entry === undefined || shared.has(item)) return undefined
  const { value } = entry
  if (value.kind === 'scalar') return []
  if (value.kind !== 'list' || shared.has(value) || value.span.start < entry.key.span.end) return undefined
  const indexes = new Set(
    [...value.items.keys()].filter((index) => {
      const one = value.items[index]
      return one?.kind === 'scalar' && !isNeeded(one.text.toUpperCase())
    }),
  )
  return indexes.size === 0 ? [] : withoutItems(source, entry, value, indexes)
}

/** Undefined where it cannot be done without touching something else. */
function withoutItems(
  source: string,
  { key }: Entry,
  list: ListNode,
  indexes: ReadonlySet<number>,
): readonly Edit[] | undefined {
  if (indexes.size === 0) return []
  for (const index of indexes) {
    const { span } = list.items[index] as Node
    if (
      span.start < list.span.start ||
      span.end > list.span.end ||
      hasAnchor(source.slice(span.start, span.end))
    )
      return undefined
  }
  if (source[list.span.start] === '[') {
    if (indexes.size < list.items.length) return deleteItems(source, list, indexes)
    return /(?:^|\s)#/.test(source.slice(list.span.start, list.span.end))
      ? undefined
      : [{ span: list.span, text: '[]' }]
  }
  return blockEdits(source, key, list, indexes)
}

function blockEdits(
  source: string,
  key: Node,
  { items }: ListNode,
  indexes: ReadonlySet<number>,
): readonly Edit[] | undefined {
  const edits: Edit[] = []
  for (const index of indexes) {
    const { span } = items[index] as Node
    const start = lineStart(source, span.start)
    const end = lineEnd(source, span.end)
    const isAlone =
      /^[ \t]*-[ \t]+$/.test(source.slice(start, span.start)) &&
      /^[ \t]*(?:#.*)?\r?\n?$/.test(source.slice(span.end, end).replace(/^,?/, ''))
    if (!isAlone) return undefined
    edits.push({ span: { start, end }, text: '' })
  }
  edits.push(...commentEdits(source, items, indexes))
  if (indexes.size < items.length) return edits
  const colon = source.indexOf(':', key.span.end)
  const rest = source.slice(colon + 1, lineEnd(source, colon + 1))
  if (colon < 0 || !/^[ \t]*(?:#.*)?\r?\n$/.test(rest)) return undefined
  return [...edits, { span: { start: colon + 1, end: colon + 1 }, text: ' []' }]
}

/** Lines of comments right above items of which none is left, up to the next comment or empty line. */
function commentEdits(source: string, items: readonly Node[], indexes: ReadonlySet<number>): readonly Edit[] {
  const edits: Edit[] = []
  let pending: Edit | undefined
  for (const [index, { span }] of items.entries()) {
    const start = lineStart(source, span.start)
    const above = linesAbove(source, start)
    if (above.isFirst) {
      if (pending !== undefined) edits.push(pending)
      pending = above.start < start ? { span: { start: above.start, end: start }, text: '' } : undefined
    }
    if (!indexes.has(index)) pending = undefined
  }
  if (pending !== undefined) edits.push(pending)
  return edits
}

/** Where the lines of comments above a line begin; `isFirst`: there are some, or a empty line. */
function linesAbove(source: string, at: number): { readonly start: number; readonly isFirst: boolean } {
  let start = at
  for (;;) {
    const before = start === 0 ? 0 : lineStart(source, start - 1)
    const line = source.slice(before, start)
    if (start === 0 || !/^[ \t]*#/.test(line)) {
      return { start, isFirst: start < at || line.trim() === '' }
    }
    start = before
  }
}

function lineStart(source: string, at: number): number {
  return source.lastIndexOf('\n', at - 1) + 1
}

/** After the line end. */
function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at)
  return end < 0 ? source.length : end + 1
}

/** Something that looks like an anchor; inside of quotes it need not be one. */
function hasAnchor(text: string): boolean {
  return /(?:^|[\s,[{:?-])&/.test(text)
}

function verify(
  before: Policy,
  text: string,
  options: ParseOptions,
  rows: readonly EndpointRow[],
  requests: Iterable<UsedRequest>,
): void {
  const { data, findings } = readPolicy(text, options)
  if (data === null)
    throw new TypeError(`the narrower document would have errors: ${findings[0]?.message ?? ''}`)
  const after = createPolicy(data)
  const { change, scopes } = comparePolicies(before, after, { milliseconds: PROOF_MILLISECONDS })
  if (change !== 'narrowed' && change !== 'equal') {
    const reason = scopes.find((one) => one.reason !== undefined)?.reason
    throw new TypeError(
      change === 'undecided'
        ? `it cannot be proved that the narrower document allows nothing new: ${reason ?? 'the time for it ended'}`
        : 'the narrower document would allow something new',
    )
  }
  for (const { scope, endpoint, field, used } of rows) {
    if (used.size === 0) continue
    const grants = after.scopes.get(scope) ?? after.combinations.get(scope) ?? after.baseline
    const isThere =
      field === 'endpoints'
        ? [...used].every((method) =>
            grants?.endpoints.some((one) => one.pattern === endpoint && one.methods.includes(method)),
          )
        : grants?.[field]?.some(({ pattern }) => pattern === endpoint)
    if (isThere !== true)
      throw new TypeError(`the narrower document would lack ${quote(endpoint)}, which is in use`)
  }
  for (const { method, path, sets } of requests) {
    for (const set of sets) {
      if (!after.authorize(set, method, path))
        throw new TypeError(`the narrower document would deny ${quote(`${method} ${path}`)}`)
    }
  }
}
