/** Rules about what people read on the consent screen, in order. */
import type { Rule } from '../rule.ts'
import { labelIsName } from './consent/label-is-name.ts'

export const CONSENT_RULES: readonly Rule[] = [labelIsName]
