/** The formats of a comparison. A format is a function, and its row here is all that it takes to offer it. */
import type { Colors } from '../colors.ts'
import { toJsonText } from '../findings/json.ts'
import { diffMarkdown } from './markdown.ts'
import { diffPretty } from './pretty.ts'
import type { DiffReport } from './report.ts'

export const DIFF_FORMATS: Readonly<
  Record<'pretty' | 'json' | 'markdown', (report: DiffReport, colors: Colors) => string>
> = { pretty: diffPretty, json, markdown: diffMarkdown }

function json({ before, after, comparison }: DiffReport): string {
  return toJsonText({ version: 1, before, after, ...comparison })
}
