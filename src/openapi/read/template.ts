/** Path templates by the path rules of a policy: literal text in canonical form, and parameters. */
import { DEFAULT_OPTIONS, type CharacterRules } from '../../language/options.ts'
import { type TemplateItem, PARAMETER, SPANNING_PARAMETER } from '../../automaton/template-automaton.ts'
import type { TemplatePart } from '../model.ts'
import { LETTER_OF } from '../../automaton/letters.ts'
import { canonicalise, printCanonical } from '../../pattern/canonical.ts'
import { type Refusal, readPath } from '../../pattern/request-path.ts'

/** Literal text in canonical form (see `pattern/canonical.ts`), or a parameter. */
export type Piece = TemplatePart

export interface Template {
  /** With the base path, without the leading slash. */
  readonly pieces: readonly Piece[]
  /** Why no request path is one of it; then `pieces` are without meaning. */
  readonly refusal?: Refusal | 'query'
}

/** `parts` with the leading slash. */
export function readTemplate(parts: readonly TemplatePart[], rules: CharacterRules): Template {
  const pieces: Piece[] = []
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
  for (const [index, part] of joined(parts).entries()) {
    if ('parameter' in part) pieces.push(part)
    else literal(index === 0 ? part.literal.replace(/^\//, '') : part.literal)
  }
  refusal ??= refusedAsWhole(pieces, rules)
  return { pieces, ...(refusal !== undefined && { refusal }) }
}

/** Parts of a template in which whatever is in braces is a parameter of one segment, without other notation. */
export function plainParts(path: string): readonly TemplatePart[] {
  return path.split(/(\{[^{}/]*\})/).flatMap((text, index): readonly TemplatePart[] => {
    if (index % 2 === 1) return [{ parameter: text.slice(1, -1), spans: false }]
    return text === '' ? [] : [{ literal: text }]
  })
}

function joined(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  const joint: TemplatePart[] = []
  for (const part of parts) {
    const last = joint.at(-1)
    if (last !== undefined && 'literal' in last && 'literal' in part) {
      joint[joint.length - 1] = { literal: last.literal + part.literal }
    } else joint.push(part)
  }
  return joint
}

/** Empty and dot segments: those that no value of a parameter mends. */
function refusedAsWhole(pieces: readonly Piece[], rules: CharacterRules): Refusal | undefined {
  const example = pieces.map((piece) => ('literal' in piece ? printCanonical(piece.literal) : 'x')).join('')
  return readPath(`/${example}`, { ...DEFAULT_OPTIONS, ...rules, pathLength: Number.POSITIVE_INFINITY })
    .refusal
}

function encoded(characters: string): string {
  // A lone surrogate is no character and has no escape.
  return encodeURIComponent(characters.replace(/\p{Cs}/gu, '\ufffd'))
}

/** A character without a letter, so that no path has it. */
const NO_LETTER = -3

/** As letters. */
export function itemsOfTemplate({ pieces }: Template): readonly TemplateItem[] {
  return pieces.flatMap((piece) =>
    'literal' in piece
      ? Array.from(piece.literal, (char) => LETTER_OF.get(char.charCodeAt(0)) ?? NO_LETTER)
      : [piece.spans ? SPANNING_PARAMETER : PARAMETER],
  )
}

/** Of a template without parameters its only path, in canonical form. */
export function concretePath({ pieces }: Template): string | undefined {
  return pieces.every((piece) => 'literal' in piece)
    ? pieces.map((piece) => ('literal' in piece ? piece.literal : '')).join('')
    : undefined
}
