/**
 * Path templates: literal text and parameters in braces (OpenAPI 3.1 §4.8.2). What stands in the braces is
 * only a name here.
 */
import { type TemplateItem, PARAMETER } from '../../automaton/template-automaton.ts'
import { LETTER_OF } from '../../automaton/letters.ts'
import { canonicalise, printCanonical } from '../../pattern/canonical.ts'
import type { CharacterRules } from '../../language/options.ts'
import { type Refusal, readPath } from '../../pattern/request-path.ts'

/** Literal text in canonical form (see `pattern/canonical.ts`), or a parameter. */
export type Piece = { readonly literal: string } | { readonly parameter: string }

export interface Template {
  /** With the base path, without the leading slash. */
  readonly pieces: readonly Piece[]
  /** Why no request path is one of it; then `pieces` are without meaning. */
  readonly refusal?: Refusal | 'query'
}

const PARAMETERS = /\{([^{}/]*)\}/g

/** `path` with its leading slash. */
export function readTemplate(path: string, rules: CharacterRules): Template {
  const pieces: Piece[] = []
  let at = 1
  let refusal: Template['refusal']
  const literal = (text: string): void => {
    if (text === '') return
    if (text.includes('?')) refusal ??= 'query'
    // What is not ASCII, and a space, can reach a server only as escapes.
    const wire = text.replace(/[^!-~]+/gu, (characters) => encoded(characters))
    const canonical = canonicalise(wire, rules)
    if (canonical.refusal !== undefined) refusal ??= canonical.refusal.rule
    pieces.push({ literal: canonical.text })
  }
  for (const match of path.matchAll(PARAMETERS)) {
    literal(path.slice(at, match.index))
    pieces.push({ parameter: match[1] ?? '' })
    at = match.index + match[0].length
  }
  literal(path.slice(at))
  refusal ??= refusedAsWhole(pieces, rules)
  return { pieces, ...(refusal !== undefined && { refusal }) }
}

/** Empty and dot segments: those that no value of a parameter mends. */
function refusedAsWhole(pieces: readonly Piece[], rules: CharacterRules): Refusal | undefined {
  const example = pieces.map((piece) => ('literal' in piece ? printCanonical(piece.literal) : 'x')).join('')
  return readPath(`/${example}`, {
    ...rules,
    basePath: '',
    extensions: [],
    caseSensitive: true,
    trailingSlash: 'strict',
    wildcard: 'any',
    pathLength: Number.POSITIVE_INFINITY,
  }).refusal
}

function encoded(characters: string): string {
  // A lone surrogate is no character and has no escape.
  return encodeURIComponent(characters.replace(/\p{Cs}/gu, '\ufffd'))
}

/** As letters. */
export function itemsOfTemplate({ pieces }: Template): readonly TemplateItem[] {
  return pieces.flatMap((piece) =>
    'literal' in piece
      ? Array.from(piece.literal, (char) => LETTER_OF.get(char.charCodeAt(0)) ?? -2)
      : [PARAMETER],
  )
}

/** Of a template without parameters its only path, in canonical form. */
export function concretePath({ pieces }: Template): string | undefined {
  return pieces.every((piece) => 'literal' in piece)
    ? pieces.map((piece) => ('literal' in piece ? piece.literal : '')).join('')
    : undefined
}
