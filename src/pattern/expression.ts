import type { CharSet } from './charset.ts'

/**
 * A regular expression over the characters of a path, as a tree: what a `segment` pattern means.
 *
 * Guards are zero-width: `start` and `end` of the path, `more` (at least one character follows) and
 * `not-dots` (the rest of the segment is neither empty nor a single dot).
 */
export type Expression =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly Expression[] }
  | { readonly kind: 'choice'; readonly items: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly item: Expression; readonly min: 0 | 1 }
  | { readonly kind: 'guard'; readonly guard: Guard }

export type Guard = 'start' | 'end' | 'more' | 'not-dots'

// Frozen, since they are part of policies that programs get to see.
export const EMPTY: Expression = Object.freeze({ kind: 'sequence', items: Object.freeze([]) })
export const NEVER: Expression = Object.freeze({ kind: 'choice', items: Object.freeze([]) })

export function literal(text: string): Expression {
  return {
    kind: 'sequence',
    items: Array.from({ length: text.length }, (_, at) => character(text.charCodeAt(at))),
  }
}

/** Patterns are mostly ASCII text, so its characters are shared by all of them. */
const ASCII: readonly Expression[] = Array.from({ length: 0x80 }, (_, unit) => newCharacter(unit))

/** One character. */
export function character(unit: number): Expression {
  return ASCII[unit] ?? newCharacter(unit)
}

function newCharacter(unit: number): Expression {
  return Object.freeze({ kind: 'set', set: Object.freeze([unit, unit]) })
}
