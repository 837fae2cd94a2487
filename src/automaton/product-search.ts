/**
 * Shortest requests that distinguish two sets of requests, or that they share: the product construction on
 * the fly, walked from the start by Dijkstra's algorithm (an escape is three characters long, every other
 * letter one).
 *
 * A search that ends without a request, and within its budget, is a proof that there is none.
 *
 * Cost: a pair of states for each that is met, times the classes of letters. Pairs that cannot lead to what
 * is looked for are not followed: for a difference those in which the first side has died, for a common
 * request those in which either has.
 */
import type { SearchBudget } from './search-budget.ts'
import { lengthOf, LETTERS, textOf } from './letters.ts'
import { DEAD } from './request-automaton.ts'

/** A deterministic automaton of request paths over the letters, without their leading slash. */
export interface PathAutomaton {
  readonly start: number
  /** Letters of one class are never distinguished. */
  readonly classes: readonly number[]
  readonly next: (state: number, letter: number) => number
  readonly allows: (state: number) => boolean
  /** The letter without which it dies in this state, if there is just one; never asked of {@link DEAD}. */
  readonly only?: (state: number) => number | undefined
}

/** What to look for: a request that only the first, only the second, or both allow. */
export interface Wanted {
  readonly onlyInA?: boolean
  readonly onlyInB?: boolean
  readonly inBoth?: boolean
  /** Longest path, without its leading slash. */
  readonly longest: number
  /** The letters to try, where the caller knows that no others are needed; all by default. */
  readonly letters?: ReadonlySet<number>
}

/** Paths with a leading slash. */
export interface Found {
  onlyInA?: string
  onlyInB?: string
  inBoth?: string
}

type Goal = keyof Found

/** Pairs are keyed by one number; more states than this are no budget. */
const MAX_STATES = 0x2000000

/** Fills `found`, which keeps what there is when the budget ends. */
export function searchProduct(
  a: PathAutomaton,
  b: PathAutomaton,
  wanted: Wanted,
  searchBudget: SearchBudget,
  found: Found = {},
): Found {
  const open = new Set<Goal>(
    (['onlyInA', 'onlyInB', 'inBoth'] as const).filter((goal) => wanted[goal] === true),
  )
  const letters = jointLetters(a, b, wanted.letters)
  const walk = new Walk()
  walk.reach({ left: a.start, right: b.start, length: 0, letter: 0, before: undefined })
  // Levels are added while they are walked; none grows then, since letters of length 0 do not exist.
  for (const [length, ways = []] of walk.levels.entries()) {
    if (length > wanted.longest) break
    for (const way of ways) {
      if (!walk.isShortest(way)) continue
      const { left, right } = way
      const goal = goalOf(a.allows(left), b.allows(right))
      if (goal !== undefined && open.delete(goal)) found[goal] = pathOf(way)
      if (open.size === 0) return found
      if (!isUseful(left, right, open)) continue
      searchBudget.tick()
      const one = open.has('onlyInB') ? undefined : a.only?.(left)
      for (const { letter, cost } of one === undefined ? letters : [{ letter: one, cost: lengthOf(one) }]) {
        const next = { left: a.next(left, letter), right: b.next(right, letter) }
        if (isUseful(next.left, next.right, open)) {
          walk.reach({ ...next, length: length + cost, letter, before: way })
        }
      }
    }
  }
  return found
}

function goalOf(left: boolean, right: boolean): Goal | undefined {
  if (left) return right ? 'inBoth' : 'onlyInA'
  return right ? 'onlyInB' : undefined
}

function isUseful(left: number, right: number, open: ReadonlySet<Goal>): boolean {
  if (left === DEAD) return right !== DEAD && open.has('onlyInB')
  if (right === DEAD) return open.has('onlyInA')
  return true
}

/** One letter for each class that either side tells from the others, the readable ones first. */
function jointLetters(
  a: PathAutomaton,
  b: PathAutomaton,
  only: ReadonlySet<number> | undefined,
): readonly { readonly letter: number; readonly cost: number }[] {
  const seen = new Set<number>()
  const letters: { letter: number; cost: number }[] = []
  for (const letter of LETTERS.keys()) {
    if (only !== undefined && !only.has(letter)) continue
    // Classes are numbered from 0 and there are fewer of them than letters.
    const key = (a.classes[letter] as number) * LETTERS.length + (b.classes[letter] as number)
    // An escape is never in one class with a character: no state takes both alike but one that takes neither.
    if (seen.has(key)) continue
    seen.add(key)
    letters.push({ letter, cost: lengthOf(letter) })
  }
  return letters
}

/** A way from the start to a pair of states, by its last letter and the way before it; of no letter at the start. */
interface Way {
  readonly left: number
  readonly right: number
  readonly length: number
  readonly letter: number
  readonly before: Way | undefined
}

function pairOf({ left, right }: Way): number {
  return left * MAX_STATES + right
}

function pathOf(way: Way): string {
  const letters: string[] = []
  for (let at = way; at.before !== undefined; at = at.before) letters.push(textOf(at.letter))
  return `/${letters.reverse().join('')}`
}

/** The shortest way known to each pair that was reached, and all ways in levels by their length. */
class Walk {
  readonly #shortest = new Map<number, Way>()
  /** By their length; none where no way is as long. */
  readonly levels: (Way[] | undefined)[] = []

  reach(way: Way): void {
    const pair = pairOf(way)
    const known = this.#shortest.get(pair)
    if (known !== undefined && known.length <= way.length) return
    this.#shortest.set(pair, way)
    const level = (this.levels[way.length] ??= [])
    level.push(way)
  }

  /** False for a way that another has turned out to be shorter than. */
  isShortest(way: Way): boolean {
    return this.#shortest.get(pairOf(way)) === way
  }
}
