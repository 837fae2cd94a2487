import { quote } from '../../../diagnostic/words.ts'
import { spanInside } from '../../../yaml/node.ts'
import { rewritePattern } from '../../edits/rewrite-pattern.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import type { RuleDefinition } from '../../rule.ts'

/** `{id}` and `{name:int}` anywhere; `:id`, `<int:id>` and `[id]` as a whole segment. */
export const PARAMETER: RegExp =
  /\{[A-Za-z_][\w.-]*(?::[^{}/]*)?\}|(?<=^|\/)(?::[A-Za-z_]\w*\??|<(?:[A-Za-z]\w*:)?[A-Za-z_][\w-]*>|\[(?:\.{3})?[A-Za-z_]\w+\])(?=\/|$)/g

export const routeParameter: RuleDefinition = {
  id: 'route-parameter',
  severity: 'warning',
  summary: 'a route parameter such as `:id` or `{id}`, which is plain text here',
  why:
    'Routers and OpenAPI name parts of a path; a scope policy has only stars. The pattern matches nothing but a path ' +
    'with those very characters.',
  bad: `
workers:
  label: Read who works here
  endpoints:
    - workers/{id}: GET
    - teams/:team/members: GET
`,
  good: `
workers:
  label: Read who works here
  endpoints:
    - workers/*: GET
    - teams/*/members: GET
`,
  fix: 'unsafe',
  check: ({ text, options, scopes }, report) => {
    for (const { endpoint } of eachPattern({ scopes })) {
      const { node } = endpoint
      // In brackets `segment` has the characters that may be there.
      const found = [...node.text.matchAll(PARAMETER)].filter(
        ([parameter]) => options.wildcard === 'any' || !parameter.startsWith('['),
      )
      const [first] = found
      if (first === undefined) continue
      const [parameter] = first
      const starred = node.text.replace(PARAMETER, (one) =>
        found.some(([other]) => other === one) ? '*' : one,
      )
      const edits = rewritePattern(text, endpoint, starred)
      report({
        span: spanInside(node, first.index, first.index + parameter.length),
        message: `${quote(parameter)} in ${quote(node.text)} is plain text, not a parameter`,
        help: `write ${quote(starred)}`,
        fix: edits && {
          title: found.length === 1 ? 'put a star for the parameter' : 'put stars for the parameters',
          edits,
          unsafe: true,
        },
      })
    }
  },
}
