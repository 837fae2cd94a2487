/**
 * A policy in Cedar: one `permit` for each endpoint, and a schema.
 *
 * Cedar sees a request as `context.method`, `context.path` and `context.scopes`. Path rules cannot be written in
 * Cedar (it neither decodes escapes nor knows character classes), so they are a precondition: the path is the one
 * that `explain` reports. A canonical path never begins with a slash, and a refused target is reported verbatim;
 * one `forbid` of paths that begin with a slash therefore denies every refused target in origin-form, and those
 * outside of the base path.
 *
 * What Cedar's `like` reads differently, and how it is said:
 * - Its star may end inside of an escape, which is one character to us. That takes a literal after the star that
 *   begins with a hex digit. At the end of a pattern the escapes before it are excluded by name; elsewhere the
 *   pattern is left out.
 * - With `trailingSlash: strict` a path that ends in a slash is granted together with the path without it. For a
 *   pattern that ends in a star, `P/*` is granted on `P/` only where another grant has `P`; such pairs are
 *   separate policies. `Q` matches the path without its slash exactly if `Q/` matches the path.
 *
 * Rejected: one policy with a disjunction for each scope (Cedar reports which policy decided, and that should be an
 * endpoint), and stars of `wildcard: segment` as `like` with a count of slashes (exact for some patterns only).
 *
 * Cost: linear in the endpoints, but for the pairs, of which only those are written whose ends fit together.
 */
import { printCanonical } from '../pattern/canonical.ts'
import type { InterpretedEndpoint } from '../policy/policy-data.ts'
import type { Exported, Unexpressed } from './model.ts'
import { type Row, rowsOf } from './rows.ts'

/** Literals with a star between each two, percent-encoded. */
type Glob = readonly string[]

/** Why something cannot be written in Cedar, as one clause. */
class NotCedar extends Error {}

const HEAD =
  'permit (\n  principal is ScopePolicy::Token,\n  action == ScopePolicy::Action::"request",\n  resource is ScopePolicy::Api\n)'

const INTRODUCTION = `// Written by \`scope-policy export --to cedar\`.
//
// Ask with
//   context.method  the method as received
//   context.path    the \`path\` that \`explain\` reports for the request target, which begins with a slash; for
//                   \`tools/call\`, \`resources/read\` and \`prompts/get\` the one that it reports for the name
//   context.scopes  the scopes of a valid token
// and deny without asking where \`explain\` reports the reason \`path-refused\`.

// A canonical path does not begin with a slash: this one was refused, or is outside of the base path.
@rule("canonical path")
forbid (principal, action, resource)
when {
  context.path like "/*" &&
  !(["tools/call", "resources/read", "prompts/get"].contains(context.method))
};
`

const SCHEMA = `namespace ScopePolicy {
  entity Token;
  entity Api;
  action request appliesTo {
    principal: [Token],
    resource: [Api],
    context: {
      method: String,
      path: String,
      scopes: Set<String>
    }
  };
}
`

/** Throws `TypeError` for what is not a loaded policy. */
export function toCedar(policy: unknown): Exported {
  const { rules, rows } = rowsOf(policy)
  const strict = rules.trailingSlash === 'strict'
  const unexpressed: Unexpressed[] = []
  const policies: string[] = []
  const leaveOut = (row: Row, { pattern }: InterpretedEndpoint, reason: string): void => {
    unexpressed.push({ row: row.name, pattern: pattern.text, reason })
  }
  /** Runs `write`, or reports why it cannot be done. */
  const attempt = (row: Row, one: InterpretedEndpoint, write: () => readonly string[]): void => {
    try {
      policies.push(permit(row, one, write()))
    } catch (error) {
      if (!(error instanceof NotCedar)) throw error
      leaveOut(row, one, error.message)
    }
  }

  const globs = rows.flatMap((row) => row.paths.map((one) => ({ row, one, glob: globOf(one) })))
  const unslashed = globs.flatMap(({ row, one, glob }) =>
    glob === undefined || /(?:^|\/)$/.test(glob.at(-1) ?? '') ? [] : [{ row, one, glob: followed(glob) }],
  )
  for (const { row, one, glob } of globs) {
    attempt(row, one, () => {
      if (glob === undefined) return [segmentCondition(one, rules.caseSensitive)]
      if (!strict || glob.at(-1) !== '' || glob.length === 1) return [matches(glob)]
      const unslashedOnly = `${matches(glob)} && !(context.path like "*/")`
      return [
        rules.extensions.length > 0 ? unslashedOnly : `(${unslashedOnly} || ${matches(followed(glob))})`,
      ]
    })
    if (!strict || glob?.at(-1) !== '' || glob.length === 1) continue
    if (rules.extensions.length > 0) {
      // `a.json/` without its slash is `a`, which no `like` can say.
      leaveOut(
        row,
        one,
        'a path that ends in a slash is granted by no policy, because extensions are trimmed',
      )
      continue
    }
    // What the star matches with nothing, which leaves the slash to the literal before it.
    const shortest = glob.slice(0, -1)
    if (!(shortest.at(-1) ?? '').endsWith('/')) continue
    for (const other of unslashed) {
      if (!mayMeet(shortest, other.glob)) continue
      const methods = one.endpoint.methods.filter((method) => other.one.endpoint.methods.includes(method))
      if (methods.length === 0) continue
      const both = { ...one, endpoint: { ...one.endpoint, methods } }
      try {
        policies.push(
          permit(
            row,
            both,
            [...held(other.row), matches(shortest), matches(other.glob)],
            other.one.pattern.text,
          ),
        )
      } catch (error) {
        // The other pattern is reported for itself.
        if (!(error instanceof NotCedar)) throw error
      }
    }
  }
  for (const row of rows) {
    for (const one of row.names) {
      const isUri = one.endpoint.methods.includes('resources/read')
      attempt(row, one, () => [matches(runsOf(one, isUri), isUri)])
    }
  }
  const text = [INTRODUCTION, ...policies].join('\n')
  return {
    files: [
      { name: 'policies.cedar', text },
      { name: 'schema.cedarschema', text: SCHEMA },
    ],
    unexpressed,
  }
}

function permit(
  row: Row,
  { endpoint, pattern }: InterpretedEndpoint,
  conditions: readonly string[],
  withoutSlash?: string,
): string {
  const annotations = [
    `@grantedBy(${string(row.name)})`,
    `@pattern(${string(pattern.text)})`,
    ...(withoutSlash === undefined ? [] : [`@withoutSlash(${string(withoutSlash)})`]),
  ]
  const all = [...held(row), oneOf('context.method', endpoint.methods), ...conditions]
  return `${annotations.join('\n')}\n${HEAD}\nwhen {\n  ${all.join(' &&\n  ')}\n};\n`
}

/** That the token holds a row: a conjunction. */
function held({ groups }: Row): readonly string[] {
  return groups.map((names) =>
    names.length === 1
      ? `context.scopes.contains(${string(names[0] ?? '')})`
      : `context.scopes.containsAny([${names.map(string).join(', ')}])`,
  )
}

function oneOf(what: string, values: readonly string[]): string {
  return values.length === 1
    ? `${what} == ${string(values[0] ?? '')}`
    : `[${values.map(string).join(', ')}].contains(${what})`
}

/** Undefined for a pattern of `wildcard: segment`. */
function globOf(one: InterpretedEndpoint): Glob | undefined {
  return one.pattern.meaning.kind === 'runs' ? runsOf(one, true) : undefined
}

/** Stars next to each other are one. */
function runsOf({ pattern }: InterpretedEndpoint, isEncoded: boolean): Glob {
  const { meaning } = pattern
  const runs = meaning.kind === 'runs' ? meaning.runs : []
  return runs
    .filter((run, index) => run !== '' || index === 0 || index === runs.length - 1)
    .map((run) => (isEncoded ? printCanonical(run) : run))
}

/** The glob with a slash at its end. */
function followed(glob: Glob): Glob {
  return glob.with(-1, `${glob.at(-1) ?? ''}/`)
}

const HEX = '0123456789ABCDEF'

/** That the path matches; `isEncoded` if it has escapes. Throws {@link NotCedar}. */
function matches(glob: Glob, isEncoded = true): string {
  const condition = like(glob)
  if (!isEncoded || glob.length === 1) return condition
  if (glob.slice(1, -1).some((run) => /^[0-9A-F]/.test(run))) {
    throw new NotCedar('a star before a hex digit, in the middle of a pattern, may end inside of an escape')
  }
  const last = glob.at(-1) ?? ''
  if (!/^[0-9A-F]/.test(last)) return condition
  const cut = Array.from(HEX).map((digit) => `%${digit}${last}`)
  if (/^[0-9A-F]{2}/.test(last)) cut.push(`%${last}`)
  return [condition, ...cut.map((end) => `!(${like(['', end])})`)].join(' && ')
}

function like(glob: Glob): string {
  if (glob.length === 1) return `context.path == ${string(glob[0] ?? '')}`
  return `context.path like "${glob.map(escaped).join('*')}"`
}

/** Whether one path may match both: their literal beginnings and ends fit together. */
function mayMeet(one: Glob, other: Glob): boolean {
  const [a = '', b = ''] = [one[0], other[0]]
  const [y = '', z = ''] = [one.at(-1), other.at(-1)]
  if (one.length === 1 && other.length === 1) return a === b
  const begin = one.length === 1 ? a.startsWith(b) : other.length === 1 ? b.startsWith(a) : fits(a, b)
  const end =
    one.length === 1 ? y.endsWith(z) : other.length === 1 ? z.endsWith(y) : y.endsWith(z) || z.endsWith(y)
  return begin && end
}

function fits(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a)
}

/** Text in which the dialect has no syntax; a dot at the beginning is left out, since picomatch drops `./`. */
const LITERAL = /^[A-Za-z0-9_~%,:=-][A-Za-z0-9_~%,:=./-]*$/

/** Literals, and literals followed by `/**`, which takes in the literal itself. Throws {@link NotCedar}. */
function segmentCondition({ pattern: { text } }: InterpretedEndpoint, caseSensitive: boolean): string {
  const isDeep = text.endsWith('/**')
  const literal = isDeep ? text.slice(0, -3) : text
  if (!LITERAL.test(literal)) {
    throw new NotCedar('a star within a segment, and other syntax of `wildcard: segment`, has no equivalent')
  }
  if (!caseSensitive && /[A-Za-z]/.test(literal)) {
    throw new NotCedar('letters in either case with `wildcard: segment` have no equivalent')
  }
  return isDeep ? `(${like([literal])} || ${like([`${literal}/`, ''])})` : like([literal])
}

function string(text: string): string {
  return `"${escaped(text)}"`
}

/** Stars are not escaped: no literal has one, and a string has no such escape. */
function escaped(text: string): string {
  return text.replace(/["\\]|[^\u0020-\u007e]/gu, (char) =>
    char === '"' || char === '\\' ? `\\${char}` : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
