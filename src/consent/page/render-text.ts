import type { PluralString } from '../strings/strings.ts'
import { type Content, markup } from './html.ts'

/** A string of the frame with values in the place of `{name}`: text of others is isolated from it. */
export function withValues(frame: string, values: Readonly<Record<string, string | Content>>): Content {
  return frame.split(/(\{\w+\})/).map((part) => {
    const name = part.startsWith('{') ? part.slice(1, -1) : ''
    return name !== '' && Object.hasOwn(values, name) ? markup`<bdi>${values[name]}</bdi>` : part
  })
}

/** The same as plain text: U+2068 and U+2069 isolate where there are no elements. */
export function filled(frame: string, values: Readonly<Record<string, string>>): string {
  return frame.replace(/\{(\w+)\}/g, (all, name: string) =>
    Object.hasOwn(values, name) ? `\u2068${values[name] ?? ''}\u2069` : all,
  )
}

/** The string for so many, with the number in it; for so many or more, `3+`. */
export function counted(string: PluralString, count: number, lang: string, orMore = false): string {
  const number = count.toLocaleString(lang) + (orMore ? '+' : '')
  if (typeof string === 'string') return string.replaceAll('{count}', number)
  // Other forms may spell the number as a word.
  const category = orMore ? 'other' : new Intl.PluralRules(lang).select(count)
  const chosen = Object.hasOwn(string, category) ? string[category] : undefined
  return (chosen ?? string.other).replaceAll('{count}', number)
}
