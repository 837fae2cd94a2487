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
}
