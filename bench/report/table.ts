/** One table, printed for a terminal or for Markdown. */
export interface Table {
  readonly title: string
  /** What the figures mean, above the table. */
  readonly about: string
  readonly columns: readonly string[]
  /** The first cell of a row is its name; all others are aligned to the right. */
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly string[]
}

const WIDTH = 100

export function terminalTable({ title, about, columns, rows, notes }: Table): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd()
  const rule = '─'.repeat(
    Math.min(
      WIDTH,
      widths.reduce((sum, width) => sum + width + 2, -2),
    ),
  )
  return [
    title,
    ...wrap(about),
    rule,
    line(columns),
    rule,
    ...rows.map((row) => line(row)),
    rule,
    ...notes.flatMap((note) => wrap(note)),
    '',
  ].join('\n')
}

export function markdownTable({ title, about, columns, rows, notes }: Table, level: number): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/\*/g, '\\*')).join(' | ')} |`
  return [
    `${'#'.repeat(level)} ${title.replace(/\*/g, '\\*')}`,
    '',
    about,
    '',
    line(columns),
    `|${columns.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`,
    ...rows.map((row) => line(row)),
    '',
    ...notes.map((note) => `- ${note}`),
    ...(notes.length > 0 ? [''] : []),
  ].join('\n')
}

function wrap(text: string): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + word.length + 1 > WIDTH) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return current === '' ? lines : [...lines, current]
}
