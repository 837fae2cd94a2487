/** From bytes to a policy and what there is to say about it, for every command that reads one. */
import { withSeverity } from '../diagnostic/report.ts'
import { parsePolicy } from '../index.ts'
import type { ParseOptions, Policy } from '../index.ts'
import { foreignFinding } from '../lint/foreign-document.ts'
import { readPolicy } from '../load.ts'
import { byPlace } from '../report/findings/report.ts'
import type { FileReport } from '../report/findings/report.ts'
import { UsageError } from './exit-code.ts'

export interface Loaded extends FileReport {
  /** Null when there are errors. */
  readonly policy: Policy | null
}

/** The loader gets the bytes, because only it can tell whether they are UTF-8. */
export function loadBytes(path: string, bytes: Uint8Array, options: ParseOptions): Loaded {
  const { policy, diagnostics } = parsePolicy(bytes, options)
  const text = shownText(bytes)
  const foreign = policy === null ? foreignFinding(readPolicy(bytes, options)) : undefined
  if (foreign !== undefined)
    return { path, text, diagnostics: withSeverity([foreign], text, () => 'error'), policy }
  return { path, text, diagnostics: [...diagnostics].sort(byPlace), policy }
}

/**
 * Throws {@link UsageError} for options that the loader cannot use, which come from flags. Tried on an empty
 * policy, so that an exception from a document is never taken for a mistake in the flags.
 */
export function usableOptions(options: ParseOptions): ParseOptions {
  try {
    parsePolicy('{}', options)
    return options
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}

/** Bytes that are not UTF-8 are shown as U+FFFD; a byte order mark stays, since offsets count it. */
function shownText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
