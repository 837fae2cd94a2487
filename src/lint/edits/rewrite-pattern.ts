import type { Edit } from '../../diagnostic/diagnostic.ts'
import { rewriteScalar } from '../../yaml/rewrite-scalar.ts'
import type { LintEndpoint } from '../subject.ts'
import { isAnchored } from './delete-item.ts'

/** The edit that makes an endpoint's pattern read `text`; undefined where something else would change too. */
export function rewritePattern(
  source: string,
  { node, shared }: LintEndpoint,
  text: string,
): readonly Edit[] | undefined {
  if (shared || isAnchored(source, node.span.start)) return undefined
  const edit = rewriteScalar(node, text)
  return edit && [edit]
}
