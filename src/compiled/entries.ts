/**
 * The endpoints of one scope as a compiled policy keeps them: one line for each, `methods pattern`, the
 * methods separated by commas. In document order, those of included scopes too, and without those that no
 * path can match.
 *
 * The pattern is in the form in which it is compared: canonical with `wildcard: any`, as text with
 * `wildcard: segment`. Not folded, since explanations show it.
 */
export interface Entry {
  readonly methods: readonly string[]
  readonly text: string
}

/** What it costs to look at an entry, see `Effort`. */
export const ENTRY_STEPS = 20

/** Reads the lines of a scope. */
export function readEntries(lines: string): readonly Entry[] {
  if (lines === '') return []
  return lines.split('\n').map((line) => {
    const at = line.indexOf(' ')
    return { methods: line.slice(0, at).split(','), text: line.slice(at + 1) }
  })
}

export function writeEntries(entries: readonly Entry[]): string {
  return entries.map(({ methods, text }) => `${methods.join(',')} ${text}`).join('\n')
}
