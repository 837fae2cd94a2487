/** Rules about what other readers of the same document see, in order. */
import { inGroup, type Rule } from '../rule.ts'
import { duplicateMethod } from './portability/duplicate-method.ts'
import { methodCase } from './portability/method-case.ts'
import { referenceDiffers } from './portability/reference-differs.ts'
import { yaml11Ambiguity } from './portability/yaml-1-1-ambiguity.ts'

export const PORTABILITY_RULES: readonly Rule[] = inGroup('portability', [
  yaml11Ambiguity,
  methodCase,
  duplicateMethod,
  referenceDiffers,
])
