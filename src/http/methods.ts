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
