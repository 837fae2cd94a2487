import { quote } from '../../../diagnostic/words.ts'
import { spanInside } from '../../../yaml/node.ts'
import { rewritePattern } from '../../edits/rewrite-pattern.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import { exampleRequest, suchAs } from '../../meaning/example.ts'
import type { RuleDefinition } from '../../rule.ts'

export const doubleStar: RuleDefinition = {
  id: 'double-star',
  severity: 'warning',
  summary: 'two adjacent stars, where one matches as much',
  why:
    'It suggests that a single star stays within a segment, as in other tools. In the default `wildcard: any` a star ' +
    'takes slashes as well; only `wildcard: segment` distinguishes `*` and `**`.',
  bad: `
files:
  label: Read your files
  endpoints:
    - files/**: GET
`,
  good: `
files:
  label: Read your files
  endpoints:
    - files/*: GET
`,
  fix: 'safe',
  check: (subject, report) => {
    if (subject.options.wildcard !== 'any') return
    for (const { scope, endpoint } of eachPattern(subject)) {
      const { node, pattern } = endpoint
      const stars = /\*{2,}/.exec(node.text)
      if (stars === null || pattern.meaning.kind === 'never') continue
      const edits = rewritePattern(subject.text, endpoint, node.text.replace(/\*{2,}/g, '*'))
      const request = exampleRequest(subject, scope.name, endpoint, () => 'a/b')
      report({
        span: spanInside(node, stars.index, stars.index + stars[0].length),
        message: `${quote(stars[0])} in ${quote(node.text)} means the same as \`*\`, which takes slashes too${suchAs(request)}`,
        help: 'write `*`, or set `wildcard: segment` to distinguish the two',
        fix: edits && { title: 'write one star', edits },
      })
    }
  },
}
