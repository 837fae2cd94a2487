/**
 * Where a finding is in the text of the document: the name that it is about, or the list in which one is missing.
 *
 * Names are searched for where documents have scopes, so that a title with the same text is not taken for one.
 * Rejected: places that the readers of the documents pass on, which would be one more way through each of them.
 */
import { LineIndex } from '../source/line-index.ts'
import type { Position, Span } from '../source/span.ts'
import { entryOf, locate, type LocatedNode, readLocated } from '../yaml/located.ts'
import type { Finding, SourceKind } from './types.ts'

/** A finding with its place, where the document has one for it. */
export type PlacedFinding = Finding & Partial<Position>

/** Members below which names are, and the list or mapping in which a scope would be missing. */
const HOLDERS: Readonly<Record<SourceKind, { readonly names: RegExp; readonly list?: string }>> = {
  as: { names: /^(?:scopes_supported|issuer)$/, list: 'scopes_supported' },
  resource: { names: /^(?:scopes_supported|authorization_servers)$/, list: 'scopes_supported' },
  openapi: { names: /^(?:scopes|security)$/, list: 'scopes' },
  mcp: { names: /^(?:scopes|name|uri|uriTemplate)$/ },
  authzen: { names: /^/ },
}

export function placed(
  kind: SourceKind,
  text: string,
  findings: readonly Finding[],
): readonly PlacedFinding[] {
  const root = findings.length === 0 ? undefined : readLocated(text)
  if (root === undefined) return findings
  const places = new Map<string, Span>()
  const lists: Span[] = []
  collect(kind, root, false, places, lists)
  const lines = new LineIndex(text)
  return findings.map((finding) => {
    const span = spanOf(finding, kind, root, places, lists)
    return span === undefined ? finding : { ...finding, ...lines.position(span.start) }
  })
}

function spanOf(
  finding: Finding,
  kind: SourceKind,
  root: LocatedNode,
  places: ReadonlyMap<string, Span>,
  [list]: readonly Span[],
): Span | undefined {
  switch (finding.kind) {
    case 'missing':
    case 'unlisted':
      return list
    case 'unread':
      return finding.pointer === undefined ? undefined : locate(root, finding.pointer)?.node.span
    case 'address':
      return places.get(finding.listed) ?? entryOf(root, ADDRESS_MEMBERS[kind] ?? '')?.keySpan
    case 'extra':
    case 'renamed':
    case 'described':
    case 'unreached':
      return places.get(finding.listed)
    case 'unused':
      return undefined
  }
}

/** What names the addresses that another document does not agree with. */
const ADDRESS_MEMBERS: Partial<Readonly<Record<SourceKind, string>>> = {
  as: 'issuer',
  resource: 'authorization_servers',
}

/** The first place of each name. */
function collect(
  kind: SourceKind,
  node: LocatedNode,
  isNamed: boolean,
  places: Map<string, Span>,
  lists: Span[],
): void {
  const add = (name: string, span: Span): void => {
    if (name !== '' && !places.has(name)) places.set(name, span)
  }
  if (node.kind === 'list') {
    for (const item of node.items) collect(kind, item, isNamed, places, lists)
  } else if (node.kind === 'scalar') {
    if (!isNamed) return
    add(node.text, node.span)
    // As in a `scope` claim.
    if (kind === 'authzen') for (const name of node.text.split(' ')) add(name, node.span)
  } else {
    const { names, list } = HOLDERS[kind]
    for (const { key, keySpan, value } of node.entries) {
      if (key === list && !isNamed) lists.push(keySpan)
      if (isNamed && value.kind === 'scalar' && kind === 'openapi') add(key, keySpan)
      collect(kind, value, names.test(key) || (isNamed && value.kind !== 'scalar'), places, lists)
    }
  }
}
