/** What methods do to what they are sent to, in the four words of a consent screen. */

export const KINDS = ['reads', 'creates', 'changes', 'deletes'] as const
export type Kind = (typeof KINDS)[number]

/** Marked as safe in the IANA registry (RFC 9110 §16.1.1). */
const READS = new Set(['GET', 'HEAD', 'OPTIONS', 'PRI', 'PROPFIND', 'QUERY', 'REPORT', 'SEARCH', 'TRACE'])
const CREATES = new Set([
  ...['BIND', 'COPY', 'LINK', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MKREDIRECTREF', 'MKWORKSPACE', 'POST'],
])
const DELETES = new Set(['DELETE', 'UNBIND', 'UNLINK'])

/** Whatever is not known to be less is a change. */
export function kindOf(method: string): Kind {
  if (READS.has(method)) return 'reads'
  if (CREATES.has(method)) return 'creates'
  return DELETES.has(method) ? 'deletes' : 'changes'
}
