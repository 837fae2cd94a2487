/** Texts of a policy as YAML that every reader takes for the same text, and that no build server obeys. */
import { readElsewhereAs } from './ambiguity.ts'
import { visible } from '../diagnostic/words.ts'

const PLAIN = /^[A-Za-z][\w./~-]*(?::[\w./~-]+)*$/

/** A scope name, an option or a path, also inside brackets. */
export function yamlText(text: string): string {
  return PLAIN.test(text) && readElsewhereAs(text) === undefined ? text : quoted(text)
}

const PLAIN_REQUEST = /^[A-Z, -]+ \/[\w./~%@$+=!()*'-]*$/

/** A request as a key. */
export function yamlRequest(request: string): string {
  return PLAIN_REQUEST.test(request) ? request : quoted(request)
}

/** Text for a comment. */
export function yamlComment(text: string): string {
  return visible(text).replaceAll('##', '#\u266f')
}

/** JSON strings of printable characters are YAML; `##` could begin a command of a build server. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('##', '#\\x23')
}
