/**
 * A policy as clauses over the raw path: a token that holds these rows may use these methods where the path matches
 * all of these expressions. Together with the guard of {@link acceptedPath} that is exactly what `authorize` decides.
 *
 * Base path, extensions and the slash at the end are part of the expressions. With `trailingSlash: strict` a path
 * that ends in a slash is granted together with the path without it: by one pattern that matches both, which is one
 * expression, or by two patterns that the token holds. For those there are two lists of clauses, and a request is
 * granted where one of each matches it. Rejected: a clause for each pair of patterns, of which a large policy has
 * millions.
 */
import type { InterpretedEndpoint } from '../../policy/policy-data.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import { mayMeet } from '../meeting.ts'
import type { Unexpressed } from '../model.ts'
import type { PolicyRows, Row } from '../rows.ts'
import { extensionsOf } from './accepted.ts'
import { choice, expressionOf, globOf, type Glob, matchesEmpty, notEnding } from './glob.ts'
import { textOf } from './letters.ts'
import { segmentParts, TooComplexForRe2 } from './segment.ts'

export interface Clause {
  readonly row: Row
  readonly methods: readonly string[]
  readonly pattern: Pattern
  /** RE2, anchored at both ends. */
  readonly expression: string
}

export interface Clauses {
  /** Each grants by itself. */
  readonly own: readonly Clause[]
  /** One of these and one of {@link withoutSlash} grant together, for the same method. */
  readonly withSlash: readonly Clause[]
  /** They match the path with its slash, because their patterns match it without. */
  readonly withoutSlash: readonly Clause[]
  readonly unexpressed: readonly Unexpressed[]
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

export function clausesOf({ rules, rows }: PolicyRows): Clauses {
  const unexpressed: Unexpressed[] = []
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
  const clauses = (
    select: (parts: Parts) => string | undefined,
    isMeant: (pattern: InterpretedEndpoint) => boolean = () => true,
  ): readonly Clause[] =>
    located.flatMap(({ row, one, parts }) => {
      const inside = select(parts)
      if (inside === undefined || !isMeant(one)) return []
      const mayBeEmpty = inside === parts.own && parts.mayBeEmpty
      const expression = anchored(inside, mayBeEmpty, rules)
      return [{ row, methods: one.endpoint.methods, pattern: one.pattern, expression }]
    })
  const own = clauses(({ own: inside }) => inside)
  const meetings = meetingsOf(located, rules)
  return {
    own,
    withSlash: clauses(
      ({ withSlash }) => withSlash,
      ({ pattern }) => meetings.has(pattern.text),
    ),
    withoutSlash: clauses(
      ({ slashAfter }) => slashAfter,
      ({ pattern }) => meetings.has(`${pattern.text}/`),
    ),
    unexpressed,
  }
}

/** Patterns that are one of a pair: the first as they are, the second with a slash. */
function meetingsOf(
  located: readonly { readonly one: InterpretedEndpoint; readonly parts: Parts }[],
  { extensions }: PathRules,
): ReadonlySet<string> {
  const distinct = [...new Map(located.map((entry) => [entry.one.pattern.text, entry])).values()]
  const found = new Set<string>()
  const seconds = distinct.filter(({ parts }) => parts.slashAfter !== undefined)
  for (const { one, parts } of distinct) {
    if (parts.withSlash === undefined) continue
    for (const other of seconds) {
      if (other.one === one || !mayPair(one, other.one, extensions.length > 0)) continue
      found.add(one.pattern.text).add(`${other.one.pattern.text}/`)
    }
  }
  return found
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

/** Whether one path may match both, with its slash and without. */
function mayPair(one: InterpretedEndpoint, other: InterpretedEndpoint, isExtended: boolean): boolean {
  const [a, b] = [one.pattern.meaning, other.pattern.meaning]
  if (a.kind !== 'runs' || b.kind !== 'runs') return true
  // The star of the first matches nothing, and leaves the slash to the literal before it.
  const first = isExtended ? a.runs : a.runs.slice(0, -1)
  const second = isExtended ? [...b.runs, ''] : b.runs.with(-1, `${b.runs.at(-1) ?? ''}/`)
  return mayMeet(first, second)
}

export function byRow(clauses: readonly Clause[]): ReadonlyMap<Row, readonly Clause[]> {
  const found = new Map<Row, Clause[]>()
  for (const clause of clauses) {
    const known = found.get(clause.row)
    if (known === undefined) found.set(clause.row, [clause])
    else known.push(clause)
  }
  return found
}
