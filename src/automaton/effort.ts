/**
 * The work of searches, counted in steps of one to three nanoseconds on a machine of 2020: an arc of an
 * automaton, a few characters compared with a run.
 *
 * Whoever answers more than one decision (an explanation, a denial) reads the count before and after, and
 * stops when it has grown by its budget. Counted and not timed, so that an answer depends on nothing but the
 * question, and so that tests can assert it.
 */
export interface Effort {
  steps: number
  /** Where searches in progress stop, as if they had found nothing; infinite for a decision. */
  limit: number
}

export function createEffort(): Effort {
  return { steps: 0, limit: Number.POSITIVE_INFINITY }
}
