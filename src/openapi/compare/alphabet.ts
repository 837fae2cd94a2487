/**
 * The few letters that a comparison has to try: those that a side spells, a slash, and one *fresh* letter for
 * all the others.
 *
 * Where patterns are text and stars, and templates text and parameters, a character that neither spells is
 * only ever taken by stars and parameters, which take a fresh letter just as well. So if some path tells the
 * two apart, the path with fresh letters in those places does, too, is no longer, and is accepted: to replace
 * a character by a plain letter makes no dot segment, no empty one and no double encoding. (The same for the
 * three characters of an escape; and UTF-8 is self-synchronising, so that text which spells an escape never
 * begins or ends in the middle of a character of a path.) That saves most of a search, since the path rules
 * need many states for what may follow an escape.
 *
 * Null, and then all letters are tried, where a pattern has more syntax than that, where it spells escapes in
 * `wildcard: segment` (there a star may match a part of one), or when no letter is left to be fresh.
 */
import { LETTER_OF, LETTERS, SLASH_LETTER } from '../../automaton/letters.ts'
import { ESCAPE_BASE, foldCase } from '../../pattern/canonical.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import { ONE, plainText, spellsEscape, STAR } from './plain-pattern.ts'

export type Spelled = ReadonlySet<number>

/** The letters that a pattern spells. */
export function spelledBy(pattern: Pattern, rules: PathRules): Spelled | null {
  const text = plainText(pattern, rules)
  if (text === null || (rules.wildcard === 'segment' && spellsEscape(text))) return null
  return lettersOf(text)
}

/** Those of the base path and the extensions. */
export function spelledByRules({ basePath, extensions }: PathRules): Spelled {
  return lettersOf(`${basePath}${extensions.map((extension) => `.${extension}`).join('')}`)
}

function lettersOf(text: string): Spelled {
  const units = Array.from(text.replaceAll(STAR, '').replaceAll(ONE, ''), (char) => char.charCodeAt(0))
  return new Set(units.flatMap((unit) => LETTER_OF.get(unit) ?? []))
}

/** Not `a` to `f`, which after a percent sign could be a part of an escape that is encoded twice. */
const FRESH = /^[g-zG-Z]$/

/** All that are spelled, with the fresh one. */
export function alphabetOf(spelled: readonly (Spelled | null)[], caseSensitive: boolean): Spelled | null {
  const letters = lettersOfAll(spelled, caseSensitive)
  const fresh = letters && freshAmong(letters)
  return letters === null || fresh === null ? null : letters.add(fresh)
}

/** A letter that none of them spells, in neither case where that makes no difference. */
export function freshLetter(spelled: readonly (Spelled | null)[], caseSensitive: boolean): number | null {
  const letters = lettersOfAll(spelled, caseSensitive)
  return letters && freshAmong(letters)
}

function freshAmong(letters: Spelled): number | null {
  const fresh = LETTERS.findIndex((unit, letter) => {
    return FRESH.test(String.fromCharCode(unit)) && !letters.has(letter)
  })
  return fresh < 0 ? null : fresh
}

function lettersOfAll(spelled: readonly (Spelled | null)[], caseSensitive: boolean): Set<number> | null {
  const letters = new Set([SLASH_LETTER])
  for (const set of spelled) {
    if (set === null) return null
    for (const letter of set) {
      letters.add(letter)
      if (!caseSensitive) for (const other of otherCase(letter)) letters.add(other)
    }
  }
  return letters
}

function otherCase(letter: number): readonly number[] {
  const unit = LETTERS[letter] ?? 0
  if (unit >= ESCAPE_BASE) return []
  const char = String.fromCharCode(unit)
  return [foldCase(char), char.toUpperCase()].flatMap((one) => LETTER_OF.get(one.charCodeAt(0)) ?? [])
}
