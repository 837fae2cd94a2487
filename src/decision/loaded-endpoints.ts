/**
 * The endpoints of a loaded policy, for explanations: the patterns as the document has them, with their
 * places in the source.
 *
 * They are gone through one by one, and a document may have 200,000 of them, so all of it is counted, see
 * {@link Effort}: an endpoint, a pattern that is read, a path that is compared.
 */
import { createEffort, type Effort } from '../automaton/effort.ts'
import { flatNfaOf } from '../automaton/flat-nfa.ts'
import { matchesRuns } from '../matcher/pattern-matcher.ts'
import { createAutomatonRunner } from '../matcher/run-automaton.ts'
import { type Pattern, readPattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import {
  BASELINE,
  isNameMethod,
  NAME_FIELDS,
  type NameField,
  type NameMethod,
  SCOPE_FIELDS,
} from '../language/scope-fields.ts'
import { readNamePattern } from '../pattern/name.ts'
import type { Endpoint, Grants, NamePattern } from '../policy/model.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import type { Endpoints } from './endpoints.ts'

/** One pattern, and whether it matches a path as `readPath` gives it. */
export interface PatternMatcher {
  readonly pattern: Pattern
  readonly matches: (path: string) => boolean
}

/** The matcher of a pattern of the document. */
export type MatcherOf = (pattern: string) => PatternMatcher

/** Patterns of which matchers are kept. */
const MATCHER_CACHE_SIZE = 4096
const ENDPOINT_STEPS = 20
/** What it costs to read a pattern; counted for each use, so that answers do not depend on the cache. */
const READING_STEPS = { any: 500, segment: 20_000 }

/** Matchers made once for each pattern. */
export function patternMatchers(rules: PathRules, effort: Effort = createEffort()): MatcherOf {
  const made = new Map<string, PatternMatcher>()
  return (text) => {
    effort.steps += READING_STEPS[rules.wildcard]
    const known = made.get(text)
    if (known !== undefined) return known
    const matcher = patternMatcher(readPattern(text, rules), effort)
    if (made.size >= MATCHER_CACHE_SIZE) made.clear()
    made.set(text, matcher)
    return matcher
  }
}

function patternMatcher(pattern: Pattern, effort: Effort): PatternMatcher {
  const { meaning } = pattern
  if (meaning.kind === 'never') return { pattern, matches: () => false }
  if (meaning.kind === 'runs') {
    const matches = (path: string): boolean => {
      effort.steps += ENDPOINT_STEPS + (path.length >> 2)
      return matchesRuns(meaning.runs, path)
    }
    return { pattern, matches }
  }
  const run = createAutomatonRunner([flatNfaOf(meaning.expression)], effort)
  return { pattern, matches: (path) => run(0, path, 0, path.length) }
}

/** The endpoints of a scope and of all that it includes, its own first. */
export function* grantedEndpoints(data: PolicyData, scope: string): Generator<Endpoint> {
  const names = new Set([scope])
  // A set that grows while it is walked is walked to its new end.
  for (const name of names) {
    yield* grantsOf(data, name)?.endpoints ?? []
    for (const included of data.scopes.get(name)?.includes ?? []) names.add(included)
  }
}

/** A scope, a combination by its key, or the baseline. */
function grantsOf(data: PolicyData, row: string): Grants | undefined {
  return row === BASELINE ? data.baseline : (data.scopes.get(row) ?? data.combinations.get(row))
}

/** As {@link grantedEndpoints}, for the names that a method is called on. */
function* grantedNames(data: PolicyData, row: string, method: NameMethod): Generator<NamePattern> {
  const field = NAME_FIELDS.find((one) => SCOPE_FIELDS[one].method === method) as NameField
  const rows = new Set([row])
  for (const name of rows) {
    yield* grantsOf(data, name)?.[field] ?? []
    for (const included of data.scopes.get(name)?.includes ?? []) rows.add(included)
  }
}

/** `names` in the order of the scopes' numbers. */
export function grantingEndpoints(
  data: PolicyData,
  names: readonly string[],
  matcherOf: MatcherOf,
  effort: Effort,
): Endpoints['granting'] {
  return (scope, method, path, mayGoOn) => {
    const found: ReturnType<Endpoints['granting']>[number][] = []
    if (isNameMethod(method)) {
      for (const { pattern, span } of grantedNames(data, names[scope] as string, method)) {
        if (!mayGoOn()) break
        effort.steps += ENDPOINT_STEPS + READING_STEPS.any + (path.length >> 2)
        const { meaning } = readNamePattern(method, pattern)
        if (meaning.kind !== 'runs' || !matchesRuns(meaning.runs, path)) continue
        found.push({ endpoint: pattern, ...(span !== undefined && { span }) })
      }
      return found
    }
    for (const { pattern, methods, span } of grantedEndpoints(data, names[scope] as string)) {
      if (!mayGoOn()) break
      effort.steps += ENDPOINT_STEPS
      if (!methods.includes(method) || !matcherOf(pattern).matches(path)) continue
      found.push({ endpoint: pattern, ...(span !== undefined && { span }) })
    }
    return found
  }
}
