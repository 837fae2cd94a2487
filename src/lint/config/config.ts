/**
 * What a configuration file says: data, already checked. Of several parts that apply to one file the later
 * wins, name by name.
 */
import picomatch from 'picomatch'
import type { GivenOptions } from '../../policy/options.ts'
import type { LintOptions } from '../lint.ts'
import type { RuleSeverity } from '../rule.ts'
import type { RuleSettings } from '../settings.ts'

export interface ConfigPart {
  readonly rules: Readonly<Record<string, RuleSeverity>>
  readonly settings: Partial<RuleSettings>
  /** Options of the policy; like flags they override `$options` of the document. */
  readonly options: GivenOptions
}

export interface Override extends ConfigPart {
  readonly files: readonly string[]
}

/** Globs are relative to the folder of the configuration file, with `/` on every system. */
export interface LintConfig extends ConfigPart {
  readonly overrides: readonly Override[]
  /** Files that are not linted. */
  readonly ignore: readonly string[]
}

/** `*` stays within a folder, `**` does not; files that begin with a dot are matched like any other. */
const GLOB_OPTIONS = { dot: true, noextglob: true, nonegate: true } as const

/** Why a text is no glob to match files with, as the help that says what to write; undefined when it is one. */
export function globProblem(glob: string): string | undefined {
  if (glob.startsWith('!')) return 'write the files that are meant; `!` takes nothing away'
  if (glob.startsWith('/') || /^[A-Za-z]:/.test(glob)) return 'write it relative to the configuration file'
  if (/^\.\.?(?:\/|$)/.test(glob)) return 'write it relative to the configuration file, without `./` or `../`'
  if (glob.includes('\\')) return 'write `/` between folders'
  if (glob.length > 1000) return 'write a shorter one'
  return undefined
}

/** Of a file relative to the folder of the configuration file. */
export function isIgnored({ ignore }: LintConfig, path: string): boolean {
  return matches(ignore, path)
}

/** What applies to a file, whose path is relative to the folder of the configuration file. */
export function optionsFor({ overrides, ...base }: LintConfig, path: string): LintOptions {
  const parts: readonly ConfigPart[] = [base, ...overrides.filter(({ files }) => matches(files, path))]
  return Object.assign({}, ...parts.map(({ options }) => options), {
    rules: Object.assign({}, ...parts.map(({ rules }) => rules)) as ConfigPart['rules'],
    settings: Object.assign({}, ...parts.map(({ settings }) => settings)) as ConfigPart['settings'],
  }) as LintOptions
}

function matches(globs: readonly string[], path: string): boolean {
  return globs.length > 0 && picomatch([...globs], GLOB_OPTIONS)(path)
}
