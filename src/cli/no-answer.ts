/**
 * A source without an answer, as a finding: told on standard error alone, it would leave reports that say
 * nothing was found, while the exit code is 2.
 */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { withSeverity } from '../diagnostic/report.ts'

export const NO_ANSWER = 'no-answer'

/** There is no text to point at. */
export function noAnswer(message: string): readonly Diagnostic<typeof NO_ANSWER>[] {
  return withSeverity([{ code: NO_ANSWER, span: { start: 0, end: 0 }, message }], '', () => 'error')
}
