import type { McpDecisionRecord } from './guard.ts'

/** What is left about a request that was judged; known by the very object that the handler was given. */
const decisions = new WeakMap<object, McpDecisionRecord>()

/** Leaves the decision for the handler. */
export function leaveDecision(request: object, decision: McpDecisionRecord | undefined): void {
  if (decision !== undefined) decisions.set(request, decision)
}

/** The decision about a request that a guard let through; undefined when it was not judged. */
export function decisionOf(request: object): McpDecisionRecord | undefined {
  return decisions.get(request)
}
