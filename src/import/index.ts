/**
 * First documents from files of other tools: permission tables, gateway rules, configurations of authorization
 * servers. A format is one row of {@link IMPORT_FORMATS}, recognized by its content.
 */
import { printPolicy } from '../openapi/import/print-policy.ts'
import { type ImportNote, PolicyDraft } from './draft.ts'
import { IMPORT_FORMATS, type ImportFormatName } from './formats.ts'

export { IMPORT_FORMATS, type ImportFormatName } from './formats.ts'
export type { ImportNote } from './draft.ts'

export interface Imported {
  /** A scope document in YAML; without scopes, nothing is to be written. */
  readonly text: string
  readonly scopes: number
  readonly notes: readonly ImportNote[]
}

/** Undefined where the data is of no known format. */
export function detectFormat(root: unknown): ImportFormatName | undefined {
  return (Object.keys(IMPORT_FORMATS) as ImportFormatName[]).find((name) => IMPORT_FORMATS[name].detect(root))
}

export function importFrom(format: ImportFormatName, root: unknown): Imported {
  const draft = new PolicyDraft()
  IMPORT_FORMATS[format].read(root, draft)
  const { scopes, notes } = draft
  const about = [`From ${IMPORT_FORMATS[format].what}: a first document to edit.`]
  return {
    text: printPolicy({ about, basePath: '', wildcard: 'segment', scopes }),
    scopes: scopes.length,
    notes,
  }
}
