/** A request as the reference reads it, once for all checks. */
import type { PlainRequest } from '../arbitrary/request.ts'
import type { ReferencePolicy } from '../reference/authorize.ts'
import { refusalsOf } from '../reference/request-path.ts'

export interface Judged {
  readonly request: PlainRequest
  /** The rules that refuse its path. */
  readonly broken: ReadonlySet<string>
  /** The path that is compared with patterns; undefined when refused, or outside the base path. */
  readonly tested: string | undefined
  readonly expected: boolean
}

const NONE: ReadonlySet<string> = new Set()

export function judge(reference: ReferencePolicy, request: PlainRequest): Judged {
  const tested = reference.testedPath(request.path)
  const broken = tested === undefined ? refusalsOf(request.path, reference.options) : NONE
  const expected = tested !== undefined && reference.allows(request.scopes, request.method, tested)
  return { request, broken, tested, expected }
}
