/** What fixes change, as a unified diff for people: text of the document can do no harm in it. */
import { structuredPatch } from 'diff'
import type { Colors } from '../../report/findings/report.ts'
import { neutralizeCiCommands, sanitizePath, maskControls } from '../../report/safe.ts'

/** Of longer lines the beginning is shown. */
const MAX_LINE_LENGTH = 1000
/** For files that differ everywhere the shortest difference takes long to find. */
const MILLISECONDS = 10_000

export function diffText(path: string, before: string, after: string, colors: Colors): string {
  const name = sanitizePath(path)
  const head = [colors.bold(`--- ${name}`), colors.bold(`+++ ${name}`)]
  const options = { context: 3, timeout: MILLISECONDS }
  // The types do not say that there is none when time is up.
  const patch = structuredPatch(path, path, before, after, '', '', options)
  if (patch === undefined) return [...head, 'too much has changed to show it', ''].join('\n')
  const hunks = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => {
    const place = `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`
    return [colors.cyan(place), ...lines.map((line) => painted(line, colors))]
  })
  return [...head, ...hunks, ''].join('\n')
}

function painted(line: string, colors: Colors): string {
  const mark = line.slice(0, 1)
  const shown = `${mark}${shownText(line.slice(1).replace(/\r$/, ''))}`
  return mark === '+' ? colors.green(shown) : mark === '-' ? colors.red(shown) : shown
}

/** Build servers skip spaces in front of `::`, which begins a command. */
function shownText(text: string): string {
  const cut = text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH - 1)}…` : text
  return neutralizeCiCommands(maskControls(cut)).replace(/^(\s*):(?=:)/, '$1\u2236')
}
