/** One concrete request as evidence, asked of the policy itself. */
import { inUsualOrder } from '../../language/methods.ts'
import { printCanonical } from '../../pattern/canonical.ts'
import type { LintEndpoint, Subject } from '../subject.ts'

/**
 * A request such as `GET /records/a/search` that a scope with this endpoint allows: `fill` says what is
 * for each star. Undefined where the policy does not allow it after all.
 */
export function exampleRequest(
  { policy, rules }: Pick<Subject, 'policy' | 'rules'>,
  scope: string,
  { pattern, methods }: Pick<LintEndpoint, 'pattern' | 'methods'>,
  fill: (star: number) => string = (star) => 'abcdefghijklmnopqrstuvwxyz'[star] ?? 'x',
): string | undefined {
  const [method] = inUsualOrder(methods)
  if (method === undefined) return undefined
  let star = 0
  const inside = pattern.text.replace(/^\//, '').replace(/\*+/g, () => fill(star++))
  const base = rules.basePath === '' ? '' : `/${printCanonical(rules.basePath)}`
  const path = inside === '' && base !== '' ? base : `${base}/${inside}`
  // After it a query would begin.
  if (path.includes('?')) return undefined
  return policy.authorize([scope], method, path) ? `${method} ${path}` : undefined
}

/** A longer one is not readable. */
const MAX_EXAMPLE_LENGTH = 160

/** `, such as …` where there is an example. */
export function suchAs(request: string | undefined): string {
  return request === undefined || request.length > MAX_EXAMPLE_LENGTH ? '' : `, such as \`${request}\``
}
