import type { ShapeError } from './generated/validate.js'
import type { Node, ScalarNode } from '../../yaml/node.ts'

/** What the validator found at one place of the document. */
export interface Problem {
  /** Keys from the root to the value that failed. */
  readonly path: readonly string[]
  readonly error: ShapeError
  /** The value that failed. */
  readonly node: Node
  /** The key of the value that failed; absent at the root and in lists. */
  readonly key: ScalarNode | undefined
  /** The key inside the value that the finding is about. */
  readonly child: ScalarNode | undefined
}
