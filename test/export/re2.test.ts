/**
 * The clauses and the guard that OPA, Cerbos and Envoy get, run by RegExp of the platform (for this syntax it means
 * what RE2 means) against `authorize`: far more requests than the engines themselves are asked.
 */
import { describe, expect, test } from 'vitest'
import { acceptedPath, type Guard } from '../../src/export/re2/accepted.ts'
import { type Clause, clausesOf } from '../../src/export/re2/clauses.ts'
import { rowsOf } from '../../src/export/rows.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { COMBINED, OPTIONS, pathOf, PLAIN, type Question, questionsOf, SEGMENTS } from './requests.ts'

function passes({ checks, maxLength }: Guard): (text: string) => boolean {
  const compiled = checks.map((check) => ({
    ...check,
    expression: new RegExp(check.expression, 's'),
    when: check.when === undefined ? undefined : new RegExp(check.when, 's'),
  }))
  return (text) =>
    text.length <= maxLength &&
    compiled.every(
      ({ expression, expected, when }) => when?.test(text) === false || expression.test(text) === expected,
    )
}

export function decider(policy: Policy): (question: Question) => boolean {
  const rows = rowsOf(policy)
  const isAccepted = passes(acceptedPath(rows.rules))
  const compiled = (list: readonly Clause[]): readonly (Clause & { readonly regex: RegExp })[] =>
    list.map((clause) => ({ ...clause, regex: new RegExp(clause.expression, 's') }))
  const { own, withSlash, withoutSlash } = clausesOf(rows)
  const [alone, first, second] = [compiled(own), compiled(withSlash), compiled(withoutSlash)]
  return ({ scopes, method, target }) => {
    const path = pathOf(target)
    const matches = (list: ReturnType<typeof compiled>): boolean =>
      list.some(
        ({ row, methods, regex }) =>
          methods.includes(method) &&
          row.groups.every((group) => group.some((name) => scopes.includes(name))) &&
          regex.test(path),
      )
    return isAccepted(path) && (matches(alone) || (matches(first) && matches(second)))
  }
}

describe('clauses decide as authorize', () => {
  test.each(
    OPTIONS.flatMap((options) => [
      [options, 'stars', PLAIN],
      [options, 'combinations', COMBINED],
      [options.replace(/\}$/, `${options === '{}' ? '' : ','} wildcard: segment }`), 'segments', SEGMENTS],
    ]),
  )('%s, %s', (options, name, document) => {
    const policy = loadPolicy(`$options: ${options}\n${document}`)
    const { unexpressed } = clausesOf(rowsOf(policy))
    const isSaid = name === 'segments' && options.includes('extensions') && !options.includes('ignore')
    expect(unexpressed.length > 0).toBe(isSaid)
    if (isSaid) return
    const decide = decider(policy)
    const next = questionsOf(policy, options.length + name.length)
    let allowed = 0
    const wrong: unknown[] = []
    for (let count = 0; count < 4000; count++) {
      const question = next()
      if (!question.target.startsWith('/')) continue
      const expected = policy.authorize(question.scopes, question.method, question.target)
      if (expected) allowed++
      if (decide(question) !== expected) wrong.push({ ...question, expected })
    }
    expect(wrong.slice(0, 5)).toEqual([])
    expect(allowed).toBeGreaterThan(150)
  })
})
