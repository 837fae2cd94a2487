/**
 * Characters that no document may have, anywhere, comments included: controls other than tab and line
 * ends, bidirectional controls (they make a reviewer see another string than the parser), and surrogates
 * without their partner (not representable in UTF-8).
 */
import type { DiagnosticCode } from '../language/codes.ts'
import type { Report } from '../diagnostic/report.ts'
import type { ScalarNode } from './node.ts'

// The property Bidi_Control of Unicode: ALM, LRM, RLM, the embeddings, overrides and isolates.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The check of most strings, faster. */
const ORDINARY = /^[ -~]*$/

/** Findings per text; more would bury the first. */
const MAX_REPORTED = 100

/** Reports the forbidden characters of the source text; returns where they are. */
export function checkCharacters(text: string, report: Report): readonly number[] {
  const places: number[] = []
  for (const match of text.matchAll(FORBIDDEN)) {
    const [code, what] = describe(match[0])
    report({
      code,
      span: { start: match.index, end: match.index + 1 },
      message: what,
      help: 'delete it',
    })
    places.push(match.index)
    if (places.length === MAX_REPORTED) break
  }
  return places
}

/**
 * Reports a forbidden character that a scalar holds through an escape such as `"\u202E"`. A carriage return is one
 * as well: those of the text are line ends and have become line feeds.
 */
export function checkScalar(node: ScalarNode, shown: () => string, report: Report): boolean {
  const found = ORDINARY.test(node.text) ? null : (node.text.match(FORBIDDEN) ?? /\r/.exec(node.text))
  if (found === null) return true
  const [code, what] = describe(found[0])
  report({ code, span: node.span, message: `${shown()} contains ${what}`, help: 'delete it' })
  return false
}

function describe(char: string): readonly [DiagnosticCode, string] {
  const unit = char.charCodeAt(0)
  const name = `U+${unit.toString(16).toUpperCase().padStart(4, '0')}`
  if (unit >= 0xd800 && unit <= 0xdfff) return ['invalid-utf8', `unpaired surrogate ${name}`]
  if (unit < 0xa0) return ['control-character', `control character ${name}`]
  return ['bidi-control', `bidirectional control character ${name}, which can make the text look different`]
}

/**
 * The text as the parser should see it: forbidden characters, some of which are its own marks, replaced
 * one for one, and line ends that it does not know (a lone CR, YAML 1.2 §5.4) as it knows them.
 */
export function readableText(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/\r(?!\n)/g, '\n')
}
