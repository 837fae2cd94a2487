import { quote } from '../../../diagnostic/words.ts'
import { spanInside } from '../../../yaml/node.ts'
import { rewritePattern } from '../../edits/rewrite-pattern.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import type { RuleDefinition } from '../../rule.ts'

export const queryInPattern: RuleDefinition = {
  id: 'query-in-pattern',
  severity: 'warning',
  summary: 'a query in a pattern',
  why:
    'A policy cannot distinguish requests by their query: it is cut off before paths are compared. Where that matters, ' +
    'the API itself has to look at it. In `wildcard: segment` a `?` matches any one character.',
  bad: `
records:
  label: Search records
  endpoints:
    - records?type=*: GET
`,
  good: `
records:
  label: Search records
  endpoints:
    - records: GET
`,
  fix: 'unsafe',
  check: ({ text, options, scopes }, report) => {
    const query =
      options.wildcard === 'any'
        ? /^[^?]*[^?)](\?(?:$|\*$|[\w$.[\]%*-]+(?:[=&]|$)).*)$/
        : /(\?[\w$.[\]*-]+=.*)$/
    for (const { endpoint } of eachPattern({ scopes })) {
      const { node } = endpoint
      const found = query.exec(node.text)?.[1]
      if (found === undefined) continue
      const end = node.text.length - found.length
      const path = node.text.slice(0, end) || '/'
      const edits = rewritePattern(text, endpoint, path)
      report({
        span: spanInside(node, end, node.text.length),
        message: `${quote(found)} in ${quote(node.text)} is a query, which no policy can look at`,
        help: `write ${quote(path)}; it grants the path with every query`,
        fix: edits && { title: 'leave the query out', edits, unsafe: true },
      })
    }
  },
}
