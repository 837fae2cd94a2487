/**
 * The endpoints of a request set that its other endpoints grant as well.
 *
 * Endpoints are tested from the last to the first, each against the others that remain, so that all
 * findings can be removed together, or any part of them: of endpoints that cover each other the last are
 * found. With the short cuts of `glob.ts` a single pattern covers or none does, and it is looked up; else
 * the endpoints whose beginnings meet are compared as automata.
 */
import { BudgetExceededError, type SearchBudget } from '../automaton/search-budget.ts'
import { RequestAutomaton } from '../automaton/request-automaton.ts'
import { meets } from './glob.ts'
import { GlobIndex } from './glob-index.ts'
import { literalStart, StartIndex } from './literal-start.ts'
import { searchOnly } from './own-requests.ts'
import { matchesText } from './sample.ts'
import { type AnalyzedEndpoint, RequestSet } from './request-set.ts'

export interface Superfluous {
  readonly item: AnalyzedEndpoint
  /** The methods that it need not grant, in the usual order. */
  readonly methods: readonly string[]
  /** Other items of the set that grant all of that. */
  readonly covers: readonly AnalyzedEndpoint[]
}

/**
 * Of the items `own` of a set those that the others make superfluous, in the order of the set. `open` is
 * called where the budget ends before there is an answer.
 */
export function superfluous(
  set: RequestSet,
  own: ReadonlySet<AnalyzedEndpoint>,
  searchBudget: SearchBudget,
  open: (item: AnalyzedEndpoint) => void,
): readonly Superfluous[] {
  const coverage = new Coverage(set, searchBudget)
  const found: Superfluous[] = []
  /** The methods of each item that remain. */
  const left = new Map(set.items.map((item) => [item, new Set(item.methods)]))
  for (const item of [...new Set(set.items)].reverse()) {
    if (!own.has(item)) continue
    const covers = new Set<AnalyzedEndpoint>()
    try {
      const methods = item.methods.filter((method) => {
        const isLeft = (other: AnalyzedEndpoint): boolean =>
          other !== item && left.get(other)?.has(method) === true
        const covering = coverage.of(item, method, isLeft)
        for (const cover of covering ?? []) covers.add(cover)
        if (covering !== null) left.get(item)?.delete(method)
        return covering !== null
      })
      if (methods.length > 0) found.push({ item, methods, covers: [...covers] })
    } catch (error) {
      if (!(error instanceof BudgetExceededError)) throw error
      // Methods found before stay with it: a partial answer would look like a complete one.
      left.set(item, new Set(item.methods))
      open(item)
    }
  }
  return found.reverse()
}

/** Finds what covers an item of a set. */
export class Coverage {
  readonly #set: RequestSet
  readonly #searchBudget: SearchBudget
  readonly #byText = new Map<string, AnalyzedEndpoint[]>()
  #globs: GlobIndex | undefined
  #starts: StartIndex<AnalyzedEndpoint> | undefined
  /** The patterns that match the last item: mostly the same for its next method. */
  #asked: { item: AnalyzedEndpoint; covers: readonly AnalyzedEndpoint[] } | undefined
  #searchedLast:
    | {
        item: AnalyzedEndpoint
        near: readonly AnalyzedEndpoint[]
        covers: readonly AnalyzedEndpoint[] | null
      }
    | undefined

  constructor(set: RequestSet, searchBudget: SearchBudget) {
    this.#set = set
    this.#searchBudget = searchBudget
    for (const item of set.items) {
      const known = this.#byText.get(item.pattern.text)
      if (known === undefined) this.#byText.set(item.pattern.text, [item])
      else known.push(item)
    }
  }

  /**
   * A few of the items that `isUsable` admits, all of which grant `method`, that together match all that the
   * item matches; null when all of them do not. Throws {@link BudgetExceededError}.
   */
  of(
    item: AnalyzedEndpoint,
    method: string,
    isUsable: (other: AnalyzedEndpoint) => boolean,
  ): readonly AnalyzedEndpoint[] | null {
    const same = this.#byText.get(item.pattern.text)?.find(isUsable)
    if (same !== undefined) return [same]
    return this.#set.short === null ? this.#searched(item, method, isUsable) : this.#lookedUp(item, isUsable)
  }

  /** See `glob.ts`: where one path is matched by another pattern, all are. */
  #lookedUp(
    item: AnalyzedEndpoint,
    isUsable: (other: AnalyzedEndpoint) => boolean,
  ): readonly AnalyzedEndpoint[] | null {
    const text = item.glob?.runs.join('*') ?? ''
    if (this.#asked?.item !== item) {
      this.#searchBudget.check()
      this.#asked = { item, covers: this.#matching(text) }
    }
    const covers = this.#asked.covers.filter(isUsable)
    const [first] = covers
    if (first === undefined) return null
    if (!item.pattern.endsInSlash) return [first]
    const asking = covers.find((other) => other.pattern.endsInSlash)
    if (asking !== undefined) return [asking]
    // A slash at the end that no pattern asks for needs a match without it as well.
    const shorter = this.#matching(text.slice(0, -1)).find(isUsable)
    return shorter === undefined ? null : [first, shorter]
  }

  #matching(text: string): readonly AnalyzedEndpoint[] {
    this.#globs ??= new GlobIndex(this.#set.items)
    return this.#globs.matching(text)
  }

  #searched(
    item: AnalyzedEndpoint,
    method: string,
    isUsable: (other: AnalyzedEndpoint) => boolean,
  ): readonly AnalyzedEndpoint[] | null {
    this.#searchBudget.check()
    this.#starts ??= new StartIndex(this.#set.items, ({ pattern }) => literalStart(pattern))
    const near = this.#starts
      .near(literalStart(item.pattern))
      .filter((other) => isUsable(other) && (!other.glob || !item.glob || meets(other.glob, item.glob)))
    const last = this.#searchedLast
    const isSame = last?.near.length === near.length && near.every((one, at) => one === last.near[at])
    if (last?.item === item && isSame) return last.covers
    const covers = near.length === 0 ? null : fewestOf(item, near, method, this.#set, this.#searchBudget)
    this.#searchedLast = { item, near, covers }
    return covers
  }
}

function fewestOf(
  item: AnalyzedEndpoint,
  near: readonly AnalyzedEndpoint[],
  method: string,
  { rules }: RequestSet,
  searchBudget: SearchBudget,
): readonly AnalyzedEndpoint[] | null {
  const longest = rules.pathLength
  // Matches count, not only what the item allows alone: other scopes of a token may build on them.
  let matching: RequestAutomaton | undefined
  const covers = (some: readonly AnalyzedEndpoint[]): boolean => {
    const rest = new RequestSet(some, rules)
    matching ??= new RequestAutomaton([item.pattern], rules, 'match')
    if (searchOnly(matching, rest.automaton(method, 'match'), longest, searchBudget) !== null) return false
    return (
      !item.pattern.endsInSlash ||
      searchOnly(item.automaton, rest.automaton(method), longest, searchBudget) === null
    )
  }
  // A pattern that does not match the sample does not cover the item.
  const { sample } = item
  const likely = sample === null ? near : near.filter(({ pattern }) => matchesText(pattern, sample))
  if (likely.length === 0) return null
  // An item that matches nothing is unreachable, which another rule reports.
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
}
