/** Rules about what other readers of the same document see, in order. */
import type { Rule } from '../rule.ts'
import { methodCase } from './portability/method-case.ts'

export const PORTABILITY_RULES: readonly Rule[] = [methodCase]
