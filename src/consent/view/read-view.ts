import { ownCopy } from '../own.ts'
import type { ConsentView } from './types.ts'

type Writable<Type> = { -readonly [Name in keyof Type]: Type[Name] }

/**
 * A view as it comes back from a template or a session, perhaps made by an earlier version. Nothing is read
 * from prototypes.
 */
export function readView(given: ConsentView): ConsentView {
  const view = ownCopy(given) as Partial<Writable<ConsentView>> & Pick<ConsentView, 'groups'>
  view.declined ??= []
  view.implicit ??= []
  view.nothingToAsk = view.groups.every(({ items }) => items.length === 0)
  return view as ConsentView
}
