/**
 * The tables of `--once`, readable without colour. A row that differs from what was expected is followed by a
 * line that says so.
 */
const HEADINGS = ['token', 'request', 'got', 'reason']

/** Columns are as wide as their longest cell. */
export function table(rows) {
  const widths = HEADINGS.map((heading, column) =>
    Math.max(...[heading, ...rows.map((row) => row.cells[column])].map((cell) => String(cell).length)),
  )
  const line = (cells) =>
    cells
      .map((cell, column) => String(cell).padEnd(widths[column]))
      .join('  ')
      .trimEnd()
  const lines = [line(HEADINGS), line(widths.map((width) => '-'.repeat(width)))]
  for (const row of rows) {
    lines.push(line(row.cells))
    if (!row.expected) lines.push(`  ^ differs: expected ${row.want}`)
  }
  return lines.join('\n')
}

export function closingLine(rows) {
  const wrong = rows.filter((row) => !row.expected).length
  return wrong === 0
    ? `${rows.length} requests, every answer as expected`
    : `${rows.length} requests, ${wrong} answered differently`
}
