/**
 * For testing only. A scope as one server after the other spells it: the literal text between the stars of
 * its patterns. Spellings are numbered, so that servers that spell a policy alike are one case.
 */
import { canonical } from '../reference/characters.ts'
import type { Model } from './model.ts'

/** Per scope, per pattern: the literal text between stars. */
export type Literals = readonly (readonly (readonly string[])[])[]

export interface Spellings {
  readonly literalsOf: (spelling: number) => Literals
  /** The spelling of a server that gets requests from one with this spelling. */
  readonly after: (spelling: number, by: Pick<Model, 'id' | 'spell'>) => number
}

/** Spelling 0 is that of the policy itself. */
export function spellingsOf(scopes: readonly (readonly string[])[]): Spellings {
  const known = new Map<string, number>()
  const list: Literals[] = []
  const numberOf = (literals: Literals): number => {
    const key = JSON.stringify(literals)
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, list.length)
    list.push(literals)
    return list.length - 1
  }
  const literalsOf = (spelling: number): Literals => list[spelling] ?? []
  const steps = new Map<string, number>()

  numberOf(
    scopes.map((patterns) => patterns.map((pattern) => canonical(pattern.replace(/^\//, '')).split('*'))),
  )
  return {
    literalsOf,
    after: (spelling, { id, spell }) => {
      if (spell === undefined) return spelling
      const key = `${spelling} ${id}`
      const known = steps.get(key)
      if (known !== undefined) return known
      const next = numberOf(
        literalsOf(spelling).map((patterns) => patterns.map((runs) => runs.map((run) => spell(run)))),
      )
      steps.set(key, next)
      return next
    },
  }
}
