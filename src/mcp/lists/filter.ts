/**
 * What of a server's lists a token may use. Lists are a convenience of clients and no protection: a tool that
 * is not listed is denied when it is called, all the same.
 */
import type { DecidingPolicy, ScopesOfRequest } from '../../enforce/types.ts'
import { generalUri } from '../template.ts'
import { witnesses } from './witnesses.ts'

/** A policy that also shows its patterns, as a loaded one does. */
export type FilteringPolicy = Pick<DecidingPolicy, 'authorize'>

/** The tools of `tools/list` that a token with these scopes may call. */
export function filterTools<Tool extends { readonly name: string }>(
  policy: FilteringPolicy,
  scopes: ScopesOfRequest,
  tools: readonly Tool[],
): Tool[] {
  return tools.filter(({ name }) => may(policy, scopes, 'tools/call', name))
}

/** The prompts of `prompts/list` that a token with these scopes may get. */
export function filterPrompts<Prompt extends { readonly name: string }>(
  policy: FilteringPolicy,
  scopes: ScopesOfRequest,
  prompts: readonly Prompt[],
): Prompt[] {
  return prompts.filter(({ name }) => may(policy, scopes, 'prompts/get', name))
}

/** The resources of `resources/list` that a token with these scopes may read. */
export function filterResources<Resource extends { readonly uri: string }>(
  policy: FilteringPolicy,
  scopes: ScopesOfRequest,
  resources: readonly Resource[],
): Resource[] {
  return resources.filter(({ uri }) => may(policy, scopes, 'resources/read', uri))
}

/**
 * The templates of `resources/templates/list` by which a token with these scopes may read something: all that
 * a template can become, or some of it. The second needs a policy that shows its patterns; with a compiled
 * one, only templates are left of which everything may be read.
 */
export function filterResourceTemplates<Template extends { readonly uriTemplate: string }>(
  policy: FilteringPolicy,
  scopes: ScopesOfRequest,
  templates: readonly Template[],
): Template[] {
  return templates.filter(
    ({ uriTemplate }) =>
      may(policy, scopes, 'resources/read', generalUri(uriTemplate)) ||
      witnesses(policy, uriTemplate).some((uri) => may(policy, scopes, 'resources/read', uri)),
  )
}

function may(policy: FilteringPolicy, scopes: ScopesOfRequest, method: string, name: unknown): boolean {
  if (scopes === undefined || scopes === null || typeof name !== 'string') return false
  return (policy.authorize(scopes, method, name) as unknown) === true
}
