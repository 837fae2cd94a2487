/** A finding as plain lines without its excerpt, which the formats for logs and lists have in common. */
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { placeText } from './place.ts'
import { sanitize } from '../safe.ts'

/** `file:line:column: severity: message [code]`. */
export function headLine({ code, severity, message, range }: Diagnostic<string>, path: string): string {
  return `${placeText(path, range.start)}: ${severity}: ${sanitize(message)} [${sanitize(code)}]`
}

/** What to write instead, and the other places that matter. */
export function noteLines({ help, related = [] }: Diagnostic<string>, path: string): readonly string[] {
  const places = related.map(({ message, range }) => {
    return `see: ${placeText(path, range.start)}: ${sanitize(message)}`
  })
  return help === undefined ? places : [`help: ${sanitize(help)}`, ...places]
}
