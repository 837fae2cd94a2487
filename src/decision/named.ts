/**
 * Policies whose scope names are known to the compiler.
 *
 * A name that is written in the code must be one of the policy's: `authorize(['porfile'], …)` does not
 * compile. What comes from a token is a `string`, which only the run time can check, and is accepted.
 */
import type { Scope } from '../policy/model.ts'
import type { Decision, Grant, Policy } from './types.ts'

/** A literal that is not a name of the policy is to be one; everything else may stay what it is. */
type Known<Name extends string, Given extends string> = string extends Given
  ? Given
  : Given extends Name
    ? Given
    : Name

/**
 * The same for the text of a `scope` claim. Several words are not looked at: a type that takes text apart has
 * to recur, and the compiler runs out of stack where it compares two policies with such types.
 */
type Claim<Name extends string, Given extends string> = Given extends '' | `${string} ${string}`
  ? Given
  : Known<Name, Given>

/** {@link ScopesArgument} with the names that are literals checked. */
type NamedScopes<Name extends string, Given extends string> =
  readonly Known<Name, Given>[] | ReadonlySet<Known<Name, Given>> | Claim<Name, Given>

/** Methods, not properties with functions: only so is a policy of some names a policy of any. */
interface Calls<Name extends string> {
  authorize<const Given extends string>(
    scopes: NamedScopes<Name, Given>,
    method: string,
    path: string,
  ): boolean
  grant<const Given extends string>(scopes: NamedScopes<Name, Given>): Grant<Name>
  explain<const Given extends string>(
    scopes: NamedScopes<Name, Given>,
    method: string,
    path: string,
  ): Decision<Name>
  methodsFor<const Given extends string>(scopes: NamedScopes<Name, Given>, path: string): readonly string[]
}

interface NamedAnswers<Name extends string> {
  readonly authorize: Calls<Name>['authorize']
  readonly grant: Calls<Name>['grant']
  readonly explain: Calls<Name>['explain']
  readonly methodsFor: Calls<Name>['methodsFor']
  readonly scopesFor: (method: string, path: string) => readonly Name[]
  readonly setsFor: (method: string, path: string) => readonly (readonly Name[])[]
}

/** A {@link Policy} with known names, as `loadPolicy<'profile' | 'search'>(…)` gives it. */
export interface NamedPolicy<Name extends string>
  extends NamedAnswers<Name>, Omit<Policy, keyof NamedAnswers<Name> | 'scopes' | 'minimalScopes'> {
  readonly scopes: ReadonlyMap<Name, Scope>
  readonly minimalScopes: (...of: Parameters<Policy['minimalScopes']>) => readonly Name[] | null
}

/** A policy that was compiled: it decides and explains, and has no labels. Same meaning as {@link Policy}. */
export interface CompiledPolicy extends Pick<
  Policy,
  'authorize' | 'grant' | 'explain' | 'scopesFor' | 'setsFor' | 'requestAs' | 'methodsFor' | 'fingerprint'
> {
  /** The names in document order. */
  readonly scopes: readonly string[]
}

/** A {@link CompiledPolicy} with known names. */
export interface NamedCompiledPolicy<Name extends string> extends NamedAnswers<Name> {
  readonly requestAs: (scope: string) => string
  readonly fingerprint: string
  readonly scopes: readonly Name[]
}
