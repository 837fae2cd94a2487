/** Scopes of a command line that the policy does not have: what they were probably meant to be. */
import { closest } from '../diagnostic/words.ts'
import type { Policy } from '../index.ts'
import { term } from '../report/safe.ts'

/** Enough for what a person types. */
const MAX_HINTS = 10

/** One clause for each name that resembles one of the policy, or several of them. */
export function unknownScopeHints(unknown: readonly string[], { scopes }: Policy): readonly string[] {
  const known = [...scopes.keys()]
  return unknown.slice(0, MAX_HINTS).flatMap((name) => {
    const parts = name.split(/[,;+]/).filter((part) => part !== '')
    const near = parts.map((part) => (scopes.has(part) ? part : closest(part, known)))
    const found = near.filter((part) => part !== undefined)
    if (found.length === 0 || found.length < parts.length) return []
    return [
      parts.length > 1 || found[0] === name.replace(/[,;+]/g, '')
        ? `separate scopes by spaces: ${term(found.join(' '))}`
        : `did you mean ${term(found[0] ?? '')}?`,
    ]
  })
}
