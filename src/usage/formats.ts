/** The formats of logs. A format is a row here: how its lines are read, and how its first line is recognized. */
import { combinedParser, formatParser, type LineParser } from './combined.ts'
import { clientOf, type LogEntry } from './entry.ts'
import { jsonParser, originForm, own } from './json-lines.ts'

export const FORMAT_NAMES = ['combined', 'json', 'cloudfront', 'har'] as const
export type FormatName = (typeof FORMAT_NAMES)[number]

/** The format of a log whose first line is `line`; combined where nothing says otherwise. */
export function detectFormat(line: string): FormatName {
  const text = line.trimStart()
  if (/^\{\s*(?:"log"\s*:|$)/.test(text)) return 'har'
  if (text.startsWith('{')) return 'json'
  return /^#(?:Version|Fields):/.test(text) ? 'cloudfront' : 'combined'
}

/** A parser of lines; null stands for a line that is no request and no fault, such as a header. */
export type Parse = (line: string) => LogEntry | null | undefined

/** `har` is one document and is read by {@link harEntries}. Undefined for a format string without a request. */
export function parserFor(format: string, clientField?: string): Parse | undefined {
  if (format.includes('$')) return blankIsNothing(formatParser(format, clientField))
  if (format === 'json') return blankIsNothing(jsonParser(clientField))
  if (format === 'cloudfront') return cloudFrontParser(clientField)
  return blankIsNothing(combinedParser(clientField))
}

function blankIsNothing(parse: LineParser | undefined): Parse | undefined {
  return parse && ((line) => (line.trim() === '' ? null : parse(line)))
}

/** W3C extended log files (`#Fields:` names the columns), as CloudFront writes them. */
function cloudFrontParser(clientField: string | undefined): Parse {
  let names: readonly string[] = []
  return (line) => {
    if (line.startsWith('#')) {
      if (line.startsWith('#Fields:'))
        names = line
          .slice('#Fields:'.length)
          .trim()
          .split(/[\t ]+/)
      return null
    }
    if (line.trim() === '') return null
    const values = line.split(line.includes('\t') ? '\t' : ' ')
    const field = (name: string): string | undefined => values[names.indexOf(name)]
    const method = field('cs-method')
    const stem = field('cs-uri-stem')
    if (method === undefined || stem === undefined || method === '-' || stem === '-') return undefined
    const query = clientOf(field('cs-uri-query'))
    const client = clientOf(field(clientField ?? 'cs-username'))
    const status = Number(field('sc-status'))
    const time = [field('date'), field('time')].filter((part) => part !== undefined).join('T')
    return {
      method,
      path: query === undefined ? stem : `${stem}?${query}`,
      ...(client !== undefined && { client }),
      ...(Number.isInteger(status) && status >= 100 && { status }),
      ...(time !== '' && { time }),
    }
  }
}

/** Requests of a HAR document (HTTP Archive 1.2); `broken` counts entries without a request. */
export function harEntries(
  text: string,
  clientField?: string,
): { entries: LogEntry[]; broken: number } | undefined {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return undefined
  }
  const list = own(own(read, 'log'), 'entries')
  if (!Array.isArray(list)) return undefined
  const entries: LogEntry[] = []
  let broken = 0
  for (const item of list as readonly unknown[]) {
    const request = own(item, 'request')
    const method = own(request, 'method')
    const url = own(request, 'url')
    if (typeof method !== 'string' || typeof url !== 'string') {
      broken += 1
      continue
    }
    const status = own(own(item, 'response'), 'status')
    const time = own(item, 'startedDateTime')
    const client = clientField === undefined ? undefined : clientOf(own(item, clientField))
    entries.push({
      method,
      // A fragment never travels.
      path: originForm(url).split('#', 1)[0] ?? '',
      ...(client !== undefined && { client }),
      ...(typeof status === 'number' && status > 0 && { status }),
      ...(typeof time === 'string' && { time }),
    })
  }
  return { entries, broken }
}
