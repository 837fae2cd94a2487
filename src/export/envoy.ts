/**
 * A policy for Envoy: two RBAC filters, the path rules as one that denies, and the policy as one that allows.
 *
 * The RBAC filter sees the request target as received, so the path rules are exact there, as long as the connection
 * manager leaves the target alone. Scopes are those of the JWT filter before it. Names of tools, prompts and resources
 * are in the body of a request, which the filter does not see.
 *
 * Rejected: RBAC conditions in CEL for the paths (as exact, but a tree of syntax nodes in YAML that is not readable).
 */
import type { Policy } from '../decision/types.ts'
import type { Exported } from './model.ts'
import { acceptedPath, type Guard } from './re2/accepted.ts'
import { byRow, type Clause, type Clauses, clausesOf } from './re2/clauses.ts'
import { printYaml } from '../yaml/print-yaml.ts'
import { namesLeftOut, type Row, rowsOf } from './rows.ts'

const INTRODUCTION = `# Written by \`scope-policy export --to envoy\`: for http_filters of the HTTP connection manager, after a filter
# envoy.filters.http.jwt_authn whose provider has \`payload_in_metadata: payload\`.
#
# The connection manager has to leave the path as received:
#   normalize_path: false
#   merge_slashes: false
#   path_with_escaped_slashes_action: KEEP_UNCHANGED
#   http_protocol_options: { allow_absolute_url: false }
# Expressions are larger than Envoy's default limit; raise it in the bootstrap file:
#   layered_runtime: { layers: [{ name: re2, static_layer: { re2.max_program_size.error_level: 1000000 } }] }
#
# The claim \`scope\` is a string with the scopes separated by single spaces, or a list of them.
# Envoy itself answers 400 to targets with a \`#\` in the query, which no URI has there.
`

/** Throws `TypeError` for what is not a loaded policy. */
export function toEnvoy(policy: Policy): Exported {
  const { filters, unexpressed } = envoyFilters(policy)
  return { files: [{ name: 'rbac.yaml', text: `${INTRODUCTION}${printYaml(filters)}` }], unexpressed }
}

/** The two filters, for whatever configures an Envoy. */
export function envoyFilters(policy: Policy): {
  readonly filters: readonly object[]
  readonly unexpressed: Exported['unexpressed']
} {
  const rows = rowsOf(policy)
  const clauses = clausesOf(rows)
  return {
    filters: [
      rbac('scope_policy_refused', 'DENY', denied(acceptedPath(rows.rules))),
      rbac('scope_policy', 'ALLOW', allowed(clauses)),
    ],
    unexpressed: [
      ...clauses.unexpressed,
      ...namesLeftOut(rows, 'names are in the body of a request, which the RBAC filter does not see'),
    ],
  }
}

function rbac(statPrefix: string, action: 'ALLOW' | 'DENY', policies: object): object {
  return {
    name: `envoy.filters.http.rbac.${statPrefix}`,
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
      rules: { action, policies },
      rules_stat_prefix: `${statPrefix}.`,
    },
  }
}

function denied({ checks, maxLength }: Guard): object {
  const [characters, ...others] = checks
  return {
    refused_path: {
      permissions: [
        // With the query: Envoy's own path ends at a `#`, which is refused.
        {
          not_rule: {
            header: {
              name: ':path',
              string_match: regex(`(?:${unanchored(characters?.expression ?? '')})(?:\\?.*)?`),
            },
          },
        },
        ...others.map(({ expression }) => urlPath(`.*(?:${expression}).*`)),
      ],
      principals: [{ any: true }],
    },
    too_long: {
      permissions: [{ any: true }],
      principals: [{ any: true }],
      condition: {
        call_expr: {
          function: '_>_',
          args: [
            {
              call_expr: {
                function: 'size',
                args: [{ select_expr: { operand: { ident_expr: { name: 'request' } }, field: 'url_path' } }],
              },
            },
            { const_expr: { int64_value: maxLength } },
          ],
        },
      },
    },
  }
}

function allowed({ own, withSlash, withoutSlash }: Clauses): object {
  const policies = [...byRow(own)].map(([row, list]) => [
    row.name,
    { permissions: permissionsOf(list), principals: [principalOf(row)] },
  ])
  const together = [...new Set(withSlash.flatMap(({ methods }) => methods))].flatMap((method) => {
    const of = (clauses: readonly Clause[]): readonly object[] =>
      [...byRow(clauses.filter(({ methods }) => methods.includes(method)))].map(([row, list]) =>
        all('rules', [
          ...heldRules(row),
          any(
            'rules',
            list.map(({ expression }) => urlPath(unanchored(expression))),
          ),
        ]),
      )
    const [first, second] = [of(withSlash), of(withoutSlash)]
    if (second.length === 0) return []
    return [all('rules', [methodIs(method), any('rules', first), any('rules', second)])]
  })
  if (together.length > 0)
    policies.push(['slash at the end', { permissions: together, principals: [anyToken()] }])
  return Object.fromEntries(policies) as object
}

function permissionsOf(clauses: readonly Clause[]): readonly object[] {
  const byMethods = new Map<string, { readonly methods: readonly string[]; readonly paths: object[] }>()
  for (const { methods, expression } of clauses) {
    const key = methods.join()
    const known = byMethods.get(key) ?? { methods, paths: [] }
    byMethods.set(key, known)
    known.paths.push(urlPath(unanchored(expression)))
  }
  return [...byMethods.values()].map(({ methods, paths }) =>
    all('rules', [any('rules', methods.map(methodIs)), any('rules', paths)]),
  )
}

function methodIs(exact: string): object {
  return { header: { name: ':method', string_match: { exact } } }
}

function principalOf({ groups }: Row): object {
  if (groups.length === 0) return anyToken()
  return all(
    'ids',
    groups.map((names) => any('ids', names.flatMap(holds))),
  )
}

/** The same as a permission: only there can two rows be asked for at once. */
function heldRules({ groups }: Row): readonly object[] {
  return groups.map((names) => any('rules', names.flatMap(holds)))
}

/** One of the claims that access tokens have (RFC 9068 §2.2). */
function anyToken(): object {
  return any(
    'ids',
    ['iss', 'sub', 'exp', 'scope'].map((claim) => metadata(claim, { present_match: true })),
  )
}

/** The characters of a scope (RFC 6749 §3.3). */
const NAME = '[!#-\\[\\]-~]+'

function holds(name: string): readonly object[] {
  const text = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return [
    metadata('scope', { string_match: regex(`(?:${NAME} )*${text}(?: ${NAME})*`) }),
    metadata('scope', { list_match: { one_of: { string_match: { exact: name } } } }),
  ]
}

function metadata(claim: string, value: object): object {
  const path = [{ key: 'payload' }, { key: claim }]
  return { metadata: { filter: 'envoy.filters.http.jwt_authn', path, value } }
}

function urlPath(expression: string): object {
  return { url_path: { path: regex(expression) } }
}

function regex(expression: string): object {
  return { safe_regex: { regex: expression } }
}

/** Envoy matches the whole of a string. */
function unanchored(expression: string): string {
  return expression.replace(/^\^/, '').replace(/\$$/, '')
}

function all(kind: 'rules' | 'ids', list: readonly object[]): object {
  const [first = {}] = list
  return list.length === 1 ? first : { [`and_${kind}`]: { [kind]: list } }
}

function any(kind: 'rules' | 'ids', list: readonly object[]): object {
  const [first = {}] = list
  return list.length === 1 ? first : { [`or_${kind}`]: { [kind]: list } }
}
