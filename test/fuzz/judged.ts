/** A request as the reference reads it, once for all checks. */
import type { PlainRequest } from '../arbitrary/request.ts'
import type { ReferencePolicy } from '../reference/authorize.ts'
import { isNameMethod } from '../reference/document.ts'
import { refusalsOf } from '../reference/request-path.ts'

export interface Judged {
  readonly request: PlainRequest
  /** The rules that refuse its path. */
  readonly broken: ReadonlySet<string>
  readonly isName: boolean
  /** Whether a token with these scopes may use another method, or this one, on what was asked for. */
  readonly allows: (scopes: readonly string[], method: string) => boolean
  /** The path that is compared with patterns; undefined when refused, or outside the base path, and for a name. */
  readonly tested: string | undefined
  readonly expected: boolean
}

const NONE: ReadonlySet<string> = new Set()

export function judge(reference: ReferencePolicy, request: PlainRequest): Judged {
  const { scopes, method: asked, path } = request
  if (isNameMethod(asked)) {
    const allows = (by: readonly string[], method: string): boolean =>
      method === asked && reference.authorize(by, method, path)
    return { request, isName: true, allows, broken: NONE, tested: undefined, expected: allows(scopes, asked) }
  }
  const tested = reference.testedPath(path)
  const broken = tested === undefined ? refusalsOf(path, reference.options) : NONE
  const allows = (by: readonly string[], method: string): boolean =>
    tested !== undefined && reference.allows(by, method, tested)
  return { request, isName: false, allows, broken, tested, expected: allows(scopes, asked) }
}
