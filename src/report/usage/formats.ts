/** The formats of a usage report; a format is a function to pieces of text, and its row here is all that it takes to offer it. */
import type { Colors } from '../findings/report.ts'
import { toJsonPieces } from '../findings/json.ts'
import type { UsageReport } from '../../usage/types.ts'
import { usageHtml } from './html.ts'
import { usageMarkdown } from './markdown.ts'
import { usagePretty } from './pretty.ts'

export type UsageFormat = 'pretty' | 'json' | 'markdown' | 'html'

type Writer = (report: UsageReport, colors: Colors) => Iterable<string>

export const USAGE_FORMATS: Readonly<Record<UsageFormat, Writer>> = {
  pretty: (report, colors) => [usagePretty(report, colors)],
  json: (report) => toJsonPieces(report),
  markdown: (report) => [usageMarkdown(report)],
  html: (report) => [usageHtml(report)],
}
