/**
 * For testing only. How one product reads the path of a request, as a function on text: from the request
 * target as it was sent, without its query, to the path that the product goes on to serve.
 */

/** How we know what a product does. */
export type Evidence =
  /** Read in the product's own source. */
  | 'source'
  /** Read in the product's documentation, or in an advisory about it. */
  | 'documentation'
  /** The model calls the product's own code, or a test asks the running product. */
  | 'run'
  /** Known, but not looked up. */
  | 'memory'

export interface Model {
  readonly id: string
  readonly product: string
  /** What happens to the path, in this order. */
  readonly does: string
  readonly source: string
  readonly evidence: Evidence
  /** The path as read; null when the product refuses the request. */
  readonly read: (path: string) => string | null
  /**
   * How the product reads the literal text of a pattern. One that decodes cannot tell `a%20b` from `a b`, so
   * who grants the one there grants the other. Left out by products that keep text as it is.
   */
  readonly spell?: (literal: string) => string
  /** Only what a client has sent may reach it, nothing decoded: it is not among those behind another server. */
  readonly onlyRaw?: true
}

/** A model that is not told by a product's own documents has to say so with its evidence. */
export function model(
  id: string,
  product: string,
  does: string,
  [evidence, source]: readonly [Evidence, string],
  read: Model['read'],
  spell?: Model['spell'],
): Model {
  return { id, product, does, source, evidence, read, ...(spell === undefined ? {} : { spell }) }
}

/** Applies steps from left to right; a step that refuses ends it. */
export function steps(
  ...list: readonly ((path: string) => string | null)[]
): (path: string) => string | null {
  return (path) => {
    let read: string | null = path
    for (const step of list) {
      if (read === null) return null
      read = step(read)
    }
    return read
  }
}
