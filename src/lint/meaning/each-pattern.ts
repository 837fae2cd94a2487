import type { Node } from '../../yaml/node.ts'
import type { LintEndpoint, LintScope, Subject } from '../subject.ts'

/** Every place where a pattern is written, once, also where an alias brings it to several scopes. */
export function* eachPattern({
  scopes,
}: Pick<Subject, 'scopes'>): Generator<{ readonly scope: LintScope; readonly endpoint: LintEndpoint }> {
  const seen = new Set<Node>()
  for (const scope of scopes) {
    for (const endpoint of scope.endpoints) {
      if (seen.has(endpoint.node)) continue
      seen.add(endpoint.node)
      yield { scope, endpoint }
    }
  }
}
