import { quote } from '../../../diagnostic/words.ts'
import { spanInside } from '../../../yaml/node.ts'
import { rewritePattern } from '../../edits/rewrite-pattern.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import type { RuleDefinition } from '../../rule.ts'

export const extensionInPattern: RuleDefinition = {
  id: 'extension-in-pattern',
  severity: 'warning',
  summary: 'a pattern that ends in an extension which the options strip',
  why:
    'With `extensions` (or `preset: cerb`) a request for `tickets.json` is compared as `tickets`, so a pattern with the ' +
    'extension does not match it. The pattern without it covers every format.',
  bad: `
$options:
  extensions: [json]
tickets:
  label: Read your tickets
  endpoints:
    - tickets/*.json: GET
    - tickets.json: GET
`,
  good: `
$options:
  extensions: [json]
tickets:
  label: Read your tickets
  endpoints:
    - tickets/*: GET
    - tickets: GET
`,
  fix: 'unsafe',
  check: ({ text, options, scopes }, report) => {
    if (options.extensions.length === 0) return
    for (const { endpoint } of eachPattern({ scopes })) {
      const { node } = endpoint
      const rest = withoutExtensions(node.text, options.extensions, options.caseSensitive)
      if (rest.length === node.text.length) continue
      // Without it `*.json` would grant everything, which was not meant.
      const isPath = /[^/*]/.test(rest) && !rest.endsWith('/')
      const edits = isPath ? rewritePattern(text, endpoint, rest) : undefined
      report({
        span: spanInside(node, rest.length, node.text.length),
        message: `${quote(node.text.slice(rest.length))} in ${quote(node.text)} is stripped from every request path before it is compared`,
        help: isPath
          ? `write ${quote(rest)}; it covers every format`
          : 'write the path without the extension',
        fix: edits && { title: 'leave the extension out', edits, unsafe: true },
      })
    }
  },
}

function withoutExtensions(text: string, extensions: readonly string[], caseSensitive: boolean): string {
  const folded = (part: string): string => (caseSensitive ? part : part.toLowerCase())
  let rest = text
  for (let at = 0; at < extensions.length; at++) {
    const ending = `.${extensions[at] ?? ''}`
    if (!folded(rest).endsWith(folded(ending))) continue
    rest = rest.slice(0, -ending.length)
    at = -1
  }
  return rest
}
