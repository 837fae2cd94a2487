/** Thrown by `fromCompiled` for data that is not a compiled policy. Recognized by `code`. */
export class CompiledPolicyError extends Error {
  override readonly name = 'CompiledPolicyError'
  readonly code = 'ERR_INVALID_COMPILED_POLICY'
}

/** Throws when a condition does not hold; `what` says which part of the data is not as it should be. */
export function assert(holds: boolean, what: string): asserts holds {
  if (!holds) throw new CompiledPolicyError(`not a compiled policy: ${what}`)
}
