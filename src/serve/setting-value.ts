import { suggest, quote } from '../diagnostic/words.ts'
import type { Setting } from './settings.ts'

/** A value, or one clause that says what is wrong with it. */
export type SettingValue =
  { readonly value: string | number | boolean | readonly string[] } | { readonly problem: string }

/** Reads the texts of a setting: one, or several where it is a list. */
export function settingValue(setting: Setting, texts: readonly string[]): SettingValue {
  const { kind, choices, least = 0, most = Infinity } = setting
  if (texts.length === 0 || texts.some((text) => text.trim() === '')) return { problem: 'it is empty' }
  const [text = '', second] = texts
  if (kind !== 'list' && second !== undefined) return { problem: 'it takes one value, not a list' }
  if (kind === 'number') {
    const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    return value >= least && value <= most
      ? { value }
      : { problem: `${quote(text)} is no number from ${least} to ${most}` }
  }
  if (kind === 'switch') {
    return text === 'true' || text === 'false'
      ? { value: text === 'true' }
      : { problem: `${quote(text)} is neither \`true\` nor \`false\`` }
  }
  const unknown = choices === undefined ? undefined : texts.find((one) => !choices.includes(one))
  if (unknown !== undefined)
    return { problem: `${quote(unknown)} is not possible; ${suggest(unknown, choices ?? [])}` }
  return { value: kind === 'list' ? texts : text }
}

/** Text of a flag or a variable: of a list, words separated by commas. */
export function splitValue(setting: Setting, text: string): readonly string[] {
  return setting.kind === 'list' ? text.split(',').map((word) => word.trim()) : [text]
}
