import { pluralize, quote } from '../../../diagnostic/words.ts'
import { spanInside } from '../../../yaml/node.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import { exampleRequest } from '../../meaning/example.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintEndpoint, LintScope } from '../../subject.ts'

interface Place {
  readonly scope: LintScope
  readonly endpoint: LintEndpoint
  /** Where the first star for a segment is in the text. */
  readonly at: number
  patterns: number
}

export const wildcardCrossesSegments: RuleDefinition = {
  id: 'wildcard-crosses-segments',
  severity: 'info',
  summary: 'a star in place of a segment that also takes several',
  why:
    'In the default `wildcard: any` a star takes slashes: a pattern for the children of one resource also matches ' +
    'deeper paths that end alike, among them those that are added to the API later. Patterns with the same ' +
    'beginning up to the star are reported once. `wildcard: segment` keeps a star within one segment.',
  bad: `
search:
  label: Search records on your behalf
  endpoints:
    - records/*/search: GET
`,
  good: `
$options:
  wildcard: segment
search:
  label: Search records on your behalf
  endpoints:
    - records/*/search: GET
`,
  check: (subject, report) => {
    if (subject.options.wildcard !== 'any') return
    const places = new Map<string, Place>()
    for (const { scope, endpoint } of eachPattern(subject)) {
      const { node, pattern } = endpoint
      const star = /[^/*]\/(\*)\//.exec(node.text)
      if (star === null || pattern.meaning.kind === 'never') continue
      const beginning = node.text.slice(0, star.index + 2).replace(/^\//, '')
      const known = places.get(beginning)
      if (known === undefined) places.set(beginning, { scope, endpoint, at: star.index + 2, patterns: 1 })
      else known.patterns += 1
    }
    for (const [beginning, { scope, endpoint, at, patterns }] of places) {
      const { node, pattern } = endpoint
      const before = pattern.text.slice(0, pattern.text.indexOf('/*/')).split('*').length - 1
      const request = exampleRequest(subject, scope.name, endpoint, (star) => (star === before ? 'a/b' : 'c'))
      if (request === undefined) continue
      const others =
        patterns === 1
          ? ''
          : `; ${pluralize(patterns - 1, 'more pattern')} ${patterns === 2 ? 'begins' : 'begin'} with ${quote(`${beginning}*/`)}`
      report({
        span: spanInside(node, at, at + 1),
        message: `the star in ${quote(node.text)} takes slashes too: ${quote(request)} is granted${others}`,
        help: 'set `wildcard: segment` in `$options` if it means one segment',
      })
    }
  },
}
