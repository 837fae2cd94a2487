/**
 * A policy for the Open Policy Agent: a bundle of one Rego module and its data.
 *
 * The module is the same for every policy. It looks up what the scopes of the token may open for the method, and runs
 * the expressions of those; the path rules are a guard before all of them. So a decision costs the patterns of the
 * token's own scopes, not those of the policy.
 *
 * Rejected: a rule for each endpoint (OPA compiles thousands of rules slowly, and indexes none of these), and
 * `glob.match` (its stars stay within a segment, and it knows no escapes).
 */
import type { Policy } from '../decision/types.ts'
import type { Exported } from './model.ts'
import { acceptedPath, type Guard } from './re2/accepted.ts'
import { type Clause, clausesOf } from './re2/clauses.ts'
import { nameClausesOf, nameGuards } from './re2/names.ts'
import { rowsOf } from './rows.ts'

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
	count(matching("without_slash")) > 0
	some grant in matching("with_slash")
}

matching(kind) := {{"scope": clause.scope, "endpoint": clause.endpoint} |
	some name in names
	some number in data.scope_policy.index[kind][name][input.method]
	clause := data.scope_policy.clauses[number]
	every group in clause.groups {
		count({held | some held in group; names[held]}) > 0
	}
	regex.match(clause.expression, input.path)
}

# What every token holds is under the empty name.
names := {""} | {scope | some scope in input.scopes} if {
	is_array(input.scopes)
	every scope in input.scopes {
		is_string(scope)
	}
}

guard := data.scope_policy.guards[object.get(data.scope_policy.kinds, input.method, "path")]

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
  const written: object[] = []
  const indexOf = (clauses: readonly Clause[]): object => {
    const index = new Map<string, Map<string, number[]>>()
    for (const { row, methods, pattern, expression } of clauses) {
      const [first = [''], ...groups] = row.groups
      const number = written.push({ scope: row.name, endpoint: pattern, groups, expression }) - 1
      for (const name of first) {
        const byMethod = index.get(name) ?? new Map<string, number[]>()
        index.set(name, byMethod)
        for (const method of methods) {
          const known = byMethod.get(method)
          if (known === undefined) byMethod.set(method, [number])
          else known.push(number)
        }
      }
    }
    return Object.fromEntries([...index].map(([name, methods]) => [name, Object.fromEntries(methods)]))
  }
  const index = {
    own: indexOf([...own, ...nameClausesOf(rows)]),
    with_slash: indexOf(withSlash),
    without_slash: indexOf(withoutSlash),
  }
  const data = {
    scope_policy: {
      kinds: { 'tools/call': 'name', 'prompts/get': 'name', 'resources/read': 'uri' },
      guards: mapValues({ path: acceptedPath(rows.rules), ...nameGuards() }, guardOf),
      clauses: written,
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

function guardOf({ checks, maxLength }: Guard): object {
  return { checks, max_length: maxLength }
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
