import { quote } from '../../../diagnostic/words.ts'
import { spanInside } from '../../../yaml/node.ts'
import { rewritePattern } from '../../edits/rewrite-pattern.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import { exampleRequest } from '../../meaning/example.ts'
import type { RuleDefinition } from '../../rule.ts'

export const basePathInPattern: RuleDefinition = {
  id: 'base-path-in-pattern',
  severity: 'warning',
  summary: 'a pattern that begins with the base path once more',
  why:
    'The base path of `$options` is stripped from every request path before it is compared, so a pattern that repeats it ' +
    'matches only paths that have it twice.',
  bad: `
$options:
  basePath: /rest
workers:
  label: Read who works here
  endpoints:
    - /rest/workers/*: GET
`,
  good: `
$options:
  basePath: /rest
workers:
  label: Read who works here
  endpoints:
    - workers/*: GET
`,
  fix: 'unsafe',
  check: (subject, report) => {
    const { basePath } = subject.options
    if (basePath === '') return
    const base = basePath.slice(1)
    for (const { scope, endpoint } of eachPattern(subject)) {
      const { node } = endpoint
      const slash = node.text.startsWith('/') ? 1 : 0
      const rest = node.text.slice(slash + base.length)
      if (!node.text.startsWith(base, slash) || !/^(?:\/|$)/.test(rest)) continue
      const path = rest.replace(/^\//, '') || '/'
      const edits = rewritePattern(subject.text, endpoint, path)
      const request = exampleRequest(subject, scope.name, endpoint)
      report({
        span: spanInside(node, 0, slash + base.length),
        message:
          `${quote(node.text)} repeats the base path ${quote(basePath)}` +
          (request === undefined ? '' : `, so it grants ${quote(request)}`),
        help: `write ${quote(path)}`,
        fix: edits && { title: 'leave the base path out', edits, unsafe: true },
      })
    }
  },
}
