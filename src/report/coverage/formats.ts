/** The formats of a coverage report. A format is a function, and its row here is all that it takes to offer it. */
import type { Colors } from '../findings/report.ts'
import { coverageJson } from './json.ts'
import { coverageMarkdown } from './markdown.ts'
import { coveragePretty } from './pretty.ts'
import type { CoverageReport } from './report.ts'

export type CoverageFormat = 'pretty' | 'json' | 'markdown'

export const COVERAGE_FORMATS: Readonly<
  Record<CoverageFormat, (report: CoverageReport, colors: Colors) => string>
> = { pretty: coveragePretty, json: coverageJson, markdown: coverageMarkdown }
