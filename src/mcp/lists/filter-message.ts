/**
 * One JSON-RPC message that a server sends, with the lists in it filtered. Lists are known by their place in
 * the result and not by the ID of the request, which a resumed stream no longer has.
 */
import type { DecidingPolicy, ScopesOfRequest } from '../../enforce/types.ts'
import { filterPrompts, filterResources, filterResourceTemplates, filterTools } from './filter.ts'

type Filter = (policy: DecidingPolicy, scopes: ScopesOfRequest, list: readonly never[]) => unknown[]

const LISTS: Readonly<Record<string, Filter>> = {
  tools: filterTools,
  prompts: filterPrompts,
  resources: filterResources,
  resourceTemplates: filterResourceTemplates,
}

/** The message or batch, or a copy of it when a list in it had to change. Anything else stays what it is. */
export function filterMessage(policy: DecidingPolicy, scopes: ScopesOfRequest, message: unknown): unknown {
  if (Array.isArray(message)) {
    const filtered = message.map((one) => filterMessage(policy, scopes, one))
    return filtered.some((one, index) => one !== message[index]) ? filtered : message
  }
  if (!isObject(message) || !isObject(message['result'])) return message
  const { result } = message
  const changes: Record<string, unknown> = {}
  for (const [key, filter] of Object.entries(LISTS)) {
    const list = Object.hasOwn(result, key) ? result[key] : undefined
    if (!Array.isArray(list) || !list.every(isObject)) continue
    changes[key] = filter(policy, scopes, list as never[])
    // What is left depends on the token: no shared cache may keep it (2026-07-28, caching).
    if (result['cacheScope'] === 'public') changes['cacheScope'] = 'private'
  }
  const isSame = Object.entries(changes).every(
    ([key, value]) => Array.isArray(value) && value.length === (result[key] as unknown[]).length,
  )
  return isSame ? message : { ...message, result: { ...result, ...changes } }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
