/** What a method does to the path or name that it is sent to, in the four words of a consent screen. */
import { isNameMethod } from '../../language/scope-fields.ts'
import { toolKind } from '../../language/tool-names.ts'
import { type Kind, kindOf } from './method-kinds.ts'

export function kindOfGrant(method: string, pattern: string): Kind {
  if (method === 'tools/call') return toolKind(pattern)
  return isNameMethod(method) ? 'reads' : kindOf(method)
}
