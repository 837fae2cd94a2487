/**
 * Endpoints of one scope that another of them takes in: `users/me` next to `users/*`. The linter reports them,
 * so a first policy is written without.
 *
 * A tree of segments, walked once for each endpoint: by the same text, and by every segment with stars that
 * matches all of that segment. The nodes reached are kept as a set, so that many `**` in a row cost time in
 * proportion to the nodes and segments, and not to the ways of dividing the segments among them. Rejected: each
 * pair (ten thousand endpoints of one scope take minutes), and the automata, which are exact also for syntax that
 * import does not write.
 */
import type { DraftEndpoint } from './print-policy.ts'

interface Node {
  readonly next: Map<string, Node>
  /** Those of `next` that have stars. */
  readonly wide: Map<string, Node>
  /** Of a segment `**`, which is always followed by `*`: it takes any number of segments. */
  readonly spans: boolean
  /** Methods of the pattern that ends here. */
  methods: readonly string[]
}

function newNode(spans: boolean): Node {
  return { next: new Map(), wide: new Map(), spans, methods: [] }
}

/** In the order given, which has each pattern once; none of them is taken in by others with all of its methods. */
export function withoutRedundant(endpoints: readonly DraftEndpoint[]): readonly DraftEndpoint[] {
  const root = newNode(false)
  const ends = endpoints.map(({ pattern, methods }) => {
    let node = root
    for (const segment of pattern.split('/')) {
      const next = node.next.get(segment) ?? newNode(segment === '**')
      node.next.set(segment, next)
      if (segment.includes('*')) node.wide.set(segment, next)
      node = next
    }
    node.methods = methods
    return node
  })
  return endpoints.filter(({ pattern, methods }, index) => {
    const covered = methodsOfWider(root, pattern.split('/'))
    if (!methods.every((method) => covered.has(method))) return true
    // Of two that take each other in, such as `a?*/**/*` and `a?**/**/*`, one stays.
    const end = ends[index] as Node
    end.methods = []
    return false
  })
}

/** Methods of the other patterns that take in one of the tree. */
function methodsOfWider(root: Node, segments: readonly string[]): ReadonlySet<string> {
  let own = root
  /** Reached by some segment that is wider than that of the pattern. */
  let wider = new Set<Node>()
  for (const segment of segments) {
    const reached = new Set<Node>()
    for (const node of wider) step(node, segment, false, reached)
    step(own, segment, true, reached)
    own = own.next.get(segment) as Node
    wider = reached
  }
  return new Set([...wider].flatMap(({ methods }) => methods))
}

/** `isOwn`: only by what is wider than the segment. */
function step(node: Node, segment: string, isOwn: boolean, reached: Set<Node>): void {
  if (node.spans) reached.add(node)
  const same = node.next.get(segment)
  if (same !== undefined && !isOwn) reached.add(same)
  for (const [text, next] of node.wide) {
    if (next !== same && isWider(text, segment)) reached.add(next)
  }
  // `**` may also take no segment.
  const span = node.next.get('**')
  if (span !== undefined && span !== same) step(span, segment, false, reached)
}

/** Whether `*`, or text with a parameter next to it, takes all that a segment does. Other parameters count as text. */
function isWider(wider: string, segment: string): boolean {
  if (segment === '' || segment === '**') return false
  if (wider === '*') return true
  const gap = wider.indexOf('?*')
  if (gap < 0) return false
  const start = wider.slice(0, gap)
  const end = wider.slice(gap + 2)
  return (
    segment.length > start.length + end.length &&
    segment.startsWith(start) &&
    segment.endsWith(end) &&
    !segment.startsWith('*', start.length)
  )
}
