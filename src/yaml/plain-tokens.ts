/**
 * What is certainly in order among the tokens of the `yaml` package: checks that bail out at everything else.
 * They refuse no document; what they bail out on is judged by the package itself.
 */
import { CST } from 'yaml'

/** Thrown where a document is not ordinary, and caught by `readPlainTree`. */
export const NOT_FAST_PATH: Error = new Error('not on the fast path')

export function bail(): never {
  throw NOT_FAST_PATH
}

/** What the package makes of a scalar; most are text without line ends, escapes and signs it objects to. */
export function textOf(token: CST.FlowScalar): string {
  const { type, source } = token
  if (type === 'scalar') {
    if (/^[^\t,%|>@`\n][^\n]*$/.test(source)) return source
  } else if (/^(?:"[^"\\\n]*"|'[^'\n]*')$/.test(source)) return source.slice(1, -1)
  return CST.resolveAsScalar(token, true, bail).value
}

/** Bails out at all but spaces and comments between `from` and `to`; returns whether a line ends there. */
export function checkBlanks(
  tokens: readonly CST.SourceToken[],
  from: number,
  afterBlank: boolean,
  to: number = tokens.length,
): boolean {
  let blank = afterBlank
  let newline = false
  for (let at = from; at < to; at++) {
    const token = tokens[at]
    if (token?.type === 'newline') newline = blank = true
    else if (isSpace(token)) blank = true
    // A comment must follow a space.
    else if (token?.type !== 'comment' || !blank) bail()
  }
  return newline
}

/** Where the colon is; only spaces may be in front of it. */
export function colonIn(tokens: readonly CST.SourceToken[]): number {
  let at = 0
  while (isSpace(tokens[at])) at += 1
  if (tokens[at]?.type !== 'map-value-ind') bail()
  return at
}

/**
 * Checks what is in front of an item in brackets; true when there is no item, but only what may be
 * in front of the closing bracket: spaces, and after the last item a comma.
 */
export function isNothing(
  { start, key, sep, value }: CST.CollectionItem,
  index: number,
  { items }: CST.FlowCollection,
): boolean {
  let commas = 0
  for (const { type, source } of start) {
    if (type === 'comma') commas += 1
    else if (type !== 'newline' && (type !== 'space' || source.includes('\t'))) bail()
  }
  const wanted = index > 0 ? 1 : 0
  if (commas > wanted) bail()
  if (key || sep || value) return commas === wanted ? false : bail()
  return index === items.length - 1 ? true : bail()
}

/** Where what follows the tokens begins; without any, `before`. */
export function endOf(tokens: readonly CST.SourceToken[], before: number): number {
  const last = tokens.at(-1)
  return last === undefined ? before : last.offset + last.source.length
}

/** A tab may be an error, depending on what is around it. */
export function isSpace(token: CST.SourceToken | undefined): boolean {
  return token?.type === 'space' && !token.source.includes('\t')
}

export function isDash({ type }: CST.SourceToken): boolean {
  return type === 'seq-item-ind'
}

export function isBlank({ type }: CST.Token): boolean {
  return type === 'space' || type === 'newline' || type === 'comment'
}

export function isBlock({ type }: CST.Token): boolean {
  return type === 'block-map' || type === 'block-seq'
}

export function isFlow(token: CST.Token | undefined, bracket: '[' | '{'): token is CST.FlowCollection {
  return token?.type === 'flow-collection' && token.start.source === bracket
}

export function isText(token: CST.Token | null | undefined): token is CST.FlowScalar {
  switch (token?.type) {
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      return true
    default:
      return false
  }
}
