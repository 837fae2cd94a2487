/**
 * scope-policy/lint: everything there is to say about a document, with rules beside the loader's own checks.
 *
 * Rules look at what a policy means, with the same automata as `scope-policy/analysis`: what they say of
 * requests is exact, and where a bound ends they are silent. Fixes are edits of single characters, and a fix
 * that is called safe is proved to leave every decision as it is before it is applied.
 *
 * @module
 */
export { fix } from './fix/fix.ts'
export { lint } from './lint.ts'
export { rules } from './rules/index.ts'
export type { FixOptions, FixResult, RefusedFix } from './fix/fix.ts'
export type { LintOptions, LintResult, Undecided } from './lint.ts'
export type { Rule, RuleFinding, RuleGroup, RuleReport, RuleSeverity } from './rule.ts'
export type { RuleSettings } from './settings.ts'
