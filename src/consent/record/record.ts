/** The evidence of a consent: made from what was shown and answered, never from the policy of the moment. */
import type { ConsentRecord, ConsentScope, ConsentView } from '../view/types.ts'

export interface RecordOptions {
  /** When the person answered. Default: now. */
  readonly at?: Date | undefined
}

/**
 * What to store when a person has agreed; `scopes` are those of `resolveConsent`. It is JSON. Throws
 * `RangeError` for a scope that was not asked for.
 */
export function consentRecord(
  view: ConsentView,
  scopes: readonly string[],
  { at = new Date() }: RecordOptions = {},
): ConsentRecord {
  const shown = new Map(shownScopes(view).map((scope) => [scope.scope, scope]))
  const agreed = [...new Set(scopes)].map((name): ConsentScope => {
    const scope = shown.get(name)
    if (scope === undefined) throw new RangeError(`the scope ${JSON.stringify(name)} was not asked for`)
    return scope
  })
  return {
    version: 1,
    fingerprint: view.fingerprint,
    scopes: agreed.map(({ scope }) => scope),
    // fromEntries defines own properties: a scope may be called `__proto__`.
    labels: Object.fromEntries(agreed.map(({ scope, label, lang }) => [scope, { text: label, lang }])),
    locale: view.locale,
    paths: view.paths,
    access: Object.fromEntries(agreed.map(({ scope, access }) => [scope, access.endpoints])),
    at: at.toISOString(),
  }
}

/** Every requested scope that the policy knows. */
export function shownScopes({ groups, granted }: ConsentView): readonly ConsentScope[] {
  const items = groups.flatMap((group) => group.items)
  return [...items.flatMap((item) => [item, ...item.includes]), ...granted]
}
