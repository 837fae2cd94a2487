import type { Fix } from '../../diagnostic/diagnostic.ts'
import type { LintName } from '../subject.ts'
import { deleteItem } from './delete-item.ts'

/** A fix that deletes a name from its list; undefined where it cannot be done without loss. */
export function deleteName(source: string, { list, index, shared }: LintName): Fix | undefined {
  const edit = shared ? undefined : deleteItem(source, list, index)
  return edit && { title: 'delete the name', edits: [edit] }
}
