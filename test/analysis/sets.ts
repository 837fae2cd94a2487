/** Request sets of patterns, without a policy. */
import { AnalyzedEndpoint, RequestSet } from '../../src/analysis/request-set.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'

export const RULES: PathRules = { ...DEFAULT_OPTIONS, pathLength: 8192 }
export const SEGMENT: PathRules = { ...RULES, wildcard: 'segment' }

/** `a/*` for GET, or `POST,PUT a/*`. */
export function itemOf(endpoint: string, rules: PathRules = RULES): AnalyzedEndpoint {
  const [first = '', second] = endpoint.split(' ')
  const [methods, pattern] = second === undefined ? [['GET'], first] : [first.split(','), second]
  return new AnalyzedEndpoint({ endpoint: { pattern, methods }, pattern: readPattern(pattern, rules) }, rules)
}

export function setOf(
  endpoints: readonly string[],
  rules: PathRules = RULES,
  allows?: (method: string, path: string) => boolean,
): RequestSet {
  return new RequestSet(
    endpoints.map((endpoint) => itemOf(endpoint, rules)),
    rules,
    allows,
  )
}

/** A budget of which the time is used up. */
export function endedBudget(): SearchBudget {
  const budget = new SearchBudget({ milliseconds: 0 })
  for (;;) {
    try {
      budget.check()
    } catch {
      return budget
    }
  }
}

/** A budget that counts its checks and searches, and never ends. */
export class CountingBudget extends SearchBudget {
  checks = 0
  searches = 0

  override check(): void {
    this.checks += 1
  }

  override restart(): void {
    this.searches += 1
  }
}

/** A budget with which a search fails otherwise than by its end. */
export class BrokenBudget extends SearchBudget {
  override tick(): never {
    throw new Error('broken')
  }

  override within(): this {
    return this
  }
}
