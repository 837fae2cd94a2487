/** Words in lines of at most `width` characters; a longer word has its own line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** The width for sentences: what the terminal has, but no wider than is good to read. */
export function readable(columns = 100): number {
  return Math.max(40, Math.min(columns, 100))
}
