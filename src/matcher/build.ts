/**
 * Policy to {@link Tables}.
 */
import { type FlatNfa, flatNfaOf } from '../automaton/flat-nfa.ts'
import { USUAL_METHODS } from '../language/methods.ts'
import { foldCase } from '../pattern/canonical.ts'
import type { Expression } from '../pattern/expression.ts'
import type { Meaning, Pattern } from '../pattern/pattern.ts'
import type { InterpretedEndpoint, PolicyData } from '../policy/policy-data.ts'
import { layOut } from './layout.ts'
import { MethodSets } from './method-sets.ts'
import { ALL_BITS, SCAN_THRESHOLD, FILTER_LENGTH, filterBit, FILTER_WORDS, type Tables } from './tables.ts'
import { emptyNode, insert, type Node } from './trie.ts'

/** Where the first filter may look; further in, most patterns have met a star. */
const WINDOWS = 13
/** Bits of a filter. */
const BITS = 32
/** Scopes that are asked where. */
const SAMPLED = 256

/** What does not follow from the endpoints that some path can match, and changes no decision. */
export type TableChoices = Pick<Tables, 'methods' | 'window' | 'escapes'>

/** Compiles a policy, with the same choices as before where they are known. Time and space are linear in its size. */
export function buildTables(data: Pick<PolicyData, 'grants' | 'rules'>, choices?: TableChoices): Tables {
  const lists = [...data.grants.values()]
  const methods = choices?.methods ?? sortMethods(grantedMethods(lists))
  const builder = new Builder(methods, data.rules.caseSensitive)
  const window = choices?.window ?? bestWindow(lists)
  const hot = new Int32Array(lists.length * methods.length * FILTER_WORDS)
  const roots = new Int32Array(lists.length)
  const slashRoots = new Int32Array(lists.length)
  const numbers = new Map(methods.map((method, number) => [method, number]))
  for (const [scope, endpoints] of lists.entries()) {
    const alive = endpoints.filter(({ pattern }) => pattern.meaning.kind !== 'never')
    for (const { endpoint, pattern } of alive) {
      const beginning = beginningBits(pattern, window)
      const ending = endingBits(pattern)
      for (const method of endpoint.methods) {
        const row = (scope * methods.length + (numbers.get(method) ?? 0)) * FILTER_WORDS
        const set = (word: number, bits: number): void => {
          hot[row + word] = (hot[row + word] ?? 0) | bits
        }
        if (lists.length <= SCAN_THRESHOLD) set(2, ALL_BITS)
        else if (beginning === ALL_BITS) set(2, ending)
        else {
          set(0, beginning)
          set(1, ending)
        }
      }
    }
    roots[scope] = builder.add(alive)
    slashRoots[scope] = builder.add(alive.filter(({ pattern }) => pattern.endsInSlash))
  }
  return {
    scopes: copyTexts([...data.grants.keys()]),
    methods,
    hot,
    window,
    roots,
    slashRoots,
    escapes: choices?.escapes === true || keepsEscape(lists),
    ...builder.finish(),
  }
}

/** Strings that were cut out of the document would keep all of it in memory; JSON makes new ones. */
function copyTexts(texts: readonly string[]): readonly string[] {
  return JSON.parse(JSON.stringify(texts)) as string[]
}

/** Endpoints with the same methods mostly share the list of them, so few lists are looked at. */
function grantedMethods(lists: readonly (readonly InterpretedEndpoint[])[]): ReadonlySet<string> {
  const seen = new Set<readonly string[]>()
  for (const list of lists) for (const { endpoint } of list) seen.add(endpoint.methods)
  return new Set([...seen].flat())
}

/** What most APIs are asked for stands first, since the walker looks methods up one by one. */
function sortMethods(methods: ReadonlySet<string>): readonly string[] {
  const usual = [...USUAL_METHODS, 'HEAD', 'OPTIONS'].filter((method) => methods.has(method))
  return [...new Set([...usual, ...[...methods].sort()])]
}

class Builder {
  readonly #code: number[] = []
  readonly #sets: MethodSets
  readonly #setIds = new Map<readonly string[], number>()
  readonly #caseSensitive: boolean
  readonly #runs: string[] = []
  readonly #runIds = new Map<string, number>()
  readonly #automata: FlatNfa[] = []
  readonly #automatonIds = new Map<string, number>()

  constructor(methods: readonly string[], caseSensitive: boolean) {
    this.#sets = new MethodSets(methods)
    this.#caseSensitive = caseSensitive
  }

  /** Adds a tree of patterns that some path can match; returns where it begins, or -1 without any. */
  add(endpoints: readonly InterpretedEndpoint[]): number {
    if (endpoints.length === 0) return -1
    const root = emptyNode()
    for (const { endpoint, pattern } of endpoints) this.#insert(root, pattern, this.#set(endpoint.methods))
    return layOut(root, this.#code)
  }

  finish(): Pick<Tables, 'code' | 'sets' | 'setCount' | 'runs' | 'automata'> {
    return {
      code: this.#code.some((unit) => unit > 0xffff)
        ? Uint32Array.from(this.#code)
        : Uint16Array.from(this.#code),
      sets: this.#sets.table(),
      setCount: this.#sets.size,
      runs: copyTexts(this.#runs),
      automata: this.#automata,
    }
  }

  /** Endpoints with the same methods mostly share the list of them. */
  #set(methods: readonly string[]): number {
    const id = this.#setIds.get(methods) ?? this.#sets.id(methods)
    this.#setIds.set(methods, id)
    return id
  }

  #insert(root: Node, pattern: Pattern, set: number): void {
    const { meaning } = pattern
    if (meaning.kind === 'expression') {
      const prefix = literalPrefix(pattern.text)
      const node = insert(root, this.#caseSensitive ? prefix : foldCase(prefix))
      node.automata.push({ set, automaton: this.#automaton(pattern.text, meaning.expression) })
      return
    }
    const { runs } = meaning as Extract<Meaning, { kind: 'runs' }>
    const node = insert(root, runs[0] as string)
    if (runs.length === 1) {
      node.set = this.#sets.union(node.set, set)
      return
    }
    // Runs between two stars next to each other are empty: any text, which the first star has taken.
    const middles = runs.slice(1, -1).filter((run) => run !== '')
    const last = runs.at(-1) as string
    if (last === '' && middles.length === 0) {
      node.rest = this.#sets.union(node.rest, set)
      return
    }
    node.star ??= emptyNode()
    const end = insert(node.star, reverse(last))
    if (middles.length === 0) end.set = this.#sets.union(end.set, set)
    else end.middles.push({ set, runs: middles.map((run) => this.#run(run)) })
  }

  #run(run: string): number {
    const known = this.#runIds.get(run) ?? this.#runs.push(run) - 1
    this.#runIds.set(run, known)
    return known
  }

  #automaton(text: string, expression: Expression): number {
    const known = this.#automatonIds.get(text) ?? this.#automata.push(flatNfaOf(expression)) - 1
    this.#automatonIds.set(text, known)
    return known
  }
}

function reverse(text: string): string {
  return text.split('').reverse().join('')
}

/**
 * The beginning of a `segment` pattern that every match shares: plain characters up to the first that may
 * be syntax, and not the segment in which that stands, since `a/**` also matches `a`. None where a bar may
 * begin another alternative.
 */
function literalPrefix(text: string): string {
  if (text.includes('|')) return ''
  const syntax = text.search(/[^\w~%/-]|$/)
  return text.slice(0, Math.max(0, text.lastIndexOf('/', syntax)))
}

function beginningBits({ meaning }: Pattern, window: number): number {
  if (meaning.kind !== 'runs') return ALL_BITS
  const run = meaning.runs[0] as string
  if (meaning.runs.length > 1 && run.length < window + FILTER_LENGTH) return ALL_BITS
  return 1 << filterBit(unit(run, window), unit(run, window + 1))
}

function endingBits({ meaning }: Pattern): number {
  if (meaning.kind !== 'runs') return ALL_BITS
  const run = meaning.runs.at(-1) as string
  if (meaning.runs.length > 1 && run.length < FILTER_LENGTH) return ALL_BITS
  return 1 << filterBit(unit(run, run.length - 1), unit(run, run.length - 2))
}

function unit(run: string, at: number): number {
  return at >= 0 && at < run.length ? run.charCodeAt(at) : 0
}

function keepsEscape(lists: readonly (readonly InterpretedEndpoint[])[]): boolean {
  return lists.some((list) => list.some(({ endpoint }) => endpoint.pattern.includes('%')))
}

/**
 * The place at which a beginning lets the fewest other scopes pass. A scope with a pattern whose first star
 * comes too early for a place lets all pass there.
 */
function bestWindow(lists: readonly (readonly InterpretedEndpoint[])[]): number {
  // A sample is enough; evenly spaced, so that it depends on nothing but the policy.
  const every = Math.ceil(lists.length / SAMPLED)
  const sample = lists.filter((_, index) => index % every === 0)
  let best = 0
  let fewest = Infinity
  for (let window = 0; window < WINDOWS; window++) {
    const patterns = new Int32Array(BITS)
    const scopes = new Int32Array(BITS)
    let early = 0
    for (const list of sample) {
      let passed = 0
      for (const { pattern } of list) {
        const bits = beginningBits(pattern, window)
        if (bits === ALL_BITS) early += 1
        else increment(patterns, 31 - Math.clz32(bits))
        passed |= bits
      }
      for (const bit of scopes.keys()) if (((passed >>> bit) & 1) === 1) increment(scopes, bit)
    }
    const passing = patterns.reduce((sum, count, bit) => sum + (count + early) * (scopes[bit] as number), 0)
    if (passing < fewest) {
      fewest = passing
      best = window
    }
  }
  return best
}

function increment(counts: Int32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1
}
