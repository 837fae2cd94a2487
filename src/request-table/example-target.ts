/**
 * A request target that an endpoint allows on its own: its pattern with a word in place of each star, which
 * people can read; where that is none, the shortest one there is.
 */
import { searchOnly } from '../analysis/own-requests.ts'
import { BudgetExceededError, SearchBudget } from '../automaton/search-budget.ts'
import { RequestAutomaton } from '../automaton/request-automaton.ts'
import { requestPath } from '../analysis/glob.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { isNameMethod } from '../language/scope-fields.ts'
import type { Endpoints } from './endpoints.ts'

const WORDS = ['example', 'x', '1', '']
const BUDGET = { states: 20_000, milliseconds: 2000 }

/** Null is a proof that there is none; undefined when none was found in reasonable time. */
export function exampleTarget(endpoints: Endpoints, index: number): string | null | undefined {
  const { rules, list } = endpoints
  const pattern = endpoints.pattern(index)
  const [method] = list[index]?.endpoint.methods ?? []
  if (method === undefined || pattern.meaning.kind === 'never') return null
  if (isNameMethod(method)) {
    // A word in place of each star, or nothing: what neither of them makes a URI is left open.
    const found = WORDS.map((word) => pattern.text.replace(/\*/g, word))
    return found.find((name) => endpoints.allows(index, method, name))
  }
  const readable = WORDS.map((word) => filled(pattern.text, [word], rules)).find((target) =>
    endpoints.allows(index, method, target),
  )
  if (readable !== undefined) return readable
  try {
    const own = new RequestAutomaton([pattern], rules)
    const found = searchOnly(own, new RequestAutomaton([], rules), rules.pathLength, new SearchBudget(BUDGET))
    return found === null || endpoints.allows(index, method, found) ? found : undefined
  } catch (error) {
    if (error instanceof BudgetExceededError) return undefined
    throw error
  }
}

/** The pattern as a request target, with the words for its stars in turn, the last one for all that follow. */
export function filled(pattern: string, words: readonly string[], rules: PathRules): string {
  let star = 0
  const next = (): string => words[Math.min(star++, words.length - 1)] ?? ''
  const inside = pattern === '/' ? '' : pattern
  return requestPath(
    rules.wildcard === 'any' ? inside.replace(/\*/g, next) : filledSegments(inside, next),
    rules,
  )
}

/** Enough of the syntax to come close; what is not understood stays as it is. */
function filledSegments(pattern: string, next: () => string): string {
  return pattern
    .replace(/\{([^{},]*)(?:,[^{}]*)?\}/g, '$1')
    .replace(/\*+/g, next)
    .replace(/\?/g, 'x')
    .replace(/\[[!^]?([^\]])[^\]]*\]/g, '$1')
}
