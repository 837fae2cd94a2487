/**
 * scope-policy/lint: everything there is to say about a document, with rules beside the loader's own checks.
 *
 * @module
 */
export { lint } from './lint.ts'
export { rules } from './rules/index.ts'
export type { LintOptions } from './lint.ts'
export type { Rule, RuleGroup, RuleSeverity } from './rule.ts'
export type { RuleSettings } from './settings.ts'
