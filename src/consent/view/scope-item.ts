/** From a scope of the policy to what is shown of it. */
import type { Policy } from '../../decision/types.ts'
import type { Scope } from '../../policy/model.ts'
import { accessOf } from './access.ts'
import type { Languages } from './language.ts'
import { shownRisk } from './risk.ts'
import type { ConsentScope } from './types.ts'

/** `scope` without a prototype; `held` as in {@link accessOf}. */
export function scopeItem(
  policy: Policy,
  scope: Scope,
  languages: Languages,
  held: readonly string[],
): ConsentScope {
  const { text, lang, dir } = languages.text(scope.label)
  const access = accessOf(policy, scope.name, held)
  const risk = shownRisk(scope.risk, access)
  return {
    scope: scope.name,
    label: text,
    lang,
    dir,
    ...(scope.description !== undefined && { description: languages.text(scope.description) }),
    ...(risk !== undefined && { risk }),
    access,
  }
}
