import { closest, oneOf, quote } from '../diagnostic/words.ts'
import type { TableFinding } from './codes.ts'
import type { RequestTable, Written } from './model.ts'

/** Beyond so many unknown names nothing is suggested, since each is compared with all scopes. */
const MAX_SUGGESTIONS = 100
/** So few scopes are all named. */
const MAX_NAMES_SHOWN = 6

/** Reports the scopes of the table that the policy does not have: a misspelt one would be denied everything. */
export function checkNames(table: RequestTable, scopes: readonly string[]): readonly TableFinding[] {
  const known = new Set(scopes)
  const findings: TableFinding[] = []
  const seen = new Set<readonly Written[]>()
  for (const row of table.rows) {
    // What `by` names is in the list of scopes, too.
    const list = row.kind === 'refused' ? [] : row.scopes
    if (seen.has(list)) continue
    seen.add(list)
    for (const { text, span } of list) {
      if (known.has(text)) continue
      const near = findings.length < MAX_SUGGESTIONS ? closest(text, scopes) : undefined
      const all =
        scopes.length <= MAX_NAMES_SHOWN && scopes.length > 0 ? `the scopes are ${oneOf(scopes)}` : undefined
      findings.push({
        code: 'unknown-scope',
        span,
        message: `there is no scope ${quote(text)} in the policy`,
        help: near === undefined ? (all ?? 'name a scope of the policy') : `did you mean ${quote(near)}?`,
      })
    }
  }
  return findings
}
