/**
 * A source that could not be checked, as a finding: reported on standard error alone, it would leave reports that say
 * nothing was found, while the exit code is 2.
 */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { withSeverity } from '../diagnostic/report.ts'

export const NO_ANSWER = 'no-answer'

/** There is no text to point at. */
export function noAnswer(message: string, code: string = NO_ANSWER): readonly Diagnostic<string>[] {
  return withSeverity([{ code, span: { start: 0, end: 0 }, message }], '', () => 'error')
}
