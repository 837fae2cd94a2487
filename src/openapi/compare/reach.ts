/**
 * How the paths of an operation and those that some patterns allow compare: not at all, partly, or fully,
 * with a path as evidence. The product of two automata, so an answer without a path is a proof.
 *
 * Idea: most scopes that reach an operation do so by the same few patterns. So it is first found out which
 * patterns have a path in common with the operation, each for itself, and then each set of patterns that some
 * scope has is asked about once.
 */
import { AutomatonCache } from '../../analysis/automaton-cache.ts'
import { lettersOf } from '../../analysis/request-set.ts'
import { literalStart, StartIndex } from '../../analysis/literal-start.ts'
import { BudgetExceededError, type SearchBudget, type Undecided } from '../../automaton/search-budget.ts'
import { type Found, searchProduct } from '../../automaton/product-search.ts'
import { RequestAutomaton } from '../../automaton/request-automaton.ts'
import { TemplateAutomaton, type TemplateItem } from '../../automaton/template-automaton.ts'
import { foldCase, printCanonical } from '../../pattern/canonical.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import { alphabetOf, spelledBy, spelledByRules, type Spelled } from './alphabet.ts'
import { plainText, slashAtEnd } from './plain-pattern.ts'
import { unitsOf } from './plain-intersection.ts'
import { type Half, plainOperation, type PlainOperation, type PlainUnits } from './plain-operation.ts'
import { mayMeet, type PatternSegments, segmentsOfPattern, segmentsOfTemplate } from './segments.ts'
import { itemsOfTemplate, type Piece, type Template } from '../read/template.ts'

/** A template, and the paths that other operations take from it. */
export interface Shape {
  readonly template: Template
  readonly excluded: readonly (readonly TemplateItem[])[]
}

export interface Intersection {
  /** A shortest path of the operation that is allowed; absent when there is none. */
  readonly allowed?: string
  /** A shortest path of the operation that is not. */
  readonly missing?: string
  /** A search has ended before it knew. */
  readonly undecided?: Undecided
}

interface Known {
  readonly pattern: Pattern
  readonly spelled: Spelled | null
  readonly segments: PatternSegments | null
  /** Null where `spelled` is. */
  readonly plain: PlainUnits | null
}

/** What is known of the patterns for one operation, by their numbers. */
interface PlainFacts {
  /** Letters of the template, and of the paths that other operations take. */
  readonly spelled: Spelled
  /** What each allows by itself; absent where that is nothing. */
  readonly alone: ReadonlyMap<number, Intersection>
  readonly halves: ReadonlyMap<number, Half>
}

interface Question {
  readonly ids: readonly number[]
  /** Whether also to look for a path that is not allowed. */
  readonly whole: boolean
}

/** The time is asked for once in so many patterns. */
const STRIDE = 256

export class Reach {
  readonly #rules: PathRules
  readonly #searchBudget: SearchBudget
  readonly #known: readonly Known[]
  readonly #index: StartIndex<number>
  readonly #spelledByRules: Spelled
  readonly #cache = new AutomatonCache()

  /** Patterns that are asked about are numbered as in the list. */
  constructor(patterns: readonly Pattern[], rules: PathRules, searchBudget: SearchBudget) {
    this.#rules = rules
    this.#searchBudget = searchBudget
    this.#spelledByRules = spelledByRules(rules)
    this.#known = patterns.map((pattern) => {
      const spelled = spelledBy(pattern, rules)
      const text = plainText(pattern, rules)
      return {
        pattern,
        spelled,
        segments: segmentsOfPattern(pattern, rules),
        plain:
          spelled === null || text === null ? null : { units: unitsOf(text), slash: slashAtEnd(pattern) },
      }
    })
    const live = [...patterns.keys()].filter((id) => patterns[id]?.meaning.kind !== 'never')
    this.#index = new StartIndex(live, (id) => startOf(patterns[id]))
  }

  /** What can be asked about one operation. Throws {@link BudgetExceededError}. */
  of({ template, excluded }: Shape): OperationReach {
    if (template.refusal !== undefined)
      return { patterns: new Set(), alone: () => NOTHING, compare: () => NOTHING }
    const items = itemsOfTemplate(template)
    const spelled = new Set([...items, ...excluded.flat()].filter((item) => item >= 0))
    let made: TemplateAutomaton | undefined
    const automaton = (): TemplateAutomaton => (made ??= new TemplateAutomaton(items, excluded, this.#rules))
    const ask = (question: Question): Intersection => this.#compare(automaton(), spelled, question)

    const inside = insideOf(template, this.#rules.basePath)
    const plain = inside === undefined || inside === null ? null : plainOperation(inside, this.#rules)
    const own = (path: string): boolean => excluded.length === 0 || automaton().accepts(lettersOf(path))
    // Of a path with a slash at its end one pattern may grant the one reading, and another the other.
    const together =
      plain === null && this.#rules.trailingSlash === 'strict' && mayEndInSlash(template, this.#rules)
    const alone = new Map<number, Intersection>()
    const halves = new Map<number, Half>()
    const touches = (id: number): boolean => {
      const pattern = plain === null ? null : (this.#known[id]?.plain ?? null)
      if (plain === null || pattern === null) {
        const meeting = ask({ ids: [id], whole: false })
        alone.set(id, meeting)
        return together || plain?.twoReadings === true || isOpen(meeting)
      }
      const half = plain.half(pattern)
      if (half !== undefined) halves.set(id, half)
      const path = plain.alone(pattern)
      if (path === null) return half !== undefined
      const isOwn = path !== undefined && own(path)
      const meeting = isOwn ? { allowed: path } : ask({ ids: [id], whole: false })
      alone.set(id, meeting)
      return half !== undefined || isOpen(meeting)
    }
    const patterns = this.#near(inside).filter((id) => {
      this.#searchBudget.check()
      return touches(id)
    })

    const answers = new Map<string, Intersection>()
    const compare = (ids: readonly number[]): Intersection => {
      const key = ids.join()
      const known =
        answers.get(key) ??
        (plain === null ? undefined : this.#plainly(plain, { spelled, alone, halves }, ids)) ??
        ask({ ids, whole: true })
      answers.set(key, known)
      return known
    }
    return { patterns: new Set(patterns), alone: (id) => alone.get(id) ?? NOTHING, compare }
  }

  /** Undefined where it takes the automata. */
  #plainly(
    plain: PlainOperation,
    { spelled, alone, halves }: PlainFacts,
    ids: readonly number[],
  ): Intersection | undefined {
    const patterns: PlainUnits[] = []
    let allowed: string | undefined
    for (const id of ids) {
      const pattern = this.#known[id]?.plain ?? null
      const meeting = alone.get(id)
      if (pattern === null || meeting?.undecided !== undefined) return undefined
      patterns.push(pattern)
      const path = meeting?.allowed
      if (path !== undefined && (allowed === undefined || path.length < allowed.length)) allowed = path
    }
    // Two patterns together may grant a shorter path than each for itself.
    const found = new Set(ids.map((id) => halves.get(id)))
    const mayShare = found.has('with') && found.has('without')
    const covered = plain.covers(patterns)
    if (covered && allowed !== undefined && !mayShare) return { allowed }
    const shortest = plain.fresh([spelled, ...ids.map((id) => this.#known[id]?.spelled ?? null)])
    if (shortest === undefined) return undefined
    if (covered) return { allowed: allowed?.length === shortest.length ? allowed : shortest }
    if (mayShare && (allowed === undefined || allowed.length > shortest.length)) return undefined
    return { ...(allowed !== undefined && { allowed }), missing: shortest }
  }

  #near(inside: readonly Piece[] | undefined | null): readonly number[] {
    const { wildcard } = this.#rules
    if (inside === undefined) return []
    // Base path and parameters may be mixed; then there is nothing to go by.
    if (inside === null) return this.#index.near('')
    const [first] = inside
    const start = first !== undefined && 'literal' in first ? first.literal : ''
    const near = this.#index.near(foldCase(wildcard === 'segment' ? printCanonical(start) : start))
    const segments = segmentsOfTemplate(inside, this.#rules)
    if (segments === null) return near
    return near.filter((id, index) => {
      if (index % STRIDE === 0) this.#searchBudget.check()
      const other = this.#known[id]?.segments
      return other === null || other === undefined || mayMeet(segments, other, this.#rules)
    })
  }

  #compare(automaton: TemplateAutomaton, spelled: Spelled, { ids, whole }: Question): Intersection {
    const found: Found = {}
    let undecided: Undecided | undefined
    try {
      this.#searchBudget.restart()
      const letters = this.#alphabet(spelled, ids)
      const longest = this.#rules.pathLength - 1
      const wanted = { inBoth: true, onlyInA: whole, longest, ...(letters !== null && { letters }) }
      searchProduct(automaton, this.#automaton(ids), wanted, this.#searchBudget, found)
    } catch (error) {
      if (!(error instanceof BudgetExceededError)) throw error
      undecided = error.reason
    }
    return {
      ...(found.inBoth !== undefined && { allowed: found.inBoth }),
      ...(found.onlyInA !== undefined && { missing: found.onlyInA }),
      ...(undecided !== undefined && { undecided }),
    }
  }

  #alphabet(spelled: Spelled, ids: readonly number[]): Spelled | null {
    const patterns = ids.map((id) => this.#known[id]?.spelled ?? null)
    return alphabetOf([spelled, this.#spelledByRules, ...patterns], this.#rules.caseSensitive)
  }

  #automaton(ids: readonly number[]): RequestAutomaton {
    const patterns = ids.flatMap((id) => this.#known[id]?.pattern ?? [])
    return this.#cache.get(this, ids.join(), (count) => {
      return new RequestAutomaton(patterns, this.#rules, 'decision', count)
    })
  }
}

export interface OperationReach {
  /**
   * Patterns that can have to do with a path of the operation; all others allow nothing of it, neither alone
   * nor together. Ascending.
   */
  readonly patterns: ReadonlySet<number>
  /** What one of these patterns allows of it by itself; `missing` is not asked for. */
  readonly alone: (id: number) => Intersection
  /** Compares the operation with what patterns allow together; ascending, of `patterns` only. */
  readonly compare: (ids: readonly number[]) => Intersection
}

const NOTHING: Intersection = {}

export function isOpen({ allowed, undecided }: Intersection): boolean {
  return allowed !== undefined || undecided !== undefined
}

function startOf(pattern: Pattern | undefined): string {
  return pattern === undefined ? '' : literalStart(pattern)
}

/**
 * The template after the base path; undefined when none of its paths is there, null when it takes a closer
 * look to tell.
 */
function insideOf({ pieces }: Template, basePath: string): readonly Piece[] | undefined | null {
  if (basePath === '') return pieces
  const [first, ...others] = pieces
  const start = first !== undefined && 'literal' in first ? first.literal : ''
  if (start.startsWith(`${basePath}/`)) return [{ literal: start.slice(basePath.length + 1) }, ...others]
  if (others.length === 0 && start === basePath) return [{ literal: '' }]
  const isOpen = others.length > 0 || start === ''
  return isOpen && basePath.startsWith(start) ? null : undefined
}

/** Whether, when extensions have been stripped, a slash can be left at the end. */
function mayEndInSlash({ pieces }: Template, { extensions }: PathRules): boolean {
  const last = pieces.at(-1)
  return extensions.length > 0 || last === undefined || ('literal' in last && last.literal.endsWith('/'))
}
