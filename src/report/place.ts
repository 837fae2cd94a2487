/** Where a finding is, as the formats write it. */
import { isAbsolute, posix } from 'node:path'
import type { Position, Range } from '../source/span.ts'
import type { ReportSettings } from './report.ts'
import { harmlessPath } from './safe.ts'

/**
 * `file:line:column`, which editors and terminals make a link of. In the name a colon before a digit is
 * spelled out, so that the first two numbers behind colons are the line and the column.
 */
export function placeText(path: string, { line, column }: Position): string {
  return `${harmlessPath(path).replace(/:(?=\d)/g, '\\u{3A}')}:${line}:${column}`
}

/** The last line of which a character is inside; a range up to a line end does not reach the next line. */
export function lastLine({ start, end }: Range): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line
}

/** The name as build servers know the file: from the root of the repository instead of the working folder. */
export function repositoryPath(path: string, { folder = '' }: ReportSettings): string {
  return folder === '' || isAbsolute(path) ? path : posix.join(folder, path)
}
