/** What every target of `export` returns. */
import { quote } from '../diagnostic/words.ts'

export interface ExportedFile {
  /** The name of the file in the output folder. */
  readonly name: string
  readonly text: string
}

/** A grant that the target cannot express, and that is therefore left out. */
export interface Unexpressed {
  /** The scope, the key of the combination, or `$baseline`. */
  readonly row: string
  /** The pattern as the policy prints it. */
  readonly pattern: string
  /** Why, as one clause. */
  readonly reason: string
}

export interface Exported {
  /** The first one is what standard output gets. */
  readonly files: readonly ExportedFile[]
  /** Never granted by the files: what is left out denies. */
  readonly unexpressed: readonly Unexpressed[]
}

/** One line for people. */
export function unexpressedText({ row, pattern, reason }: Unexpressed): string {
  return `${quote(pattern)} of ${quote(row)} is left out: ${reason}`
}
