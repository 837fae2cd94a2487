import type { Pattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Combination, Endpoint, PolicyOptions, Scope } from './model.ts'

/** An endpoint with its interpreted pattern: what matcher and analysis start from. */
export interface InterpretedEndpoint {
  readonly endpoint: Endpoint
  readonly pattern: Pattern
}

/** A policy between document and matcher: plain data, nothing of the layout but spans. */
export interface PolicyData {
  readonly options: PolicyOptions
  readonly rules: PathRules
  /** In document order. */
  readonly scopes: ReadonlyMap<string, Scope>
  /** What tokens may do that hold several scopes, by the key as written; in document order. */
  readonly combinations: ReadonlyMap<string, Combination>
  /** What every token may do. */
  readonly baseline?: Combination
  /**
   * For each scope its own endpoints and those of the scopes it includes, however far; then for each combination
   * and the baseline, by their keys, their own.
   */
  readonly grants: ReadonlyMap<string, readonly InterpretedEndpoint[]>
}
