import { suggest, quote } from '../diagnostic/words.ts'
import type { Setting } from './settings.ts'

/** A value, or one clause that states what is wrong with it. */
export type SettingValue =
  { readonly value: string | number | boolean | readonly string[] } | { readonly problem: string }

/** Reads the strings of a setting: one, or several where it is a list. */
export function settingValue(setting: Setting, strings: readonly string[]): SettingValue {
  const { name, kind, choices, min = 0, max = Infinity } = setting
  // A separator may be a space; everything else that is only spaces is a mistake.
  const isEmpty = (one: string): boolean => (name === 'scopeSeparator' ? one : one.trim()) === ''
  if (strings.length === 0 || strings.some(isEmpty)) return { problem: 'it is empty' }
  const [first = '', second] = strings
  if (kind !== 'list' && second !== undefined) return { problem: 'it takes one value, not a list' }
  if (kind === 'number') {
    const value = /^\d+(?:\.\d+)?$/.test(first) ? Number(first) : Number.NaN
    return value >= min && value <= max
      ? { value }
      : { problem: `${quote(first)} is not a number from ${min} to ${max}` }
  }
  if (kind === 'switch') {
    return first === 'true' || first === 'false'
      ? { value: first === 'true' }
      : { problem: `${quote(first)} is neither \`true\` nor \`false\`` }
  }
  const unknown = choices === undefined ? undefined : strings.find((one) => !choices.includes(one))
  if (unknown !== undefined)
    return { problem: `${quote(unknown)} is not possible; ${suggest(unknown, choices ?? [])}` }
  return { value: kind === 'list' ? strings : first }
}

/** The string of a flag or a variable: of a list, words separated by commas. */
export function splitValue(setting: Setting, text: string): readonly string[] {
  return setting.kind === 'list' ? text.split(',').map((word) => word.trim()) : [text]
}
