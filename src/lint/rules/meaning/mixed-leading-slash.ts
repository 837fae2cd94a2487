import { quote } from '../../../diagnostic/words.ts'
import { rewritePattern } from '../../edits/rewrite-pattern.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import type { RuleDefinition } from '../../rule.ts'

export const mixedLeadingSlash: RuleDefinition = {
  id: 'mixed-leading-slash',
  severity: 'off',
  summary: 'patterns with and without a slash at the start in one document',
  why:
    'Both mean the same, and readers wonder whether they do. What the fewer patterns do is reported; a pattern that ' +
    'begins with a star belongs to neither.',
  bad: `
workers:
  label: Read who works here
  endpoints:
    - workers: GET
    - workers/me: GET
    - /teams: GET
`,
  good: `
workers:
  label: Read who works here
  endpoints:
    - workers: GET
    - workers/me: GET
    - teams: GET
`,
  fix: 'safe',
  check: (subject, report) => {
    const all = [...eachPattern(subject)].filter(({ endpoint: { node, pattern } }) => {
      return pattern.meaning.kind !== 'never' && /^\/?[^/*]/.test(node.text)
    })
    const withSlash = all.filter(({ endpoint }) => endpoint.node.text.startsWith('/'))
    const without = all.filter(({ endpoint }) => !endpoint.node.text.startsWith('/'))
    const [fewer, more] = withSlash.length <= without.length ? [withSlash, without] : [without, withSlash]
    const [other] = more
    for (const { endpoint } of fewer) {
      const { node } = endpoint
      if (other === undefined) continue
      const hasSlash = fewer === withSlash
      const text = hasSlash ? node.text.slice(1) : `/${node.text}`
      const edits = rewritePattern(subject.text, endpoint, text)
      report({
        span: node.span,
        message: `${quote(node.text)} begins ${hasSlash ? 'with' : 'without'} a slash, unlike most patterns here`,
        help: `write ${quote(text)}`,
        related: { message: 'as this one', span: other.endpoint.node.span },
        fix: edits && { title: hasSlash ? 'leave the slash out' : 'put a slash in front', edits },
      })
    }
  },
}
