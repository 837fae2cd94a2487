/** What can be asked about policies, and the answers. */

/** One request as evidence: `authorize` decides it as the answer says. */
export interface Witness {
  readonly method: string
  /** With a leading slash, percent-encoded where needed. */
  readonly path: string
}

/**
 * How two sets of requests compare. `equal` comes first (also when both are empty), then `disjoint`
 * (nothing in common, also when one is empty), then inclusion. `undecided` is never a guess: the budget
 * ended before there was a proof.
 */
export type Relation = 'disjoint' | 'equal' | 'superset' | 'subset' | 'partial' | 'undecided'

export interface Comparison {
  readonly relation: Relation
  /** The shortest request that only the first allows; absent when there is none, or when undecided. */
  readonly onlyInA?: Witness
  readonly onlyInB?: Witness
  readonly inBoth?: Witness
  /** With `undecided`, and with `equal` where it is open whether they allow any request: which budget ended. */
  readonly reason?: string
}

/** What a change of policies does to a scope, or to all. */
export type Change = 'equal' | 'widened' | 'narrowed' | 'mixed' | 'undecided'

/** One endpoint that allows what the other policy does not, in the same scope. */
export interface ChangedEndpoint {
  /** The pattern; it may be in a scope that this one includes. */
  readonly endpoint: string
  /** The methods for which it does, in the order GET, POST, PUT, PATCH, DELETE, then the others. */
  readonly methods: readonly string[]
  /** The shortest such request. */
  readonly witness: Witness
}

export interface ScopeChange {
  readonly scope: string
  readonly status: 'added' | 'removed' | 'kept'
  /** Its name before, where the scope was renamed: it is compared with what that name allowed. */
  readonly renamedFrom?: string
  readonly change: Change
  /** Endpoints of `after` that allow a request which this scope did not allow before. */
  readonly added: readonly ChangedEndpoint[]
  /** Endpoints of `before` that allowed a request which this scope does not allow any more. */
  readonly removed: readonly ChangedEndpoint[]
  /** Whether the label, in any language, is another one. */
  readonly relabelled: boolean
  /** The label people consented to is the same, and now means more. */
  readonly sameLabelMoreAccess: boolean
  /** Which budget ended, if one did; there may then be more changes than those listed. */
  readonly reason?: string
}

/**
 * Two scopes that allow something together which they did not before, or the other way round, though each
 * alone allows the same. It takes `trailingSlash: strict`: one scope grants a path that ends in a slash,
 * the other the same path without it. In the place of a scope there may be an alias, or the key of what several
 * scopes hold together.
 */
export interface CombinedChange {
  readonly scopes: readonly [string, string]
  readonly change: 'widened' | 'narrowed'
  readonly witness: Witness
}

export interface PolicyComparison {
  readonly change: Change
  /** Every scope of both: in the order of `after`, then the removed ones. */
  readonly scopes: readonly ScopeChange[]
  /** Names of the options that differ; what they change is reported scope by scope. */
  readonly options: readonly string[]
  readonly combined: readonly CombinedChange[]
}

export interface RedundantEndpoint {
  readonly scope: string
  readonly endpoint: string
  /** The methods that it need not grant. */
  readonly methods: readonly string[]
  /** Other endpoints of the scope, or of scopes that it includes, which grant all of that. */
  readonly coveredBy: readonly string[]
}

export interface Overlap {
  readonly a: string
  readonly b: string
  readonly comparison: Comparison
}

export interface UnreachableEndpoint {
  readonly scope: string
  readonly endpoint: string
  readonly methods: readonly string[]
}
