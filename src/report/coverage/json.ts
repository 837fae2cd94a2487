/** What a policy opens of an API, for programs; `version` as in `json.ts`. */
import { countsOf, type CoverageReport } from './report.ts'
import { toJsonText } from '../findings/json.ts'

export function coverageJson({ policy, document, coverage }: CoverageReport): string {
  return toJsonText({ version: 1, policy, document, ...coverage, summary: countsOf(coverage) })
}
