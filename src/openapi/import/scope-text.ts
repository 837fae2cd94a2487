/** The description of a scope as the texts of a consent screen. */
import { isInvisible, visible } from '../../diagnostic/words.ts'

/** A line of the consent screen; the linter warns of longer labels. */
const MAX_LABEL_LENGTH = 120
const MAX_DESCRIPTION_LENGTH = 2000

export interface ScopeText {
  readonly label: string
  /** Where the label could not take all of it. */
  readonly description?: string
}

/** The name is the label where a description is missing or shows nothing. */
export function scopeText(name: string, description: string): ScopeText {
  const whole = clean(description.slice(0, MAX_DESCRIPTION_LENGTH))
  if (whole === '' || isInvisible(whole)) return { label: name }
  if (whole.length <= MAX_LABEL_LENGTH) return { label: whole }
  const [sentence] = /^.*?[.!?](?=\s)/.exec(whole) ?? []
  const label = sentence !== undefined && sentence.length <= MAX_LABEL_LENGTH ? sentence : shortened(whole)
  return { label: label.replace(/(?<=\w)\.$/, ''), description: whole }
}

/** On one line, without characters that no scope document may have. */
function clean(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return visible(line) === line ? line : line.replace(/[^\P{C}]/gu, '').trim()
}

function shortened(text: string): string {
  // Half of a character beyond U+FFFF is not text.
  const cut = text.slice(0, MAX_LABEL_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')
  const space = cut.lastIndexOf(' ')
  return `${(space > MAX_LABEL_LENGTH / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}
