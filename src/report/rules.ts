import { CATALOGUE } from '../language/codes.ts'
import type { RuleInfo } from './report.ts'

/** The codes of the loader as rules, in the order of the catalogue. */
export const LOADER_RULES: readonly RuleInfo[] = Object.entries(CATALOGUE).map(
  ([id, [severity, summary]]) => ({ id, severity, summary }),
)
