/**
 * How often each feature of the language was met, and what came of it. A feature that was never met, or
 * never allowed though it can be, has not been tested, whatever the number of decisions.
 */
import { DOCUMENT_FEATURES } from './document-features.ts'
import { SOURCES } from './cases.ts'
import { PATTERN_FEATURES } from './pattern-features.ts'
import { CLOSED_REQUEST_FEATURES, OPEN_REQUEST_FEATURES } from './request-features.ts'

export interface Count {
  allowed: number
  denied: number
}

export type Counts = Record<string, Count>

/** Answers that are counted where they are given; whether a request is allowed does not matter. */
const ANSWERS: readonly string[] = [
  ...['granted', 'no-scope-covers-path', 'method-not-granted', 'path-refused', 'invalid-argument'].map(
    (reason) => `reason: ${reason}`,
  ),
  ...['method', 'case', 'trailing-slash', 'extension', 'base-path', 'segment'].map(
    (differs) => `nearest: ${differs}`,
  ),
  ...['disjoint', 'equal', 'superset', 'subset', 'partial', 'undecided'].map(
    (relation) => `relation: ${relation}`,
  ),
  ...['small', 'slashes', 'trees', 'automata', 'more'].map((runtime) => `module: ${runtime}`),
  'document: refused for a pattern',
  ...SOURCES.map((form) => `source: ${form}`),
]

/** What must be both allowed and denied, what must be denied, and what must be met at all. */
export const FEATURES: Readonly<Record<'both' | 'denied' | 'met', readonly string[]>> = {
  both: [...DOCUMENT_FEATURES, ...PATTERN_FEATURES, ...OPEN_REQUEST_FEATURES],
  denied: CLOSED_REQUEST_FEATURES,
  met: ANSWERS,
}

export function countFeature(counts: Counts, feature: string, allowed: boolean): void {
  const count = (counts[feature] ??= { allowed: 0, denied: 0 })
  if (allowed) count.allowed += 1
  else count.denied += 1
}

export function addCounts(to: Counts, from: Counts): void {
  for (const [feature, { allowed, denied }] of Object.entries(from)) {
    const count = (to[feature] ??= { allowed: 0, denied: 0 })
    count.allowed += allowed
    count.denied += denied
  }
}

/** What went untested, each as one clause; also features that nobody has listed. */
export function untested(counts: Counts): string[] {
  const of = (feature: string): Count => counts[feature] ?? { allowed: 0, denied: 0 }
  const listed = new Set(Object.values(FEATURES).flat())
  return [
    ...FEATURES.both.filter((one) => of(one).allowed === 0).map((one) => `${one}: never allowed`),
    ...[...FEATURES.both, ...FEATURES.denied]
      .filter((one) => of(one).denied === 0)
      .map((one) => `${one}: never denied`),
    ...FEATURES.denied.filter((one) => of(one).allowed > 0).map((one) => `${one}: allowed`),
    ...FEATURES.met.filter((one) => of(one).allowed + of(one).denied === 0).map((one) => `${one}: never met`),
    ...Object.keys(counts)
      .filter((one) => !listed.has(one))
      .map((one) => `${one}: not among the features`),
  ]
}
