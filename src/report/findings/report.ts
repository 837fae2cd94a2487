import type { Diagnostic, Severity } from '../../diagnostic/diagnostic.ts'
import type { Colors } from '../colors.ts'

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
  /** Sorted by place. A code is the loader's, or the id of whatever else looked at the source. */
  readonly diagnostics: readonly Diagnostic<string>[]
  /** Where a source was checked item by item: every item, also those with nothing to say. */
  readonly cases?: readonly Case[]
}

/** One thing that was checked, with those of the file's diagnostics that belong to it. */
export interface Case {
  readonly name: string
  readonly diagnostics: readonly Diagnostic<string>[]
}

export type { Colors }

/** What the catalogue says of one code. */
export interface RuleInfo {
  /** The `code` of its findings. */
  readonly id: string
  /** Of its findings where nothing is configured. */
  readonly severity: Severity | 'off'
  /** The defect in one clause. */
  readonly summary: string
  /** Why it matters and what to do. Default: the summary. */
  readonly help?: string
}

export interface ReportSettings {
  readonly colors: Colors
  /** Width of the terminal. Default: as in a file, about 160. */
  readonly columns?: number
  /** The version of this package. */
  readonly version?: string
  /** What can be found, for formats that list it; of the same id the last counts. Default: the loader's codes. */
  readonly rules?: readonly RuleInfo[]
  /** The working folder as seen from the root of the repository, with `/`. Default: the root itself. */
  readonly folder?: string
  /** The root of the repository, absolute: files that were named absolutely are reported from there. */
  readonly root?: string
  /** True when a source could not be read, so that there may be more to say. */
  readonly incomplete?: boolean
}

/** One way to write findings; returns the whole text: lines that each end in a line end, or nothing. */
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
export function byPlace(a: Diagnostic<string>, b: Diagnostic<string>): number {
  return (
    a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : Number(a.code > b.code))
  )
}
