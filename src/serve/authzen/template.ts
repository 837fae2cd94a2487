/**
 * Whether scopes grant every request of a path template: `/todos/{id}` is all of `/todos/1`, `/todos/2`, …
 *
 * Proved, not sampled: the requests of the template and those that the patterns of the scopes allow are two
 * automata, and their product has a path that only the template has, or none (`openapi/compare/reach.ts`,
 * which answers the same question about operations of OpenAPI). `{name}` matches one or more characters of
 * one segment; paths that the path rules refuse belong to no template.
 *
 * A path that is found missing is confirmed by `authorize`. Where the budget ends, or the two disagree, the
 * answer is that it is not known, which denies.
 */
import { SearchBudget } from '../../automaton/search-budget.ts'
import { Reach } from '../../openapi/compare/reach.ts'
import { plainParts, readTemplate } from '../../openapi/read/template.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { ServedPolicy } from '../load-policy.ts'

export type TemplateGrant =
  | { readonly kind: 'all' }
  /** `example` is a request of the template that is not granted; absent where none is a request at all. */
  | { readonly kind: 'not-all'; readonly example?: string }
  | { readonly kind: 'undecided' }

const PARAMETER = /\{[^{}/]+\}/
const MAX_STATES = 50_000
/** The time is asked for once in so many patterns. */
const STRIDE = 256
/** Answers that are kept for each policy. */
const MAX_KNOWN = 1_000

export function isTemplate(path: string): boolean {
  return PARAMETER.test(path)
}

const knownOf = new WeakMap<ServedPolicy, Map<string, TemplateGrant>>()

/** `path` with its leading slash, without a query; `milliseconds` bounds the proof. */
export function grantsTemplate(
  policy: ServedPolicy,
  scopes: readonly string[],
  method: string,
  path: string,
  milliseconds: number,
): TemplateGrant {
  const known = knownOf.get(policy) ?? new Map<string, TemplateGrant>()
  knownOf.set(policy, known)
  const key = JSON.stringify([scopes, method, path])
  const before = known.get(key)
  if (before !== undefined) return before
  const answer = compare(policy, scopes, method, path, milliseconds)
  if (answer.kind !== 'undecided' && key.length < 4_096) {
    if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value ?? '')
    known.set(key, answer)
  }
  return answer
}

function compare(
  policy: ServedPolicy,
  scopes: readonly string[],
  method: string,
  path: string,
  milliseconds: number,
): TemplateGrant {
  const { rules } = policy
  const template = readTemplate(plainParts(path), rules)
  if (template.refusal !== undefined) return { kind: 'not-all' }
  const searchBudget = new SearchBudget({ states: MAX_STATES, milliseconds })
  try {
    const operation = new Reach(patternsOf(policy, scopes, method, searchBudget), rules, searchBudget).of({
      template,
      excluded: [],
    })
    const { missing, allowed, undecided } = operation.compare([...operation.patterns])
    if (undecided !== undefined) return { kind: 'undecided' }
    if (missing === undefined) return allowed === undefined ? { kind: 'not-all' } : { kind: 'all' }
    return policy.authorize(scopes, method, missing)
      ? { kind: 'undecided' }
      : { kind: 'not-all', example: missing }
  } catch {
    // The budget ended while the patterns were read.
    return { kind: 'undecided' }
  }
}

/** The patterns of everything that is held: scopes with what they include, combinations, the baseline. */
function patternsOf(
  policy: ServedPolicy,
  scopes: readonly string[],
  method: string,
  searchBudget: SearchBudget,
): readonly Pattern[] {
  const patterns: Pattern[] = []
  for (const pattern of policy.patterns(scopes, method)) {
    patterns.push(pattern)
    if (patterns.length % STRIDE === 0) searchBudget.check()
  }
  return patterns
}
