/** What a report about two policies is made from, and the words that all formats share. */
import type { Change, PolicyComparison, ScopeChange } from '../../analysis/index.ts'
import type { LocalizedText } from '../../policy/model.ts'

export interface DiffReport {
  /** The names of the sources to show. */
  readonly before: string
  readonly after: string
  readonly comparison: PolicyComparison
  /** The label of a scope, as it is now, or was when it is gone. */
  readonly labelOf: (scope: string) => LocalizedText | undefined
}

/** Entries shown of one scope, and scopes shown; a comment on a pull request has a largest size. */
export const MAX_ENDPOINTS = 20
export const MAX_SCOPES = 50

export function changedScopes({ comparison }: DiffReport): readonly ScopeChange[] {
  return comparison.scopes.filter(
    ({ status, renamedFrom, change, relabelled }) =>
      status !== 'kept' || renamedFrom !== undefined || change !== 'equal' || relabelled,
  )
}

/** One clause about all. */
export function headline({ comparison }: DiffReport): string {
  const count = (test: (scope: ScopeChange) => boolean): number => comparison.scopes.filter(test).length
  const more = count(({ added }) => added.length > 0)
  const less = count(({ removed }) => removed.length > 0)
  const parts = [...(more > 0 ? [`${scopes(more)} more`] : []), ...(less > 0 ? [`${scopes(less)} less`] : [])]
  if (parts.length > 0) return `${parts.join(', ')} than before`
  if (comparison.change === 'undecided') return 'whether anything changed is undecided'
  if (comparison.combined.length > 0) return 'scopes allow together what they did not, or no longer'
  return 'every request is decided as before'
}

function scopes(count: number): string {
  return count === 1 ? '1 scope allows' : `${count} scopes allow`
}

export const SAME_LABEL = 'the label people consented to has not changed'

/** `print` writes a name. */
export function statusText(
  { status, renamedFrom, change, reason }: ScopeChange,
  print: (name: string) => string,
): string {
  const what = {
    equal: 'allows the same',
    widened: 'allows more',
    narrowed: 'allows less',
    mixed: 'allows other requests',
    undecided: `undecided, ${reason ?? 'the budget is used up'}`,
  } satisfies Record<Change, string>
  if (status === 'added') return change === 'equal' ? 'new, allows nothing' : 'new'
  if (status === 'removed') return change === 'equal' ? 'removed, allowed nothing' : 'removed'
  return renamedFrom === undefined ? what[change] : `renamed from ${print(renamedFrom)}, ${what[change]}`
}

/** The label on one line. */
export function labelText(label: LocalizedText | undefined): string {
  if (label === undefined) return ''
  return typeof label === 'string' ? label : (Object.values(label)[0] ?? '')
}
