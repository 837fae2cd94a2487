/**
 * What was thrown, on standard error, where there is no `onDecision`: a server that answers
 * 500 to everything and says nothing costs an afternoon.
 *
 * Once for each guard: clients can cause errors at will, and must not be able to fill a disk.
 */
import { visible } from '../diagnostic/words.ts'

const MAX_LENGTH = 4096

/** A function that reports the first error it is given. Never throws. */
export function firstErrorReporter(): (error: unknown) => void {
  let reported = false
  return (error) => {
    if (reported) return
    reported = true
    try {
      console.error(
        `scope-policy: a request could not be judged and was denied with 500. Further errors are not reported here: set \`onDecision\` to receive them.\n${describe(error)}`,
      )
    } catch {
      // A hostile error, or a console without a stream.
    }
  }
}

/** Stack or message; controls that came in with a request are made visible, line by line. */
function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error)
  return text.slice(0, MAX_LENGTH).split('\n').map(visible).join('\n')
}
