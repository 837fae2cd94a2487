import type { Limits } from '../language/limits.ts'
import type { Node } from '../yaml/node.ts'
import type { Report } from '../diagnostic/report.ts'

/** What reading a document needs besides the document. */
export interface ReadContext {
  readonly limits: Limits
  readonly report: Report
  /** Methods outside of the registry that the document may use. */
  readonly extraMethods: ReadonlySet<string>
  /**
   * Called with every node that is left out of the policy because it is not what belongs there. That has
   * been reported by the shape check; the loader makes sure of it, and refuses the document in any case.
   */
  readonly skip: (node: Node) => void
}
