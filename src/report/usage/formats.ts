/** The formats of a usage report; a format is a function, and its row here is all that it takes to offer it. */
import type { Colors } from '../findings/report.ts'
import { toJsonText } from '../findings/json.ts'
import type { UsageReport } from '../../usage/types.ts'
import { usageHtml } from './html.ts'
import { usageMarkdown } from './markdown.ts'
import { usagePretty } from './pretty.ts'

export type UsageFormat = 'pretty' | 'json' | 'markdown' | 'html'

export const USAGE_FORMATS: Readonly<Record<UsageFormat, (report: UsageReport, colors: Colors) => string>> = {
  pretty: usagePretty,
  json: (report) => toJsonText(report),
  markdown: (report) => usageMarkdown(report),
  html: (report) => usageHtml(report),
}
