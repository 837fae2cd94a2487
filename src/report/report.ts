import type picocolors from 'picocolors'
import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts'

/**
 * What a report is made from. A format turns it into text and does nothing else: it neither sorts nor
 * filters nor writes, so that all formats show the same findings in the same order.
 */

/** The findings about one source. */
export interface FileReport {
  /** The name to show: relative to the working folder where possible, with `/` between folders. */
  readonly path: string
  /** The source text that the spans of the diagnostics point into. */
  readonly text: string
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Functions that colour text, or leave it alone. */
export type Colors = ReturnType<typeof picocolors.createColors>

export interface ReportSettings {
  readonly colors: Colors
  /** Width of the terminal. Default: as in a file, about 160. */
  readonly columns?: number
}

/** One way to write findings; returns the whole text, ending in a line end. */
export type Format = (files: readonly FileReport[], settings: ReportSettings) => string

/** How many sources were read and how many findings there are of each severity. */
export interface Summary {
  readonly files: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
}

export function summarize(files: readonly FileReport[]): Summary {
  const count = (severity: Severity): number =>
    files.reduce(
      (sum, file) => sum + file.diagnostics.filter((found) => found.severity === severity).length,
      0,
    )
  return { files: files.length, errors: count('error'), warnings: count('warning'), infos: count('info') }
}

/** By start, then end, then code: the same findings always come in the same order. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : Number(a.code > b.code))
  )
}
