import type { ConsentScope, ConsentView } from './types.ts'

/** Every requested scope that the policy knows, but those that the person declined before and is not asked about. */
export function shownScopes({ groups, granted, implicit }: ConsentView): readonly ConsentScope[] {
  const items = groups.flatMap((group) => group.items)
  return [...items.flatMap((item) => [item, ...item.includes]), ...granted, ...implicit]
}
