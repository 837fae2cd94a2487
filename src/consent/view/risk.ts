/**
 * The risk of a scope that does not state one, from what it opens:
 *
 * |        | reads            | creates, changes | deletes |
 * |--------|------------------|------------------|---------|
 * | high   |                  | everything       | any     |
 * | medium | everything       | some             |         |
 * | low    | some, or nothing |                  |         |
 *
 * What is deleted may not come back, so no deletion is less than high.
 */
import type { Risk } from '../../policy/model.ts'
import type { Access } from './types.ts'

export function riskOf({ reads, creates, changes, deletes }: Access): Risk {
  if (deletes !== 'nothing' || creates === 'everything' || changes === 'everything') return 'high'
  return reads === 'everything' || creates === 'some' || changes === 'some' ? 'medium' : 'low'
}

const RANKS: Readonly<Record<Risk, number>> = { low: 0, medium: 1, high: 2 }

export function isRiskier(a: Risk, b: Risk): boolean {
  return RANKS[a] > RANKS[b]
}
