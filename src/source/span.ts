/**
 * Places in a source text.
 *
 * Inside the library a place is a pair of offsets; line and column are computed at the edge, when a
 * diagnostic is handed out, by {@link LineIndex}.
 */

/** Half-open range `[start, end)` of offsets into the source text, in UTF-16 code units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place for people: line and column, both from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A {@link Span} as two {@link Position}s. */
export interface Range {
  readonly start: Position
  readonly end: Position
}
