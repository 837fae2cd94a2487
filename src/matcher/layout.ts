/**
 * Lays trees out as the code of {@link Tables}. Two passes: sizes from the leaves up, to know which nodes
 * need wide offsets; then the units themselves.
 */
import { CHILD_COUNT_SHIFT, MORE, REST, SET, WIDE } from './tables.ts'
import type { Node } from './trie.ts'

/** Largest offset and label that fit into one unit. */
const NARROW = 0xffff

/** In units; `wide` when its offsets take two. */
interface Size {
  readonly size: number
  readonly wide: boolean
}

/** Writes the offset of a node that was not there yet into the place that was kept for it. */
type SetOffset = (target: number) => void

/** Appends the tree to `code` and returns where it begins. Labels are at most as long as a pattern. */
export function layOut(root: Node, code: number[]): number {
  const sizes = new Map<Node, Size>()
  measure(root, '', sizes)
  return emit(root, root.label, sizes, code)
}

function measure(node: Node, label: string, sizes: Map<Node, Size>): number {
  let below = 0
  for (const child of node.children.values()) below += measure(child, child.label.slice(1), sizes)
  if (node.star !== undefined) below += measure(node.star, node.star.label, sizes)
  else if (hasMore(node)) below += 1
  for (const { runs } of node.middles) below += 2 + runs.length
  below += 2 * node.automata.length
  const fixed = 2 + label.length + (node.set >= 0 ? 1 : 0) + (node.rest >= 0 ? 1 : 0)
  const offsets = node.children.size + (hasMore(node) ? 1 : 0)
  const narrow = fixed + node.children.size + offsets + below
  const wide = narrow > NARROW
  const size = wide ? narrow + offsets : narrow
  sizes.set(node, { size, wide })
  return size
}

function hasMore(node: Node): boolean {
  return node.star !== undefined || node.middles.length > 0 || node.automata.length > 0
}

function emit(node: Node, label: string, sizes: ReadonlyMap<Node, Size>, code: number[]): number {
  const start = code.length
  const wide = (sizes.get(node) as Size).wide
  const children = [...node.children.values()]
  code.push(label.length)
  for (let at = 0; at < label.length; at++) code.push(label.charCodeAt(at))
  const { set, rest } = node
  const flags = (set >= 0 ? SET : 0) + (wide ? WIDE : 0) + (hasMore(node) ? MORE : 0) + (rest >= 0 ? REST : 0)
  code.push((children.length << CHILD_COUNT_SHIFT) + flags)
  if (set >= 0) code.push(set)
  if (rest >= 0) code.push(rest)
  const offset = (): SetOffset => {
    const at = code.length
    code.push(0)
    if (wide) code.push(0)
    return (target) => {
      const distance = target - start
      if (wide) {
        code[at] = distance >>> 16
        code[at + 1] = distance & NARROW
      } else code[at] = distance
    }
  }
  const setMore = hasMore(node) ? offset() : undefined
  for (const child of children) code.push(child.label.charCodeAt(0))
  const setChildren = children.map(offset)
  setMore?.(emitMore(node, sizes, code))
  for (const [index, child] of children.entries()) {
    const setChild = setChildren[index] as SetOffset
    setChild(emit(child, child.label.slice(1), sizes, code))
  }
  return start
}

function emitMore(node: Node, sizes: ReadonlyMap<Node, Size>, code: number[]): number {
  if (node.star !== undefined) return emit(node.star, node.star.label, sizes, code)
  const start = code.length
  if (node.middles.length > 0) {
    code.push(node.middles.length)
    for (const { set, runs } of node.middles) code.push(set, runs.length, ...runs)
  } else {
    code.push(node.automata.length)
    for (const { set, automaton } of node.automata) code.push(set, automaton)
  }
  return start
}
