/**
 * A policy for Cerbos: one resource policy whose rules have CEL conditions.
 *
 * Each rule is about one method and one row of the policy; its condition asks for the scopes first, so expressions run for the token's own scopes only. The path rules are a rule that denies: in Cerbos a
 * denial wins.
 */
import type { Policy } from '../decision/types.ts'
import type { Exported, Unexpressed } from './model.ts'
import { acceptedPath, type Guard } from './re2/accepted.ts'
import { byRow, type Clause, clausesOf } from './re2/clauses.ts'
import { nameClausesOf, nameGuards } from './re2/names.ts'
import { printYaml } from '../yaml/print-yaml.ts'
import { type Row, rowsOf } from './rows.ts'

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
  const { own, withSlash, withoutSlash, unexpressed } = clausesOf(rows)
  const all = [...own, ...nameClausesOf(rows)]
  const left: Unexpressed[] = [...unexpressed]
  for (const { row, methods, pattern } of all) {
    for (const method of methods) {
      if (ACTION.test(method)) continue
      const reason = `method \`${method}\` may be a wildcard among the actions of Cerbos`
      left.push({ row: row.name, pattern: pattern.text, reason })
    }
  }
  const actions = [...new Set(all.flatMap(({ methods }) => methods))].filter((one) => ACTION.test(one)).sort()
  const rules = actions.flatMap((action) => {
    const of = (clauses: readonly Clause[]): readonly object[] =>
      conditionsOf(clauses.filter(({ methods }) => methods.includes(action)))
    const [grants, first, second] = [of(all), of(withSlash), of(withoutSlash)]
    const together =
      first.length > 0 && second.length > 0
        ? [allow(action, { all: { of: [{ any: { of: first } }, { any: { of: second } }] } })]
        : []
    return [...grants.map((condition) => allow(action, condition)), ...together]
  })
  const document = {
    apiVersion: 'api.cerbos.dev/v1',
    resourcePolicy: {
      resource: 'api',
      version: 'default',
      rules: [...refusals(acceptedPath(rows.rules), actions), ...rules],
    },
  }
  return {
    files: [
      {
        name: 'api.yaml',
        text: `${INTRODUCTION}${printYaml(document)}`,
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

function allow(action: string, condition: object): object {
  return { actions: [action], effect: 'EFFECT_ALLOW', roles: ['*'], condition: { match: condition } }
}

/** One condition for each row: that the token holds it, and that one of its expressions matches. */
function conditionsOf(clauses: readonly Clause[]): readonly object[] {
  return [...byRow(clauses)].map(([row, list]) => {
    const paths = list.map(({ expression }) => ({ expr: matches(expression) }))
    return { all: { of: [...held(row), { any: { of: paths } }] } }
  })
}

function held({ groups }: Row): readonly object[] {
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
