/**
 * The endpoints of one scope as radix trees, before they are laid out as {@link Tables}.
 *
 * The outer tree holds what is before the first star, or the whole pattern where there is none. Where
 * a star with text after it follows, an inner tree holds what is after the last star, reversed, because it is compared
 * from the end of the path. Runs between two stars are a list of middles at the end of the inner tree.
 */
export interface Node {
  /** Characters from the node above to here. */
  label: string
  /** Id of the set of methods granted where a path ends here, or -1. */
  set: number
  /** Outer tree: the same for a path that goes on in any way or ends, where a pattern ends in a star. */
  rest: number
  /** By their first character. */
  readonly children: Map<number, Node>
  /** Outer tree: the inner tree of what may follow a star here. */
  star: Node | undefined
  /** Inner tree: patterns with runs between stars, each run as its index in the table of runs. */
  readonly middles: { readonly set: number; readonly runs: readonly number[] }[]
  /** Outer tree of `wildcard: segment`: patterns that begin with the characters up to here. */
  readonly automata: { readonly set: number; readonly automaton: number }[]
}

export function emptyNode(label = ''): Node {
  return { label, set: -1, rest: -1, children: new Map(), star: undefined, middles: [], automata: [] }
}

/** The node at which `text` ends; made, and others split, where needed. */
export function insert(root: Node, text: string): Node {
  let node = root
  let at = 0
  while (at < text.length) {
    const first = text.charCodeAt(at)
    const child = node.children.get(first)
    if (child === undefined) {
      const made = emptyNode(text.slice(at))
      node.children.set(first, made)
      return made
    }
    let same = 1
    // After the end of either is NaN, which equals nothing.
    while (text.charCodeAt(at + same) === child.label.charCodeAt(same)) same += 1
    if (same < child.label.length) {
      const upper = emptyNode(child.label.slice(0, same))
      upper.children.set(child.label.charCodeAt(same), child)
      child.label = child.label.slice(same)
      node.children.set(first, upper)
      node = upper
    } else node = child
    at += same
  }
  return node
}
