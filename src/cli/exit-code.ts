/** What the exit code of every command means. */
export const EXIT = {
  /** Nothing to object to: no errors found, or the request is allowed. */
  clean: 0,
  /** Errors, more warnings than `--max-warnings`, or the request is denied. */
  findings: 1,
  /** Error: wrong usage, a file that cannot be read, a policy that cannot be used, a fault of ours. */
  failure: 2,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** An error that the caller can do something about; the message is one clause. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What `work` returns; an error of this class becomes a {@link UsageError} with its message after `before`. */
export function orUsageError<T>(
  known: abstract new (...given: never[]) => Error,
  work: () => T,
  before = '',
): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof known) throw new UsageError(`${before}${error.message}`)
    throw error
  }
}
