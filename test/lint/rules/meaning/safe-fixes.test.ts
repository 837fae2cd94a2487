/**
 * Safe fixes of the rules about meaning over generated documents: none of them is refused by the proof that
 * follows it, every decision stays, and so does everything around it.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadPolicy } from '../../../../src/index.ts'
import { fix, type RuleSeverity, rules } from '../../../../src/lint/index.ts'
import { MEANING_RULES } from '../../../../src/lint/rules/meaning.ts'
import { plainDocument, toDocument } from '../../../arbitrary/document.ts'
import type { DocumentParts } from '../../../arbitrary/document.ts'
import { recipe, toRequest } from '../../../arbitrary/request.ts'
import { runs } from '../../../arbitrary/settings.ts'

const SAFE = new Set(MEANING_RULES.filter(({ fix }) => fix === 'safe').map(({ id }) => id))
const ONLY_SAFE = Object.fromEntries(
  rules.map(({ id }): [string, RuleSeverity] => [id, SAFE.has(id) ? 'warning' : 'off']),
)

/** In block style with a comment in each third line, or as JSON; scopes and endpoints in their order. */
function printed(parts: DocumentParts, style: 'block' | 'json', lineEnd: '\n' | '\r\n'): string {
  if (style === 'json') return JSON.stringify(toDocument(parts), null, 2).replaceAll('\n', lineEnd)
  const lines = [`$options: ${JSON.stringify(parts.options)}`]
  for (const [name, { label, endpoints, includes }] of parts.scopes) {
    lines.push(`${JSON.stringify(name)}:`, `  label: ${JSON.stringify(label)}`)
    if (includes !== undefined) lines.push(`  includes: ${JSON.stringify(includes)}`)
    if (endpoints === undefined) continue
    if (endpoints.length === 0) lines.push('  endpoints: []')
    else lines.push('  endpoints:')
    for (const endpoint of endpoints) {
      const [[pattern, methods] = ['', '']] = Object.entries(endpoint)
      const item =
        typeof endpoint === 'string'
          ? JSON.stringify(endpoint)
          : `${JSON.stringify(pattern)}: ${JSON.stringify(methods)}`
      lines.push(`    - ${item}${lines.length % 3 === 0 ? ` # comment ${lines.length}` : ''}`)
    }
  }
  return `${lines.join(lineEnd)}${lineEnd}`
}

function commentsOf(text: string): readonly string[] {
  return text.match(/# comment \d+/g) ?? []
}

test('safe fixes keep every decision, every comment and every line end', () => {
  let fixes = 0
  fc.assert(
    fc.property(
      plainDocument,
      fc.constantFrom('block', 'json'),
      fc.constantFrom('\n', '\r\n'),
      fc.array(recipe, { minLength: 40, maxLength: 40 }),
      (parts, style, lineEnd, recipes) => {
        const text = printed(parts, style, lineEnd)
        const result = fix(text, { rules: ONLY_SAFE })
        expect(result.refused).toEqual([])
        fixes += result.fixed
        if (result.fixed === 0) expect(result.text).toBe(text)
        expect(commentsOf(result.text)).toEqual(commentsOf(text))
        expect(result.text.replaceAll(lineEnd, '')).not.toMatch(/[\r\n]/)
        if (style === 'json') expect(() => JSON.parse(result.text) as unknown).not.toThrow()
        const [before, after] = [loadPolicy(text), loadPolicy(result.text)]
        for (const chosen of recipes) {
          const { scopes, method, path } = toRequest(parts, chosen)
          expect(after.authorize(scopes, method, path)).toBe(before.authorize(scopes, method, path))
        }
        // What is left has no fix, so that fixing once more changes nothing.
        expect(fix(result.text, { rules: ONLY_SAFE }).text).toBe(result.text)
      },
    ),
    runs(150),
  )
  expect(fixes).toBeGreaterThan(20)
}, 60_000)
