/** The description of a scope as the texts of a consent screen. */
import { visible } from '../../diagnostic/words.ts'

/** A line of the consent screen; the linter warns of longer labels. */
const LONGEST_LABEL = 120
const LONGEST_DESCRIPTION = 2000

export interface ScopeText {
  readonly label: string
  /** Where the label could not take all of it. */
  readonly description?: string
}

/** The name stands in for a description that is missing. */
export function scopeText(name: string, description: string): ScopeText {
  const whole = clean(description.slice(0, LONGEST_DESCRIPTION))
  if (whole === '') return { label: name }
  if (whole.length <= LONGEST_LABEL) return { label: whole }
  const [sentence] = /^.*?[.!?](?=\s)/.exec(whole) ?? []
  const label = sentence !== undefined && sentence.length <= LONGEST_LABEL ? sentence : shortened(whole)
  return { label: label.replace(/(?<=\w)\.$/, ''), description: whole }
}

/** On one line, without characters that no scope document may have. */
function clean(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return visible(line) === line ? line : line.replace(/[^\P{C}]/gu, '').trim()
}

function shortened(text: string): string {
  const cut = text.slice(0, LONGEST_LABEL - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > LONGEST_LABEL / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}
