import type { ScalarNode } from '../../../yaml/node.ts'
import { quote } from '../../../diagnostic/words.ts'
import { PAGE_LANGUAGES } from '../../../language/page-languages.ts'
import { labelTexts } from '../../labels.ts'
import type { RuleDefinition } from '../../rule.ts'
import { canonicalTag } from '../../words/language-tag.ts'

export const labelLocaleWithoutPage: RuleDefinition = {
  id: 'label-locale-without-page',
  severity: 'info',
  summary: 'a language of labels in which the consent page has no strings',
  why:
    'The page then has its labels in one language and its buttons and hints in another one. Write the missing ' +
    'strings in code, with the option `strings` of `renderConsent`, and turn the rule off; or use a language that ' +
    'the page has. Reported once for each language.',
  bad: `
profile:
  label: { en: See your profile, fi: Katso profiiliasi }
  endpoints:
    - workers/me: GET
`,
  good: `
profile:
  label: { en: See your profile, sv: Se din profil }
  endpoints:
    - workers/me: GET
`,
  check: ({ scopes }, report) => {
    const places = new Map<string, ScalarNode[]>()
    for (const { tag } of scopes.flatMap(({ value }) => labelTexts(value))) {
      const language = tag && canonicalTag(tag.text)?.split('-')[0]
      if (tag === undefined || language === undefined || LANGUAGES.has(language)) continue
      places.set(language, [...(places.get(language) ?? []), tag])
    }
    for (const [language, [first, ...others]] of places) {
      if (first === undefined) continue
      const more = others.length === 0 ? '' : `, here and in ${others.length} other places`
      report({
        span: first.span,
        message: `the consent page has no strings in ${quote(language)}${more}`,
        help: 'give the option `strings` of `renderConsent` its words in this language',
      })
    }
  },
}

/** Scripts and regions are a matter of choice among the strings of one language. */
const LANGUAGES: ReadonlySet<string> = new Set(PAGE_LANGUAGES.map((tag) => tag.split('-')[0] ?? tag))
