/** What one request set allows and another does not, endpoint by endpoint. */
import { describe, expect, test } from 'vitest'
import { gains } from '../../src/analysis/scope-change.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { RULES, setOf } from './sets.ts'

function gained(
  set: readonly string[],
  other: readonly string[],
  rules = RULES,
  otherRules = rules,
): readonly string[] {
  const { endpoints } = gains(setOf(set, rules), setOf(other, otherRules), new SearchBudget())
  return endpoints.map(
    ({ endpoint, methods, witness }) => `${methods.join()} ${endpoint}: ${witness.method} ${witness.path}`,
  )
}

describe('gains', () => {
  test('what endpoints allow together shows where the paths of one are too long to be tried', () => {
    const rules: PathRules = { ...RULES, pathLength: 4 }
    // Only `/ab/` is short enough: the one matches it with the slash, the other without.
    expect(gained(['a*b/*', 'ab'], ['ab'], rules)).toEqual(['GET a*b/*: GET /ab/'])
  })
})
