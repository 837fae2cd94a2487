/**
 * A policy as clauses over the raw path: a token that holds these rows may use these methods where the path matches
 * all of these expressions. Together with the guard of {@link acceptedPath} that is exactly what `authorize` decides.
 *
 * Base path, extensions and the slash at the end are part of the expressions. With `trailingSlash: strict` a path
 * that ends in a slash is granted together with the path without it: by one pattern that matches both, which is one
 * expression, or by two patterns, which is a clause of both. Of such pairs only those are written in which the first
 * pattern matches just the path with the slash.
 */
import type { InterpretedEndpoint } from '../../policy/policy-data.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import type { Unexpressed } from '../model.ts'
import type { PolicyRows, Row } from '../rows.ts'
import { extensionsOf } from './accepted.ts'
import { choice, expressionOf, globOf, type Glob, matchesEmpty, notEnding } from './glob.ts'
import { textOf } from './letters.ts'
import { segmentParts, TooComplexForRe2 } from './segment.ts'

export interface Clause {
  /** Rows that a token has to hold, all of them. */
  readonly rows: readonly Row[]
  readonly methods: readonly string[]
  /** The pattern, of two patterns the one for the path with its slash. */
  readonly pattern: string
  readonly withoutSlash?: string
  /** The path has to match all of them; RE2, anchored at both ends. */
  readonly expressions: readonly string[]
}

/** What one pattern matches of the path inside of the base path; expressions without anchors. */
interface Parts {
  /** All that it grants by itself; undefined where that is nothing. */
  readonly own: string | undefined
  /** Paths with a slash at the end that it matches only with it: for the first of a pair. */
  readonly withSlash: string | undefined
  /** A slash after what it matches: for the second of a pair. */
  readonly slashAfter: string | undefined
  /** Whether the path may be empty. */
  readonly mayBeEmpty: boolean
}

export function clausesOf({ rules, rows }: PolicyRows): {
  readonly clauses: readonly Clause[]
  readonly unexpressed: readonly Unexpressed[]
} {
  const unexpressed: Unexpressed[] = []
  const clauses: Clause[] = []
  const known = new Map<string, Parts | string>()
  const located = rows.flatMap((row) =>
    row.paths.flatMap((one) => {
      const key = one.pattern.text
      const parts = known.get(key) ?? partsOf(one, rules)
      known.set(key, parts)
      if (typeof parts !== 'string') return [{ row, one, parts }]
      unexpressed.push({ row: row.name, pattern: key, reason: parts })
      return []
    }),
  )
  for (const { row, one, parts } of located) {
    const { endpoint, pattern } = one
    if (parts.own !== undefined) {
      const expressions = [anchored(parts.own, parts.mayBeEmpty, rules)]
      clauses.push({ rows: [row], methods: endpoint.methods, pattern: pattern.text, expressions })
    }
    if (parts.withSlash === undefined) continue
    const first = anchored(parts.withSlash, false, rules)
    for (const other of located) {
      if (other.parts.slashAfter === undefined || !mayMeet(one, other.one)) continue
      const methods = endpoint.methods.filter((method) => other.one.endpoint.methods.includes(method))
      if (methods.length === 0) continue
      clauses.push({
        rows: row === other.row ? [row] : [row, other.row],
        methods,
        pattern: pattern.text,
        withoutSlash: other.one.pattern.text,
        expressions: [first, anchored(other.parts.slashAfter, false, rules)],
      })
    }
  }
  return { clauses, unexpressed }
}

/** Or why the pattern cannot be written. */
function partsOf({ pattern }: InterpretedEndpoint, rules: PathRules): Parts | string {
  const { meaning } = pattern
  if (meaning.kind === 'runs')
    return globParts(globOf(meaning.runs, rules.caseSensitive), pattern.endsInSlash, rules)
  const strict = rules.trailingSlash === 'strict'
  if (strict && rules.extensions.length > 0) {
    return 'with `wildcard: segment`, `extensions` and `trailingSlash: strict` together its paths have no expression'
  }
  try {
    const { bare, slashable, onlyWithSlash, afterAll, all } = segmentParts(pattern, rules)
    if (!strict) return { ...NOTHING, own: ignoring(bare, afterAll && `${afterAll}/`, rules) }
    if (pattern.endsInSlash) return { ...NOTHING, own: all }
    const own = bare === slashable ? bare && `${bare}/?` : union(bare, slashable && `${slashable}/`)
    return {
      own,
      withSlash: onlyWithSlash && `${onlyWithSlash}/`,
      slashAfter: bare && `${bare}/`,
      mayBeEmpty: false,
    }
  } catch (error) {
    if (error instanceof TooComplexForRe2) return 'its expression would be too long'
    throw error
  }
}

const NOTHING: Parts = { own: undefined, withSlash: undefined, slashAfter: undefined, mayBeEmpty: false }

/**
 * With `trailingSlash: ignore` one slash is dropped, then extensions are trimmed: so a path still ends in a slash
 * only where an extension was after it.
 */
function ignoring(
  bare: string | undefined,
  slashed: string | undefined,
  rules: PathRules,
): string | undefined {
  if (rules.extensions.length === 0) return bare === undefined ? undefined : `${bare}/?`
  const extension = extensionsOf(rules)
  return union(
    bare === undefined ? undefined : `${bare}${extension}*/?`,
    slashed && `${slashed}${extension}+/?`,
  )
}

function globParts(glob: Glob, endsInSlash: boolean, rules: PathRules): Parts {
  const ends = rules.extensions.map((extension) => `.${extension}`)
  const mayBeEmpty = matchesEmpty(glob)
  const bare = notEnding(glob, [...ends, '/'])
  const slashed = slashedGlob(glob, endsInSlash)
  if (rules.trailingSlash === 'ignore') {
    return { ...NOTHING, own: ignoring(bare, slashed, rules), mayBeEmpty }
  }
  const extended = rules.extensions.length > 0 ? `${extensionsOf(rules)}*` : ''
  if (endsInSlash) return { ...NOTHING, own: `${expressionOf(glob)}${extended}` }
  if (glob.at(-1) !== '*') {
    return {
      ...NOTHING,
      own: bare === undefined ? undefined : `${bare}${extended}`,
      slashAfter: bare === undefined ? undefined : `${bare}${extended}/${extended}`,
      mayBeEmpty,
    }
  }
  const head = glob.slice(0, -1)
  const before = head.at(-1)
  const isReached =
    before !== undefined && before !== '*' && (before.has(0x2f) || mayEndInside(head, rules.extensions))
  return {
    own: bare === undefined ? undefined : `${bare}${extended}(?:/${extended})?`,
    withSlash: isReached ? `${ends.length > 0 ? (slashed ?? '') : expressionOf(head)}${extended}` : undefined,
    slashAfter: bare === undefined ? undefined : `${bare}${extended}/${extended}`,
    mayBeEmpty,
  }
}

/** Whether what is before the star may end in the beginning of an extension, so that the star takes in its rest only. */
function mayEndInside(head: Glob, extensions: readonly string[]): boolean {
  const last = head.at(-1)
  if (last === undefined || last === '*') return false
  return extensions.some((extension) =>
    Array.from(`.${extension}`).some((char) => last.has(char.charCodeAt(0))),
  )
}

/** What a pattern matches that ends in a slash. */
function slashedGlob(glob: Glob, endsInSlash: boolean): string | undefined {
  if (endsInSlash) return expressionOf(glob)
  if (glob.at(-1) !== '*') return undefined
  const longer = expressionOf([...glob, new Set([0x2f])])
  const before = glob.at(-2)
  return before !== '*' && before?.has(0x2f) === true
    ? choice([longer, expressionOf(glob.slice(0, -1))])
    : longer
}

function union(...texts: readonly (string | undefined)[]): string | undefined {
  const known = texts.filter((text) => text !== undefined && text !== '')
  return known.length === 0 ? undefined : choice(known as readonly string[])
}

function anchored(inside: string, mayBeEmpty: boolean, { basePath }: PathRules): string {
  if (basePath === '') return `^/(?:${inside})$`
  const base = textOf(basePath)
  return mayBeEmpty ? `^/${base}(?:/(?:${inside}))?$` : `^/${base}/(?:${inside})$`
}

/** Whether one path may match both: their literal beginnings fit together. */
function mayMeet(one: InterpretedEndpoint, other: InterpretedEndpoint): boolean {
  const [a, b] = [startOf(one), startOf(other)]
  return a.startsWith(b) || b.startsWith(a)
}

function startOf({ pattern: { meaning } }: InterpretedEndpoint): string {
  return meaning.kind === 'runs' ? (meaning.runs[0] ?? '') : ''
}
