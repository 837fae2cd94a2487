/**
 * Request tables: what a policy is expected to decide, written down beside it.
 *
 * text → rows (`read-table.ts`) → expectations held against the policy (`expectations.ts`) → findings in the
 * table, and the grants that no row shows (`coverage.ts`). A first table comes from the policy itself
 * (`generate.ts`).
 */
export { severityOf, TABLE_CODES, type TableCode } from './codes.ts'
export { Coverage, type CoverageSummary, percentOf, type Uncovered } from './coverage.ts'
export { type GenerateOptions, generateTable } from './generate.ts'
export { type JudgedTable, judgeTable } from './judge-table.ts'
export type { RequestTable } from './model.ts'
export { type ReadTable, readTable } from './read-table.ts'
export { Subject } from './subject.ts'
