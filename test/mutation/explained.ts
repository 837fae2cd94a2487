/**
 * Mutants that no test can find, each under the reason why it changes no answer, as the report prints them.
 */
export const EXPLAINED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {}
