/** Rules about what a policy allows, in order. */
import type { Rule } from '../rule.ts'
import { scopeWithoutEndpoints } from './meaning/scope-without-endpoints.ts'

export const MEANING_RULES: readonly Rule[] = [scopeWithoutEndpoints]
