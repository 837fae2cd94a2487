import type { Fix } from '../../../diagnostic/diagnostic.ts'
import { quote } from '../../../diagnostic/words.ts'
import { spanInside } from '../../../yaml/node.ts'
import { rewritePattern } from '../../edits/rewrite-pattern.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintEndpoint } from '../../subject.ts'

const METHOD = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS'

/** `GET /a`, `GET:/a`, `GET:a`, `GET/a`, `GET,PUT /a`; in lower case only where a space or a slash shows it. */
const BEFORE = new RegExp(
  String.raw`^((?:${METHOD})(?:[,|](?:${METHOD}))*)(?:[ \t]+|:[ \t]*|(?=\/))(?=.)|^(${METHOD.toLowerCase()})(?:[ \t]+|:[ \t]*)(?=\/)`,
)
/** `a:GET`, the space forgotten; `a:[GET,PUT]`; `a GET`. */
const BEHIND = new RegExp(String.raw`(?:[ \t]+|:[ \t]*)\[?((?:${METHOD})(?:[,|][ \t]*(?:${METHOD}))*)\]?$`)

interface Found {
  readonly start: number
  readonly end: number
  readonly methods: readonly string[]
  readonly path: string
}

export const methodInPattern: RuleDefinition = {
  id: 'method-in-pattern',
  severity: 'warning',
  summary: 'a method inside a pattern',
  why:
    'Methods follow the pattern, after a colon and a space. Inside of it they are part of the path, and the ' +
    'endpoint grants all methods on a path that does not exist.',
  bad: `
workers:
  label: Read who works here
  endpoints:
    - GET:/workers
    - workers/me:GET
`,
  good: `
workers:
  label: Read who works here
  endpoints:
    - workers: GET
    - workers/me: GET
`,
  fix: 'unsafe',
  check: ({ text, scopes }, report) => {
    for (const { scope, endpoint } of eachPattern({ scopes })) {
      const { node, value } = endpoint
      const found = find(node.text)
      if (found === undefined) continue
      const methods = found.methods.length === 1 ? (found.methods[0] ?? '') : `[${found.methods.join(', ')}]`
      const isFlow = scope.list !== undefined && text[scope.list.span.start] === '['
      report({
        span: spanInside(node, found.start, found.end),
        message: `${quote(node.text.slice(found.start, found.end))} in ${quote(node.text)} is a method, and a pattern is only a path`,
        help: `write ${quote(value === undefined ? `${shown(found.path)}: ${methods}` : shown(found.path))}`,
        fix: repair(text, endpoint, found, isFlow),
      })
    }
  },
}

function find(text: string): Found | undefined {
  const before = BEFORE.exec(text)
  const words = before?.[1] ?? before?.[2]
  if (before !== null && words !== undefined) {
    return { start: 0, end: words.length, methods: listed(words), path: text.slice(before[0].length) }
  }
  const behind = BEHIND.exec(text)
  if (behind?.[1] === undefined || behind.index === 0) return undefined
  const start = behind.index + behind[0].indexOf(behind[1])
  return {
    start,
    end: start + behind[1].length,
    methods: listed(behind[1]),
    path: text.slice(0, behind.index),
  }
}

function listed(words: string): readonly string[] {
  return words.split(/[,|][ \t]*/).map((word) => word.toUpperCase())
}

function shown(path: string): string {
  return path.startsWith('*') ? `"${path}"` : path
}

function repair(source: string, endpoint: LintEndpoint, found: Found, isFlow: boolean): Fix | undefined {
  const { node, value } = endpoint
  const [edit] = rewritePattern(source, endpoint, found.path) ?? []
  if (edit === undefined) return undefined
  if (value !== undefined) return { title: 'leave the method out', edits: [edit], unsafe: true }
  const [before, after] = [
    source.slice(node.span.start, edit.span.start),
    source.slice(edit.span.end, node.span.end),
  ]
  const key = `${before}${edit.text}${after}`
  // In quotes and braces it is JSON as well.
  const words = found.methods.map((method) => (isFlow ? `"${method}"` : method))
  const methods = words.length === 1 ? words.join('') : `[${words.join(', ')}]`
  const text = isFlow ? `{${key.startsWith('"') ? key : `"${edit.text}"`}: ${methods}}` : `${key}: ${methods}`
  return { title: 'write the method after the pattern', edits: [{ span: node.span, text }], unsafe: true }
}
