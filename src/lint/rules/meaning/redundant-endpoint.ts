import { pluralize, quote } from '../../../diagnostic/words.ts'
import { deleteItems, deleteName } from '../../edits/delete-item.ts'
import { exampleRequest, suchAs } from '../../meaning/example.ts'
import { BY_STAR, causes, coveredWords, relatedCover, STAR_HELP } from '../../meaning/cover-words.ts'
import { repeatedGrants } from '../../meaning/repeated-grants.ts'
import { repeatedNames } from '../../meaning/repeated-names.ts'
import type { RuleDefinition } from '../../rule.ts'

export const redundantEndpoint: RuleDefinition = {
  id: 'redundant-endpoint',
  severity: 'warning',
  summary: 'an endpoint that other endpoints of the same scope cover',
  why:
    'It reads like a limit, but the scope grants the same without it, by another of its patterns or one of a scope ' +
    'that it includes. Often the wider pattern is the mistake, since a star also takes slashes: what one ' +
    'star covers in that way is one finding, without a fix. Proved for all requests, also where only several ' +
    'patterns together cover one.',
  bad: `
workers:
  label: Read who works here
  endpoints:
    - workers/*: GET
    - workers/me: GET
`,
  good: `
workers:
  label: Read who works here
  endpoints:
    - workers/*: GET
`,
  fix: 'safe',
  check: (subject, report) => {
    const { scopes, open } = repeatedGrants(subject)
    for (const { scope, covered } of scopes) {
      for (const [first, ...more] of causes(covered.filter(({ whole }) => whole))) {
        const { index, covers, removable, byStar } = first
        const endpoint = scope.endpoints[index]
        if (endpoint === undefined) continue
        const { node, shared } = endpoint
        // Whoever wrote both took the star for one segment: what was meant must not be deleted unasked.
        const canGo = scope.list !== undefined && !shared && removable && !byStar
        const edits = canGo ? deleteItems(subject.text, scope.list, new Set([index])) : undefined
        const others =
          more.length === 0
            ? `${quote(node.text)} grants nothing new in scope ${quote(scope.name)}`
            : `${quote(node.text)} and ${pluralize(more.length, 'more endpoint')} of scope ${quote(scope.name)} grant nothing new`
        const example = suchAs(exampleRequest(subject, scope.name, endpoint))
        report({
          span: node.span,
          message: `${others}: ${coveredWords(covers, 'the same')}${example}${byStar ? BY_STAR : ''}`,
          help: byStar ? STAR_HELP : 'delete it, or narrow the other pattern',
          related: relatedCover(covers),
          fix: edits && { title: 'delete the endpoint', edits },
        })
      }
    }
    const names = repeatedNames(subject)
    for (const { holder, name, kind, by } of names.repeated) {
      if (kind !== 'covered') continue
      const where = by.holder === holder ? '' : ` in ${quote(by.holder.name)}`
      report({
        span: name.node.span,
        message: `${quote(name.node.text)} grants nothing new in \`${name.field}\` of ${quote(holder.name)}: ${quote(by.name.node.text)}${where} grants it already`,
        help: 'delete it, or narrow the other pattern',
        related: { message: 'the other one is here', span: by.name.node.span },
        fix: deleteName(subject.text, name),
      })
    }
    if (names.open) report.undecided('whether other names cover some of the many names here')
    for (const { scope, endpoints } of open) {
      report.undecided(`whether others cover ${pluralize(endpoints, 'endpoint')} of scope ${quote(scope)}`)
    }
  },
}
