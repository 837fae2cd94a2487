/**
 * One operation as far as it can be compared with plain patterns at once; see `plain-intersection.ts`.
 *
 * **A slash at the end.** With `trailingSlash: ignore` its paths are read without it. With `strict` such a path has
 * two readings, and it is granted where a pattern that asks for the slash matches it, or where some pattern matches
 * it as written and some pattern matches it without the slash. So for each pattern three things are found out:
 *
 * - *alone*: it grants a path by itself. It asks for the slash and matches the path; or it takes a slash, and then
 *   matches both readings as soon as it matches the shorter one;
 * - *with*: it may match a path as written but not without the slash: `users/*` and `users/` (`wildcard: any`);
 * - *without*: it matches a path without its slash and not as written: `users`.
 *
 * Everything is granted if and only if the path of fresh letters is, for the same reason as with one reading.
 * Whether two patterns, one of each kind, share a path is left to the automata, unless a shorter path is known.
 */
import { requestPath } from '../../analysis/glob.ts'
import { LETTERS } from '../../automaton/letters.ts'
import { PARAMETER } from '../../automaton/template-automaton.ts'
import { foldCase, printCanonical } from '../../pattern/canonical.ts'
import { type PathRules, readPath } from '../../pattern/request-path.ts'
import { freshLetter, type Spelled } from './alphabet.ts'
import { commonText, coversAll, type Units, upToSlash, withFresh } from './plain-intersection.ts'
import type { SlashAtEnd } from './plain-pattern.ts'
import type { Piece } from '../read/template.ts'

const SLASH = 0x2f

export interface PlainUnits {
  readonly units: Units
  readonly slash: SlashAtEnd
}

/** What a pattern can do for a path that ends in a slash together with another pattern. */
export type Half = 'with' | 'without'

/** Null for an operation of which a path may have several readings that are not known here. */
export function plainOperation(inside: readonly Piece[], rules: PathRules): PlainOperation | null {
  if (rules.extensions.length > 0) return null
  if (inside.some((piece) => 'parameter' in piece && piece.spans)) return null
  const last = inside.at(-1)
  // The root has a slash or none, in one reading.
  if (last === undefined || ('literal' in last && last.literal === '')) return null
  return new PlainOperation(inside, rules)
}

export class PlainOperation {
  readonly #rules: PathRules
  readonly #crossing: boolean
  /** Without a slash at its end. */
  readonly #template: Units
  readonly #written: Units
  /** What its paths end in. */
  readonly #end: '' | '/'
  /** Whether its paths end in a slash that is judged by both readings. */
  readonly twoReadings: boolean

  /** `inside` is the template below the base path. */
  constructor(inside: readonly Piece[], rules: PathRules) {
    this.#rules = rules
    this.#crossing = rules.wildcard === 'any'
    const last = inside.at(-1)
    this.#end = last !== undefined && 'literal' in last && last.literal.endsWith('/') ? '/' : ''
    this.twoReadings = this.#end === '/' && rules.trailingSlash === 'strict'
    const text = (fold: (literal: string) => string): Units => {
      const units = inside.flatMap((piece) => {
        if ('parameter' in piece) return [PARAMETER]
        const { literal } = piece
        const shown = this.#crossing ? literal : printCanonical(literal)
        return Array.from(fold(shown), (char) => char.charCodeAt(0))
      })
      return units.slice(0, units.length - this.#end.length)
    }
    this.#written = text((literal) => literal)
    this.#template = rules.caseSensitive ? this.#written : text(foldCase)
  }

  /** Null when a pattern grants no path of it by itself; undefined when it takes a closer look. */
  alone({ units, slash }: PlainUnits): string | null | undefined {
    if (!this.twoReadings) return slash === 'asks' ? null : this.#common(units)
    if (slash === 'none') return null
    return slash === 'takes' ? this.#common(units) : this.#commonWithSlash(units)
  }

  /** Undefined for a pattern that does nothing for a path together with others, beyond what it does by itself. */
  half({ units, slash }: PlainUnits): Half | undefined {
    if (!this.twoReadings || slash === 'asks') return undefined
    if (slash === 'none') return this.#common(units) === null ? undefined : 'without'
    const start = this.#crossing ? upToSlash(units) : null
    return start === null || this.#commonWithSlash(start) === null ? undefined : 'with'
  }

  /** Whether these patterns grant all paths, together. */
  covers(patterns: readonly PlainUnits[]): boolean {
    if (!this.twoReadings) {
      return patterns.some(({ units, slash }) => slash !== 'asks' && this.#coversAll(this.#template, units))
    }
    const withSlash = [...this.#template, SLASH]
    let asWritten = false
    let without = false
    for (const { units, slash } of patterns) {
      if (slash === 'none') without ||= this.#coversAll(this.#template, units)
      else if (slash === 'asks') {
        if (this.#coversAll(withSlash, units)) return true
      } else if (this.#coversAll(this.#template, units)) return true
      else asWritten ||= this.#crossing && this.#coversAll(withSlash, units)
    }
    return asWritten && without
  }

  /**
   * A path of fresh letters: a shortest one, and granted by patterns that spell none but these if and only if they
   * grant all paths. Undefined where there is none.
   */
  fresh(spelled: readonly (Spelled | null)[]): string | undefined {
    const fresh = freshLetter(spelled, this.#rules.caseSensitive)
    if (fresh === null) return undefined
    const units = withFresh(this.#written, LETTERS[fresh])
    return this.#accepted(String.fromCharCode(...units))
  }

  #common(pattern: Units): string | null | undefined {
    const text = commonText(this.#template, pattern, this.#crossing, this.#written)
    return text === null ? null : this.#accepted(text)
  }

  #commonWithSlash(pattern: Units): string | null | undefined {
    const template = [...this.#template, SLASH]
    const written = [...this.#written, SLASH]
    const text = commonText(template, pattern, this.#crossing, written)
    return text === null ? null : this.#accepted(text.slice(0, -1))
  }

  #coversAll(template: Units, pattern: Units): boolean {
    return coversAll(template, pattern, this.#crossing)
  }

  /** The request, unless the path rules read it as something else. `text` is without a slash at its end. */
  #accepted(text: string): string | undefined {
    const path = requestPath(text, this.#rules) + this.#end
    const reading = readPath(path, this.#rules)
    if (reading.refusal !== undefined || reading.path === null) return undefined
    return (reading.withoutSlash === undefined) === !this.twoReadings ? path : undefined
  }
}
