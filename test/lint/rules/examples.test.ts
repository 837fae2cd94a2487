/** What rules say of themselves is true: the bad example shows the defect, the good one does not. */
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../../src/index.ts'
import { lint } from '../../../src/lint/lint.ts'
import { rules } from '../../../src/lint/rules/index.ts'
import type { RuleSeverity } from '../../../src/lint/rule.ts'

/** Rules that are off by default are switched on. */
function codesOf(text: string, id: string, severity: RuleSeverity): string[] {
  const on = severity === 'off' ? { rules: { [id]: 'warning' as const } } : {}
  return lint(text, on).map(({ code }) => code)
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('finds its bad example', () => {
    expect(codesOf(rule.bad, id, rule.severity)).toContain(id)
  })
  test('is silent on its good example, which has no errors', () => {
    expect(codesOf(rule.good, id, rule.severity)).not.toContain(id)
    expect(parsePolicy(rule.good).policy).not.toBeNull()
  })
  test('says what it is about in one clause, and why in sentences', () => {
    expect(rule.summary).toMatch(/^[^A-Z\n][^\n]*[^.\n]$/)
    expect(rule.why).toMatch(/^[A-Z`][^\n]*[.`]$/s)
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  })
})

test('no two rules have the same id', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
})
