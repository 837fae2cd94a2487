import { quote } from '../../../diagnostic/words.ts'
import type { RuleDefinition } from '../../rule.ts'

/** A method before it, a leading slash, a URL, or a segment that is a star or a parameter; not `admin/*`, as names have slashes, too. */
const PATH = /^(?:[A-Z]+ +\/?|\/)|^https?:|\/\*\/|\/(?:\{[^}]*\}|:[A-Za-z_]\w*)(?:\/|$)/

export const pathInName: RuleDefinition = {
  id: 'path-in-name',
  severity: 'warning',
  summary: 'a tool or prompt that looks like a path',
  why:
    'Tools and prompts are compared with the name that a client calls, character by character: a server that lists ' +
    '`get_issue` never asks for `/issues/*`, so the pattern grants nothing. Paths belong under `endpoints`, URIs under ' +
    '`resources`.',
  bad: `
issues:read:
  label: Read issues
  tools: [/repos/*/issues]
`,
  good: `
issues:read:
  label: Read issues
  endpoints:
    - repos/*/issues: GET
  tools: [list_issues]
`,
  check: ({ holders }, report) => {
    for (const { names } of holders) {
      for (const { field, node } of names) {
        if (field === 'resources' || !PATH.test(node.text)) continue
        const isUri = /^[a-z][a-z0-9+.-]*:/.test(node.text)
        report({
          span: node.span,
          message: `${quote(node.text)} under \`${field}\` looks like a ${isUri ? 'URI' : 'path'}, and is compared with names`,
          help: `write it under \`${isUri ? 'resources' : 'endpoints'}\`, or the name that the server lists`,
        })
      }
    }
  },
}
