/** `security` of an OpenAPI document: its requirements as they are written, and new ones in the same form. */
import type { LocatedNode } from '../../yaml/located.ts'
import type { Wanted } from './wanted.ts'

/** Whether a scheme's requirements list scopes. */
export type IsScoped = (scheme: string) => boolean

/** Schemes with the scopes that they list; all of them together are one alternative. */
export type Requirement = readonly (readonly [scheme: string, scopes: readonly string[]])[]

/** Undefined for what is not a requirement. */
export function requirementOf(node: LocatedNode): Requirement | undefined {
  if (node.kind !== 'map') return undefined
  const schemes = node.entries.map(({ key, value }) => {
    if (value.kind !== 'list') return undefined
    const scopes = value.items.map((item) => (item.kind === 'scalar' ? item.text : undefined))
    return scopes.includes(undefined) ? undefined : ([key, scopes as readonly string[]] as const)
  })
  return schemes.includes(undefined) ? undefined : (schemes as Requirement)
}

export function hasScopes(requirement: Requirement, isScoped: IsScoped): boolean {
  return requirement.some(([scheme]) => isScoped(scheme))
}

/** The schemes of a requirement, as the form of new ones. */
export type Form = readonly string[]

export function formOf(requirement: Requirement): Form {
  return requirement.map(([scheme]) => scheme)
}

function inForm(form: Form, scopes: readonly string[], isScoped: IsScoped): Requirement {
  return form.map((scheme) => [scheme, isScoped(scheme) ? scopes : []])
}

export interface Change {
  /** For each requirement that is there whether it stays. */
  readonly keep: readonly boolean[]
  readonly add: readonly Requirement[]
}

/**
 * From the requirements that are there to the wanted ones. What is about other credentials stays, and what is
 * wanted already stays as it is written.
 */
export function changeTo(
  wanted: Wanted,
  requirements: readonly (Requirement | undefined)[],
  form: Form,
  isScoped: IsScoped,
): Change {
  const missing = new Map(wanted.map((scopes) => [keyOf(scopes), scopes]))
  const keep = requirements.map((requirement) => {
    if (requirement === undefined || !hasScopes(requirement, isScoped)) return true
    return missing.delete(keyOf(requirement.flatMap(([scheme, scopes]) => (isScoped(scheme) ? scopes : []))))
  })
  return { keep, add: [...missing.values()].map((scopes) => inForm(form, scopes, isScoped)) }
}

export function isUnchanged({ keep, add }: Change): boolean {
  return add.length === 0 && keep.every((one) => one)
}

function keyOf(scopes: readonly string[]): string {
  return [...new Set(scopes)].sort().join(' ')
}
