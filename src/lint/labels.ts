import type { MapNode, ScalarNode } from '../document/node.ts'
import { fieldOf } from './subject.ts'

/** One text of a label; `tag` is the key that names its language, where there is one. */
export interface LabelText {
  readonly node: ScalarNode
  readonly tag?: ScalarNode
}

/** The texts of a scope's `label` (or `description`, or `group`) in document order; none where it is absent. */
export function labelTexts(scope: MapNode, field = 'label'): readonly LabelText[] {
  const label = fieldOf(scope, field)
  if (label === undefined || label.kind === 'list') return []
  if (label.kind === 'scalar') return [{ node: label }]
  return label.entries.flatMap(({ key, value }) =>
    value.kind === 'scalar' ? [{ node: value, tag: key }] : [],
  )
}
