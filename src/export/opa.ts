/**
 * A policy for the Open Policy Agent: a bundle of one Rego module and its data.
 *
 * The module is the same for every policy. It looks up the patterns that the path may match by the path's segments
 * (`re2/lookup.ts`), keeps those that a scope of the token opens, and runs their expressions; the path rules are a
 * guard before all of them. So a decision costs a few expressions, however large the policy is. OPA keeps only so many
 * compiled expressions, which is why running fewer counts twice.
 *
 * Rejected: a rule for each endpoint (OPA compiles thousands of rules slowly, and indexes none of these), looking up
 * by scopes alone (a scope may open a thousand patterns), and `glob.match` (its stars stay within a segment, and it
 * has no escapes).
 */
import type { Policy } from '../decision/types.ts'
import type { Exported } from './model.ts'
import { acceptedPath, type Guard } from './re2/accepted.ts'
import { type Clause, clausesOf } from './re2/clauses.ts'
import { nameClausesOf, nameGuards } from './re2/names.ts'
import { ALL_PATHS, lookupKeys, trimmedEnd } from './re2/lookup.ts'
import { type PolicyRows, type Row, rowsOf } from './rows.ts'

const MODULE = `# Written by \`scope-policy export --to opa\`.
#
# Ask for data.scope_policy.allow, with the input
#   method  the method as received, or tools/call, prompts/get, resources/read
#   path    the request target as received, up to the first question mark; it begins with a slash.
#           For the other three: the name of the tool or prompt, the URI of the resource
#   scopes  the scopes of a valid token, an array of strings
# data.scope_policy.granted_by has the scopes and patterns that grant the request.

package scope_policy

default allow := false

allow if count(granted_by) > 0

granted_by contains grant if {
	accepted
	some grant in matching("own")
}

# A path that ends in a slash: one pattern grants it with the slash, another one without.
granted_by contains grant if {
	accepted
	comparable != trimmed
	some grant in matching("with_slash")
	count(matching("without_slash")) > 0
}

matching(kind) := {{"scope": data.scope_policy.rows[row].name, "endpoint": pattern.text} |
	some prefix in prefixes
	some segment in last_segments
	some entry in data.scope_policy.index[kind][input.method][prefix][segment]
	contains(comparable, entry.middle)
	granted := {row | some row in entry.rows; held[row]}
	count(granted) > 0
	pattern := data.scope_policy.patterns[entry.pattern]
	regex.match(pattern.expression, input.path)
	some row in granted
}

# The rows of the policy that the token holds: of each group one scope. What every token holds is under the empty name.
held contains row if {
	some name in names
	some row in data.scope_policy.holders[name]
	every group in data.scope_policy.rows[row].groups {
		some one in group
		names[one]
	}
}

names := {""} | {scope | some scope in input.scopes} if {
	is_array(input.scopes)
	every scope in input.scopes {
		is_string(scope)
	}
}

kind := object.get(data.scope_policy.kinds, input.method, "path")

# What the path is looked up by. It leads to every pattern that matches it, and to some that do not.
default comparable := ""

comparable := path if {
	kind == "path"
	decoded := urlquery.decode(replace(input.path, "+", "%2B"))
	path := {true: decoded, false: lower(decoded)}[data.scope_policy.lookup.case_sensitive]
}

trimmed := regex.replace(comparable, data.scope_policy.lookup.trimmed, "")

segments := split(comparable, "/")

prefixes := {trimmed} | {concat("/", array.slice(segments, 0, length)) |
	some length in numbers.range(1, min({count(segments), data.scope_policy.lookup.depth}))
}

last_segments := {"*", regex.find_n("[^/]*$", trimmed, 1)[0]}

guard := data.scope_policy.guards[kind]

# Paths that another server could read as a different one are refused, whatever the policy.
accepted if {
	is_string(input.path)
	length <= guard.max_length
	every check in guard.checks {
		passes(check)
	}
}

# In UTF-16 units.
length := count(input.path) + count(regex.find_n("[\\\\x{10000}-\\\\x{10FFFF}]", input.path, -1))

passes(check) if regex.match(check.expression, input.path) == check.expected

passes(check) if not regex.match(check.when, input.path)
`

/** Throws `TypeError` for what is not a loaded policy. */
export function toOpa(policy: Policy): Exported {
  const rows = rowsOf(policy)
  const { own, withSlash, withoutSlash, unexpressed } = clausesOf(rows)
  const tables = new Tables(rows)
  const index = {
    own: tables.index([...own, ...nameClausesOf(rows)]),
    with_slash: tables.index(withSlash),
    without_slash: tables.index(withoutSlash),
  }
  const data = {
    scope_policy: {
      kinds: { 'tools/call': 'name', 'prompts/get': 'name', 'resources/read': 'uri' },
      guards: mapValues({ path: acceptedPath(rows.rules), ...nameGuards() }, guardOf),
      lookup: {
        case_sensitive: rows.rules.caseSensitive,
        trimmed: trimmedEnd(rows.rules),
        depth: tables.depth,
      },
      ...tables.rows(),
      patterns: tables.patterns,
      index,
    },
  }
  const manifest = { revision: policy.fingerprint, roots: ['scope_policy'], rego_version: 1 }
  return {
    files: [
      { name: 'policy.rego', text: MODULE },
      { name: 'data.json', text: `${JSON.stringify(data, null, 1)}\n` },
      { name: '.manifest', text: `${JSON.stringify(manifest)}\n` },
    ],
    unexpressed,
  }
}

/** By method, prefix and last segment (`re2/lookup.ts`): numbers of patterns, and of rows that grant them. */
type Index = Record<
  string,
  Record<string, Record<string, { pattern: number; middle: string; rows: number[] }[]>>
>

/** Rows and patterns by number, since many scopes open the same pattern. */
class Tables {
  readonly patterns: { readonly text: string; readonly expression: string }[] = []
  /** The segments of the longest prefix. */
  depth = 1
  readonly #policy: PolicyRows
  readonly #rowNumbers: ReadonlyMap<Row, number>
  readonly #patternNumbers = new Map<string, number>()

  constructor(policy: PolicyRows) {
    this.#policy = policy
    this.#rowNumbers = new Map(policy.rows.map((row, number) => [row, number]))
  }

  index(clauses: readonly Clause[]): Index {
    const index: Index = emptyRecord()
    for (const { row, methods, pattern, expression } of clauses) {
      const number = this.#patternNumber(pattern.text, expression)
      const holder = this.#rowNumbers.get(row) as number
      for (const method of methods) {
        const { prefix, middle, last } = method.includes('/')
          ? ALL_PATHS
          : lookupKeys(pattern, this.#policy.rules)
        this.depth = Math.max(this.depth, prefix.split('/').length)
        const entries = (((index[method] ??= emptyRecord())[prefix] ??= emptyRecord())[last] ??= [])
        const known = entries.find((entry) => entry.pattern === number)
        if (known === undefined) entries.push({ pattern: number, middle, rows: [holder] })
        else if (!known.rows.includes(holder)) known.rows.push(holder)
      }
    }
    return index
  }

  /** Each with its groups, and by the names of the first of them: a token that holds a row has one of those. */
  rows(): object {
    const { rows } = this.#policy
    const holders: Record<string, number[]> = emptyRecord()
    for (const [number, { groups }] of rows.entries()) {
      for (const name of groups[0] ?? ['']) (holders[name] ??= []).push(number)
    }
    return { rows: rows.map(({ name, groups }) => ({ name, groups: groups.slice(1) })), holders }
  }

  #patternNumber(text: string, expression: string): number {
    const key = `${expression} ${text}`
    const known = this.#patternNumbers.get(key) ?? this.patterns.push({ text, expression }) - 1
    this.#patternNumbers.set(key, known)
    return known
  }
}

/** Without the members that every object has: keys are segments of paths and names of scopes. */
function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>
}

function guardOf({ checks, maxLength }: Guard): object {
  return { checks, max_length: maxLength }
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
