/** What one rule says of a string, in a form that reads well in an expectation, and what its fixes make of it. */
import { expect } from 'vitest'
import { fix, lint, type RuleSettings, rules } from '../../../src/lint/index.ts'
import type { RuleSeverity } from '../../../src/lint/index.ts'

export interface Said {
  readonly underlined: string
  readonly message: string
  readonly related?: string
}

/** Every rule off but the one. */
function only(id: string): Record<string, RuleSeverity> {
  return Object.fromEntries(rules.map((rule) => [rule.id, rule.id === id ? 'warning' : 'off']))
}

export function findingsOf(id: string, text: string, settings: Partial<RuleSettings> = {}): readonly Said[] {
  const diagnostics = lint(text, { rules: only(id), settings })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return diagnostics
    .filter(({ code }) => code === id)
    .map(({ message, span, related }) => {
      const [other] = related ?? []
      return {
        underlined: text.slice(span.start, span.end),
        message,
        ...(other !== undefined && { related: text.slice(other.span.start, other.span.end) }),
      }
    })
}

/** The underlined texts alone. */
export function underlinedBy(id: string, text: string, settings: Partial<RuleSettings> = {}): string[] {
  return findingsOf(id, text, settings).map(({ underlined }) => underlined)
}

/** The text with the fixes of the rule, of which none may be refused, and with nothing left to find. */
export function fixedBy(id: string, text: string): string {
  const result = fix(text, { rules: only(id) })
  expect(result.refused).toEqual([])
  expect(result.diagnostics).toEqual([])
  return result.text
}

/** A document with one scope of this label (a plain or quoted YAML text) and these endpoints. */
export function labelled(label: string, endpoints = '[{ a/*: GET }]', more = ''): string {
  return `s:\n  label: ${label}\n  endpoints: ${endpoints}\n${more}`
}

/** Labels that are long or that programs trip over; as JSON they are YAML. */
export const HOSTILE_LABELS: readonly string[] = [
  'a'.repeat(10_000),
  'Read '.repeat(2_000),
  `Read ${'\u0301'.repeat(10_000)}`,
  '\u05e7\u05e8\u05d0 \u05d0\u05ea \u05d4\u05e4\u05e8\u05d5\u05e4\u05d9\u05dc',
  'اقرأ ملفك الشخصي',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(500),
  '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  `x${'\u200b'.repeat(10_000)}y`,
  `${' '.repeat(5_000)}x${' '.repeat(5_000)}`,
  `${'. '.repeat(5_000)}x`,
  'Read\nand\nwrite\n'.repeat(700),
  '-'.repeat(10_000),
  '`rm` \\ " \' <b> & {{x}} ${y} %s',
  '__proto__',
]
