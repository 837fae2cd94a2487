import { quote } from '../../../diagnostic/words.ts'
import { isNull, type ScalarNode } from '../../../yaml/node.ts'
import { DEFAULT_METHODS } from '../../../language/methods.ts'
import type { RuleDefinition, RuleReport } from '../../rule.ts'
import type { LintEndpoint, LintScope, Subject } from '../../subject.ts'
import { differingOptions } from '../../words/reference-options.ts'
import { patternDifference } from '../../words/reference-pattern.ts'
import { referenceScalar } from '../../words/reference-scalar.ts'

export const referenceDiffers: RuleDefinition = {
  id: 'reference-differs',
  severity: 'off',
  summary: 'something that Cerb, the reference implementation, reads in another way',
  why:
    'Switch it on for documents that Cerb reads as well, or that come from there. Without such a finding Cerb ' +
    'decides every request as this package does, apart from paths that are refused here because servers differ ' +
    'in how they read them. Cerb reports nothing of all this: a method in lower case, a slash at the beginning ' +
    'or `includes` simply grant nothing there.',
  bad: `
$options:
  basePath: /api
profile:
  label: { en: Access your profile information }
  endpoints:
    - /workers/me: get
search:
  label: Search records on your behalf
  includes: [profile]
  endpoints:
    - records/*/search: [GET, HEAD]
`,
  good: `
$options:
  preset: cerb
profile:
  label: Access your profile information
  endpoints:
    - workers/me: GET
search:
  label: Search records on your behalf
  endpoints:
    - workers/me: GET
    - records/*/search: [GET]
`,
  fix: 'safe',
  check: (subject, report) => {
    for (const finding of differingOptions(subject)) report(finding)
    for (const scope of subject.scopes) {
      reportKey(scope.key, 'scope', 'put the name in quotes', report)
      reportFields(scope, report)
      for (const endpoint of scope.endpoints) {
        reportPattern(endpoint, subject, report)
        reportMethods(endpoint, report)
      }
    }
    reportIgnored(subject, report)
  },
}

/** Reports a key that Cerb reads as another text; returns whether it does. */
function reportKey(
  { text, style, span }: ScalarNode,
  what: string,
  help: string,
  report: RuleReport,
): boolean {
  const read = style === 'plain' ? referenceScalar(text) : undefined
  if (read === undefined || read.key === text) return false
  const shown = read.key === undefined ? read.kind : quote(read.key)
  report({ span, message: `to Cerb this ${what} is ${shown}, not ${quote(text)}`, help })
  return true
}

/** Fields that Cerb does not have, or reads in another way. */
const FIELDS: Readonly<
  Record<string, { differs: (scope: LintScope['scope']) => boolean; message: string; help: string }>
> = {
  label: {
    differs: ({ label }) => typeof label !== 'string',
    message: 'Cerb shows an empty line for a label in several languages',
    help: 'write one text',
  },
  includes: {
    differs: ({ includes }) => includes.length > 0,
    message: 'Cerb knows no `includes`: there the scope grants its own endpoints only',
    help: 'list the endpoints of the included scopes here',
  },
  optional: {
    differs: ({ optional }) => optional,
    message: 'Cerb knows no `optional`: there people accept all scopes or none',
    help: 'leave it out, or do not rely on it there',
  },
  consent: {
    differs: ({ consent }) => consent === 'implicit',
    message: 'Cerb knows no `consent`: there people are asked for every scope',
    help: 'leave it out, or do not rely on it there',
  },
}

function reportFields({ value, scope }: LintScope, report: RuleReport): void {
  for (const { key } of value.entries) {
    const field = Object.hasOwn(FIELDS, key.text) ? FIELDS[key.text] : undefined
    if (field?.differs(scope) === true) report({ span: key.span, message: field.message, help: field.help })
  }
}

function reportPattern(endpoint: LintEndpoint, subject: Subject, report: RuleReport): void {
  const { node, value } = endpoint
  const help = 'put it in quotes'
  const read = node.style === 'plain' && value === undefined ? referenceScalar(node.text) : undefined
  if (read !== undefined) {
    const message = `Cerb ignores the endpoint ${quote(node.text)}, which is ${read.kind} there`
    report({ span: node.span, message, help })
    return
  }
  if (reportKey(node, 'path', help, report)) return
  const difference = patternDifference(endpoint, subject)
  if (difference !== undefined) report(difference)
}

function reportMethods({ written }: LintEndpoint, report: RuleReport): void {
  for (const { node, method } of written) {
    if (!DEFAULT_METHODS.includes(method)) {
      report({
        span: node.span,
        message: `Cerb grants nothing for ${quote(node.text)}: it knows ${DEFAULT_METHODS.join(', ')} only`,
        help: 'leave it out there',
      })
    } else if (node.text !== method) {
      report({
        span: node.span,
        message: `Cerb grants nothing for ${quote(node.text)}: methods are in upper case there`,
        help: `write ${quote(method)}`,
      })
    }
  }
}

/** Fields that change no decision: one finding for each, at the first place. */
function reportIgnored({ scopes }: Subject, report: RuleReport): void {
  for (const field of ['description', 'group', 'risk']) {
    const keys = scopes.flatMap(({ value }) =>
      value.entries.flatMap(({ key, value: node }) => (key.text === field && !isNull(node) ? [key] : [])),
    )
    const [first, ...others] = keys
    if (first === undefined) continue
    const more = others.length === 0 ? '' : `, here and in ${others.length} other places`
    report({
      span: first.span,
      message: `Cerb ignores ${quote(field)}${more}`,
      help: 'the consent screen there shows the label only',
    })
  }
}
