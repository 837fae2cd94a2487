/** The formats of a report of `doctor`. A format is a function, and its row here is all that it takes to offer it. */
import { quote } from '../../diagnostic/words.ts'
import { code } from '../diff/markdown.ts'
import { toJsonText } from '../findings/json.ts'
import type { Colors } from '../findings/report.ts'
import { sanitize, sanitizePath } from '../safe.ts'
import {
  doctorCounts,
  doctorHeadline,
  type DoctorReport,
  doctorText,
  placeOf,
  SOURCE_TITLES,
} from './report.ts'

export type DoctorFormat = 'pretty' | 'json' | 'markdown'

export const DOCTOR_FORMATS: Readonly<
  Record<DoctorFormat, (report: DoctorReport, colors: Colors) => string>
> = { pretty, json, markdown }

function pretty(report: DoctorReport, colors: Colors): string {
  const term = (text: string): string => sanitize(quote(text))
  const lines = [colors.bold(`${sanitizePath(report.policy)}: ${doctorHeadline(report)}`)]
  for (const source of report.sources) {
    const { kind, path, findings } = source
    if (findings.length === 0) {
      lines.push('', `${SOURCE_TITLES[kind]} ${sanitize(path)}: nothing differs`)
      continue
    }
    lines.push('', colors.yellow(`${SOURCE_TITLES[kind]} ${sanitize(path)}`))
    for (const finding of findings) {
      const place = sanitizePath(placeOf(source, finding))
      lines.push(`  ${place}: ${doctorText(finding, term)} [${finding.kind}]`)
    }
  }
  return `${lines.join('\n')}\n`
}

function markdown(report: DoctorReport): string {
  const lines = [`### Scopes: ${doctorHeadline(report)}`, '', code(report.policy)]
  for (const source of report.sources) {
    const { kind, path, findings } = source
    lines.push(
      '',
      `**${SOURCE_TITLES[kind]}** ${code(path)}${findings.length === 0 ? ': nothing differs' : ''}`,
    )
    const items = findings.map((one) => `- ${code(placeOf(source, one))}: ${doctorText(one, code)}`)
    if (items.length > 0) lines.push('', ...items)
  }
  return `${lines.join('\n')}\n`
}

function json(report: DoctorReport): string {
  return toJsonText({ version: 1, ...report, summary: doctorCounts(report) })
}
