import type { Fix } from '../../../diagnostic/diagnostic.ts'
import { pluralize, quote } from '../../../diagnostic/words.ts'
import type { Span } from '../../../source/span.ts'
import { deleteItems } from '../../edits/delete-item.ts'
import { BY_STAR, causes, coveredWords, relatedCover, STAR_HELP } from '../../meaning/cover-words.ts'
import { exampleRequest, suchAs } from '../../meaning/example.ts'
import { type Covered, repeatedGrants } from '../../meaning/repeated-grants.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintEndpoint, Subject } from '../../subject.ts'

export const redundantMethod: RuleDefinition = {
  id: 'redundant-method',
  severity: 'info',
  summary: 'a method that other endpoints of the same scope grant on the same paths',
  why:
    'Taking the method away here would change nothing, since a wider pattern of the scope grants it. ' +
    'Some write it all the same to have the methods of a path in one place: then switch the rule off.',
  bad: `
records:
  label: Read all, change records
  endpoints:
    - "*": GET
    - records/*: [GET, PATCH]
`,
  good: `
records:
  label: Read all, change records
  endpoints:
    - "*": GET
    - records/*: PATCH
`,
  fix: 'safe',
  check: (subject, report) => {
    for (const { scope, covered } of repeatedGrants(subject).scopes) {
      // A bare pattern says "all methods", and means it.
      const partly = covered.filter(
        (one) => !one.whole && indexesOf(scope.endpoints[one.index], one, subject).length > 0,
      )
      for (const [first, ...more] of causes(partly)) {
        const endpoint = scope.endpoints[first.index]
        if (endpoint === undefined) continue
        const { covers, byStar } = first
        const indexes = indexesOf(endpoint, first, subject)
        const methods = [...new Set(indexes.flatMap((at) => endpoint.written[at]?.method ?? []))]
        const words = methods.map((method) => quote(method)).join(', ')
        const others = more.length === 0 ? '' : ` and of ${pluralize(more.length, 'more endpoint')}`
        const example = suchAs(exampleRequest(subject, scope.name, { pattern: endpoint.pattern, methods }))
        report({
          span: spanOf(endpoint, indexes),
          message:
            `${methods.length === 1 ? 'method' : 'methods'} ${words} of ${quote(endpoint.node.text)}${others} grant` +
            `${methods.length === 1 ? 's' : ''} nothing new in scope ${quote(scope.name)}: ` +
            `${coveredWords(covers, 'the same')}${example}${byStar ? BY_STAR : ''}`,
          help: byStar ? STAR_HELP : 'leave out what a wider pattern grants, or narrow that pattern',
          related: relatedCover(covers),
          fix: byStar ? undefined : removal(subject.text, endpoint, indexes),
        })
      }
    }
  },
}

/** Places of the methods that need not be there. */
function indexesOf(
  endpoint: LintEndpoint | undefined,
  { methods }: Covered,
  { options }: Subject,
): readonly number[] {
  const written = endpoint?.written ?? []
  const hasHead = written.some(({ method }) => method === 'HEAD')
  return written.flatMap(({ method }, index) => {
    // With `head: as-get` the word grants both.
    const both = method === 'GET' && options.head === 'as-get' && !hasHead
    return methods.has(method) && (!both || methods.has('HEAD')) ? [index] : []
  })
}

/** From the first to the last of them where they are adjacent, else the first. */
function spanOf({ written, node, value }: LintEndpoint, indexes: readonly number[]): Span {
  const [first = 0] = indexes
  const last = indexes.at(-1) ?? first
  const [from, to] = [written[first]?.node, written[last - first === indexes.length - 1 ? last : first]?.node]
  // By an alias the methods may be elsewhere.
  if (from === undefined || to === undefined || (value?.span.start ?? 0) < node.span.end) return node.span
  return { start: from.span.start, end: to.span.end }
}

function removal(source: string, endpoint: LintEndpoint, indexes: readonly number[]): Fix | undefined {
  const { node, value, written, shared } = endpoint
  if (shared || value?.kind !== 'list' || value.items.length !== written.length) return undefined
  if (!/^\s*:\s*$/.test(source.slice(node.span.end, value.span.start))) return undefined
  const edits = deleteItems(source, value, new Set(indexes))
  return edits && { title: indexes.length === 1 ? 'delete the method' : 'delete the methods', edits }
}
