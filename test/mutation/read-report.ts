/** What Stryker found about one file, read from its report. */
import { existsSync, readFileSync } from 'node:fs'

export interface Mutant {
  readonly mutatorName: string
  readonly replacement: string
  readonly status: string
  /** From 1. */
  readonly line: number
  readonly column: number
  /** The source text that was replaced. */
  readonly text: string
}

export interface FileResult {
  readonly file: string
  readonly mutants: readonly Mutant[]
}

interface Position {
  readonly line: number
  readonly column: number
}

/** The part of the mutation testing report schema that is read. */
interface Report {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string
        readonly mutants: readonly {
          readonly mutatorName: string
          readonly replacement: string
          readonly status: string
          readonly location: { readonly start: Position; readonly end: Position }
        }[]
      }
    >
  >
}

/** Undefined when the file has not been mutated yet. */
export function readReport(root: string, file: string): FileResult | undefined {
  const path = `${root}.cache/mutation/${file}.json`
  if (!existsSync(path)) return undefined
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report
  const { source, mutants } = report.files[`src/${file}.ts`] ?? { source: '', mutants: [] }
  const lines = source.split('\n')
  return {
    file,
    mutants: mutants.map(({ mutatorName, replacement, status, location: { start, end } }) => ({
      mutatorName,
      replacement,
      status,
      line: start.line,
      column: start.column,
      text: textOf(lines, start, end),
    })),
  }
}

function textOf(lines: readonly string[], start: Position, end: Position): string {
  const part = lines.slice(start.line - 1, end.line)
  const last = part.length - 1
  part[last] = (part[last] ?? '').slice(0, end.column - 1)
  part[0] = (part[0] ?? '').slice(start.column - 1)
  return part.join(' ').replace(/\s+/g, ' ')
}
