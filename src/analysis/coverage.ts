/**
 * What of a side the rest of it grants as well.
 *
 * Endpoints are looked at from the last to the first, each against what is left of the others, so that all
 * that is found can be removed together, or any part of it: of endpoints that cover each other the last are
 * found. With the short cuts of `glob.ts` a single pattern covers or none does, and it is looked up; else
 * the endpoints whose beginnings meet are compared as automata.
 */
import { BudgetEnded, type Clock } from '../automaton/clock.ts'
import { RequestAutomaton } from '../automaton/request-automaton.ts'
import { meets } from './glob.ts'
import { GlobIndex } from './glob-index.ts'
import { literalStart, StartIndex } from './literal-start.ts'
import { searchOnly } from './own-requests.ts'
import { matchesText } from './sample.ts'
import { type Item, Side } from './side.ts'

export interface Superfluous {
  readonly item: Item
  /** The methods that it need not grant, in the usual order. */
  readonly methods: readonly string[]
  /** Other items of the side that grant all of that. */
  readonly covers: readonly Item[]
}

/**
 * Of the items `own` of a side those that the others make superfluous, in the order of the side. `open` is
 * called where the budget ends before there is an answer.
 */
export function superfluous(
  side: Side,
  own: ReadonlySet<Item>,
  clock: Clock,
  open: (item: Item) => void,
): readonly Superfluous[] {
  const coverage = new Coverage(side, clock)
  const found: Superfluous[] = []
  /** What is left of the methods of each item. */
  const left = new Map(side.items.map((item) => [item, new Set(item.methods)]))
  for (const item of [...new Set(side.items)].reverse()) {
    if (!own.has(item)) continue
    const covers = new Set<Item>()
    try {
      const methods = item.methods.filter((method) => {
        const isLeft = (other: Item): boolean => other !== item && left.get(other)?.has(method) === true
        const covering = coverage.of(item, method, isLeft)
        for (const cover of covering ?? []) covers.add(cover)
        if (covering !== null) left.get(item)?.delete(method)
        return covering !== null
      })
      if (methods.length > 0) found.push({ item, methods, covers: [...covers] })
    } catch (error) {
      if (!(error instanceof BudgetEnded)) throw error
      // Methods that were found before stay with it: half an answer would be hard to tell from a whole one.
      left.set(item, new Set(item.methods))
      open(item)
    }
  }
  return found.reverse()
}

/** Looks up what covers an item of a side. */
export class Coverage {
  readonly #side: Side
  readonly #clock: Clock
  readonly #byText = new Map<string, Item[]>()
  #globs: GlobIndex | undefined
  #starts: StartIndex<Item> | undefined
  /** What matches the item that was asked for last: mostly the same for its next method. */
  #asked: { item: Item; covers: readonly Item[] } | undefined
  #searchedLast: { item: Item; near: readonly Item[]; covers: readonly Item[] | null } | undefined

  constructor(side: Side, clock: Clock) {
    this.#side = side
    this.#clock = clock
    for (const item of side.items) {
      const known = this.#byText.get(item.pattern.text)
      if (known === undefined) this.#byText.set(item.pattern.text, [item])
      else known.push(item)
    }
  }

  /**
   * A few of the items that `isUsable` admits, all of which grant `method`, that together match all that the
   * item matches; null when all of them do not. Throws {@link BudgetEnded}.
   */
  of(item: Item, method: string, isUsable: (other: Item) => boolean): readonly Item[] | null {
    const same = this.#byText.get(item.pattern.text)?.find(isUsable)
    if (same !== undefined) return [same]
    return this.#side.short === null ? this.#searched(item, method, isUsable) : this.#lookedUp(item, isUsable)
  }

  /** See `glob.ts`: where one path is matched by another pattern, all are. */
  #lookedUp(item: Item, isUsable: (other: Item) => boolean): readonly Item[] | null {
    const text = item.glob?.runs.join('*') ?? ''
    if (this.#asked?.item !== item) {
      this.#clock.check()
      this.#asked = { item, covers: this.#matching(text) }
    }
    const covers = this.#asked.covers.filter(isUsable)
    const [first] = covers
    if (first === undefined) return null
    if (!item.pattern.endsInSlash) return [first]
    const asking = covers.find((other) => other.pattern.endsInSlash)
    if (asking !== undefined) return [asking]
    // A slash at the end that nobody asks for needs a match without it as well.
    const shorter = this.#matching(text.slice(0, -1)).find(isUsable)
    return shorter === undefined ? null : [first, shorter]
  }

  #matching(text: string): readonly Item[] {
    this.#globs ??= new GlobIndex(this.#side.items)
    return this.#globs.matching(text)
  }

  #searched(item: Item, method: string, isUsable: (other: Item) => boolean): readonly Item[] | null {
    this.#clock.check()
    this.#starts ??= new StartIndex(this.#side.items, ({ pattern }) => literalStart(pattern))
    const near = this.#starts
      .near(literalStart(item.pattern))
      .filter((other) => isUsable(other) && (!other.glob || !item.glob || meets(other.glob, item.glob)))
    const last = this.#searchedLast
    const isSame = last?.near.length === near.length && near.every((one, at) => one === last.near[at])
    if (last?.item === item && isSame) return last.covers
    const covers = near.length === 0 ? null : fewestOf(item, near, method, this.#side, this.#clock)
    this.#searchedLast = { item, near, covers }
    return covers
  }
}

function fewestOf(
  item: Item,
  near: readonly Item[],
  method: string,
  { rules }: Side,
  clock: Clock,
): readonly Item[] | null {
  const longest = rules.pathLength
  // What it matches counts, and not only what it allows alone: other scopes of a token may build on it.
  let matching: RequestAutomaton | undefined
  const covers = (some: readonly Item[]): boolean => {
    const rest = new Side(some, rules)
    matching ??= new RequestAutomaton([item.pattern], rules, 'match')
    if (searchOnly(matching, rest.automaton(method, 'match'), longest, clock) !== null) return false
    return (
      !item.pattern.endsInSlash || searchOnly(item.automaton, rest.automaton(method), longest, clock) === null
    )
  }
  try {
    // What does not match the sample covers nothing of it.
    const { sample } = item
    const likely = sample === null ? near : near.filter(({ pattern }) => matchesText(pattern, sample))
    if (likely.length === 0) return null
    // What matches nothing is unreachable, and that is another matter.
    if (sample === null && covers([])) return null
    const one = likely.find((other) => covers([other]))
    if (one !== undefined) return [one]
    if (!covers(near)) return null
    let some = near
    for (const other of near) {
      const fewer = some.filter((kept) => kept !== other)
      if (covers(fewer)) some = fewer
    }
    return some
  } finally {
    item.forget()
  }
}
