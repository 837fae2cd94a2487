import { quote } from '../diagnostic/words.ts'

/** The IANA HTTP Method Registry (RFC 9110 §16.1), without the reserved `*`. */
export const METHODS: ReadonlySet<string> = new Set(
  (
    'ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LINK LOCK MERGE MKACTIVITY ' +
    'MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH PATCH POST PRI PROPFIND PROPPATCH PUT ' +
    'QUERY REBIND REPORT SEARCH TRACE UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL'
  ).split(' '),
)

/** What a bare pattern grants unless `$options.methods` says otherwise: the reference's five. */
export const DEFAULT_METHODS: readonly string[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']

/** The registered method that `written` spells in any case, in upper case; ASCII only, never Unicode. */
export function registeredMethod(written: string): string | undefined {
  if (METHODS.has(written)) return written
  if (!/^[A-Za-z-]+$/.test(written)) return undefined
  const upper = written.toUpperCase()
  return METHODS.has(upper) ? upper : undefined
}

/** A token of RFC 9110 §5.6.2, without the star that people take for every method. */
const TOKEN = /^[!#$%&'+.^_`|~0-9A-Za-z-]+$/

/** Why `$options.extraMethods` cannot name a method; undefined where it can. */
export function extraMethodProblem(
  written: string,
): { readonly message: string; readonly help: string } | undefined {
  const shown = quote(written)
  const registered = registeredMethod(written)
  if (registered !== undefined) {
    return {
      message: `${shown} is in the IANA registry`,
      help: `leave it out; ${quote(registered)} needs no declaration`,
    }
  }
  if (TOKEN.test(written) && !/^(?:any|all)$/i.test(written)) return undefined
  return {
    message: `invalid method ${shown}`,
    help: 'write a token such as `PURGE` (RFC 9110, section 5.6.2)',
  }
}
