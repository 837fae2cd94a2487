/**
 * Where the `security` of an operation and the policy differ. The document says which scopes are enough; the
 * policy says what each scope opens.
 */
import type { Alternative } from '../model.ts'
import type { OperationCoverage, ReachKind, ScopeReach, UnmetRequirement } from './types.ts'

export interface Agreement {
  readonly asks: OperationCoverage['asks']
  readonly undeclared: readonly string[]
  readonly unmet: readonly UnmetRequirement[]
}

/** What a token with these scopes together may do on the operation. */
export type Together = (scopes: readonly string[]) => {
  readonly reach: ReachKind
  readonly missing?: UnmetRequirement['missing']
}

export function agreementOf(
  security: readonly Alternative[] | null,
  scopes: readonly ScopeReach[],
  isKnown: (scope: string) => boolean,
  hasScope: (scope: string) => boolean,
  together: Together,
): Agreement {
  const asked = (security ?? []).flatMap((one) => (one.kind === 'scopes' ? [one.scopes] : []))
  const asks = askedFor(security, asked)
  if (asks !== 'scopes' && asks !== 'other' && asks !== 'unknown') return { asks, undeclared: [], unmet: [] }
  const alone = new Set(asked.flatMap((list) => (list.length === 1 ? list : [])))
  const undeclared = scopes
    .filter(({ scope, reach }) => reach !== 'undecided' && !alone.has(scope) && isKnown(scope))
    .map(({ scope }) => scope)
  const unmet = asked.flatMap((list): readonly UnmetRequirement[] => {
    const { reach, missing } = together(list)
    if (reach === 'full') return []
    const unknown = list.filter((scope) => !hasScope(scope))
    return [{ scopes: list, reach, ...(missing !== undefined && { missing }), unknown }]
  })
  return { asks, undeclared, unmet }
}

function askedFor(
  security: readonly Alternative[] | null,
  asked: readonly (readonly string[])[],
): OperationCoverage['asks'] {
  if (security === null) return null
  if (security.some(({ kind }) => kind === 'anybody')) return 'nothing'
  if (asked.length === 0) {
    const has = (kind: Alternative['kind']): boolean => security.some((one) => one.kind === kind)
    return has('token') ? 'token' : has('unknown') ? 'unknown' : 'other'
  }
  return asked.some((list) => list.length === 0) ? 'token' : 'scopes'
}
