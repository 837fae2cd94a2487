import { quote } from '../../../diagnostic/words.ts'
import { entryOf } from '../../../yaml/node.ts'
import { labelTexts, TEXT_FIELDS } from '../../labels.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintScope } from '../../subject.ts'

/** Tags shown of those that are missing. */
const SHOWN = 5

export const labelMissingLocale: RuleDefinition = {
  id: 'label-missing-locale',
  severity: 'warning',
  summary: 'a label without a language that other labels have',
  why:
    'Somebody who reads the consent screen in that language finds one line in another. The languages are those ' +
    'of the setting `locales`, or else those in which at least half of the labels are written. `en` will do ' +
    'for `en-GB`, and the other way round. Also of `description` and `group`, where a scope has them in languages.',
  bad: `
profile:
  label: { en: See your profile, de: Ihr Profil ansehen }
  endpoints:
    - workers/me: GET
search:
  label: { en: Search records }
  endpoints:
    - records/*/search: GET
`,
  good: `
profile:
  label: { en: See your profile, de: Ihr Profil ansehen }
  endpoints:
    - workers/me: GET
search:
  label: { en: Search records, de: Datensätze durchsuchen }
  endpoints:
    - records/*/search: GET
`,
  check: ({ scopes, settings }, report) => {
    const isSet = settings.locales.length > 0
    const wanted = isSet ? settings.locales : usualLocales(scopes)
    for (const { value } of scopes) {
      for (const field of TEXT_FIELDS) {
        const texts = labelTexts(value, field)
        const key = entryOf(value, field)?.key
        if (key === undefined || texts.length === 0) continue
        const tags = texts.flatMap(({ tag }) => tag?.text ?? [])
        // One text is in the one language that is asked for; beside a translated label it may be meant for all.
        if (tags.length === 0 && (wanted.length < 2 || (!isSet && field !== 'label'))) continue
        const covered = coveredBy(tags)
        const missing = wanted.filter((tag) => !covered(tag))
        if (missing.length === 0) continue
        const lacks = `has no text in ${listed(missing)}`
        report({
          span: key.span,
          message: `${quote(field)} ${tags.length === 0 ? `is not translated: it ${lacks}` : lacks}`,
          help: isSet ? 'the setting `locales` asks for it' : 'other labels have it: add the translation',
        })
      }
    }
  },
}

/** The languages in which at least half of the labels are written, in the order of the text. */
function usualLocales(scopes: readonly LintScope[]): readonly string[] {
  const labels = scopes.map(({ value }) => labelTexts(value).flatMap(({ tag }) => tag?.text ?? []))
  const counts = new Map<string, number>()
  for (const tags of labels) {
    for (const tag of tags) counts.set(tag.toLowerCase(), (counts.get(tag.toLowerCase()) ?? 0) + 1)
  }
  const usual = new Map<string, string>()
  for (const tag of labels.flat()) {
    const folded = tag.toLowerCase()
    if (!usual.has(folded) && 2 * (counts.get(folded) ?? 0) >= scopes.length) usual.set(folded, tag)
  }
  return [...usual.values()]
}

/** Whether a tag, or a beginning of it, is among the tags, or is the beginning of one (RFC 4647, section 3). */
function coveredBy(tags: readonly string[]): (tag: string) => boolean {
  const whole = new Set(tags.map((tag) => tag.toLowerCase()))
  const begun = new Set(tags.flatMap(beginnings))
  return (tag) => begun.has(tag.toLowerCase()) || beginnings(tag).some((beginning) => whole.has(beginning))
}

/** `zh`, `zh-hant` and `zh-hant-tw` of `zh-Hant-TW`. */
function beginnings(tag: string): readonly string[] {
  const parts = tag.toLowerCase().split('-')
  return parts.map((_, index) => parts.slice(0, index + 1).join('-'))
}

function listed(tags: readonly string[]): string {
  const shown = tags.slice(0, SHOWN).map(quote).join(', ')
  return tags.length > SHOWN ? `${shown} and others` : shown
}
