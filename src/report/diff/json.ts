/** The comparison of two policies for programs; `version` as in `json.ts`. */
import type { DiffReport } from './report.ts'
import { toJsonText } from '../findings/json.ts'

export function diffJson({ before, after, comparison }: DiffReport): string {
  return toJsonText({ version: 1, before, after, ...comparison })
}
