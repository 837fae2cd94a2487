import type { Diagnostic } from './diagnostic/diagnostic.ts'

/** Errors that the message of the exception shows; all are in `diagnostics`. */
const SHOWN = 5

/** Thrown by `loadPolicy` for a document with errors. Recognized by `code`, not by `instanceof`. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly code = 'ERR_INVALID_POLICY'
  /** All findings, warnings included. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const lines = errors.slice(0, SHOWN).map(({ range, message, code }) => {
      return `\n  ${range.start.line}:${range.start.column} ${message} [${code}]`
    })
    const rest = errors.length > SHOWN ? `\n  and ${errors.length - SHOWN} more` : ''
    const what = errors.length === 1 ? 'an error' : `${errors.length} errors`
    super(`the scope policy has ${what}:${lines.join('')}${rest}`)
    this.diagnostics = diagnostics
  }
}
