import { quote } from '../../../diagnostic/words.ts'
import { spanInside } from '../../../yaml/node.ts'
import { rewritePattern } from '../../edits/rewrite-pattern.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import type { RuleDefinition } from '../../rule.ts'

/** Endings that hosts have and first segments of a path hardly ever do. */
const ENDINGS = 'com|org|net|edu|gov|io|dev|app|cloud|internal|local|localhost|example|invalid'
const LABELS = String.raw`(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+`

/** A URL, or what begins like one without its scheme: a host name, or anything with a port. */
const HOST = new RegExp(
  [
    String.raw`^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/]*`,
    String.raw`^${LABELS}(?:${ENDINGS})(?::\d+)?(?=\/|$)`,
    String.raw`^(?:api|www)\.${LABELS}[a-z]{2,}(?::\d+)?(?=\/)`,
    String.raw`^(?:localhost|${LABELS}[a-z]{2,}|\d{1,3}(?:\.\d{1,3}){3}):\d{2,5}(?=\/|$)`,
    String.raw`^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?=\/)`,
  ].join('|'),
  'i',
)

export const hostInPattern: RuleDefinition = {
  id: 'host-in-pattern',
  severity: 'warning',
  summary: 'a host name at the start of a pattern',
  why:
    'A pattern is compared with the path of a request, which holds no host: what looks like one is taken for the first ' +
    'segment. One policy is for one API; what is before the path belongs into `basePath`, if it is a path.',
  bad: `
workers:
  label: Read who works here
  endpoints:
    - api.example.com/workers/*: GET
`,
  good: `
workers:
  label: Read who works here
  endpoints:
    - workers/*: GET
`,
  fix: 'unsafe',
  check: ({ text, scopes }, report) => {
    for (const { endpoint } of eachPattern({ scopes })) {
      const { node } = endpoint
      const host = HOST.exec(node.text)?.[0]
      if (host === undefined) continue
      const path = node.text.slice(host.length).replace(/^\/+(?=[^/])/, '') || '/'
      const edits = rewritePattern(text, endpoint, path)
      report({
        span: spanInside(node, 0, host.length),
        message: `${quote(host)} in ${quote(node.text)} is a host, and a pattern is only a path`,
        help: `write ${quote(path)}`,
        fix: edits && { title: 'leave the host out', edits, unsafe: true },
      })
    }
  },
}
