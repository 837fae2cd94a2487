/**
 * What a person answered. Everything in the form may be forged, so whatever the page did not offer makes
 * the whole answer invalid: nothing is granted, and the reason says which field it was.
 */
import { quote } from '../../diagnostic/words.ts'
import { readView } from '../view/read-view.ts'
import { FIELDS } from './fields.ts'
import { type FormFields, hiddenNames, pairsOf, type ResolveOptions } from './form-fields.ts'
import { groupKey } from './group-key.ts'
import type { ConsentItem, ConsentView } from '../view/types.ts'

export type InvalidAnswer =
  /** The form is for another view: the policy or the request is another one since the page was shown. */
  | 'outdated'
  | 'missing-field'
  | 'repeated-field'
  | 'unknown-field'
  /** A value that the page does not offer. */
  | 'unknown-value'
  /** No form at all, or a field that is not a string. */
  | 'invalid-form'

export type ConsentAnswer =
  | {
      readonly decision: 'allow'
      /** What to grant: never more than was requested. In the order of the document. */
      readonly scopes: readonly string[]
      /** Optional scopes that the person left out, now or before, and that nothing else which is granted includes. */
      readonly declined: readonly string[]
      /** Only of a view with `review`: scopes among `declined` that had been granted before. */
      readonly withdrawn?: readonly string[]
    }
  | { readonly decision: 'deny'; readonly scopes: readonly [] }
  /** Only of a view with `review`: the person removes all access; end the grant, its tokens and its records. */
  | { readonly decision: 'withdraw'; readonly scopes: readonly [] }
  | {
      readonly decision: 'invalid'
      readonly scopes: readonly []
      readonly reason: InvalidAnswer
      /** What is wrong, as one clause for a log. */
      readonly message: string
    }

/** `view` is the one that was shown, or made again from the same request. Never throws on what a form brings. */
export function resolveConsent(
  given: ConsentView,
  fields: FormFields,
  options: ResolveOptions = {},
): ConsentAnswer {
  const hiddenFields = hiddenNames(options)
  const view = readView(given)
  const pairs = pairsOf(fields)
  if (pairs === null)
    return invalid('invalid-form', 'there is no form, or it has a field that is not a string')
  const values = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    if (!OURS.has(name) && !hiddenFields.includes(name)) {
      return invalid('unknown-field', `the page has no field ${quote(name)}`)
    }
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else known.push(value)
  }
  for (const [name, given] of values) {
    if (REPEATABLE.has(name) ? new Set(given).size < given.length : given.length > 1) {
      return invalid('repeated-field', `the field ${quote(name)} is there more than once`)
    }
  }
  for (const name of [FIELDS.decision, FIELDS.view]) {
    if (!values.has(name)) return invalid('missing-field', `the field ${quote(name)} is missing`)
  }
  if (values.get(FIELDS.view)?.[0] !== view.id) {
    return invalid('outdated', 'what is asked is not what the page has shown')
  }
  const decision = values.get(FIELDS.decision)?.[0]
  if (decision !== 'allow' && decision !== 'deny' && !(decision === 'withdraw' && view.review === true)) {
    return invalid('unknown-value', `the decision is neither \`allow\` nor \`deny\``)
  }
  const ticked = values.get(FIELDS.scope) ?? []
  const items = view.groups.flatMap((group) => group.items)
  const offered = items.filter(({ optional }) => optional).map(({ scope }) => scope)
  const forged = ticked.find((scope) => !offered.includes(scope))
  if (forged !== undefined) {
    return invalid('unknown-value', `the page does not offer to choose the scope ${quote(forged)}`)
  }
  const whole = new Map(view.groups.map((group) => [groupKey(group), group.items]))
  const groups = values.get(FIELDS.group) ?? []
  const unknown = groups.find((key) => !whole.has(key))
  if (unknown !== undefined) return invalid('unknown-value', `the page has no group ${quote(unknown)}`)
  if (decision !== 'allow') return { decision, scopes: [] }
  const chosen = [...ticked, ...groups.flatMap((key) => whole.get(key) ?? []).map(({ scope }) => scope)]
  const agreed = agreedItems(items, chosen)
  const left = items.filter((item) => !agreed.has(item))
  return {
    decision,
    scopes: [
      ...items.filter((item) => agreed.has(item)).flatMap((item) => [item, ...item.includes]),
      ...view.granted,
      ...view.implicit,
    ].map(({ scope }) => scope),
    declined: [...left, ...view.declined].map(({ scope }) => scope),
    ...(view.review === true && {
      withdrawn: left.filter(({ earlier }) => earlier === 'granted').map(({ scope }) => scope),
    }),
  }
}

/** What is not optional, what is ticked, and what these include: its access is granted with theirs. */
function agreedItems(items: readonly ConsentItem[], chosen: readonly string[]): ReadonlySet<ConsentItem> {
  const agreed = new Set(items.filter(({ scope, optional }) => !optional || chosen.includes(scope)))
  const names = new Set([...agreed].map(({ scope }) => scope))
  const isIncluded = ({ includedIn = [] }: ConsentItem): boolean =>
    includedIn.some((together) => together.every((scope) => names.has(scope)))
  let left = items.filter((item) => !agreed.has(item))
  for (let before = -1; before !== agreed.size;) {
    before = agreed.size
    for (const item of left.filter(isIncluded)) {
      agreed.add(item)
      names.add(item.scope)
    }
    left = left.filter((item) => !agreed.has(item))
  }
  return agreed
}

const REPEATABLE: ReadonlySet<string> = new Set([FIELDS.scope, FIELDS.group])
const OURS: ReadonlySet<string> = new Set(Object.values(FIELDS))

function invalid(reason: InvalidAnswer, message: string): ConsentAnswer {
  return { decision: 'invalid', scopes: [], reason, message }
}
