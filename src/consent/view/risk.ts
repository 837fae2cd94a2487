/**
 * The risk of a scope: what the document states, and otherwise `high` where the methods alone show it.
 *
 * |        | reads            | creates, changes | deletes |
 * |--------|------------------|------------------|---------|
 * | high   |                  | everything       | any     |
 * | medium | everything       | some             |         |
 * | low    | some, or nothing |                  |         |
 *
 * Tools count by their names: one that deletes, and a list of all tools, are of high risk, one that may change data is
 * of medium risk.
 *
 * Methods can show that something is dangerous, never that it is harmless: "Read all your mail" is a GET. So
 * a computed `low` or `medium` is not shown to anybody; it only orders scopes that are folded.
 */
import type { Risk } from '../../policy/model.ts'
import { kindOfGrant } from './grant-kind.ts'
import type { Access } from './types.ts'

/** What to show; undefined where only the author of the document could know. */
export function shownRisk(stated: Risk | undefined, access: Access): Risk | undefined {
  return stated ?? (computedRisk(access) === 'high' ? 'high' : undefined)
}

function computedRisk({ reads, creates, changes, deletes, tools = [] }: Access): Risk {
  const kinds = tools.map((tool) => kindOfGrant('tools/call', tool))
  if (tools.includes('*') || kinds.includes('deletes')) return 'high'
  if (deletes !== 'nothing' || creates === 'everything' || changes === 'everything') return 'high'
  if (kinds.includes('changes')) return 'medium'
  return reads === 'everything' || creates === 'some' || changes === 'some' ? 'medium' : 'low'
}

const RANKS: Readonly<Record<Risk, number>> = { low: 0, medium: 1, high: 2 }

interface Rated {
  readonly risk?: Risk | undefined
  readonly access: Access
}

export function isRiskier(a: Rated, b: Rated): boolean {
  return rank(a) > rank(b)
}

function rank({ risk, access }: Rated): number {
  return RANKS[risk ?? computedRisk(access)]
}
