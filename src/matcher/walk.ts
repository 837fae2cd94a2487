/**
 * The walker: whether a scope's trees have a path.
 *
 * Idea: the outer tree is walked once, character by character, and has no choices: a radix tree is
 * deterministic. At a node where a star may stand, the inner tree is walked once from the end of the path
 * backwards, just as deterministically. Only patterns with several stars search: each run between two
 * stars is taken at the first place it fits, which is enough, and the search goes on from there, so no
 * character is looked at twice by one pattern.
 *
 * Cost: linear in the path for each pattern with middles, and for all others together in the part of the
 * path that their text covers: what a star matches is not read at all.
 *
 * In numbers: with 25 endpoints for each scope two requests of three walk a tree, over four or five nodes
 * and twenty characters. A character costs 1.4 ns, since the engine asks each time what kind of string it is
 * in; a node about 5 ns, since where its label and its children end cannot be foretold.
 *
 * Rejected: frequent children first (1 % less).
 *
 * Paths are given as a string and two offsets, so that a query or an extension need not be cut off.
 */
import { CHILD_COUNT_SHIFT, itemsOf, MORE, type OpenTables, REST, SET, WIDE } from './tables.ts'
import { createEffort, type Effort } from '../automaton/effort.ts'
import { createFindRun, type FindRun } from './find-run.ts'
import { type AutomatonRunner, createAutomatonRunner } from './run-automaton.ts'

/** What a search costs, and each of its runs, beside a quarter of a step for each character, see {@link Effort}. */
const SEARCH_STEPS = 20
const RUN_STEPS = 20

/** No endpoint matches. */
export const NONE = -1
/** An endpoint without a star matches: every character of the path was compared with the pattern's. */
export const LITERAL = -2

/**
 * Walks the tree at `root` over `path[start, end)` for a method: {@link NONE}, {@link LITERAL}, or the
 * offset at which the first star of the matching pattern begins.
 */
export type Walk = (root: number, method: number, path: string, start: number, end: number) => number

/** `effort` counts what searches cost; what the trees themselves cost is bounded by their text. */
export function createWalk(
  tables: OpenTables,
  caseSensitive: boolean,
  effort: Effort = createEffort(),
): Walk {
  const { code, sets, setCount, automata } = tables
  const fold = !caseSensitive
  const runAt = itemsOf(tables.runs)
  /** Made when they are first searched for. */
  const finders = new Array<FindRun | undefined>(tables.runs.length)
  const finderOf = (run: number): FindRun => (finders[run] ??= createFindRun(runAt(run) as string, fold))
  const runAutomaton = automata.length > 0 ? createAutomatonRunner(automata, effort) : undefined

  const inner = (root: number, row: number, path: string, start: number, end: number): boolean => {
    let node = root
    let at = end
    for (;;) {
      const length = unitAt(code, node)
      if (at - length < start) return false
      let next = node + 1
      for (const stop = next + length; next < stop; next++) {
        const unit = path.charCodeAt(--at)
        if (unit !== code[next] && !(fold && (unit - 65) >>> 0 < 26 && unit + 32 === code[next])) return false
      }
      const head = unitAt(code, next++)
      if ((head & SET) !== 0 && sets[row + unitAt(code, next++)] === 1) return true
      if ((head & MORE) !== 0) {
        const more = node + offsetAt(code, next, head)
        next += 1 + ((head & WIDE) >> 1)
        if (middles(more, row, path, start, at)) return true
      }
      if (at === start) return false
      let unit = path.charCodeAt(--at)
      if (fold && (unit - 65) >>> 0 < 26) unit += 32
      const child = childOf(code, next, head, unit)
      if (child < 0) return false
      node += child
    }
  }

  const middles = (list: number, row: number, path: string, start: number, end: number): boolean => {
    let next = list + 1
    for (let count = unitAt(code, list); count > 0; count--) {
      const granted = sets[row + unitAt(code, next)] === 1
      const stop = next + 2 + unitAt(code, next + 1)
      next += 2
      if (granted && effort.steps < effort.limit) {
        let at = start
        const first = next
        while (next < stop && at >= 0) at = finderOf(unitAt(code, next++))(path, at, end)
        effort.steps += SEARCH_STEPS + (next - first) * RUN_STEPS + ((end - start) >> 2)
        if (at >= 0) return true
      }
      next = stop
    }
    return false
  }

  const automataMatch = (list: number, row: number, path: string, start: number, end: number): boolean => {
    let next = list + 1
    for (let count = unitAt(code, list); count > 0; count--, next += 2) {
      if (sets[row + unitAt(code, next)] !== 1 || effort.steps >= effort.limit) continue
      if ((runAutomaton as AutomatonRunner)(unitAt(code, next + 1), path, start, end)) return true
    }
    return false
  }

  return (root, method, path, start, end) => {
    const row = method * setCount
    let node = root
    let at = start
    for (;;) {
      const length = unitAt(code, node)
      if (end - at < length) return NONE
      let next = node + 1
      for (const stop = next + length; next < stop; next++) {
        const unit = path.charCodeAt(at++)
        if (unit !== code[next] && !(fold && (unit - 65) >>> 0 < 26 && unit + 32 === code[next])) return NONE
      }
      const head = unitAt(code, next++)
      if ((head & SET) !== 0 && sets[row + unitAt(code, next++)] === 1 && at === end) return LITERAL
      if ((head & REST) !== 0 && sets[row + unitAt(code, next++)] === 1) return at
      if ((head & MORE) !== 0) {
        const more = node + offsetAt(code, next, head)
        next += 1 + ((head & WIDE) >> 1)
        if (runAutomaton !== undefined) {
          if (automataMatch(more, row, path, start, end)) return start
        } else if (inner(more, row, path, at, end)) return at
      }
      if (at === end) return NONE
      let unit = path.charCodeAt(at++)
      if (fold && (unit - 65) >>> 0 < 26) unit += 32
      const child = childOf(code, next, head, unit)
      if (child < 0) return NONE
      node += child
    }
  }
}

/** What lies outside of the code, which nothing points to, is 0. */
function unitAt(code: OpenTables['code'], at: number): number {
  return code[at] as number
}

function offsetAt(code: OpenTables['code'], at: number, head: number): number {
  return (head & WIDE) === 0 ? unitAt(code, at) : unitAt(code, at) * 0x10000 + unitAt(code, at + 1)
}

/** The offset of the child for a character, or -1. */
function childOf(code: OpenTables['code'], characters: number, head: number, unit: number): number {
  const count = head >> CHILD_COUNT_SHIFT
  for (let index = 0; index < count; index++) {
    if (code[characters + index] === unit) {
      return (head & WIDE) === 0
        ? unitAt(code, characters + count + index)
        : offsetAt(code, characters + count + 2 * index, head)
    }
  }
  return -1
}
