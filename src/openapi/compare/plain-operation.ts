/** One operation as far as it can be compared with plain patterns at once; see `plain-intersection.ts`. */
import { requestPath } from '../../analysis/glob.ts'
import { LETTERS } from '../../automaton/letters.ts'
import { PARAMETER } from '../../automaton/template-automaton.ts'
import { foldCase, printCanonical } from '../../pattern/canonical.ts'
import { type PathRules, readPath } from '../../pattern/request-path.ts'
import { freshLetter, type Spelled } from './alphabet.ts'
import { commonText, coversAll, type Units, withFresh } from './plain-intersection.ts'
import type { Piece } from '../read/template.ts'

/** Null for an operation of which a path may have several readings. */
export function plainOperation(inside: readonly Piece[], rules: PathRules): PlainOperation | null {
  const last = inside.at(-1)
  const endsInSlash =
    last === undefined || ('literal' in last && (last.literal === '' || last.literal.endsWith('/')))
  const spans = inside.some((piece) => 'parameter' in piece && piece.spans)
  return endsInSlash || spans || rules.extensions.length > 0 ? null : new PlainOperation(inside, rules)
}

export class PlainOperation {
  readonly #rules: PathRules
  readonly #template: Units
  readonly #written: Units
  readonly #crossing: boolean

  /** `inside` is the template behind the base path. */
  constructor(inside: readonly Piece[], rules: PathRules) {
    this.#rules = rules
    this.#crossing = rules.wildcard === 'any'
    const text = (fold: (literal: string) => string): Units =>
      inside.flatMap((piece) => {
        if ('parameter' in piece) return [PARAMETER]
        const { literal } = piece
        const shown = this.#crossing ? literal : printCanonical(literal)
        return Array.from(fold(shown), (char) => char.charCodeAt(0))
      })
    this.#template = text((literal) => (rules.caseSensitive ? literal : foldCase(literal)))
    this.#written = text((literal) => literal)
  }

  /** Null when a pattern has no path of it; undefined when it takes a closer look. */
  meeting(pattern: Units): string | null | undefined {
    const text = commonText(this.#template, pattern, this.#crossing)
    // Folded text need not be a path of the template, whose letters are as written.
    return text === null ? null : this.#rules.caseSensitive ? this.#accepted(text) : undefined
  }

  covers(pattern: Units): boolean {
    return coversAll(this.#template, pattern, this.#crossing)
  }

  /** A path that no pattern matches which spells none but these letters and does not cover all. */
  missing(spelled: readonly (Spelled | null)[]): string | undefined {
    const fresh = freshLetter(spelled, this.#rules.caseSensitive)
    if (fresh === null) return undefined
    const units = withFresh(this.#written, LETTERS[fresh])
    return this.#accepted(String.fromCharCode(...units))
  }

  /** The request, unless the path rules read it as something else. */
  #accepted(text: string): string | undefined {
    const path = requestPath(text, this.#rules)
    const reading = readPath(path, this.#rules)
    return reading.refusal === undefined && reading.path !== null && reading.withoutSlash === undefined
      ? path
      : undefined
  }
}
