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
    items: Array.from({ length: text.length }, (_, at) => {
      const unit = text.charCodeAt(at)
      return { kind: 'set', set: [unit, unit] }
    }),
  }
}
