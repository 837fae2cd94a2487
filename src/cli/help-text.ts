/**
 * Help in the width of the terminal. Commander breaks the text of its own; what follows it (examples, tables, prose) is
 * text as written, and is broken here: prose between words, the second column of a table under itself. Commands stay
 * in one line, so that they can be copied.
 */
import { wrap } from '../report/findings/wrap.ts'

const COMMAND = /^ +(?:scope-policy|git|zcat|curl|#)\b/
const ROW = /^( +\S.*? {2,})(\S.*)$/

/** Blocks of lines in which each fits are left as they are. */
export function fitHelp(text: string, width: number): string {
  return text
    .split('\n\n')
    .map((block) => {
      const lines = block.split('\n')
      return lines.every((line) => line.length <= width) ? block : fitBlock(lines, width).join('\n')
    })
    .join('\n\n')
}

function fitBlock(given: readonly string[], width: number): readonly string[] {
  const fitted: string[] = []
  let prose: string[] = []
  const flush = (): void => {
    if (prose.length > 0) fitted.push(...wrap(prose.join(' '), width))
    prose = []
  }
  for (const line of joinRows(given)) {
    const isProse = line !== '' && !line.startsWith(' ')
    if (isProse) prose.push(line)
    if (!isProse || line.endsWith(':')) flush()
    if (!isProse) fitted.push(...fitRow(line, width))
  }
  flush()
  return fitted
}

/** Each row of a table with its further lines, which are indented as far as its second column. */
function joinRows(lines: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const line of lines) {
    const above = joined.at(-1) ?? ''
    const [, name = ''] = ROW.exec(above) ?? []
    const continues = name !== '' && !COMMAND.test(above) && /^ */.exec(line)?.[0].length === name.length
    if (continues) joined[joined.length - 1] = `${above} ${line.trim()}`
    else joined.push(line)
  }
  return joined
}

function fitRow(line: string, width: number): readonly string[] {
  const [, name = '', rest = ''] = ROW.exec(line) ?? []
  if (line.length <= width || COMMAND.test(line) || name === '') return [line]
  const indent = ' '.repeat(name.length)
  return wrap(rest, width - name.length).map((part, at) => `${at === 0 ? name : indent}${part}`)
}
