/**
 * A nondeterministic finite automaton without empty moves (Thompson's construction, then closure).
 *
 * States are numbers; a state has arcs `(set of characters, next state)`. Guards are resolved while
 * building, because each depends only on where a closure is taken: `start` holds before the first
 * character, `more` where a character follows, `end` where none does. So every state gets two closures,
 * one for going on and one for accepting. `not-dots` looks at most two characters ahead and is carried
 * as an obligation in the state: `rest` (nothing seen yet), `dot` (one dot seen).
 *
 * Cost: states at most four times the nodes of the expression; matching is O(path × states), whatever
 * the stars. Rejected: backtracking (exponential), eager determinisation (exponential in space for
 * unions of several stars).
 */
import { ANY, type CharSet, has } from '../pattern/charset.ts'
import type { Expression, Guard } from '../pattern/expression.ts'

export interface Arc {
  readonly set: CharSet
  readonly to: number
}

export interface NfaState {
  readonly arcs: readonly Arc[]
  readonly accepting: boolean
}

/** State 0 is the start. */
export type Nfa = readonly NfaState[]

/** A node of Thompson's automaton before the empty moves are removed. */
interface Node {
  set?: CharSet
  guard?: Guard
  next: number[]
}

const NO_DUTY = 0
const DUTY_REST = 1 // the rest of the segment must not be empty or a single dot
const DUTY_DOT = 2 // one dot was seen: something other than `/` or the end must follow
const DUTIES = 4
const DOT: CharSet = [0x2e, 0x2e]
const NEITHER: CharSet = [0, 0x2d, 0x30, 0xffff]
const NOT_SLASH: CharSet = [0, 0x2e, 0x30, 0xffff]

/** Arcs of one automaton. Running it on a path costs at most as many steps for each character. */
export const MAX_ARCS = 16_384

const known = new WeakMap<Expression, Nfa>()

/** The automaton of an expression, built once. Throws {@link TooComplex}. */
export function nfaOf(expression: Expression): Nfa {
  const before = known.get(expression) ?? buildNfa(expression, MAX_ARCS)
  known.set(expression, before)
  return before
}

/** An automaton would have more than {@link MAX_ARCS}: many parts that may each be left out. */
export class TooComplex extends Error {}

/** Throws {@link TooComplex} for an automaton of more than `mostArcs`. */
export function buildNfa(expression: Expression, mostArcs: number = Infinity): Nfa {
  const nodes: Node[] = []
  const add = (node: Node): number => nodes.push(node) - 1
  const final = add({ next: [] })
  const first = thompson(expression, final, add)

  const states: { arcs: Arc[]; accepting: boolean }[] = []
  const ids = new Map<number, number>()
  const pending: { node: number; duty: number; atStart: boolean; id: number }[] = []
  const stateFor = (node: number, duty: number, atStart: boolean): number => {
    const key = (node * DUTIES + duty) * 2 + Number(atStart)
    const known = ids.get(key)
    if (known !== undefined) return known
    const id = states.push({ arcs: [], accepting: false }) - 1
    ids.set(key, id)
    pending.push({ node, duty, atStart, id })
    return id
  }
  let arcs = 0
  stateFor(first, NO_DUTY, true)
  for (let work = pending.pop(); work !== undefined; work = pending.pop()) {
    const state = states[work.id] as (typeof states)[number]
    const addArcs = ({ set, next }: Node, duty: number): void => {
      if (set === undefined) return
      for (const [allowed, rest] of dutyMoves(duty)) {
        const both = allowed === ANY ? set : intersect(set, allowed)
        if (both.length === 0) continue
        arcs += 1
        if (arcs > mostArcs) throw new TooComplex()
        state.arcs.push({ set: both, to: stateFor(next[0] as number, rest, false) })
      }
    }
    // Most nodes are a character: no empty moves, and no end.
    const own = nodes[work.node] as Node
    if (own.set !== undefined) {
      addArcs(own, work.duty)
      continue
    }
    for (const [node, duty] of closure(nodes, work, 'more')) addArcs(nodes[node] as Node, duty)
    for (const [node, duty] of closure(nodes, work, 'end')) {
      if (node === final && duty === NO_DUTY) state.accepting = true
    }
  }
  return states
}

/** Whether the automaton accepts the whole of `path`. */
export function accepts(nfa: Nfa, path: string): boolean {
  let current: readonly number[] = [0]
  const mark = new Int32Array(nfa.length).fill(-1)
  for (let at = 0; at < path.length; at++) {
    const unit = path.charCodeAt(at)
    const next: number[] = []
    for (const id of current) {
      for (const { set, to } of (nfa[id] as NfaState).arcs) {
        if (mark[to] !== at && has(set, unit)) {
          mark[to] = at
          next.push(to)
        }
      }
    }
    if (next.length === 0) return false
    current = next
  }
  return current.some((id) => (nfa[id] as NfaState).accepting)
}

function thompson(expression: Expression, next: number, add: (node: Node) => number): number {
  switch (expression.kind) {
    case 'set':
      return add({ set: expression.set, next: [next] })
    case 'guard':
      return add({ guard: expression.guard, next: [next] })
    case 'sequence':
      return expression.items.reduceRight((entry, item) => thompson(item, entry, add), next)
    case 'choice':
      return add({ next: expression.items.map((item) => thompson(item, next, add)) })
    case 'repeat': {
      // The loop leads to its body, which is made to lead back to it.
      const after = [next]
      const loop = add({ next: after })
      const body = thompson(expression.item, loop, add)
      after.push(body)
      return expression.min === 0 ? loop : body
    }
  }
}

/** The nodes reachable by empty moves, each with the duty met on the way. */
function closure(
  nodes: readonly Node[],
  from: { readonly node: number; readonly duty: number; readonly atStart: boolean },
  position: 'more' | 'end',
): readonly [node: number, duty: number][] {
  const found: [number, number][] = []
  const seen = new Set<number>()
  const stack: [number, number][] = [[from.node, from.duty]]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const [id, duty] = top
    const key = id * DUTIES + duty
    const node = nodes[id] as Node
    if (seen.has(key)) continue
    seen.add(key)
    found.push([id, duty])
    if (node.set !== undefined) continue
    if (node.guard === 'start' && !from.atStart) continue
    if (node.guard === 'more' && position === 'end') continue
    if (node.guard === 'end' && position === 'more') continue
    const met = node.guard === 'not-dots' ? duty | DUTY_REST : duty
    for (const target of node.next) stack.push([target, met])
  }
  return found
}

/** How a duty goes on: which characters keep it, and what is left of it after them. */
function dutyMoves(duty: number): readonly (readonly [CharSet, number])[] {
  if (duty === NO_DUTY) return FREE_MOVES
  // A slash breaks every duty. A dot turns `rest` into `dot` and fulfils `dot`; all else fulfils both.
  return (duty & DUTY_REST) === 0 ? DOT_MOVES : REST_MOVES
}

const FREE_MOVES = [[ANY, NO_DUTY]] as const
const DOT_MOVES = [[NOT_SLASH, NO_DUTY]] as const
const REST_MOVES = [
  [DOT, DUTY_DOT],
  [NEITHER, NO_DUTY],
] as const

export function intersect(a: CharSet, b: CharSet): CharSet {
  const both: number[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const first = Math.max(a[i] ?? 0, b[j] ?? 0)
    const last = Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0)
    if (first <= last) both.push(first, last)
    if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2
    else j += 2
  }
  return both
}
