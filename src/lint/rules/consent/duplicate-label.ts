import { processorTime } from '../../../automaton/processor-time.ts'
import { compareScopes } from '../../../analysis/compare-scopes.ts'
import type { Comparison } from '../../../analysis/types.ts'
import { quote } from '../../../diagnostic/words.ts'
import { type LabelText, labelTexts } from '../../labels.ts'
import type { RuleDefinition } from '../../rule.ts'
import type { LintScope } from '../../subject.ts'

/** Bounds of one comparison, and of all: most differences are found at once, and one example will do. */
const BUDGET = { states: 2_000, milliseconds: 100 }
const MILLISECONDS = 500

export const duplicateLabel: RuleDefinition = {
  id: 'duplicate-label',
  severity: 'warning',
  summary: 'the same label on two scopes that allow different things',
  why:
    'On the consent screen they cannot be distinguished. Upper and lower case and spaces make no difference to ' +
    'the eye. Scopes that allow the same are the business of `equivalent-scopes`.',
  bad: `
invoices:read:
  label: Read your invoices
  endpoints:
    - invoices/*: GET
invoices:export:
  label: Read your invoices
  endpoints:
    - invoices/*: GET
    - exports/*: GET
`,
  good: `
invoices:read:
  label: Read your invoices
  endpoints:
    - invoices/*: GET
invoices:export:
  label: Read and export your invoices
  endpoints:
    - invoices/*: GET
    - exports/*: GET
`,
  check: ({ scopes, policy }, report) => {
    const earlier = new EarlierLabels()
    const compared = new Map<string, Comparison>()
    let spent = 0
    const compare = (a: string, b: string): Comparison | undefined => {
      const pair = `${a} ${b}`
      const known = compared.get(pair)
      if (known !== undefined || spent > MILLISECONDS) return known
      const begun = processorTime()
      const comparison = compareScopes(policy, a, b, BUDGET)
      spent += processorTime() - begun
      compared.set(pair, comparison)
      return comparison
    }
    for (const scope of scopes) {
      for (const text of labelTexts(scope.value)) {
        const first = earlier.find(text, scope)
        if (first === undefined) continue
        const other = quote(first.scope.name)
        const comparison = compare(scope.name, first.scope.name)
        if (comparison?.relation === 'equal') continue
        const difference = comparison && sayDifference(comparison)
        if (difference === undefined) {
          report.undecided(
            `whether scope ${quote(scope.name)} allows the same as ${other}, whose label it has`,
          )
          continue
        }
        // Of a label that both reach through an alias, the place is the same; then the names are shown.
        const same = first.text.node.span.start === text.node.span.start
        report({
          span: same ? scope.key.span : text.node.span,
          message: `scope ${other} has the label ${quote(text.node.text)} already, ${difference}`,
          help: 'say in the labels what differs',
          related: {
            message: 'it is used here first',
            span: same ? first.scope.key.span : first.text.node.span,
          },
        })
      }
    }
  },
}

interface Place {
  readonly scope: LintScope
  readonly text: LabelText
}

/** The first place of each text in each language; a string without language is shown beside all others. */
class EarlierLabels {
  readonly #places = new Map<string, Map<string, Place>>()

  /** The place where another scope has the label already; if there is none, this one is kept. */
  find(text: LabelText, scope: LintScope): Place | undefined {
    const folded = foldedLabel(text.node.text)
    const tag = text.tag?.text.toLowerCase() ?? ''
    const tags = this.#places.get(folded) ?? new Map<string, Place>()
    this.#places.set(folded, tags)
    const [any] = tags.values()
    const found = tags.get(tag) ?? tags.get('') ?? (tag === '' ? any : undefined)
    if (!tags.has(tag)) tags.set(tag, { scope, text })
    return found?.scope === scope ? undefined : found
  }
}

/** What the eye makes no difference between: case, spaces, invisible characters, a period at the end. */
function foldedLabel(text: string): string {
  const shown = text.normalize('NFC').replace(/[\p{Default_Ignorable_Code_Point}]/gu, '')
  return shown.toLowerCase().replace(/\s+/g, ' ').trim().replace(/\.$/, '')
}

function sayDifference({ onlyInA, onlyInB }: Comparison): string | undefined {
  if (onlyInA !== undefined) return `which does not allow ${onlyInA.method} ${quote(onlyInA.path)}`
  if (onlyInB !== undefined) return `where it allows ${onlyInB.method} ${quote(onlyInB.path)} as well`
  return undefined
}
