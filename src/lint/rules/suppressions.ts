/** Rules about the comments that suppress findings, in order. */
import { inGroup, type Rule } from '../rule.ts'
import { suppressionWithoutReason } from './suppressions/suppression-without-reason.ts'
import { unknownSuppression } from './suppressions/unknown-suppression.ts'
import { unusedSuppression } from './suppressions/unused-suppression.ts'

export const SUPPRESSION_RULES: readonly Rule[] = inGroup('suppressions', [
  unusedSuppression,
  unknownSuppression,
  suppressionWithoutReason,
])
