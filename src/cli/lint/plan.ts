/** What is to be linted and how: sources, each with its configuration and the flags over it. */
import { resolve } from 'node:path'
import { quote } from '../../diagnostic/words.ts'
import { isIgnored, optionsFor } from '../../lint/config/config.ts'
import type { LintOptions } from '../../lint/lint.ts'
import { sanitize } from '../../report/safe.ts'
import { UsageError } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { usableOptions } from '../load.ts'
import type { Source } from '../io/source.ts'
import { type Configs, type FoundConfig, layersFor } from './configs.ts'

export interface Job {
  readonly source: Source
  readonly options: LintOptions
  readonly config?: FoundConfig
  /** It is read only to be handed on. */
  readonly ignored?: true
}

/**
 * Every configuration is read before anything is linted, so that a mistake in one is not buried. What is
 * ignored is left out: silently when it was found below a folder or by a glob, with a note when it was named.
 */
export async function plan(
  sources: readonly Source[],
  configs: Configs,
  flags: LintOptions,
  io: Io,
): Promise<readonly Job[]> {
  const jobs: Job[] = []
  for (const source of sources) {
    const file = source.file ?? resolve(io.cwd, source.path)
    const config = await configs.of(file)
    const layers = config === undefined ? [] : layersFor(config, file)
    if (config !== undefined && isIgnored(layers)) {
      const [name, by] = [sanitize(quote(source.path)), sanitize(quote(config.name))]
      if (source.found !== true) io.stderr.write(`note: ${name} is ignored, as ${by} says\n`)
      if (source.file === undefined) jobs.push({ source, options: {}, ignored: true })
      continue
    }
    const configured = config === undefined ? {} : optionsFor(layers)
    const options = { ...configured, ...flags, rules: { ...configured.rules, ...flags.rules } }
    jobs.push({ source, options: usable(options, config), ...(config !== undefined && { config }) })
  }
  return jobs
}

/** Flags have been checked alone; what is left to go wrong is how they and a configuration go together. */
function usable(options: LintOptions, config: FoundConfig | undefined): LintOptions {
  const { rules, settings, ...parse } = options
  try {
    return { ...usableOptions(parse), rules, settings }
  } catch (error) {
    if (!(error instanceof UsageError) || config === undefined) throw error
    throw new UsageError(`${quote(config.name)}, with the flags: ${error.message}`)
  }
}
