import { spanInside } from '../../../yaml/node.ts'
import { formatNumber, quote } from '../../../diagnostic/words.ts'
import { eachText, LINE_FIELDS } from '../../labels.ts'
import type { RuleDefinition } from '../../rule.ts'

/** Beyond so many characters the exact number does not matter. */
const COUNTED = 10_000

export const labelTooLong: RuleDefinition = {
  id: 'label-too-long',
  severity: 'warning',
  summary: 'a label that is too long for a line of the consent screen',
  why:
    'What is long is not read. Say in a few words what an app may do, and the rest in `description`. The setting ' +
    '`labelLength` is the limit, 120 by default, in characters as a person counts them. Also of `group`.',
  bad: `
profile:
  label: >-
    Access your profile information, which is your name, your picture, your position, the time zone and language
    that you chose, and the groups whose member you are at the time of the request
  endpoints:
    - workers/me: GET
`,
  good: `
profile:
  label: Access your profile information
  description: >-
    Your name, your picture, your position, the time zone and language that you chose, and the groups whose member
    you are at the time of the request
  endpoints:
    - workers/me: GET
`,
  check: ({ scopes, settings }, report) => {
    const limit = settings.labelLength
    const segmenter = new Intl.Segmenter()
    for (const { field, node } of eachText(scopes, LINE_FIELDS)) {
      const { text } = node
      // A character is at least one code unit.
      if (text.length <= limit) continue
      let characters = 0
      let end = text.length
      for (const { index } of segmenter.segment(text)) {
        if (characters === limit) end = index
        characters += 1
        if (characters > Math.max(limit, COUNTED)) break
      }
      if (characters <= limit) continue
      const many = characters > COUNTED ? `more than ${formatNumber(COUNTED)}` : formatNumber(characters)
      report({
        span: spanInside(node, end, text.length),
        message: `${quote(field)} has ${many} characters, more than ${formatNumber(limit)}`,
        help: field === 'label' ? 'shorten it; details belong into `description`' : 'shorten it',
      })
    }
  },
}
