/**
 * A policy for Cerbos: one resource policy whose rules have CEL conditions.
 *
 * Of the rules each is about the rows that a token holds and a set of methods; its condition asks for the scopes
 * first, so expressions run for the token's own scopes only. The path rules are a rule that denies: in Cerbos a
 * denial wins.
 */
import { stringify } from 'yaml'
import type { Policy } from '../decision/types.ts'
import type { Exported, Unexpressed } from './model.ts'
import { acceptedPath, type Guard } from './re2/accepted.ts'
import { type Clause, clausesOf } from './re2/clauses.ts'
import { nameClausesOf, nameGuards } from './re2/names.ts'
import { rowsOf } from './rows.ts'

const INTRODUCTION = `# Written by \`scope-policy export --to cerbos\`.
#
# Check the resource of kind \`api\` with
#   actions              the method as received, or tools/call, prompts/get, resources/read
#   resource.attr.path   the request target as received, up to the first question mark; it begins with a slash.
#                        For the other three: the name of the tool or prompt, the URI of the resource
#   principal.attr.scopes  the scopes of a valid token, a list of strings
`

/** Other characters may be those of a wildcard in the names of actions. */
const ACTION = /^[A-Za-z][\w/-]*$/

/** Throws `TypeError` for what is not a loaded policy. */
export function toCerbos(policy: Policy): Exported {
  const rows = rowsOf(policy)
  const { clauses, unexpressed } = clausesOf(rows)
  const left: Unexpressed[] = [...unexpressed]
  const rules = new Map<string, { readonly clause: Clause; readonly paths: string[] }>()
  for (const clause of [...clauses, ...nameClausesOf(rows)]) {
    const allowed = clause.methods.filter((method) => ACTION.test(method))
    for (const method of clause.methods) {
      if (ACTION.test(method)) continue
      left.push({
        row: clause.rows[0]?.name ?? '',
        pattern: clause.pattern,
        reason: `method \`${method}\` may be a wildcard among the actions of Cerbos`,
      })
    }
    if (allowed.length === 0) continue
    const key = JSON.stringify([clause.rows.map(({ name }) => name), allowed])
    const known = rules.get(key) ?? { clause: { ...clause, methods: allowed }, paths: [] }
    rules.set(key, known)
    known.paths.push(clause.expressions.map(matches).join(' && '))
  }
  const actions = [...new Set([...rules.values()].flatMap(({ clause }) => clause.methods))].sort()
  const document = {
    apiVersion: 'api.cerbos.dev/v1',
    resourcePolicy: {
      resource: 'api',
      version: 'default',
      rules: [
        ...refusals(acceptedPath(rows.rules), actions),
        ...[...rules.values()].map(({ clause, paths }) => ({
          actions: clause.methods,
          effect: 'EFFECT_ALLOW',
          roles: ['*'],
          condition: {
            match: { all: { of: [...held(clause), { any: { of: paths.map((expr) => ({ expr })) } }] } },
          },
        })),
      ],
    },
  }
  return {
    files: [
      {
        name: 'api.yaml',
        text: `${INTRODUCTION}${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`,
      },
    ],
    unexpressed: left,
  }
}

/** What is denied whatever the policy. Names are read by other rules than paths; no HTTP method has a slash. */
function refusals(paths: Guard, actions: readonly string[]): readonly object[] {
  const { name, uri } = nameGuards()
  const deny = (denied: readonly string[], guard: Guard, isUnicode = false): readonly object[] => {
    const used = denied.filter((action) => actions.includes(action))
    const expr = `!(${accepted(guard, isUnicode)})`
    return used.length === 0
      ? []
      : [{ actions: used, effect: 'EFFECT_DENY', roles: ['*'], condition: { match: { expr } } }]
  }
  return [
    ...deny(
      actions.filter((action) => !action.includes('/')),
      paths,
    ),
    ...deny(['tools/call', 'prompts/get'], name, true),
    ...deny(['resources/read'], uri),
  ]
}

function accepted({ checks, maxLength }: Guard, isUnicode: boolean): string {
  const size = isUnicode
    ? `(R.attr.path.size() <= ${maxLength / 2} || R.attr.path.size() + R.attr.path.split("").filter(c, ${matchesOf('c', '^[\\x{10000}-\\x{10FFFF}]$')}).size() <= ${maxLength})`
    : `R.attr.path.size() <= ${maxLength}`
  return [
    size,
    ...checks.map(({ expression, expected, when }) => {
      const one = `${expected ? '' : '!'}${matches(expression)}`
      return when === undefined ? one : `(!${matches(when)} || ${one})`
    }),
  ].join(' && ')
}

function held({ rows }: Clause): readonly object[] {
  const groups = rows.flatMap((row) => row.groups)
  // A token without a list of scopes is none.
  if (groups.length === 0) return [{ expr: 'type(P.attr.scopes) == list' }]
  return groups.map((names) => {
    const [first = ''] = names
    return names.length === 1
      ? { expr: `${string(first)} in P.attr.scopes` }
      : { expr: `[${names.map(string).join(', ')}].exists(scope, scope in P.attr.scopes)` }
  })
}

function matches(expression: string): string {
  return matchesOf('R.attr.path', expression)
}

function matchesOf(what: string, expression: string): string {
  return `${what}.matches(${string(expression)})`
}

/** A CEL string: characters beyond ASCII are written as they are. */
function string(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
