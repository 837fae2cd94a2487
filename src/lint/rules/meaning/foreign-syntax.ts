import { quote } from '../../../diagnostic/words.ts'
import { fieldOf, itemsOf, spanInside } from '../../../yaml/node.ts'
import type { PolicyOptions } from '../../../policy/model.ts'
import { rewritePattern } from '../../edits/rewrite-pattern.ts'
import { eachPattern } from '../../meaning/each-pattern.ts'
import type { RuleDefinition } from '../../rule.ts'
import { PARAMETER } from './route-parameter.ts'

/** Syntax that does something elsewhere and nothing here. */
interface Form {
  readonly find: RegExp
  /** In words, with the article. */
  readonly what: string
  /** Set where the syntax means something in the other mode. */
  readonly only?: PolicyOptions['wildcard']
  /** The patterns that say what was probably meant; none where a policy cannot say it. */
  readonly instead: (pattern: string, found: string) => readonly string[]
}

/** Lists of more words are not spelt out. */
const MAX_ALTERNATIVES = 6

const FORMS: readonly Form[] = [
  { find: /^!/, what: 'a negation', instead: () => [] },
  {
    find: /\{[^{}/]*(?:,|\.\.)[^{}/]*\}/,
    what: 'a list in braces',
    only: 'any',
    instead: (pattern, found) => alternatives(pattern, found, ','),
  },
  {
    find: /\([^()/]*\|[^()/]*\)/,
    what: 'a list of alternatives',
    only: 'any',
    instead: (pattern, found) => alternatives(pattern, found.replace('(?:', '('), '|'),
  },
  { find: /<[^<>]*[.*+\\|^[][^<>]*>/, what: 'a regular expression', instead: starred },
  {
    find: /\[[^\]/]*[^\]/]-[^\]/]*\](?:[*+?]|\{[\d,]+\})?/,
    what: 'a regular expression',
    only: 'any',
    instead: starred,
  },
  { find: /\\[dDwWsS][*+?]?/, what: 'a regular expression', instead: starred },
  { find: /(?<=^\^?\/?|\/)\.[*+]\??/, what: 'a regular expression', instead: starred },
  { find: /^\^|\$$/, what: 'an anchor of a regular expression', instead: starred },
]

/** A star between marks, or a name in braces: `orders:*`, `orders.*`, `group:{id}`. */
const NAME_PATTERN = /(?<=^|[:.])\*$|\{[^{}]*\}/

export const foreignSyntax: RuleDefinition = {
  id: 'foreign-syntax',
  severity: 'warning',
  summary: 'syntax of regular expressions, of globs or of templates that does nothing here',
  why:
    'A pattern has stars and nothing else, with `wildcard: segment` the syntax of globs, and the name of a scope has ' +
    'neither. Everything else is compared character by character, so that the endpoint grants what no client requests, and ' +
    'the scope is held by no token. Nothing can be taken away either: what is not granted is denied.',
  bad: `
"orders":
  label: Read your orders
  endpoints:
    - "orders/[0-9]+": GET
    - "^invoices/.*$": GET
    - "!orders/internal/*": GET
`,
  good: `
"orders":
  label: Read your orders
  endpoints:
    - "orders/*": GET
    - "invoices/*": GET
`,
  fix: 'unsafe',
  check: ({ text, options, scopes }, report) => {
    for (const { key, value } of scopes) {
      for (const node of [key, ...itemsOf(fieldOf(value, 'aliases'))]) {
        const [found] = node.kind === 'scalar' ? (NAME_PATTERN.exec(node.text) ?? []) : []
        if (node.kind !== 'scalar' || found === undefined) continue
        const what = node === key ? 'scope name' : 'alias'
        report({
          span: node.span,
          message: `${quote(found)} in the ${what} ${quote(node.text)} is plain text, and matches no other name`,
          help: 'write one scope for each name that tokens carry, and `includes:` for one that holds several',
        })
      }
    }
    for (const { endpoint } of eachPattern({ scopes })) {
      const { node } = endpoint
      // Parameters of routes have their own rule.
      const pattern = node.text.replace(PARAMETER, (parameter) => '\u0000'.repeat(parameter.length))
      const form = FORMS.find(
        ({ find, only }) => (only ?? options.wildcard) === options.wildcard && find.test(pattern),
      )
      const match = form?.find.exec(pattern)
      if (form === undefined || match === null || match === undefined) continue
      const [found] = match
      const instead = form.instead(node.text, found)
      const [only, another] = instead
      const edits =
        only === undefined || another !== undefined ? undefined : rewritePattern(text, endpoint, only)
      report({
        span: spanInside(node, match.index, match.index + found.length),
        message: `${quote(found)} in ${quote(node.text)} is plain text, not ${form.what}`,
        help: helpFor(form, instead),
        fix: edits && { title: 'put stars for it', edits, unsafe: true },
      })
    }
  },
}

function helpFor({ what, only }: Form, instead: readonly string[]): string {
  if (what === 'a negation')
    return 'delete the endpoint: what is not granted is denied, and nothing takes access away'
  const lists =
    only === 'any' && what.startsWith('a list') ? ', or set `wildcard: segment` and use braces' : ''
  if (instead.length === 0) return `write one endpoint for each${lists}`
  return `write ${instead.map(quote).join(' and ')}${lists}`
}

/** The pattern with a star for each regular expression, without anchors. */
function starred(pattern: string): readonly string[] {
  const text = pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(
      /<[^<>]*>|\(\?:[^()]*\)|\[[^\]/]*\](?:[*+?]|\{[\d,]+\})?|\\[dDwWsS](?:[*+?]|\{[\d,]+\})?|\.[*+]\??/g,
      '*',
    )
    .replace(/\*{2,}/g, '*')
  return text === '' || text === pattern ? [] : [text]
}

function alternatives(pattern: string, found: string, separator: string): readonly string[] {
  const words = found.slice(1, -1).split(separator)
  if (words.length > MAX_ALTERNATIVES || words.length < 2) return []
  return words.map((word) => pattern.replace(found, () => word))
}
