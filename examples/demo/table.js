/**
 * The table of `--once`: 79 columns, readable without colour. A row that differs from what was expected is
 * followed by a line that says so.
 */
const WIDTHS = [13, 32, 4, 3, 0]
const RULE = '-'.repeat(79)

/** One line: the cells padded to their columns. */
export function cells(...values) {
  return values.map((value, index) => String(value).padEnd(WIDTHS[index] ?? 0)).join('  ')
}

/** The whole table with its closing line. */
export function table(rows) {
  const lines = [cells('token', 'request', 'want', 'got', 'reason'), RULE]
  for (const row of rows) {
    lines.push(row.cells)
    if (!row.expected) lines.push(`  ^ differs: expected the status in \`want\`, and reason "${row.reason}"`)
  }
  const wrong = rows.filter((row) => !row.expected).length
  lines.push(RULE)
  lines.push(
    wrong === 0
      ? `${rows.length} requests, every answer as expected`
      : `${rows.length} requests, ${wrong} answered differently`,
  )
  return lines.join('\n')
}
