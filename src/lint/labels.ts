/** The texts of the consent screen, where they are, and in which language. */
import { fieldOf, isAsTyped, type MapNode, type ScalarNode, spanInside } from '../yaml/node.ts'
import type { Span } from '../source/span.ts'
import type { LintScope } from './subject.ts'

/** The fields that people read. */
export type TextField = 'label' | 'description' | 'group'

export const TEXT_FIELDS: readonly TextField[] = ['label', 'description', 'group']

/** Those that are one line: `description` is prose, for what is longer. */
export const LINE_FIELDS: readonly TextField[] = ['label', 'group']

/** One text of a label; `tag` is the key that names its language, where there is one. */
export interface LabelText {
  readonly node: ScalarNode
  readonly tag?: ScalarNode
}

/** The texts of a scope's `label` (or `description`, or `group`) in document order; none where it is absent. */
export function labelTexts(scope: MapNode, field: TextField = 'label'): readonly LabelText[] {
  const label = fieldOf(scope, field)
  if (label === undefined || label.kind === 'list') return []
  if (label.kind === 'scalar') return [{ node: label }]
  return label.entries.flatMap(({ key, value }) =>
    value.kind === 'scalar' ? [{ node: value, tag: key }] : [],
  )
}

/** Every text of these fields, scope by scope. */
export function* eachText(
  scopes: readonly LintScope[],
  fields: readonly TextField[],
): Generator<LabelText & { readonly scope: LintScope; readonly field: TextField }> {
  for (const scope of scopes) {
    for (const field of fields) {
      for (const text of labelTexts(scope.value, field)) yield { scope, field, ...text }
    }
  }
}

/** Whether a string may be English: it says so, or says nothing of its language. */
export function maybeEnglish({ tag }: Pick<LabelText, 'tag'>): boolean {
  return tag === undefined || /^en(?:-|$)/i.test(tag.text)
}

/** The characters `start` to `end` of a string as they are in the source; undefined unless as typed. */
export function typedSpan(node: ScalarNode, start: number, end: number): Span | undefined {
  return isAsTyped(node) ? spanInside(node, start, end) : undefined
}

/** Whether a label has no more letters and digits than the name of its scope: `Invoices Read`, `invoices:read`. */
export function repeatsName(label: string, name: string): boolean {
  return folded(label) === folded(name)
}

function folded(text: string): string {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return letters === '' ? text : letters
}
