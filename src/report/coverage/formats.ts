/** The formats of a coverage report. A format is a function, and its row here is all that it takes to offer it. */
import { toJsonText } from '../findings/json.ts'
import type { Colors } from '../findings/report.ts'
import { coverageMarkdown } from './markdown.ts'
import { coveragePretty } from './pretty.ts'
import { countsOf, type CoverageReport } from './report.ts'

export type CoverageFormat = 'pretty' | 'json' | 'markdown'

export const COVERAGE_FORMATS: Readonly<
  Record<CoverageFormat, (report: CoverageReport, colors: Colors) => string>
> = { pretty: coveragePretty, json, markdown: coverageMarkdown }

function json({ policy, document, coverage }: CoverageReport): string {
  return toJsonText({ version: 1, policy, document, ...coverage, summary: countsOf(coverage) })
}
