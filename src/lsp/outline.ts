/** The document as a tree of scopes and endpoints, and a line over each scope that says what it opens. */
import { fieldOf, type Node } from '../yaml/node.ts'
import type { Span } from '../source/span.ts'
import type { Snapshot } from './snapshot.ts'

export interface OutlineItem {
  readonly name: string
  readonly detail: string
  readonly kind: 'scope' | 'endpoint' | 'options'
  /** All of it; `name` is at `selection`. */
  readonly span: Span
  readonly selection: Span
  readonly children: readonly OutlineItem[]
}

export function outlineOf({ root }: Snapshot): readonly OutlineItem[] {
  return (root?.entries ?? []).map(({ key, value }) => {
    const span = { start: key.span.start, end: Math.max(key.span.end, value.span.end) }
    const isReserved = key.text.startsWith('$')
    const label = fieldOf(value, 'label')
    return {
      name: key.text === '' ? '""' : key.text,
      detail: label?.kind === 'scalar' ? label.text : '',
      kind: isReserved ? 'options' : 'scope',
      span,
      selection: key.span,
      children: endpointsOf(fieldOf(value, 'endpoints')),
    }
  })
}

function endpointsOf(list: Node | undefined): OutlineItem[] {
  if (list?.kind !== 'list') return []
  return list.items.flatMap((item): OutlineItem[] => {
    const entry = item.kind === 'map' ? item.entries[0] : undefined
    const node = item.kind === 'scalar' ? item : entry?.key
    if (node === undefined) return []
    const { span } = item
    const selection = { start: Math.max(node.span.start, span.start), end: Math.min(node.span.end, span.end) }
    const name = node.text === '' ? '""' : node.text
    return [{ name, detail: methodsOf(entry?.value), kind: 'endpoint', span, selection, children: [] }]
  })
}

function methodsOf(value: Node | undefined): string {
  if (value === undefined) return ''
  const nodes = value.kind === 'list' ? value.items : [value]
  return nodes.flatMap((node) => (node.kind === 'scalar' ? [node.text] : [])).join(', ')
}

export interface Lens {
  readonly span: Span
  readonly title: string
}

/** Only of a document that loads: what one with an error opens is nothing. */
export function lensesOf({ subject }: Snapshot): readonly Lens[] {
  if (subject === undefined) return []
  return subject.scopes.map(({ name, key, scope, endpoints }) => {
    const all = subject.data.grants.get(name) ?? []
    const methods = [...new Set(all.flatMap(({ endpoint }) => endpoint.methods))].sort()
    const inherited = all.length - endpoints.length
    const parts = [
      `opens ${all.length} endpoint${all.length === 1 ? '' : 's'}`,
      ...(inherited === 0 ? [] : [`${inherited} of them by ${scope.includes.join(', ')}`]),
      ...(methods.length === 0 ? [] : [methods.join(' ')]),
    ]
    return { span: key.span, title: parts.join(' · ') }
  })
}
