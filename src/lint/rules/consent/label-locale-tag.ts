import type { ScalarNode } from '../../../yaml/node.ts'
import { rewriteScalar } from '../../../yaml/rewrite-scalar.ts'
import { quote } from '../../../diagnostic/words.ts'
import { labelTexts, TEXT_FIELDS } from '../../labels.ts'
import type { RuleDefinition, RuleFinding } from '../../rule.ts'
import { canonicalTag } from '../../words/language-tag.ts'

export const labelLocaleTag: RuleDefinition = {
  id: 'label-locale-tag',
  severity: 'warning',
  summary: 'a language tag that is not in the canonical form of BCP 47',
  why:
    'Programs that look a translation up by its tag may not find it under another case or a deprecated name: ' +
    '`EN-us` is `en-US`, `iw` is `he`. Also of `description` and `group`.',
  bad: `
profile:
  label: { EN-us: See your profile, iw: ראו את הפרופיל שלכם }
  endpoints:
    - workers/me: GET
`,
  good: `
profile:
  label: { en-US: See your profile, he: ראו את הפרופיל שלכם }
  endpoints:
    - workers/me: GET
`,
  fix: 'safe',
  check: ({ scopes }, report) => {
    for (const { value } of scopes) {
      for (const field of TEXT_FIELDS) {
        const tags = labelTexts(value, field).flatMap(({ tag }) => tag ?? [])
        const known = new Map<string, ScalarNode>()
        for (const tag of tags) {
          if (canonicalTag(tag.text) === tag.text) known.set(tag.text, tag)
        }
        for (const tag of tags) {
          const canonical = canonicalTag(tag.text)
          if (canonical !== undefined && canonical !== tag.text) report(describe(tag, canonical, known))
          if (typeof canonical === 'string' && !known.has(canonical)) known.set(canonical, tag)
        }
      }
    }
  },
}

/** `known` are the tags of the same text that have been seen, or are canonical, by their canonical form. */
function describe(
  tag: ScalarNode,
  canonical: string | null,
  known: ReadonlyMap<string, ScalarNode>,
): RuleFinding {
  if (canonical === null) {
    return {
      span: tag.span,
      message: `${quote(tag.text)} is not a well-formed language tag`,
      help: 'write a tag of BCP 47, such as `en` or `pt-BR`',
    }
  }
  const message = `language tag ${quote(tag.text)} is ${quote(canonical)} in canonical form`
  const other = known.get(canonical)
  if (other !== undefined) {
    const related = { message: `${quote(other.text)} is the same language`, span: other.span }
    return { span: tag.span, message, help: 'delete one of the two strings', related }
  }
  const edit = rewriteScalar(tag, canonical)
  return {
    span: tag.span,
    message,
    help: `write ${quote(canonical)}`,
    fix: edit && { title: 'write it in canonical form', edits: [edit] },
  }
}
