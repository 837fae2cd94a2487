/**
 * Which of many patterns match a string, in one walk for all of them.
 *
 * The patterns are a tree of their letters and stars, as in `automaton/glob-trie.ts`, and every end has
 * its patterns. The walk keeps the places that the text has reached; patterns that begin alike share them.
 *
 * Cost: for each character the places reached, which in real policies are a handful. Rejected: trying
 * one pattern after the other, which is quadratic where each pattern is tested for those that cover it.
 */
import type { AnalyzedEndpoint } from './request-set.ts'

interface Node {
  readonly next: Map<number, Node>
  readonly loops: boolean
  star: Node | undefined
  /** The indexes of the patterns that end here. */
  ends: number[]
  /** The step at which it was reached last. */
  step: number
}

export class GlobIndex {
  readonly #items: readonly AnalyzedEndpoint[]
  readonly #root: Node = newNode(false)
  #step = 0

  /** Items without a glob are never found. */
  constructor(items: readonly AnalyzedEndpoint[]) {
    this.#items = items
    for (const [index, { glob }] of items.entries()) if (glob !== null) this.#insert(glob.runs, index)
  }

  /** In the order of the list. */
  matching(text: string): readonly AnalyzedEndpoint[] {
    let reached: Node[] = []
    this.#step += 1
    this.#reach(this.#root, reached)
    for (let at = 0; at < text.length && reached.length > 0; at++) {
      const unit = text.charCodeAt(at)
      const next: Node[] = []
      this.#step += 1
      for (const node of reached) {
        if (node.loops) this.#reach(node, next)
        const child = node.next.get(unit)
        if (child !== undefined) this.#reach(child, next)
      }
      reached = next
    }
    return reached
      .flatMap(({ ends }) => ends)
      .sort((a, b) => a - b)
      .flatMap((index) => this.#items[index] ?? [])
  }

  /** A star is reached together with the place before it. */
  #reach(node: Node, reached: Node[]): void {
    if (node.step === this.#step) return
    node.step = this.#step
    reached.push(node)
    if (node.star !== undefined) this.#reach(node.star, reached)
  }

  #insert(runs: readonly string[], index: number): void {
    let node = this.#root
    for (const [place, run] of runs.entries()) {
      // Two adjacent stars are one.
      if (place > 0 && !node.loops) node = node.star ??= newNode(true)
      for (let at = 0; at < run.length; at++) {
        const unit = run.charCodeAt(at)
        const child = node.next.get(unit) ?? newNode(false)
        node.next.set(unit, child)
        node = child
      }
    }
    node.ends.push(index)
  }
}

function newNode(loops: boolean): Node {
  return { next: new Map(), loops, star: undefined, ends: [], step: 0 }
}
