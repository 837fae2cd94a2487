/**
 * From the value of a body to its messages: what kind each is, and what a token must be granted for it.
 *
 * The same function reads values that somebody else parsed, so nothing is taken on trust: only own data
 * properties count, no getter runs, and keys that another reader would take for the ones read here are
 * refused although the parser before has dropped the rest of the evidence.
 */
import { ruleOf, type MethodRule } from '../methods.ts'
import { generalUri } from '../template.ts'
import type { BodyRefusal, McpAccess, McpBody, McpMessage } from '../types.ts'
import { hasAmbiguousKey } from './keys.ts'

/**
 * Messages of one batch. Batches are gone since 2025-06-18, and a denial calls the policy for each message.
 */
const MAX_BATCH = 100
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const NO_ACCESS: readonly McpAccess[] = Object.freeze([])

/** Thrown and caught in this file only: reading stops at the first refusal. */
class Refused extends Error {
  readonly refusal: BodyRefusal
  constructor(refusal: BodyRefusal) {
    super()
    this.refusal = refusal
  }
}

/** Reads a parsed body. `openMethods` are further methods that any valid token may call. Never throws. */
export function messagesOf(value: unknown, openMethods: ReadonlySet<string>): McpBody {
  try {
    if (!Array.isArray(value)) return { messages: [messageOf(value, openMethods)] }
    if (value.length === 0 || value.length > MAX_BATCH) return { messages: [], refusal: 'batch-size' }
    return { messages: Array.from(value, (item) => messageOf(item, openMethods)) }
  } catch (error) {
    // Whatever else is thrown comes from a Proxy, which is not a message.
    return { messages: [], refusal: error instanceof Refused ? error.refusal : 'invalid-message' }
  }
}

function messageOf(value: unknown, openMethods: ReadonlySet<string>): McpMessage {
  const message = objectOf(value)
  if (member(message, 'jsonrpc') !== '2.0') throw new Refused('invalid-message')
  const id = idOf(message)
  const method = member(message, 'method')
  const answers = ['result', 'error'].filter((key) => Object.hasOwn(message, key))
  if (method === undefined) {
    // A response to a request of the server, as for sampling: any valid token may send it.
    const isResponse = answers.length === 1 && (id !== undefined || answers[0] === 'error')
    if (!isResponse || Object.hasOwn(message, 'method')) throw new Refused('invalid-message')
    return { id, method: undefined, kind: 'response', needs: NO_ACCESS }
  }
  if (typeof method !== 'string' || answers.length > 0) throw new Refused('invalid-message')
  refuseControls(method)
  const kind = id === undefined ? 'notification' : 'request'
  const rule = ruleOf(method, kind === 'notification')
  // The rules of the table come first: an option cannot open what it judges.
  if (rule === undefined) return { id, method, kind, needs: openMethods.has(method) ? NO_ACCESS : null }
  return { id, method, kind, ...accessOf(rule, message) }
}

/** What a message of a known method names, and needs. */
function accessOf(rule: MethodRule, message: object): Pick<McpMessage, 'name' | 'needs'> {
  const params = member(message, 'params')
  if (params !== undefined && params !== null) objectOf(params)
  switch (rule) {
    case 'open':
      return { needs: NO_ACCESS }
    case 'tool':
      return named('tools/call', objectOf(params), 'name')
    case 'prompt':
      return named('prompts/get', objectOf(params), 'name')
    case 'resource':
      return named('resources/read', objectOf(params), 'uri')
    case 'reference': {
      const reference = objectOf(member(objectOf(params), 'ref'))
      switch (member(reference, 'type')) {
        case 'ref/prompt':
          return named('prompts/get', reference, 'name')
        case 'ref/resource':
          return template(reference)
        default:
          throw new Refused('invalid-message')
      }
    }
    case 'subscriptions':
      return { needs: subscribed(objectOf(params)) }
  }
}

function named(
  method: McpAccess['method'],
  holder: object,
  key: 'name' | 'uri',
): Pick<McpMessage, 'name' | 'needs'> {
  const name = member(holder, key)
  if (typeof name !== 'string') throw new Refused('invalid-message')
  refuseControls(name)
  return { name, needs: [{ method, name }] }
}

/** Completion says what the variables of a template can be, so it is judged for all of them. */
function template(reference: object): Pick<McpMessage, 'name' | 'needs'> {
  const { name = '' } = named('resources/read', reference, 'uri')
  return { name, needs: [{ method: 'resources/read', name: generalUri(name) }] }
}

function subscribed(params: object): readonly McpAccess[] {
  const notifications = member(params, 'notifications')
  if (notifications === undefined) return NO_ACCESS
  const uris = member(objectOf(notifications), 'resourceSubscriptions')
  if (uris === undefined || uris === null) return NO_ACCESS
  if (!Array.isArray(uris) || uris.length > MAX_BATCH) throw new Refused('invalid-message')
  return Array.from(uris, (name: unknown) => {
    if (typeof name !== 'string') throw new Refused('invalid-message')
    refuseControls(name)
    return { method: 'resources/read', name }
  })
}

/** An object that is not an array, every key of which has one reading. */
function objectOf(value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused('invalid-message')
  if (hasAmbiguousKey(value)) throw new Refused('ambiguous-key')
  return value
}

/** An own data property; undefined when there is none. */
function member(object: object, key: string): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(object, key)
  if (descriptor === undefined) return undefined
  if (!Object.hasOwn(descriptor, 'value')) throw new Refused('invalid-message')
  return descriptor.value as unknown
}

/** Integers beyond 2^53 are another number to some readers; a null ID is none in JSON-RPC's own readers. */
function idOf(message: object): string | number | undefined {
  const id = member(message, 'id')
  if (id === undefined && !Object.hasOwn(message, 'id')) return undefined
  if (typeof id === 'string') return id
  if (typeof id === 'number' && Number.isSafeInteger(id)) return id
  // A response to what could not be read has the ID null (JSON-RPC 2.0 section 5).
  if (id === null && Object.hasOwn(message, 'error')) return undefined
  throw new Refused('invalid-message')
}

function refuseControls(text: string): void {
  if (CONTROL.test(text)) throw new Refused('control-character')
}
