import { pluralize, quote } from '../../../diagnostic/words.ts'
import { spanInside } from '../../../yaml/node.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintEndpoint } from '../../subject.ts'

/** One spelling of a segment. */
interface Spelling {
  readonly endpoint: LintEndpoint
  /** Where it is in the text of the pattern. */
  readonly at: number
  patterns: number
}

/** A segment after certain others, all of them in whatever case. */
interface Place {
  readonly spellings: Map<string, Spelling>
  readonly next: Map<string, Place>
}

export const caseOnlyDifference: RuleDefinition = {
  id: 'case-only-difference',
  severity: 'warning',
  summary: 'segments that differ only in upper and lower case',
  why:
    'Paths are compared case by case, so one of the spellings is probably a slip that grants nothing. The rarer one is ' +
    'reported, once. Where the API does not mind, say `caseSensitive: false`.',
  bad: `
workers:
  label: Read who works here
  endpoints:
    - workers: GET
    - workers/me: GET
    - Workers/*/teams: GET
`,
  good: `
workers:
  label: Read who works here
  endpoints:
    - workers: GET
    - workers/me: GET
    - workers/*/teams: GET
`,
  check: (subject, report) => {
    if (!subject.options.caseSensitive) return
    const root = newPlace()
    const places: Place[] = []
    for (const { endpoint } of eachPattern(subject)) {
      if (endpoint.pattern.meaning.kind === 'never') continue
      let place = root
      for (const { segment, at } of segmentsOf(endpoint.node.text)) {
        const folded = segment.toLowerCase()
        const next = place.next.get(folded) ?? newPlace()
        if (!place.next.has(folded)) places.push(next)
        place.next.set(folded, next)
        place = next
        // Escapes have no case, and what is not literal has no spelling.
        if (!/^[\w.~-]+$/.test(segment)) continue
        const known = place.spellings.get(segment)
        if (known === undefined) place.spellings.set(segment, { endpoint, at, patterns: 1 })
        else known.patterns += 1
      }
    }
    for (const { spellings } of places) {
      if (spellings.size < 2) continue
      const [[usual, first] = [], ...others] = [...spellings].sort(([, a], [, b]) => b.patterns - a.patterns)
      if (usual === undefined || first === undefined) continue
      for (const [segment, { endpoint, at, patterns }] of others) {
        const often = patterns === 1 ? '' : ` (and in ${pluralize(patterns - 1, 'more pattern')})`
        report({
          span: spanInside(endpoint.node, at, at + segment.length),
          message: `${quote(segment)} in ${quote(endpoint.node.text)}${often} differs only in case from ${quote(usual)} in ${quote(first.endpoint.node.text)}`,
          help: `write ${quote(usual)}, or set \`caseSensitive: false\` if the API takes both`,
          related: { message: 'the other spelling', span: first.endpoint.node.span },
        })
      }
    }
  },
}

function newPlace(): Place {
  return { spellings: new Map(), next: new Map() }
}

function* segmentsOf(text: string): Generator<{ readonly segment: string; readonly at: number }> {
  let at = text.startsWith('/') ? 1 : 0
  for (const segment of text.slice(at).split('/')) {
    yield { segment, at }
    at += segment.length + 1
  }
}
