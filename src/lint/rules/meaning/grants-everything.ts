import { quote } from '../../../diagnostic/words.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import { exampleRequest, suchAs } from '../../meaning/example.ts'
import type { RuleDefinition } from '../../rule.ts'

const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

export const grantsEverything: RuleDefinition = {
  id: 'grants-everything',
  severity: 'info',
  summary: 'a scope that can change everything',
  why:
    'A star alone takes every path, and with it go all parts of the API that will be added later. That can be what ' +
    'the scope is for; then suppress the rule there and say so.',
  bad: `
api:
  label: Make any API request on your behalf
  endpoints:
    - "*"
`,
  good: `
api:read-only:
  label: Make any read-only API request on your behalf
  endpoints:
    - "*": GET
`,
  check: (subject, report) => {
    for (const { scope, endpoint } of eachPattern(subject)) {
      const { node, methods, pattern } = endpoint
      const isAll = subject.options.wildcard === 'any' ? /^\*+$/ : /^\*\*$/
      if (!isAll.test(pattern.text)) continue
      const writing = methods.filter((method) => WRITING.has(method))
      if (writing.length === 0) continue
      const request = exampleRequest(subject, scope.name, { pattern, methods: writing }, () => 'a/b')
      report({
        span: node.span,
        message: `scope ${quote(scope.name)} can change everything: ${quote(node.text)} takes every path${suchAs(request)}`,
        help: 'name the paths or methods that it is about, if it is not meant to be all of the API',
      })
    }
  },
}
