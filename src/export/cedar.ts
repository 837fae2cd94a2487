/**
 * A policy in Cedar: one `permit` for each scope, or a few of them where it opens much, and a schema.
 *
 * Cedar sees a request as `context.method`, `context.path` and `context.scopes`. Path rules cannot be written in
 * Cedar (it neither decodes escapes nor has character classes), so they are a precondition: the path is the one
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
 * Cost: Cedar evaluates every policy for every request, so each begins with what most requests fail: that the token
 * holds the scope. Nested parentheses are never deeper than a policy of {@link MAX_LENGTH} has alternatives.
 *
 * Rejected: one policy for each endpoint (the reason of a decision is more precise then, but Microsoft Graph needs
 * 15,000 policies, ten times the time and twenty times the text), methods as actions (no faster, since actions are not
 * indexed either, and a method that the schema does not have would be an error), and stars of `wildcard: segment` as
 * `like` with a count of slashes (exact for some patterns only).
 */
import { printCanonical } from '../pattern/canonical.ts'
import type { InterpretedEndpoint } from '../policy/policy-data.ts'
import { mayMeet } from './meeting.ts'
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

/** Of one policy, about, in characters: Amazon Verified Permissions takes 10,000 bytes. */
const MAX_LENGTH = 8000

/** What one endpoint adds to a policy. */
interface Alternative {
  /** That the method is one of the endpoint's. */
  readonly method: string
  /** About the path: a conjunction. */
  readonly condition: string
}

/** Throws `TypeError` for what is not a loaded policy. */
export function toCedar(policy: unknown): Exported {
  const { rules, rows } = rowsOf(policy)
  const strict = rules.trailingSlash === 'strict'
  const unexpressed: Unexpressed[] = []
  const leaveOut = (row: Row, { pattern }: InterpretedEndpoint, reason: string): void => {
    unexpressed.push({ row: row.name, pattern: pattern.text, reason })
  }
  /** Reports why it cannot be done where it cannot. */
  const attempt = (
    row: Row,
    one: InterpretedEndpoint,
    write: () => readonly string[],
  ): readonly Alternative[] => {
    try {
      return [{ method: methodIs(one.endpoint.methods), condition: write().join(' && ') }]
    } catch (error) {
      if (!(error instanceof NotCedar)) throw error
      leaveOut(row, one, error.message)
      return []
    }
  }

  const globs = rows.map((row) => ({ row, paths: row.paths.map((one) => ({ one, glob: globOf(one) })) }))
  const unslashed = globs.flatMap(({ row, paths }) =>
    paths.flatMap(({ one, glob }) =>
      glob === undefined || /(?:^|\/)$/.test(glob.at(-1) ?? '') ? [] : [{ row, one, glob: followed(glob) }],
    ),
  )
  /** What the star of a pattern matches with nothing, together with every other pattern that has the path without its slash. */
  const pairs = (one: InterpretedEndpoint, shortest: Glob): readonly Alternative[] =>
    unslashed.flatMap((other) => {
      const methods = one.endpoint.methods.filter((method) => other.one.endpoint.methods.includes(method))
      if (methods.length === 0 || !mayMeet(shortest, other.glob)) return []
      try {
        const conditions = [...held(other.row), matches(shortest), matches(other.glob)]
        return [{ method: methodIs(methods), condition: conditions.join(' && ') }]
      } catch (error) {
        // The other pattern is reported for itself.
        if (!(error instanceof NotCedar)) throw error
        return []
      }
    })
  const policies = globs.flatMap(({ row, paths }) => {
    const own: Alternative[] = []
    const slashed: Alternative[] = []
    for (const { one, glob } of paths) {
      const isPaired = strict && glob?.at(-1) === '' && glob.length > 1
      own.push(
        ...attempt(row, one, () => {
          if (glob === undefined) return [segmentCondition(one, rules.caseSensitive)]
          if (!isPaired) return [matches(glob)]
          const unslashedOnly = `${matches(glob)} && !(context.path like "*/")`
          return [
            rules.extensions.length > 0 ? unslashedOnly : `(${unslashedOnly} || ${matches(followed(glob))})`,
          ]
        }),
      )
      if (!isPaired) continue
      if (rules.extensions.length > 0) {
        // `a.json/` without its slash is `a`, which no `like` can say.
        leaveOut(
          row,
          one,
          'a path that ends in a slash is granted by no policy, because extensions are trimmed',
        )
        continue
      }
      const shortest = glob.slice(0, -1)
      if ((shortest.at(-1) ?? '').endsWith('/')) slashed.push(...pairs(one, shortest))
    }
    for (const one of row.names) {
      const isUri = one.endpoint.methods.includes('resources/read')
      own.push(...attempt(row, one, () => [matches(runsOf(one, isUri), isUri)]))
    }
    return [
      ...permits(row, [...held(row)], own),
      ...permits(row, ['context.path like "*/"', ...held(row)], slashed, 'slash at the end'),
    ]
  })
  const text = [INTRODUCTION, ...policies].join('\n')
  return {
    files: [
      { name: 'policies.cedar', text },
      { name: 'schema.cedarschema', text: SCHEMA },
    ],
    unexpressed,
  }
}

/** As many policies as it takes for none to be too long. */
function permits(
  row: Row,
  conditions: readonly string[],
  alternatives: readonly Alternative[],
  rule?: string,
): readonly string[] {
  const parts: Alternative[][] = []
  let length = MAX_LENGTH
  for (const one of [...alternatives].sort((a, b) =>
    a.method < b.method ? -1 : Number(a.method > b.method),
  )) {
    const added =
      one.condition.length + 8 + (parts.at(-1)?.at(-1)?.method === one.method ? 0 : one.method.length + 20)
    length += added
    if (length > MAX_LENGTH) {
      parts.push([])
      length = HEAD.length + conditions.join('').length + row.name.length + 100 + added
    }
    parts.at(-1)?.push(one)
  }
  const annotations = [
    `@grantedBy(${string(row.name)})`,
    ...(rule === undefined ? [] : [`@rule(${string(rule)})`]),
  ].join('\n')
  return parts.map((part) => {
    const byMethod = new Map<string, string[]>()
    for (const { method, condition } of part)
      byMethod.set(method, [...(byMethod.get(method) ?? []), condition])
    const granted = [...byMethod].map(([method, list]) => [[method], anyOf(list.map((one) => [one]))])
    const [only = []] = granted
    const all = [
      ...conditions.map((one) => [one]),
      ...(granted.length === 1 ? only : [anyOf(granted.map(allOf))]),
    ]
    return `${annotations}\n${HEAD}\nwhen {\n${indented(allOf(all)).join('\n')}\n};\n`
  })
}

/** An expression. */
type Lines = readonly string[]

function allOf(list: readonly Lines[]): Lines {
  return joined(list, ' &&')
}

/** Of conjunctions; in parentheses where it is more than one. */
function anyOf(list: readonly Lines[]): Lines {
  const [only = []] = list
  return list.length === 1 ? only : ['(', ...indented(joined(list, ' ||')), ')']
}

function joined(list: readonly Lines[], operator: string): Lines {
  return list.flatMap((lines, index) =>
    index === list.length - 1 ? lines : lines.with(-1, `${lines.at(-1) ?? ''}${operator}`),
  )
}

function indented(lines: Lines): Lines {
  return lines.map((line) => `  ${line}`)
}

function methodIs(methods: readonly string[]): string {
  return oneOf('context.method', methods)
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
