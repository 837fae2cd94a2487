/**
 * A contestant's answers compared with the right ones, before anything is timed: speed means nothing
 * without them. Slow contestants are compared for as long as the budget lasts.
 */
import type { Authorizer } from '../contestants/contestant.ts'
import type { Stream, TokenArrays } from './stream.ts'

export interface Answers {
  readonly checked: number
  readonly wrongAllows: number
  readonly wrongDenies: number
  /** One wrongly answered request, to look at. */
  readonly example?: string
}

export function checkAnswers(
  { authorize, subjectOf }: Authorizer,
  stream: Stream,
  tokens: TokenArrays,
  budgetMs: number,
): Answers {
  const decide = authorize as (subject: unknown, method: string, path: string) => boolean
  const subjects = tokens.map((scopes) => subjectOf(scopes))
  const deadline = performance.now() + budgetMs
  let checked = 0
  let wrongAllows = 0
  let wrongDenies = 0
  let example: string | undefined
  for (const [index, allowed] of stream.allowed.entries()) {
    const path = stream.path[index] ?? ''
    const method = stream.method[index] ?? ''
    const token = stream.token[index] ?? 0
    const answer = decide(subjects[token], method, path)
    checked += 1
    if (answer !== allowed) {
      if (answer) wrongAllows += 1
      else wrongDenies += 1
      example ??= `${answer ? 'allowed' : 'denied'} ${method} ${path} for ${(tokens[token] ?? []).join(' ')}`
    }
    if (index % 16 === 0 && performance.now() > deadline) break
  }
  return { checked, wrongAllows, wrongDenies, ...(example === undefined ? {} : { example }) }
}
