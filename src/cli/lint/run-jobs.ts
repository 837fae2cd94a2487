/** Lints source after source, and puts the fixes where they belong. */
import { formatNumber, quote } from '../../diagnostic/words.ts'
import { foreignKind } from '../../lint/foreign-document.ts'
import { plural } from '../../report/findings/pretty.ts'
import type { Colors } from '../../report/findings/report.ts'
import { sanitize } from '../../report/safe.ts'
import { decodeUtf8 } from '../../source/decode.ts'
import { UsageError } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { noAnswer } from '../no-answer.ts'
import { type Source, TooLargeError } from '../io/source.ts'
import { diffText } from './diff-text.ts'
import { fixBytes, lintBytes, type Linted, reportOf } from './lint-source.ts'
import type { FoundConfig } from './configs.ts'
import type { Job } from './plan.ts'
import { progressOf } from './progress.ts'

export interface RunSettings {
  /** `write` replaces files and prints standard input; `show` prints what would change. */
  readonly fix: 'no' | 'write' | 'show'
  readonly unsafe: boolean
  readonly verbose: boolean
  /** For the diff, on standard output. */
  readonly colors: Colors
}

export interface Ran {
  readonly files: readonly Linted[]
  /** Whether a source could not be read, or its fixes not be written. */
  readonly failed: boolean
}

/**
 * One source that cannot be read or written does not hide the findings about the others. What cannot be read
 * is reported on standard error, and as a finding in the report.
 */
export async function runJobs(jobs: readonly Job[], settings: RunSettings, io: Io): Promise<Ran> {
  const progress = progressOf(jobs.length, io)
  const runner = new Runner(settings, io, (line) => {
    progress.clear()
    io.stderr.write(`${line}\n`)
  })
  try {
    for (const job of jobs) {
      await runner.run(job)
      progress.step()
    }
  } finally {
    progress.clear()
  }
  runner.sumUp()
  return { files: runner.files, failed: runner.failed }
}

/** Foreign files that are named in the note about them. */
const SHOWN_FOREIGN = 5

class Runner {
  readonly files: Linted[] = []
  failed = false
  readonly #settings: RunSettings
  readonly #io: Io
  readonly #tell: (line: string) => void
  readonly #foreign: string[] = []
  #fixedProblems = 0
  #fixedFiles = 0

  constructor(settings: RunSettings, io: Io, tell: (line: string) => void) {
    this.#settings = settings
    this.#io = io
    this.#tell = tell
  }

  async run(job: Job): Promise<void> {
    const bytes = await attempt(
      () => job.source.read(),
      (error) => {
        const tooLarge = error instanceof TooLargeError && job.ignored !== true
        // Whoever takes the fixed text from standard output must not take nothing for it.
        const printsText = this.#settings.fix === 'write' && job.source.file === undefined
        if (!tooLarge || printsText) this.#fail(error.message)
        const finding = noAnswer(error.message, tooLarge ? error.code : undefined)
        this.files.push({ ...reportOf(job.source.path, '', finding), undecided: [] })
      },
    )
    if (bytes === undefined) return
    const { fix } = this.#settings
    if (job.ignored === true) {
      if (fix === 'write') this.#handOn(job.source, bytes)
      return
    }
    const linted =
      fix === 'no' ? lintBytes(job.source.path, bytes, job.options) : await this.#fix(job, bytes, fix)
    const kind = job.source.found === true && linted.summary.errors > 0 ? foreignKind(linted.text) : undefined
    if (kind !== undefined) {
      this.#foreign.push(`${sanitize(quote(job.source.path))} (${kind})`)
      return
    }
    this.files.push(linted)
    for (const line of notes(job, linted, this.#settings)) this.#tell(line)
  }

  sumUp(): void {
    const [first, ...others] = this.#foreign
    if (first !== undefined) {
      const shown = [first, ...others.slice(0, SHOWN_FOREIGN - 1)].join(', ')
      const more =
        this.#foreign.length > SHOWN_FOREIGN ? ` and ${this.#foreign.length - SHOWN_FOREIGN} more` : ''
      const which =
        others.length === 0 ? 'a file that is not a scope policy' : 'files that are not scope policies'
      this.#tell(`note: passed over ${which}: ${shown}${more}`)
    }
    if (this.#fixedProblems === 0) return
    const verb = this.#settings.fix === 'write' ? 'fixed' : 'would fix'
    this.#tell(`${verb} ${plural(this.#fixedProblems, 'problem')} in ${plural(this.#fixedFiles, 'file')}`)
  }

  async #fix({ source, options }: Job, bytes: Uint8Array, how: 'write' | 'show'): Promise<Linted> {
    const linted = fixBytes(source.path, bytes, options, this.#settings.unsafe)
    const { fixes } = linted
    if (fixes === undefined || fixes.count === 0) {
      if (how === 'write' && source.file === undefined) this.#handOn(source, bytes)
      return linted
    }
    const { file } = source
    if (how === 'show') {
      this.#io.stdout.write(diffText(source.path, fixes.before, fixes.after, this.#settings.colors))
    } else if (file === undefined) this.#io.stdout.write(fixes.after)
    else {
      const written = await attempt(
        async () => {
          await this.#io.files.replace(file, bytes, new TextEncoder().encode(fixes.after))
          return true
        },
        ({ message }) => {
          this.#fail(`${quote(source.path)} cannot be written: ${message}`)
        },
      )
      if (written === undefined) return lintBytes(source.path, bytes, options)
    }
    this.#fixedProblems += fixes.count
    this.#fixedFiles += 1
    return linted
  }

  /** Standard input without fixes. What is not text, or was not read to its end, must not look like it. */
  #handOn({ path }: Source, bytes: Uint8Array): void {
    const decoded = decodeUtf8(bytes)
    if ('text' in decoded) this.#io.stdout.write(decoded.text)
    else this.#fail(`${quote(path)} cannot be handed on: it is not UTF-8`)
  }

  #fail(message: string): void {
    this.#tell(`error: ${sanitize(message)}`)
    this.failed = true
  }
}

async function attempt<T>(
  work: () => Promise<T>,
  failed: (error: UsageError) => void,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    failed(error)
    return undefined
  }
}

/** What is worth knowing beside the findings. */
function notes({ source, config }: Job, linted: Linted, { verbose }: RunSettings): string[] {
  const { fixes, undecided, summary, diagnostics } = linted
  const name = sanitize(quote(source.path))
  const all = summary.errors + summary.warnings + summary.infos
  const more =
    all > diagnostics.length
      ? [
          `note: ${name} has ${formatNumber(all)} findings, of which ${formatNumber(diagnostics.length)} are shown`,
        ]
      : []
  const refused = (fixes?.refused ?? []).map(({ code, reason }) => {
    return `note: a fix in ${name} was left out: ${reason} [${code}]`
  })
  if (!verbose) return [...more, ...refused]
  const configured = config === undefined ? 'no configuration' : configurationText(config)
  return [
    `note: ${name}: ${sanitize(configured)}`,
    ...undecided.map(({ rule, question }) => `note: ${name}: it stays open ${sanitize(question)} [${rule}]`),
    ...more,
    ...refused,
  ]
}

function configurationText({ name, files }: FoundConfig): string {
  const extended = files.slice(0, -1).map((file) => quote(file.name))
  return `configuration ${quote(name)}${extended.length === 0 ? '' : `, which extends ${extended.join(', ')}`}`
}
