/** What a scope lets an app change, as far as methods show. */
import type { ScalarNode } from '../../yaml/node.ts'
import type { LintEndpoint, LintScope } from '../subject.ts'
import { isReadingPath, isUnwatching, isWatching } from './reading-path.ts'

/** One endpoint and the method by which it can change something. */
export interface ChangingGrant {
  readonly scope: LintScope
  readonly endpoint: LintEndpoint
  readonly method: string
  /** Where the method is granted: the method itself, or a pattern that is alone. */
  readonly node: ScalarNode
}

/** The safe methods of the IANA HTTP Method Registry (RFC 9110 §9.2.1). */
const SAFE: ReadonlySet<string> = new Set(
  'GET HEAD OPTIONS PRI PROPFIND QUERY REPORT SEARCH TRACE'.split(' '),
)

/** The first grant of each changing method, in document order; endpoints of `includes` are not among them. */
export function ownChanges(scope: LintScope): readonly ChangingGrant[] {
  const watches = scope.endpoints.some(({ pattern }) => isWatching(pattern.text))
  const found = new Map<string, ChangingGrant>()
  for (const endpoint of scope.endpoints) {
    const { methods, pattern, written, node } = endpoint
    for (const method of methods) {
      if (SAFE.has(method) || found.has(method) || pattern.meaning.kind === 'never') continue
      const asks = isReadingPath(pattern.text) || (watches && isUnwatching(pattern.text))
      if (method === 'POST' && asks) continue
      const place = written.find((one) => one.method === method)?.node ?? node
      found.set(method, { scope, endpoint, method, node: place })
    }
  }
  return [...found.values()]
}

/** The change that speaks for all: one that is beyond doubt, before a POST. */
export function firstChange(changes: readonly ChangingGrant[]): ChangingGrant | undefined {
  return changes.find(({ method }) => method !== 'POST') ?? changes[0]
}
