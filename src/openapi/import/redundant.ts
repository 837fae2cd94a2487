/**
 * Endpoints of one scope that another of them takes in: `users/me` next to `users/*`. The linter reports them,
 * so a first policy is written without.
 *
 * A tree of segments, walked once for each endpoint: by the same text, and by every segment with stars that
 * matches all of that segment. Rejected: each pair (ten thousand endpoints of one scope take minutes), and the
 * automata, which are exact also for syntax that import does not write.
 */
import type { DraftEndpoint } from './print-policy.ts'

interface Node {
  readonly next: Map<string, Node>
  /** Those of `next` that have stars. */
  readonly wide: Map<string, Node>
  /** Methods of the pattern that ends here. */
  methods: readonly string[]
}

function newNode(): Node {
  return { next: new Map(), wide: new Map(), methods: [] }
}

/** Patterns in the order given; none of them is taken in by others with all of its methods. */
export function withoutRedundant(endpoints: readonly DraftEndpoint[]): readonly DraftEndpoint[] {
  if (!endpoints.some(({ pattern }) => pattern.includes('*'))) return endpoints
  const root: Node = newNode()
  for (const { pattern, methods } of endpoints) {
    let node = root
    for (const segment of pattern.split('/')) {
      const next: Node = node.next.get(segment) ?? newNode()
      node.next.set(segment, next)
      if (segment.includes('*')) node.wide.set(segment, next)
      node = next
    }
    node.methods = methods
  }
  return endpoints.filter(({ pattern, methods }) => {
    const covered = new Set<string>()
    walk(root, pattern.split('/'), 0, false, covered)
    return !methods.every((method) => covered.has(method))
  })
}

/** `differs` is whether some segment on the way is wider than that of the pattern. */
function walk(
  node: Node,
  segments: readonly string[],
  at: number,
  differs: boolean,
  covered: Set<string>,
): void {
  const segment = segments[at]
  if (segment === undefined) {
    if (differs) for (const method of node.methods) covered.add(method)
    return
  }
  const same = node.next.get(segment)
  if (same !== undefined) walk(same, segments, at + 1, differs, covered)
  for (const [wider, next] of node.wide) {
    if (wider === segment) continue
    if (wider === '**') {
      // Only ever written as one or more segments at least: `**/*`.
      const last = next.next.get('*')
      if (last === undefined) continue
      for (let to = at + 1; to <= segments.length; to++) {
        if (segments[to - 1] !== '') walk(last, segments, to, true, covered)
      }
    } else if (isWider(wider, segment)) walk(next, segments, at + 1, true, covered)
  }
}

/** Whether `*`, or text with a parameter next to it, takes all that a segment does. */
function isWider(wider: string, segment: string): boolean {
  if (segment === '' || segment === '**') return false
  if (wider === '*') return true
  const parts = wider.split('?*')
  if (parts.length !== 2) return false
  const [start = '', end = ''] = parts
  return (
    segment.length > start.length + end.length &&
    segment.startsWith(start) &&
    segment.endsWith(end) &&
    !segment.slice(start.length, segment.length - end.length).startsWith('*')
  )
}
