/**
 * Policies in the languages of other engines. A target is one row here, and listed only if it is proved against the
 * engine itself in the tests; what a target cannot express is reported and left out, never approximated.
 */
import type { Policy } from '../decision/types.ts'
import { toCedar } from './cedar.ts'
import type { Exported } from './model.ts'

export interface Target {
  /** For the help of the command. */
  readonly what: string
  /** Throws `TypeError` for what is not a loaded policy. */
  readonly write: (policy: Policy) => Exported
}

export type TargetName = 'cedar'

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  cedar: { what: 'Cedar policies and their schema', write: toCedar },
}

export { toOpenApi } from './openapi/index.ts'
export { unexpressedText } from './model.ts'
export type { Exported, ExportedFile, Unexpressed } from './model.ts'
