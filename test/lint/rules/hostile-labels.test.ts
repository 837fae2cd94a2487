/** Rules about texts on texts that nobody should write. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fix, lint } from '../../../src/lint/index.ts'
import { CONSENT_RULES } from '../../../src/lint/rules/consent.ts'
import { runs } from '../../arbitrary/settings.ts'
import { HOSTILE_LABELS } from './findings-of.ts'

const on = Object.fromEntries(CONSENT_RULES.map(({ id }) => [id, 'warning' as const]))

const text = fc.oneof(
  fc.constantFrom(...HOSTILE_LABELS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('\u200b', '\u200d', '\ufe0f', ' ', '.', 'a', '\u{1f469}', 'é', '#', ':', '*'),
  }),
)

function documentOf(label: string, tagged: boolean): string {
  const value = tagged ? { en: label, 'EN-us': label } : label
  const scope = { label: value, description: value, group: value, endpoints: [{ 'a/*': ['GET', 'DELETE'] }] }
  return JSON.stringify({ s: scope, t: { ...scope, endpoints: ['b'] } }, null, 2)
}

test('every finding is one harmless line inside the text, and fixing never breaks a document', () => {
  fc.assert(
    fc.property(text, fc.boolean(), (label, tagged) => {
      const source = documentOf(label, tagged)
      const diagnostics = lint(source, { rules: on })
      for (const { message, help, span } of diagnostics) {
        expect(`${message}${help ?? ''}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\ufeff]/)
        expect(message.length).toBeLessThan(600)
        expect(span.start >= 0 && span.start < span.end && span.end <= source.length).toBe(true)
      }
      const broken = diagnostics.some(({ severity }) => severity === 'error')
      const result = fix(source, { rules: on })
      expect(result.refused).toEqual([])
      expect(result.diagnostics.some(({ severity }) => severity === 'error')).toBe(broken)
    }),
    runs(60),
  )
})
