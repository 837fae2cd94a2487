/** From bytes to a policy and what there is to report about it, for every command that reads one. */
import { withSeverity } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import { parsePolicy, type ParseOptions, type Policy } from '../index.ts'
import { foreignFinding } from '../lint/foreign-document.ts'
import { readPolicy } from '../load.ts'
import { pretty } from '../report/findings/pretty.ts'
import { byPlace, type FileReport, summarize } from '../report/findings/report.ts'
import { sanitize } from '../report/safe.ts'
import type { ReadFile } from '../yaml/yaml-file.ts'
import { settingsFor } from './colors.ts'
import type { GlobalOptions } from './command.ts'
import { orUsageError, UsageError } from './exit-code.ts'
import type { ProcessIo } from './io/process-io.ts'
import type { Source } from './io/source.ts'

export interface Loaded extends FileReport {
  /** Null when there are errors. */
  readonly policy: Policy | null
}

/** The loader gets the bytes, because only it checks whether they are UTF-8. */
export function loadBytes(path: string, bytes: Uint8Array, options: ParseOptions): Loaded {
  const { policy, diagnostics } = parsePolicy(bytes, options)
  const text = shownText(bytes)
  const foreign = policy === null ? foreignFinding(readPolicy(bytes, options)) : undefined
  if (foreign !== undefined)
    return { path, text, diagnostics: withSeverity([foreign], text, () => 'error'), policy }
  return { path, text, diagnostics: [...diagnostics].sort(byPlace), policy }
}

export interface LoadedPolicy extends Loaded {
  readonly policy: Policy
  readonly bytes: Uint8Array
}

/**
 * The policy of a source, for commands that are of no use without one. Throws {@link UsageError} for a document
 * with errors, which are shown before; `consequence` is what does not happen then. Other findings are one line.
 */
export async function loadPolicy(
  source: Source,
  options: ParseOptions,
  consequence: string,
  io: ProcessIo,
  flags: GlobalOptions,
): Promise<LoadedPolicy> {
  usableOptions(options)
  const bytes = await source.read()
  const loaded = loadBytes(source.path, bytes, options)
  const { path, policy } = loaded
  const { errors, warnings } = summarize([loaded])
  if (policy === null) {
    showFindings([loaded], io, flags)
    const count = errors === 1 ? 'an error' : `${errors} errors`
    throw new UsageError(`${quote(path)} has ${count} and ${consequence}`)
  }
  if (warnings > 0) {
    const [count, them] = warnings === 1 ? ['a warning', 'it'] : [`${warnings} warnings`, 'them']
    io.stderr.write(`note: ${sanitize(quote(path))} has ${count}; \`scope-policy lint\` shows ${them}\n`)
  }
  return { ...loaded, policy, bytes }
}

/** What a file that is not a policy says. Throws {@link UsageError} for one with errors, which are shown before. */
export async function readUsable<T>(
  source: Source,
  read: (bytes: Uint8Array) => ReadFile<T>,
  io: ProcessIo,
  flags: GlobalOptions,
): Promise<T> {
  const { value, text, diagnostics } = read(await source.read())
  if (value !== null) return value
  showFindings([{ path: source.path, text, diagnostics }], io, flags)
  throw new UsageError(`${quote(source.path)} cannot be used`)
}

/** On standard error, before an error that is about the files. */
export function showFindings(
  files: readonly FileReport[],
  { stderr, env }: ProcessIo,
  { color }: GlobalOptions,
): void {
  stderr.write(pretty(files, settingsFor(stderr, env, color)))
}

/**
 * Throws {@link UsageError} for options that the loader cannot use, which come from flags. Tried on an empty
 * policy, so that an exception from a document is never taken for a mistake in the flags.
 */
export function usableOptions(options: ParseOptions): ParseOptions {
  orUsageError(TypeError, () => parsePolicy('{}', options))
  return options
}

/** Bytes that are not UTF-8 are shown as U+FFFD; a byte order mark stays, since offsets count it. */
export function shownText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
