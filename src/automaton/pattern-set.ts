/**
 * The patterns of one scope for one method as one nondeterministic automaton over {@link LETTERS}, for the
 * subset construction. It has two kinds of acceptance: by any pattern, and by one that ends in a slash.
 */
import { LETTERS } from './letters.ts'

/** Some pattern accepts. */
export const MATCHES = 1
/** A pattern that spells a slash at its end accepts. */
export const ASKS_FOR_SLASH = 2

export interface PatternSet {
  /** The states before the first letter, sorted. */
  readonly start: readonly number[]
  /** The states after one more letter, sorted. */
  readonly move: (states: readonly number[], letter: number) => readonly number[]
  /** {@link MATCHES} and {@link ASKS_FOR_SLASH}, as bits. */
  readonly accepts: (states: readonly number[]) => number
  /** For each letter a number; letters of one number are never distinguished. */
  readonly classes: readonly number[]
}

/** Numbers letters by what distinguishes them. */
export function classesBy(signature: (letter: number) => string): readonly number[] {
  const numbers = new Map<string, number>()
  return LETTERS.map((_, letter) => {
    const key = signature(letter)
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    return known
  })
}
