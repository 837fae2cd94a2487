/**
 * The verdict on the messages of one request: pure, synchronous, and the only place that calls the policy.
 *
 * `authorize` alone decides. `denialOf` is asked afterwards and only about denials, for the scopes to name.
 */
import { denialOf } from '../decision/denial-of.ts'
import { narrowestSet } from '../enforce/scopes-to-ask-for.ts'
import type { DecidingPolicy, ScopesOfRequest } from '../enforce/types.ts'
import type { McpAccess, McpMessage } from './types.ts'

export type Scopes = NonNullable<ScopesOfRequest>

export interface McpVerdict {
  readonly allowed: boolean
  /** For each message, whether it may pass by itself. */
  readonly perMessage: readonly boolean[]
  /** The first message that was denied. */
  readonly denied?: McpMessage
  /** Why it was: the policy's reason, or that no token may. */
  readonly reason?: string
  /** With `path-refused`: the rule that refused its name. */
  readonly refusal?: string
  /** All scopes that the denied messages need, by their own names; undefined when no scopes would do. */
  readonly needed?: readonly string[]
}

/** Judges all messages: one denial denies all. What the policy throws goes through to the caller, who denies. */
export function judgeMessages(
  policy: DecidingPolicy,
  scopes: Scopes,
  messages: readonly McpMessage[],
): McpVerdict {
  const perMessage = messages.map(
    ({ needs }) => needs?.every((access) => grants(policy, scopes, access)) === true,
  )
  const denied = messages.filter((_, index) => perMessage[index] !== true)
  const [first] = denied
  if (first === undefined) return { allowed: true, perMessage }
  const unknown = denied.find(({ needs }) => needs === null)
  if (unknown !== undefined) {
    return { allowed: false, perMessage, denied: unknown, reason: 'unknown-method' }
  }
  const accesses = denied
    .flatMap(({ needs }) => needs ?? [])
    .filter((access) => !grants(policy, scopes, access))
  const explained = accesses.map(({ method, name }) => denialOf(policy, scopes, method, name))
  const worst = explained.find(({ reason }) => reason === 'path-refused') ?? explained[0]
  const needed = union(explained.map(narrowestSet))
  return {
    allowed: false,
    perMessage,
    denied: first,
    reason: worst?.reason ?? 'internal-error',
    ...(worst?.refusal === undefined ? {} : { refusal: worst.refusal }),
    ...(needed === undefined ? {} : { needed }),
  }
}

/** Strictly `true`: anything else, a promise for one, is not a permission. */
function grants(policy: DecidingPolicy, scopes: Scopes, { method, name }: McpAccess): boolean {
  return (policy.authorize(scopes, method, name) as unknown) === true
}

/** Every scope of all sets, once; undefined when one of them is missing, since then no token would do. */
function union(sets: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  if (sets.length === 0 || sets.includes(undefined)) return undefined
  return [...new Set(sets.flatMap((set) => set ?? []))]
}
