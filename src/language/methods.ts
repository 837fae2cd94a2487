/** The HTTP methods that a document can name, and what counts as another one. */
import { OPTIONS } from './options.ts'

/** The IANA HTTP Method Registry (RFC 9110 §16.1), without the reserved `*`. */
export const METHODS: ReadonlySet<string> = new Set(
  (
    'ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LINK LOCK MERGE MKACTIVITY ' +
    'MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH PATCH POST PRI PROPFIND PROPPATCH PUT ' +
    'QUERY REBIND REPORT SEARCH TRACE UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL'
  ).split(' '),
)

/** What a bare pattern grants unless `$options.methods` states something else. */
export const DEFAULT_METHODS: readonly string[] = OPTIONS.methods.standard

/** The registered method that `written` spells in any case, in upper case; ASCII only, never Unicode. */
export function registeredMethod(written: string): string | undefined {
  if (METHODS.has(written)) return written
  if (!/^[A-Za-z-]+$/.test(written)) return undefined
  const upper = written.toUpperCase()
  return METHODS.has(upper) ? upper : undefined
}

/** What most people ask first. */
export const USUAL_METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Each once; those that are not usual behind the others, sorted. */
export function inUsualOrder(methods: Iterable<string>): readonly string[] {
  const sorted = [...new Set(methods)].sort()
  return [
    ...USUAL_METHODS.filter((method) => sorted.includes(method)),
    ...sorted.filter((method) => !USUAL_METHODS.includes(method)),
  ]
}

/**
 * A method outside of the registry, as the source of a regular expression: a token of RFC 9110 §5.6.2, without the
 * star that people take for every method.
 */
export const METHOD_TOKEN = "^[!#$%&'+.^_`|~0-9A-Za-z-]+$"

/** Words that people write for every method. */
export const METHOD_WILDCARD: RegExp = /^(?:any|all)$/i
