/**
 * Every rule, in the order in which they are listed and run. A new rule is its own file and a line
 * here; a test fails when its examples do not show what it says.
 */
import type { Rule } from '../rule.ts'
import { CONSENT_RULES } from './consent.ts'
import { MEANING_RULES } from './meaning.ts'
import { PORTABILITY_RULES } from './portability.ts'
import { SUPPRESSION_RULES } from './suppressions.ts'

export const rules: readonly Rule[] = [
  ...MEANING_RULES,
  ...CONSENT_RULES,
  ...PORTABILITY_RULES,
  ...SUPPRESSION_RULES,
]
