/**
 * Patterns that are literal text and stars, which nearly all are, in one form for both wildcard modes.
 *
 * A pattern of `wildcard: segment` is one if it has no other syntax than single stars, `?*` (a star that takes
 * at least one character) and characters after a backslash.
 */
import { ESCAPE_BASE, foldCase } from '../../pattern/canonical.ts'
import type { Expression } from '../../pattern/expression.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { PathRules } from '../../pattern/request-path.ts'

/** A star, in the text of a plain pattern; no character of a path. */
export const STAR = '\u0000'
/** One character of a segment, before a star. */
export const ONE = '\u0001'

const TOKEN = /\\([^\w%/])|\??\*(?!\*)|([\w./~%$&':;,=+@!^<>`#-])/gy

/** picomatch takes `./` off the start of a pattern, and of `^^` the second for an anchor. */
const ODD = /(?:^|\/)\.\.?(?:\/|$)|([$^+])\1/

/** Literal text with {@link STAR} for stars, and {@link ONE} before those of `?*`; folded when case does not matter; null for any other pattern. */
export function plainText({ meaning, text }: Pattern, rules: PathRules): string | null {
  if (meaning.kind === 'never') return null
  if (meaning.kind === 'runs') return meaning.runs.join(STAR)
  if (ODD.test(text)) return null
  let plain = ''
  let end = 0
  for (const [token, escaped, literal] of text.matchAll(TOKEN)) {
    plain += escaped ?? literal ?? (token === '*' ? STAR : ONE + STAR)
    end += token.length
  }
  if (end < text.length) return null
  return rules.caseSensitive ? plain : foldCase(plain)
}

/**
 * How a plain pattern takes a slash at the end of a path (`trailingSlash: strict`): it `asks` for one and matches
 * no path without; it `takes` one, so that it matches every path that it matches also with a slash at its end; or
 * it has `none`.
 */
export type SlashAtEnd = 'asks' | 'takes' | 'none'

export function slashAtEnd({ meaning, endsInSlash }: Pattern): SlashAtEnd {
  if (endsInSlash) return 'asks'
  if (meaning.kind === 'runs') return meaning.runs.length > 1 && meaning.runs.at(-1) === '' ? 'takes' : 'none'
  return meaning.kind === 'expression' && endsInOptionalSlash(meaning.expression) ? 'takes' : 'none'
}

/** picomatch lets most patterns that end in a star match one slash more. Of alternatives the first is the pattern's own text. */
function endsInOptionalSlash(expression: Expression): boolean {
  if (expression.kind !== 'sequence' && expression.kind !== 'choice') return false
  const last = expression.items.at(-1)
  if (last === undefined) return false
  if (expression.kind === 'choice' && last.kind === 'set') return last.set.join() === '47,47'
  return endsInOptionalSlash(last)
}

/** Whether a string spells a kept escape, as its own character or as `%XX`. */
export function spellsEscape(text: string): boolean {
  return text.includes('%') || Array.from(text).some((char) => char.charCodeAt(0) >= ESCAPE_BASE)
}
