/**
 * A slow, obvious reading of path templates, for testing only: a regular expression over the canonical text of
 * a path, and requests sorted by the definition of OpenAPI. Nothing here knows automata or patterns.
 */
import { canonicalise, printCanonical } from '../../src/pattern/canonical.ts'

const RULES = { encodedSlash: 'data', delimiters: 'data' } as const

/** The path as percent-encoded text in canonical form; undefined when it has none. */
function canonicalText(path: string): string | undefined {
  const { text, refusal } = canonicalise(path, RULES)
  return refusal === undefined ? printCanonical(text) : undefined
}

function expressionOf(template: string): RegExp | undefined {
  let source = ''
  for (const piece of template.split(/(\{[^{}]*\})/)) {
    if (/^\{[^{}]*\}$/.test(piece)) source += '(?:%[0-9A-F]{2}|[^/%])+'
    else {
      const literal = canonicalText(piece)
      if (literal === undefined || literal.includes('?')) return undefined
      source += literal.replace(/[^\w/%-]/g, (char) => `\\${char}`)
    }
  }
  return new RegExp(`^${source}$`)
}

export interface PlainOperation {
  readonly method: string
  /** With its base path. */
  readonly template: string
}

/** Whether a request path, of those that the path rules accept, is one of the operation. */
export function belongsTo(
  operation: PlainOperation,
  all: readonly PlainOperation[],
): (path: string) => boolean {
  const expression = expressionOf(operation.template)
  const isConcrete = !operation.template.includes('{')
  const concretes = all
    .filter(({ method, template }) => method === operation.method && !template.includes('{'))
    .map(({ template }) => canonicalText(template))
  return (path) => {
    const text = canonicalText(path)
    if (text === undefined || expression?.test(text) !== true) return false
    return isConcrete || !concretes.includes(text)
  }
}
