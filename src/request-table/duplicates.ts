/** A request that is expected twice: the second row is confusing at best, and at worst the other answer. */
import { quote } from '../diagnostic/words.ts'
import type { Span } from '../source/span.ts'
import type { TableReport } from './codes.ts'
import type { Row } from './model.ts'

/** Reports them; the text of a path counts, so other spellings of the same path may have separate rows. */
export function reportDuplicates(rows: readonly Row[], report: TableReport): void {
  const known = new Map<string, Span>()
  for (const row of rows) {
    const token = row.kind === 'token' ? row.scopes.map(({ text }) => text).sort() : undefined
    for (const { text, span } of row.request.methods) {
      const request = `${text} ${row.request.target}`
      const key = JSON.stringify([request, token])
      const earlier = known.get(key)
      if (earlier === undefined) known.set(key, span)
      else {
        const scopes = token === undefined ? '' : ' with the same scopes'
        report({
          code: 'duplicate-request',
          span,
          message: `duplicate request ${quote(request)}${scopes}`,
          help: 'delete one of them, or make them one',
          related: { message: 'the first one is here', span: earlier },
        })
      }
    }
  }
}
