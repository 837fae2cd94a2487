/**
 * Options of the linter given in code. They come from the programmer, so whatever is wrong with them is
 * thrown. Only own properties count.
 */
import { closest, quote } from '../diagnostic/words.ts'
import type { ParseOptions } from '../load.ts'
import { isSeverity, ruleProblem, SEVERITIES } from './codes.ts'
import type { RuleSeverity } from './rule.ts'
import { DEFAULT_SETTINGS, type RuleSettings } from './settings.ts'

/** Options of `lint`, beside those of `parsePolicy`. */
export interface LintOptions extends ParseOptions {
  /**
   * Severities by rule; rules that are not named keep theirs. Also of the warnings of the loader, but not of
   * its errors.
   */
  readonly rules?: Readonly<Record<string, RuleSeverity>> | undefined
  readonly settings?: Partial<RuleSettings> | undefined
}

export interface CheckedLintOptions {
  readonly severities: ReadonlyMap<string, RuleSeverity>
  readonly settings: RuleSettings
  /** Not checked: the loader does so. */
  readonly parse: ParseOptions
}

/** Throws `TypeError` for rules and settings of unknown names or of the wrong kind. */
export function checkLintOptions({ rules, settings, ...parse }: LintOptions): CheckedLintOptions {
  const severities = new Map<string, RuleSeverity>()
  for (const [id, severity] of entries('rules', rules)) {
    if (severity === undefined) continue
    const problem = ruleProblem(id, 'configured')
    if (problem !== undefined) throw new TypeError(`${problem.message}; ${problem.help}`)
    if (!isSeverity(severity)) throw new TypeError(`rule ${id} must be one of ${SEVERITIES.join(', ')}`)
    severities.set(id, severity)
  }
  const checked: Record<string, unknown> = { ...DEFAULT_SETTINGS }
  for (const [name, value] of entries('settings', settings)) {
    if (value === undefined) continue
    const wanted = settingKind(name)
    if (wanted === undefined) {
      const near = closest(name, Object.keys(DEFAULT_SETTINGS))
      const help = near === undefined ? '' : `; did you mean ${quote(near)}?`
      throw new TypeError(`there is no setting ${quote(name)}${help}`)
    }
    if (!IS[wanted](value)) throw new TypeError(`setting ${name} must be ${wanted}`)
    checked[name] = value
  }
  return { severities, settings: checked as unknown as RuleSettings, parse }
}

/** What a setting is, as its default shows it. */
export type SettingKind = 'a list of strings' | 'a whole number from 1 on' | 'true or false' | 'a string'

/** Undefined when there is no such setting. */
export function settingKind(name: string): SettingKind | undefined {
  if (!Object.hasOwn(DEFAULT_SETTINGS, name)) return undefined
  const value: unknown = DEFAULT_SETTINGS[name as keyof RuleSettings]
  if (Array.isArray(value)) return 'a list of strings'
  if (typeof value === 'number') return 'a whole number from 1 on'
  return typeof value === 'boolean' ? 'true or false' : 'a string'
}

const IS: Readonly<Record<SettingKind, (value: unknown) => boolean>> = {
  'a list of strings': (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  'a whole number from 1 on': (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  'true or false': (value) => typeof value === 'boolean',
  'a string': (value) => typeof value === 'string',
}

function entries(name: string, value: unknown): [string, unknown][] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${name} must be an object`)
  }
  return Object.entries(value)
}
