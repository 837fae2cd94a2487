/**
 * Which configuration belongs to a file: the nearest one in its folder or above, up to the root of the
 * repository. Nothing is merged from further up but what it `extends`, so one file states what applies.
 *
 * Configuration is data: no code of the repository is run by linting it. The search ends at the folder with
 * `.git`, so that nobody configures the linter from a folder above that others can write to. What is wrong with
 * a configuration is shown with lines of it, so it is not a link out of the working folder, and what it extends
 * is below the root of the repository.
 */
import { stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { withSeverity } from '../../diagnostic/report.ts'
import { quote } from '../../diagnostic/words.ts'
import type { ConfigLayer, LintConfig } from '../../lint/config/config.ts'
import { readConfig } from '../../lint/config/read-config.ts'
import { UsageError } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { CONFIG_NAMES } from '../io/find-sources.ts'
import { isBelow } from '../io/links.ts'
import { showFindings } from '../load.ts'

export interface FoundConfig {
  /** The name to show. */
  readonly name: string
  /** What it extends, in order, and itself last; each file once. */
  readonly files: readonly ConfigFile[]
}

export interface ConfigFile {
  /** The name to show. */
  readonly name: string
  /** Absolute; globs are relative to it. */
  readonly folder: string
  readonly config: LintConfig
}

/** How a configuration applies to a file, named absolutely. */
export function layersFor({ files }: FoundConfig, file: string): readonly ConfigLayer[] {
  return files.map(({ folder, config }) => ({ config, path: relative(folder, file).replaceAll(sep, '/') }))
}

export interface ConfigFlags {
  /** The one for every file, false for none; undefined to search. */
  readonly config?: string | false
  readonly color?: boolean
}

export class Configs {
  readonly #io: Io
  readonly #flags: ConfigFlags
  readonly #byFolder = new Map<string, Promise<FoundConfig | undefined>>()

  constructor(io: Io, flags: ConfigFlags) {
    this.#io = io
    this.#flags = flags
  }

  /** Throws {@link UsageError} for one with errors, which are shown before. */
  of(file: string): Promise<FoundConfig | undefined> {
    const { config } = this.#flags
    if (config === false) return Promise.resolve(undefined)
    if (config === undefined) return this.#search(dirname(file))
    const chosen = resolve(this.#io.cwd, config)
    return this.#once(chosen, () => this.#read(chosen))
  }

  #search(folder: string): Promise<FoundConfig | undefined> {
    return this.#once(folder, async () => {
      const present = await presentIn(folder, CONFIG_NAMES)
      const [first, second] = present.map((name) => join(folder, name))
      if (second !== undefined) {
        const [one, other] = present.map((name) => quote(this.#io.files.nameOf(join(folder, name))))
        throw new UsageError(`there are two configurations in one folder: ${one ?? ''} and ${other ?? ''}`)
      }
      if (first !== undefined) return this.#read(first)
      const above = dirname(folder)
      if (above === folder || (await presentIn(folder, ['.git'])).length > 0) return undefined
      return this.#search(above)
    })
  }

  #once(key: string, find: () => Promise<FoundConfig | undefined>): Promise<FoundConfig | undefined> {
    const found = this.#byFolder.get(key) ?? find()
    this.#byFolder.set(key, found)
    return found
  }

  async #read(file: string): Promise<FoundConfig> {
    const files = new Map<string, ConfigFile>()
    await this.#collect(file, await this.#rootOf(file), [], files)
    return { name: this.#io.files.nameOf(file), files: [...files.values()] }
  }

  /** Adds what a file extends, then itself: what several extend applies once, before all of them. */
  async #collect(
    file: string,
    root: string,
    extending: readonly string[],
    files: Map<string, ConfigFile>,
  ): Promise<void> {
    const { path: name, read } = this.#io.files.source(file, { instead: NAME_IT })
    const { value: config, text, diagnostics } = readConfig(await read())
    if (config === null) throw this.#unusable(name, text, diagnostics)
    const folder = dirname(file)
    for (const { path, span } of config.extends) {
      const extended = resolve(folder, path)
      const refuse = (message: string, help?: string): UsageError =>
        this.#unusable(
          name,
          text,
          withSeverity([{ code: 'invalid-extends', span, message, help }], text, () => 'error'),
        )
      if ([...extending, file].includes(extended))
        throw refuse(`cycle: ${quote(this.#io.files.nameOf(extended))} extends itself`, 'delete this line')
      if (!isBelow(extended, root))
        throw refuse(
          `${quote(path)} is outside of ${quote(this.#io.files.nameOf(root) || '.')}`,
          'name a file of the repository',
        )
      if (files.has(extended)) continue
      try {
        await this.#collect(extended, root, [...extending, file], files)
      } catch (error) {
        if (error instanceof UnusableConfig || !(error instanceof UsageError)) throw error
        throw refuse(error.message)
      }
    }
    files.set(file, { name, folder, config })
  }

  /** Where extended files have to be: the repository; without one the working folder, or that of the file. */
  async #rootOf(file: string): Promise<string> {
    const { cwd } = this.#io
    for (let folder = dirname(file); ; folder = dirname(folder)) {
      if ((await presentIn(folder, ['.git'])).length > 0) return folder
      if (folder === dirname(folder)) return isBelow(file, cwd) ? cwd : dirname(file)
    }
  }

  /** Shows what is wrong with a configuration. */
  #unusable(name: string, text: string, diagnostics: readonly Diagnostic<string>[]): UnusableConfig {
    showFindings([{ path: name, text, diagnostics }], this.#io, this.#flags)
    return new UnusableConfig(`the configuration ${quote(name)} cannot be used, and nothing was linted`)
  }
}

/** What is wrong with it has been shown. */
class UnusableConfig extends UsageError {}

const NAME_IT = 'name that file with --config'

async function presentIn(folder: string, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)))
  return names.filter((_, at) => found[at] !== undefined)
}
