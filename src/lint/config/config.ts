/**
 * What a configuration file says: data, already checked. Of several parts that apply to one file the later
 * wins, name by name.
 */
import type { GivenOptions } from '../../policy/options.ts'
import type { LintOptions } from '../lint.ts'
import type { RuleSeverity } from '../rule.ts'
import type { RuleSettings } from '../settings.ts'
import { matchesAny } from './globs.ts'

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

/** Of a file relative to the folder of the configuration file. */
export function isIgnored({ ignore }: LintConfig, path: string): boolean {
  return matchesAny(ignore, path, 'gitignore')
}

/** What applies to a file, whose path is relative to the folder of the configuration file. */
export function optionsFor({ overrides, ...base }: LintConfig, path: string): LintOptions {
  const parts: readonly ConfigPart[] = [
    base,
    ...overrides.filter(({ files }) => matchesAny(files, path, 'files')),
  ]
  return Object.assign({}, ...parts.map(({ options }) => options), {
    rules: Object.assign({}, ...parts.map(({ rules }) => rules)) as ConfigPart['rules'],
    settings: Object.assign({}, ...parts.map(({ settings }) => settings)) as ConfigPart['settings'],
  }) as LintOptions
}
