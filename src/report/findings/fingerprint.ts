/**
 * Names for findings by which a service recognises them in the next version of a file.
 *
 * A name is made from the file, the code, the text that is underlined and the line around it, but from
 * neither the number of the line, which changes with every line above, nor the message, whose wording may
 * improve. Of findings that have all of that in common the second, third, … are numbered.
 *
 * Cost: a bounded piece of the text for each finding, however long its span and its line are.
 */
import { createHash } from 'node:crypto'
import type { Span } from '../../source/span.ts'
import { repositoryPath } from './place.ts'
import type { FileReport, ReportSettings } from './report.ts'

/** Units of the span, and of its line before and after its start, that count. */
const REACH = 200

/** For each finding of each file its name: no two are the same. */
export function fingerprints(files: readonly FileReport[], settings: ReportSettings): string[][] {
  const seen = new Map<string, number>()
  return files.map(({ path, text, diagnostics }) => {
    const name = repositoryPath(path, settings)
    return diagnostics.map(({ code, span }) => {
      const marked = text.slice(span.start, Math.min(span.end, span.start + REACH))
      const parts = JSON.stringify([name, code, marked, lineAround(text, span)])
      const hash = createHash('sha256').update(parts).digest('hex').slice(0, 32)
      const number = (seen.get(hash) ?? 0) + 1
      seen.set(hash, number)
      return `${hash}:${number}`
    })
  })
}

/** The line on which the span begins, without indentation. */
function lineAround(text: string, { start }: Span): string {
  const before = text.slice(Math.max(0, start - REACH), start)
  const behind = text.slice(start, start + REACH)
  return `${/[^\r\n]*$/.exec(before)?.[0] ?? ''}${/^[^\r\n]*/.exec(behind)?.[0] ?? ''}`.trim()
}
