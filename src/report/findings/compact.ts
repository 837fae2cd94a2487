/** One line for each finding and no other lines: `file:line:column: severity: message [code]`. */
import { headLine } from './lines.ts'
import type { FileReport } from './report.ts'

export function compact(files: readonly FileReport[]): string {
  const lines = files.flatMap(({ path, diagnostics }) => {
    return diagnostics.map((found) => `${headLine(found, path)}\n`)
  })
  return lines.join('')
}
