/**
 * scope-policy/analysis: exact answers about policies, each with a request as evidence.
 *
 * What a scope allows is a regular language of requests: the path rules, base path, extensions, slash at
 * the end and patterns are all finite automata. So the questions "does it allow more?", "do they overlap?",
 * "does anything change?" are decidable, by textbook constructions on the very patterns that the matcher
 * was built from:
 *
 * - the subset construction, on the fly (`automaton/request-automaton.ts`): one deterministic automaton
 *   for all that `authorize` does with a path;
 * - the product construction, walked by Dijkstra's algorithm (`automaton/product-search.ts`): the shortest
 *   request that one set allows and the other does not, or a proof that there is none;
 * - the fresh letter (`glob.ts`): for `wildcard: any`, where no pattern can name every character,
 *   inclusion in a union of patterns is decided by one request for each pattern, in linear time.
 *
 * Exact: an answer without a witness is a proof, a witness is a request that `authorize` has confirmed.
 * Paths are those that begin with a slash, up to the length limit. Between policies with `wildcard: any`
 * and the same rules every relation is found in polynomial time; in all other cases subsets may grow
 * exponentially with the stars of a scope, and a search that outgrows its budget ends as `undecided`.
 *
 * Rejected: an SMT solver (a hundred times the size of this package, and a separate process), sampling
 * (no proof), comparing patterns one by one (wrong where several cover one together).
 *
 * @module
 */
export { comparePolicies } from './compare-policies.ts'
export { compareScopes } from './compare-scopes.ts'
export { redundantEndpoints } from './redundant.ts'
export { equivalentScopes, overlaps, unreachable } from './scope-relations.ts'
export type {
  Change,
  ChangedEndpoint,
  CombinedChange,
  Comparison,
  Overlap,
  PolicyComparison,
  RedundantEndpoint,
  Relation,
  ScopeChange,
  UnreachableEndpoint,
  Witness,
} from './types.ts'
export type { Budget } from '../automaton/search-budget.ts'
