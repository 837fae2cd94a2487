/** Where a finding is, as the formats write it. */
import { isAbsolute, posix, relative, sep } from 'node:path'
import type { Position, Range } from '../../source/span.ts'
import type { ReportSettings } from './report.ts'
import { sanitizePath } from '../safe.ts'

/**
 * `file:line:column`, which editors and terminals make a link of. In the name a colon before a digit is
 * spelled out, so that the first two numbers after colons are the line and the column.
 */
export function placeText(path: string, { line, column }: Position): string {
  return `${sanitizePath(path).replace(/:(?=\d)/g, '\\u{3A}')}:${line}:${column}`
}

/** The last line of which a character is inside; a range up to a line end does not reach the next line. */
export function lastLine({ start, end }: Range): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line
}

/** The name of the file for build servers: from the root of the repository instead of the working folder. */
export function repositoryPath(path: string, { folder = '', root }: ReportSettings): string {
  if (isAbsolute(path)) return (root === undefined ? undefined : pathBelow(root, path)) ?? path
  return folder === '' ? path : posix.join(folder, path)
}

/** With `/` on every system; undefined for what lies elsewhere. */
function pathBelow(root: string, path: string): string | undefined {
  const below = relative(root, path)
  return below === '' || below.startsWith('..') || isAbsolute(below) ? undefined : below.replaceAll(sep, '/')
}
