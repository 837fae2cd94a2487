import { REFUSAL_NAMES } from '../language/refusals.ts'
import type { DenialReason } from './model.ts'

export { REFUSAL_NAMES }

/** What `reason` can be. */
export const REASON_NAMES: readonly DenialReason[] = [
  'no-scope-covers-path',
  'method-not-granted',
  'path-refused',
  ...REFUSAL_NAMES,
]
