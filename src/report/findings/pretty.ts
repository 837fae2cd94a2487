/**
 * Findings for people: place and message, the lines with the span underlined, what to write instead, and
 * other places that matter. The first line of a finding is `file:line:column: …`, which editors and
 * terminals make a link of. On a terminal, sentences are broken between words.
 */
import type { Diagnostic, Severity } from '../../diagnostic/diagnostic.ts'
import { excerpt, splitLines } from './excerpt.ts'
import { placeText } from './place.ts'
import { sanitize } from '../safe.ts'
import { summarize, type Colors, type FileReport, type ReportSettings, type Summary } from './report.ts'
import { wrap } from './wrap.ts'

const PAINT = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<
  Severity,
  keyof Colors
>

/** Before further lines of a message. */
const HEAD_INDENT = '  '
/** However narrow the terminal is. */
const MIN_ROOM = 20

export function pretty(files: readonly FileReport[], settings: ReportSettings): string {
  const blocks = files.flatMap((file) => {
    if (file.diagnostics.length === 0) return []
    const lines = splitLines(file.text)
    return file.diagnostics.map((found) => finding(found, file.path, lines, settings))
  })
  return [...blocks, `${summaryLine(summarize(files), settings.colors)}\n`].join('\n')
}

function finding(
  found: Diagnostic<string>,
  path: string,
  lines: readonly string[],
  settings: ReportSettings,
): string {
  const { colors, columns } = settings
  const paint = colors[PAINT[found.severity]]
  const place = `${placeText(path, found.range.start)}:`
  const code = `[${sanitize(found.code)}]`
  const [first = '', ...more] = broken(
    `${sanitize(found.message)} ${code}`,
    columns,
    HEAD_INDENT.length,
    `${place} ${found.severity}:`,
  )
  const head = [
    `${colors.bold(place)} ${paint(colors.bold(found.severity))}:${first === '' ? '' : ` ${first}`}`,
  ]
  head.push(...more.map((line) => `${HEAD_INDENT}${line}`))
  const last = head.pop() ?? ''
  head.push(`${last.slice(0, -code.length)}${colors.dim(code)}`)
  const drawn = excerpt(lines, found.range, columns)
  const indent = ' '.repeat(Math.max(drawn[0]?.indexOf('|') ?? 0, 0))
  const note = (kind: string, text: string): string => {
    const margin = `${indent}= ${kind}: `.length
    const shown = broken(text, columns, margin).join(`\n${' '.repeat(margin)}`)
    return `${indent}${colors.dim('=')} ${colors.bold(kind)}: ${shown}`
  }
  const notes = (found.related ?? []).map(({ message, range }) => {
    return note('see', `${placeText(path, range.start)}: ${sanitize(message)}`)
  })
  if (found.help !== undefined) notes.unshift(note('help', sanitize(found.help)))
  const frame = drawn.map((line) => painted(line, paint, colors))
  return [...head, ...frame, ...notes, ''].join('\n')
}

/** A string in lines that fit a terminal, each after an indent; the first one after `before`. */
function broken(text: string, columns: number | undefined, indent: number, before = ''): readonly string[] {
  if (columns === undefined) return [text]
  const room = Math.max(MIN_ROOM, columns - indent)
  return wrap(text, room, before === '' ? room : columns - before.length)
}

/** Arrow and underline in the colour of the severity, line numbers dim. */
function painted(line: string, paint: (text: string) => string, colors: Colors): string {
  const parts = /^(.)( *)(\d*)( \|)(.*)$/s.exec(line)
  if (parts === null) return colors.dim(line)
  const [, arrow = '', space = '', number = '', bar = '', text = ''] = parts
  const body = number === '' ? paint(colors.bold(text)) : text
  return `${arrow === '>' ? paint(arrow) : arrow}${space}${colors.dim(`${number}${bar}`)}${text === '' ? '' : body}`
}

/** `2 errors, 1 warning in 3 files`. */
function summaryLine(summary: Summary, colors: Colors): string {
  const counts = [
    [summary.errors, 'error', colors.red],
    [summary.warnings, 'warning', colors.yellow],
    [summary.infos, 'info', colors.cyan],
  ] as const
  const found = counts
    .filter(([count]) => count > 0)
    .map(([count, word, paint]) => paint(plural(count, word)))
  const what = found.length === 0 ? colors.green('no problems') : found.join(', ')
  return `${what} in ${plural(summary.files, 'file')}`
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
