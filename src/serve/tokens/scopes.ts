/**
 * The scopes of verified claims, where the operator says they are.
 *
 * The first claim of the list that is there decides alone, as in `scopesFromClaims`. A name is first looked
 * for as it is (`https://api.example/roles` is one claim), then as a path: `resource_access.api.roles`.
 */
import { scopesFromClaims } from '../../claims/scopes-from-claims.ts'
import type { Settings } from '../settings.ts'
import type { Claims } from './verifier.ts'

const CLAIM = 'scope'

export function scopesOf(
  claims: Claims,
  { scopeClaim, scopeSeparator }: Pick<Settings, 'scopeClaim' | 'scopeSeparator'>,
): readonly string[] {
  for (const name of scopeClaim) {
    const value = claimAt(claims, name)
    if (value === undefined) continue
    if (typeof value === 'string' && scopeSeparator !== undefined)
      return value
        .split(scopeSeparator)
        .map((scope) => scope.replace(/^ +| +$/g, ''))
        .filter((scope) => scope !== '')
    return scopesFromClaims({ [CLAIM]: value }, { claims: [CLAIM] })
  }
  return []
}

function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  let value: unknown = claims
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    if (!Object.hasOwn(value, step)) return undefined
    value = (value as Claims)[step]
  }
  return value
}
