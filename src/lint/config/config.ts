/**
 * What a configuration file says: data, already checked. Of several parts that apply to one file the later
 * wins, name by name.
 */
import type { GivenOptions } from '../../policy/options.ts'
import type { LintOptions } from '../lint.ts'
import type { RuleSeverity } from '../rule.ts'
import type { RuleSettings } from '../settings.ts'
import type { Span } from '../../source/span.ts'
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

/** The path of another configuration, relative to the file that names it. */
export interface Extension {
  readonly path: string
  readonly span: Span
}

/** Globs are relative to the folder of the configuration file, with `/` on every system. */
export interface LintConfig extends ConfigPart {
  /** Configurations that apply before this one. */
  readonly extends: readonly Extension[]
  readonly overrides: readonly Override[]
  /** Files that are not linted. */
  readonly ignore: readonly string[]
}

/** A configuration as it applies to one file, whose path is relative to the folder of the configuration. */
export interface ConfigLayer {
  readonly config: LintConfig
  readonly path: string
}

/** Whether one of the configurations of a file says so. */
export function isIgnored(layers: readonly ConfigLayer[]): boolean {
  return layers.some(({ config, path }) => matchesAny(config.ignore, path, 'gitignore'))
}

/** What applies to a file: of several configurations the later wins, its overrides last. */
export function optionsFor(layers: readonly ConfigLayer[]): LintOptions {
  const parts = layers.flatMap(({ config, path }): readonly ConfigPart[] => [
    config,
    ...config.overrides.filter(({ files }) => matchesAny(files, path, 'files')),
  ])
  return Object.assign({}, ...parts.map(({ options }) => options), {
    rules: Object.assign({}, ...parts.map(({ rules }) => rules)) as ConfigPart['rules'],
    settings: Object.assign({}, ...parts.map(({ settings }) => settings)) as ConfigPart['settings'],
  }) as LintOptions
}
