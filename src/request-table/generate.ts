/**
 * A first table for a policy: for every endpoint a request that it allows, and some that it just misses.
 *
 * What the policy decides now is what the table expects, so the table passes, covers every grant, and shows
 * whoever reads it what the policy means; from then on it shows what a change of the policy changes.
 *
 * The same policy always gives the same table. Bounded: at most {@link MAX_ROWS} rows for an endpoint (more
 * only if its methods are granted to as many different sets of scopes), and no row names more than
 * {@link MAX_NAMES} scopes: where more allow a request, the row is about the endpoint's own scope alone.
 */
import type { Policy } from '../decision/types.ts'
import { quote } from '../diagnostic/words.ts'
import { inUsualOrder } from '../language/methods.ts'
import { BASELINE, isNameMethod } from '../language/scope-fields.ts'
import { readPath } from '../pattern/request-path.ts'
import { exampleTarget } from './example-target.ts'
import { across, nearMisses } from './near-misses.ts'
import { printTable, type Row, type Section } from './print-table.ts'
import { Subject } from './subject.ts'
import { allowedTogether } from './together.ts'
import type { GivenOptions } from '../policy/options.ts'

export interface GenerateOptions {
  /** The path of the policy, seen from the table. */
  readonly policy: string
  /** What the policy was read with beside its own `$options`. */
  readonly options?: GivenOptions
}

const MAX_ROWS = 4
const MAX_NAMES = 30

/** The text of the table. */
export function generateTable(policy: Policy, { policy: path, options = {} }: GenerateOptions): string {
  return printTable(new Generator(policy).sections(), path, options)
}

class Generator {
  readonly #subject: Subject
  /** The methods of the API. */
  readonly #methods: readonly string[]
  /** Methods and targets that have a row; with a token, where the row is about that token. */
  readonly #asked = new Set<string>()

  constructor(policy: Policy) {
    this.#subject = new Subject(policy, () => '')
    const granted = this.#subject.endpoints.list.flatMap(({ endpoint }) => endpoint.methods)
    this.#methods = inUsualOrder(granted.filter((method) => !isNameMethod(method)))
  }

  sections(): readonly Section[] {
    const { endpoints, names, policy } = this.#subject
    const section = (
      title: string,
      row: string,
      rowsOf: (index: number) => readonly Row[] | null,
    ): Section => ({
      title,
      endpoints: endpoints
        .of(row)
        .map((index) => ({ pattern: endpoints.pattern(index).text, rows: this.#unasked(rowsOf(index)) })),
    })
    return [
      ...names.map((scope) => section(`Scope ${quote(scope)}`, scope, (index) => this.#rows(index, scope))),
      ...[...policy.combinations.keys()].map((key) =>
        section(`Scopes ${quote(key)} together`, key, (index) => this.#together(index)),
      ),
      section('Every token', BASELINE, (index) => this.#together(index)),
    ]
  }

  /** A token is asked about a request once, though endpoints of the same scopes may share an example. */
  #unasked(rows: readonly Row[] | null): readonly Row[] | null {
    if (rows === null) return null
    return rows.flatMap((row) => {
      const { methods, target, token } = row
      if (token === undefined) return [row]
      // Names may have spaces, and no target has a line break.
      const keyOf = (method: string): string => `${method} ${target}\n${token.join(' ')}`
      const unasked = methods.filter((method) => !this.#asked.has(keyOf(method)))
      for (const method of unasked) this.#asked.add(keyOf(method))
      return unasked.length === 0 ? [] : [{ ...row, methods: unasked }]
    })
  }

  /** One request for a token with just the scopes that the endpoint needs. */
  #together(index: number): readonly Row[] | null {
    const { endpoints } = this.#subject
    const target = exampleTarget(endpoints, index)
    const own = endpoints.list[index]
    if (target === null || target === undefined || own === undefined) return null
    return [{ methods: own.endpoint.methods, target, token: own.needs }]
  }

  #rows(index: number, scope: string): readonly Row[] | null {
    const { endpoints } = this.#subject
    const { methods } = (endpoints.list[index] as (typeof endpoints.list)[number]).endpoint
    const example = exampleTarget(endpoints, index)
    if (example === null || example === undefined) return null
    const pattern = endpoints.pattern(index).text
    const rows = this.#matrix(example, methods, scope)
    const [method] = inUsualOrder(methods)
    // A name belongs to its method, and has no slash, case or segment that a request could miss.
    if (isNameMethod(method)) return rows
    const star = across(pattern, endpoints.rules)
    const misses = [...(star === undefined ? [] : [star]), ...nearMisses(pattern, example, endpoints.rules)]
    for (const { target, shows } of misses) {
      if (rows.length >= MAX_ROWS || method === undefined) break
      if (target.length > endpoints.rules.pathLength || this.#asked.has(`${method} ${target}`)) continue
      const allowed = this.#subject.allowedTo(method, target)
      // A path that the scope allows as well misses nothing, but for a star that takes in more than one thinks.
      const tells = endpoints.allows(index, method, target)
        ? target === star?.target
        : !allowed.includes(scope)
      if (!tells || !this.#isExact(allowed, method, target)) continue
      this.#asked.add(`${method} ${target}`)
      rows.push({ methods: [method], target, scopes: allowed, comment: shows })
    }
    return rows
  }

  /** One path with all methods, those together that the same scopes may. */
  #matrix(target: string, granted: readonly string[], scope: string): Row[] {
    const groups = new Map<string, { scopes: readonly string[]; methods: string[] }>()
    for (const method of isNameMethod(granted[0]) ? granted : this.#methods) {
      if (this.#asked.has(`${method} ${target}`)) continue
      const allowed = this.#subject.allowedTo(method, target)
      const exact = this.#isExact(allowed, method, target)
      if (!exact && !granted.includes(method)) continue
      const key = `${exact} ${allowed.join(' ')}`
      const group = groups.get(key) ?? { scopes: exact ? allowed : [], methods: [] }
      group.methods.push(method)
      groups.set(key, group)
    }
    const needed: Row[] = []
    const others: Row[] = []
    for (const [key, { scopes, methods }] of groups) {
      const needs = methods.some((method) => granted.includes(method))
      if (key.startsWith('false')) needed.push({ methods, target, token: [scope] })
      else
        (needs ? needed : others).push({
          methods,
          target,
          scopes,
          ...(!needs && { comment: 'other methods' }),
        })
    }
    const rows = [...needed, ...others.slice(0, Math.max(0, MAX_ROWS - needed.length))]
    for (const row of rows) {
      if (row.token !== undefined) continue
      for (const method of row.methods) this.#asked.add(`${method} ${target}`)
    }
    return rows
  }

  /** Whether a row with these scopes says it all, and is fit to be read. */
  #isExact(allowed: readonly string[], method: string, target: string): boolean {
    if (allowed.length > MAX_NAMES) return false
    const { policy, names, endpoints } = this.#subject
    if (policy.combinations.size === 0 && policy.baseline === undefined) {
      if (isNameMethod(method)) return true
      const reading = readPath(target, endpoints.rules)
      // Only a slash at the end makes scopes allow together what none allows alone.
      if (reading.refusal !== undefined || reading.withoutSlash === undefined) return true
    }
    const others = names.filter((name) => !allowed.includes(name))
    return allowedTogether(policy, others, method, target) === undefined
  }
}
