/**
 * The methods that clients send, in the revisions 2025-06-18, 2025-11-25 and 2026-07-28, and how each is
 * judged. One row per method; whatever has no row is denied.
 *
 * Tasks (2025-11-25) have no rows: a task holds the result of a tool call, and its ID does not say of which
 * tool. Servers that bind tasks to the token, as the specification requires, open them with the option
 * `methods`.
 */

/** Where the name is, and as what it is judged. */
export type MethodRule =
  /** Any valid token may. */
  | 'open'
  /** `params.name`. */
  | 'tool'
  | 'prompt'
  /** `params.uri`. */
  | 'resource'
  /** `params.ref`: a prompt, or a resource template. */
  | 'reference'
  /** `params.notifications.resourceSubscriptions`: a list of resource URIs, or none. */
  | 'subscriptions'

const METHOD_RULES: ReadonlyMap<string, MethodRule> = new Map<string, MethodRule>([
  ['initialize', 'open'],
  ['server/discover', 'open'],
  ['ping', 'open'],
  ['logging/setLevel', 'open'],
  ['tools/list', 'open'],
  ['prompts/list', 'open'],
  ['resources/list', 'open'],
  ['resources/templates/list', 'open'],
  ['tools/call', 'tool'],
  ['prompts/get', 'prompt'],
  ['resources/read', 'resource'],
  ['resources/subscribe', 'resource'],
  ['resources/unsubscribe', 'resource'],
  ['completion/complete', 'reference'],
  ['subscriptions/listen', 'subscriptions'],
])

/** Methods whose results are lists that can be filtered. */
export const LIST_METHODS: ReadonlySet<string> = new Set([
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
])

/** How a method is judged; undefined when it is unknown. Only messages without an ID are notifications. */
export function ruleOf(method: string, isNotification: boolean): MethodRule | undefined {
  const rule = METHOD_RULES.get(method)
  if (rule !== undefined) return rule
  return isNotification && method.startsWith('notifications/') ? 'open' : undefined
}
