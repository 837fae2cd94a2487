/**
 * Which configuration belongs to a file: the nearest one in its folder or above, up to the root of the
 * repository. Nothing is merged from further up, so what applies to a file stands in one place.
 *
 * Configuration is data: no code of the repository is run by linting it. The search ends at the folder with
 * `.git`, so that nobody configures the linter from a folder above that others can write to. Nor is it a link
 * out of the working folder: what is wrong with a configuration is shown with lines of it.
 */
import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { quote } from '../../diagnostic/words.ts'
import type { LintConfig } from '../../lint/config/config.ts'
import { readConfig } from '../../lint/config/read-config.ts'
import { pretty } from '../../report/findings/pretty.ts'
import { settingsFor } from '../colors.ts'
import { UsageError } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { CONFIG_NAMES } from '../io/find-sources.ts'

export interface FoundConfig {
  /** The name to show. */
  readonly name: string
  /** Absolute; globs are relative to it. */
  readonly folder: string
  readonly config: LintConfig
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
    const { path: name, read } = this.#io.files.source(file, { instead: NAME_IT })
    const { config, text, diagnostics } = readConfig(await read())
    if (config === null) {
      const { stderr, env } = this.#io
      stderr.write(pretty([{ path: name, text, diagnostics }], settingsFor(stderr, env, this.#flags.color)))
      throw new UsageError(`the configuration ${quote(name)} cannot be used, and nothing was linted`)
    }
    return { name, folder: dirname(file), config }
  }
}

const NAME_IT = 'name that file with --config'

async function presentIn(folder: string, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map((name) => exists(join(folder, name))))
  return names.filter((_, at) => found[at])
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch {
    return false
  }
}
