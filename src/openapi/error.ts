import type { Position } from '../source/span.ts'

/** Thrown by `fromOpenApi` and `coverage` for a value that is not an OpenAPI document. Recognized by `code`. */
export class OpenApiError extends Error {
  override readonly name = 'OpenApiError'
  readonly code = 'ERR_INVALID_OPENAPI'
  /** What is wrong, as one clause. */
  readonly reason: string
  /** Where, if the document was given as text. */
  readonly position?: Position

  constructor(reason: string, position?: Position) {
    const place = position === undefined ? '' : ` at ${position.line}:${position.column}`
    super(`the OpenAPI document cannot be used${place}: ${reason}`)
    this.reason = reason
    if (position !== undefined) this.position = position
  }
}
