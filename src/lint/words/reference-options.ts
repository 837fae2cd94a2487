/** How Cerb reads request paths, against the options of a document. */
import { formatNumber, quote } from '../../diagnostic/words.ts'
import { entryOf } from '../../yaml/node.ts'
import { DEFAULT_METHODS } from '../../language/methods.ts'
import type { PolicyOptions } from '../../policy/model.ts'
import type { RuleFinding } from '../rule.ts'
import type { Subject } from '../subject.ts'

interface Difference {
  readonly option: keyof PolicyOptions
  /** Whether a policy with these options reads paths as Cerb does. */
  readonly agrees: (options: PolicyOptions) => boolean
  readonly fact: string
}

const DIFFERENCES: readonly Difference[] = [
  {
    option: 'basePath',
    agrees: ({ basePath }) => basePath === '/rest',
    fact: 'Cerb tests the part of a path after `/rest`',
  },
  {
    option: 'extensions',
    agrees: ({ extensions }) => [...extensions].sort().join() === 'json,xml',
    fact: 'Cerb takes `.json` and `.xml` off the end of a path, and no others',
  },
  {
    option: 'caseSensitive',
    agrees: ({ caseSensitive }) => !caseSensitive,
    fact: 'Cerb makes no difference between upper and lower case in paths',
  },
  {
    option: 'trailingSlash',
    agrees: ({ trailingSlash }) => trailingSlash === 'ignore',
    fact: 'Cerb drops one slash at the end of a path',
  },
  {
    option: 'wildcard',
    agrees: ({ wildcard }) => wildcard === 'any',
    fact: 'to Cerb `*` crosses slashes, and `?`, `[` and `{` are literal',
  },
  { option: 'head', agrees: ({ head }) => head === 'explicit', fact: 'Cerb refuses HEAD' },
  {
    option: 'methods',
    agrees: ({ methods }) => methods.join() === DEFAULT_METHODS.join(),
    fact: `Cerb grants ${DEFAULT_METHODS.join(', ')} where a pattern is alone`,
  },
]

/** One finding for each option that is written, and one for all that are not. */
export function differingOptions({ document, options }: Subject): readonly RuleFinding[] {
  if (document.root.kind !== 'map') return []
  const given = entryOf(document.root, '$options')
  const differing = DIFFERENCES.filter(({ agrees }) => !agrees(options))
  const findings: RuleFinding[] = []
  const unwritten: string[] = []
  for (const { option, fact } of differing) {
    const key = entryOf(given?.value, option)?.key
    if (key === undefined) unwritten.push(option)
    else findings.push({ span: key.span, message: fact, help: 'write `preset: cerb` in its place' })
  }
  const place = given?.key ?? document.root.entries[0]?.key
  if (unwritten.length > 0 && place !== undefined) {
    const names = unwritten.map(quote).join(', ')
    const many = unwritten.length === 1 ? 'an option is' : `${formatNumber(unwritten.length)} options are`
    findings.push({
      span: place.span,
      message: `${many} not as Cerb reads paths: ${names}`,
      help: 'write `preset: cerb` in `$options`',
    })
  }
  return findings
}
