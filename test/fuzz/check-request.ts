/** One request, asked of every implementation in every way, against the answer of the reference. */
import type { PlainRequest } from '../arbitrary/request.ts'
import type { CompiledPolicy } from '../../src/compiled/index.ts'
import type { Judged } from './judged.ts'

/** An implementation of the language: the loaded policy, its tables read back, its module. */
export interface Form {
  readonly name: string
  readonly policy: Pick<
    CompiledPolicy,
    'authorize' | 'grant' | 'explain' | 'scopesFor' | 'setsFor' | 'methodsFor'
  >
}

/** Something that is not as it should be; `check` names the kind, and stays the same while it is shrunk. */
export interface Problem {
  readonly check: string
  readonly detail: string
  readonly request?: PlainRequest
}

/** Answers that one call of {@link checkRequest} compares, for each form. */
export const WAYS = 4

export function checkRequest(
  forms: readonly Form[],
  { request, expected }: Judged,
  problems: Problem[],
): void {
  const { scopes, method, path } = request
  const set = new Set(scopes)
  const text = scopes.join(' ')
  for (const { name, policy } of forms) {
    const wrong = (way: string): void => {
      problems.push({ check: `${name}: ${way}`, detail: `${!expected}, reference: ${expected}`, request })
    }
    try {
      if (policy.authorize(scopes, method, path) !== expected) wrong('authorize')
      if (policy.authorize(set, method, path) !== expected) wrong('authorize with a set')
      if (policy.authorize(text, method, path) !== expected) wrong('authorize with a string')
      if (policy.grant(scopes).authorize(method, path) !== expected) wrong('grant')
    } catch (error) {
      problems.push({ check: `${name}: throws`, detail: String(error), request })
    }
  }
}
