import { readElsewhereAs } from '../../../yaml/ambiguity.ts'
import { type ScalarNode, spanInside } from '../../../yaml/node.ts'
import type { Edit } from '../../../diagnostic/diagnostic.ts'
import { applyEdits } from '../../../diagnostic/edits.ts'
import { quote } from '../../../diagnostic/words.ts'
import { eachText, TEXT_FIELDS, typedSpan } from '../../labels.ts'
import type { RuleDefinition } from '../../rule.ts'
import { type InvisibleRun, invisibleRuns } from '../../words/invisible.ts'

export const labelInvisibleCharacters: RuleDefinition = {
  id: 'label-invisible-characters',
  severity: 'warning',
  summary: 'a label with invisible characters that do nothing',
  why:
    'Two labels that look the same are not, a search does not find them, and a message can be hidden in them. ' +
    'What languages and emoji need is left alone, and so are soft hyphens and no-break spaces. Also of ' +
    '`description` and `group`.',
  bad: `
profile:
  label: Access your\u200b profile information
  endpoints:
    - workers/me: GET
`,
  good: `
profile:
  label: Access your profile information
  endpoints:
    - workers/me: GET
family:
  label: '👩‍👩‍👦 خانواده‌ها'
  endpoints:
    - families/*: GET
`,
  fix: 'safe',
  check: ({ scopes }, report) => {
    for (const { field, node } of eachText(scopes, TEXT_FIELDS)) {
      const runs = invisibleRuns(node.text)
      const [first] = runs
      if (first === undefined) continue
      const names = [...new Set(runs.flatMap((run) => run.names))]
      const shown = names.length > 4 ? [...names.slice(0, 4), '…'] : names
      const edits = deletions(node, runs)
      report({
        span: spanInside(node, first.start, first.end),
        message: `${quote(field)} has invisible characters that do nothing: ${shown.join(', ')}`,
        help: 'delete them',
        fix: edits && { title: 'delete them', edits },
      })
    }
  },
}

/** Undefined where the text is not in the source as typed, or nothing would be left of it. */
function deletions(node: ScalarNode, runs: readonly InvisibleRun[]): readonly Edit[] | undefined {
  const edits = runs.flatMap(({ start, end }) => {
    const span = typedSpan(node, start, end)
    return span === undefined ? [] : [{ span, text: '' }]
  })
  const rest = applyEdits(
    node.text,
    runs.map((span) => ({ span, text: '' })),
  )
  if (edits.length < runs.length || rest.trim() === '') return undefined
  if (node.style !== 'plain' || staysPlain(rest)) return edits
  return [{ span: node.span, text: JSON.stringify(rest) }]
}

/** Without the characters a plain text could begin a comment, an alias or a mapping, or be a number. */
function staysPlain(text: string): boolean {
  return /^[\p{L}\p{N}][^:#]*[^\s:#]$/u.test(text) && readElsewhereAs(text) === undefined
}
