/** From a scope of the policy to what is shown of it. */
import type { Policy } from '../../decision/types.ts'
import type { Scope } from '../../policy/model.ts'
import { accessOf } from './access.ts'
import type { KnownTools } from './known-tools.ts'
import type { Languages } from './language.ts'
import { shownRisk } from './risk.ts'
import type { ConsentScope } from './types.ts'

interface Reading {
  readonly languages: Languages
  /** As in {@link accessOf}. */
  readonly held: readonly string[]
  readonly known: KnownTools
}

/** `scope` without a prototype. */
export function scopeItem(policy: Policy, scope: Scope, { languages, held, known }: Reading): ConsentScope {
  const { text, lang, dir } = languages.text(scope.label)
  const access = accessOf(policy, scope.name, held)
  const risk = shownRisk(scope.risk, access)
  const tools = known.openedBy(access)
  return {
    scope: scope.name,
    label: text,
    lang,
    dir,
    ...(scope.description !== undefined && { description: languages.text(scope.description) }),
    ...(risk !== undefined && { risk }),
    access,
    ...(tools !== undefined && { tools }),
  }
}
