import type { Refusal } from '../pattern/request-path.ts'
import type { DenialReason } from './model.ts'

/** Complete by its type: a new rule of the paths does not compile without a line here. */
const REFUSALS: Readonly<Record<Refusal, true>> = {
  'empty-target': true,
  'too-long': true,
  'asterisk-form': true,
  'absolute-form': true,
  'authority-form': true,
  'dot-segment': true,
  'empty-segment': true,
  backslash: true,
  semicolon: true,
  fragment: true,
  space: true,
  'control-character': true,
  'non-ascii': true,
  'malformed-escape': true,
  'encoded-slash': true,
  'encoded-backslash': true,
  'encoded-delimiter': true,
  'encoded-control': true,
  'double-encoding': true,
  'invalid-utf8': true,
}

/** The rules that refuse paths. */
export const REFUSAL_NAMES: readonly Refusal[] = Object.keys(REFUSALS) as Refusal[]

/** What `reason` can be. */
export const REASON_NAMES: readonly DenialReason[] = [
  'no-scope-covers-path',
  'method-not-granted',
  'path-refused',
  ...REFUSAL_NAMES,
]
