/** The policy of a source, for commands that are of no use without one. */
import { quote } from '../diagnostic/words.ts'
import type { Policy } from '../index.ts'
import { pretty } from '../report/findings/pretty.ts'
import { summarize } from '../report/findings/report.ts'
import { sanitize } from '../report/safe.ts'
import { settingsFor } from './colors.ts'
import type { GlobalOptions } from './command.ts'
import { UsageError } from './exit-code.ts'
import type { Io } from './io/files.ts'
import type { Loaded } from './load.ts'

/**
 * Throws {@link UsageError} for a document with errors, which are shown before; `consequence` says what does
 * not happen then. What there is besides errors is worth one line.
 */
export function usablePolicy(loaded: Loaded, consequence: string, io: Io, { color }: GlobalOptions): Policy {
  const { errors, warnings } = summarize([loaded])
  if (loaded.policy === null) {
    io.stderr.write(pretty([loaded], settingsFor(io.stderr, io.env, color)))
    const count = errors === 1 ? 'an error' : `${errors} errors`
    throw new UsageError(`${quote(loaded.path)} has ${count} and ${consequence}`)
  }
  if (warnings > 0) {
    const [count, them] = warnings === 1 ? ['a warning', 'it'] : [`${warnings} warnings`, 'them']
    const file = sanitize(quote(loaded.path))
    io.stderr.write(`note: ${file} has ${count}; \`scope-policy lint\` shows ${them}\n`)
  }
  return loaded.policy
}
