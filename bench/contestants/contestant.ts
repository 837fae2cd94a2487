/**
 * What every contestant of the benchmark is: a name, a family, and a way to make the question
 * "may a token with these scopes call this method on this path?" out of a policy.
 */
import type { Entry } from '../workload/workload.ts'

/**
 * - `yardstick`: reads its input and decides nothing;
 * - `ours`: this package;
 * - `exact`: can say what a pattern means, give or take; answers like the policy does;
 * - `router`: finds one route by segments; many patterns mean something else to it.
 */
export type Family = 'yardstick' | 'ours' | 'exact' | 'router'

export interface PolicyInput {
  /** The scopes with their endpoints, patterns without a leading slash. */
  readonly scopes: readonly (readonly [scope: string, entries: readonly Entry[]])[]
  /** The same as YAML bytes, read anew on each call. */
  readonly yaml: () => Uint8Array
  /** How long a path may be; hostile cases ask for more than the default. */
  readonly pathLength?: number
}

export type Authorize<Subject> = (subject: Subject, method: string, path: string) => boolean

export interface Authorizer {
  /** The function that is timed. It takes what `subjectOf` gives. */
  readonly authorize: Authorize<never>
  /** What a token is handed over as, made before the clock starts: by default the array of its scopes. */
  readonly subjectOf: (scopes: readonly string[]) => unknown
  /** What has to be said about this policy, for instance that routes were left out. */
  readonly note?: string
}

export interface Contestant {
  readonly name: string
  readonly family: Family
  /** The npm package that it comes from. */
  readonly package?: string
  /** How it is used here, in one clause. */
  readonly about: string
  /** Whether a token is resolved before the clock starts, so that new arrays of scopes make no sense. */
  readonly resolved?: boolean
  readonly create: (policy: PolicyInput) => Authorizer | Promise<Authorizer>
}

/** For contestants that take the array of scopes on every call. */
export function perCall(authorize: Authorize<readonly string[]>, note?: string): Authorizer {
  return { authorize, subjectOf: (scopes) => scopes, ...(note === undefined ? {} : { note }) }
}

/**
 * A peer package from the benchmark's own dependencies. They are not installed where only the project is
 * tested, so each is loaded by name and described by the few members that are used.
 */
export async function peer(name: string): Promise<unknown> {
  return (await import(name)) as unknown
}
