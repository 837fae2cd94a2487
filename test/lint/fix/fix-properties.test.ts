/** Documents with defects that can be fixed, put in at random places of well-formed ones. */
import { diffLines } from 'diff'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparePolicies } from '../../../src/analysis/index.ts'
import { loadPolicy, parsePolicy } from '../../../src/index.ts'
import { fix, lint, rules } from '../../../src/lint/index.ts'
import { type DocumentParts, plainDocument } from '../../arbitrary/document.ts'
import { runs } from '../../arbitrary/settings.ts'

interface Layout {
  readonly crlf: boolean
  readonly bom: boolean
  /** What is done to the lines, over and over. */
  readonly defects: readonly number[]
}

const layout: fc.Arbitrary<Layout> = fc.record({
  crlf: fc.boolean(),
  bom: fc.boolean(),
  defects: fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 12 }),
})

const COMMENTS = [
  '# scope-policy-disable-next-line method-case -- perhaps',
  '# scope-policy-disable-next-line label-is-name, method-case',
  '# scope-policy-disable-next-line nothing-like-this',
  '# a comment',
]

/** The document in YAML; with `defects` also with unquoted stars, lower-case methods and idle comments. */
function print(
  { options, scopes }: DocumentParts,
  { crlf, bom, defects }: Layout,
  defective: boolean,
): string {
  let at = 0
  const defect = (): number => (defective ? (defects[at++ % defects.length] ?? 0) : 0)
  const pattern = (text: string): string => {
    return defect() % 2 === 1 && /^\*[\w*./-]*$/.test(text) ? text : JSON.stringify(text)
  }
  const method = (text: string): string => (defect() % 3 === 1 ? text.toLowerCase() : text)
  const lines = ['# head', `$options: ${JSON.stringify(options)}`]
  const line = (text: string): void => {
    const comment = COMMENTS[defect() - 1]
    if (comment !== undefined) lines.push(`${/^ */.exec(text)?.[0] ?? ''}${comment}`)
    lines.push(defect() === 1 ? `${text}  # behind` : text)
  }
  for (const [name, { label, endpoints, includes }] of scopes) {
    line(`${JSON.stringify(name)}:`)
    line(`  label: ${JSON.stringify(label)}`)
    if (includes !== undefined) line(`  includes: ${JSON.stringify(includes)}`)
    if (endpoints?.length === 0) line('  endpoints: []')
    else if (endpoints !== undefined) line('  endpoints:')
    for (const endpoint of endpoints ?? []) {
      if (typeof endpoint === 'string') line(`    - ${pattern(endpoint)}`)
      else {
        const [key = '', value = ''] = Object.entries(endpoint)[0] ?? []
        const methods = typeof value === 'string' ? method(value) : `[${value.map(method).join(', ')}]`
        line(`    - ${pattern(key)}: ${methods}`)
      }
    }
  }
  return (bom ? '\ufeff' : '') + lines.join(crlf ? '\r\n' : '\n')
}

const ofMine = new Set(['method-case', 'unused-suppression', 'unknown-suppression', 'yaml-1-1-ambiguity'])
const others = Object.fromEntries(
  rules.filter(({ id }) => !ofMine.has(id)).map(({ id }) => [id, 'off'] as const),
)

const cases = fc
  .tuple(plainDocument, layout)
  .map(([parts, how]) => ({ clean: print(parts, how, false), text: print(parts, how, true) }))
  .filter(({ clean }) => parsePolicy(clean).policy !== null)

test('fixing keeps every decision, and gives one to a document that had none', () => {
  let unparsed = 0
  fc.assert(
    fc.property(cases, ({ clean, text }) => {
      if (parsePolicy(text).policy === null) unparsed += 1
      const fixed = fix(text)
      expect(fixed.refused).toEqual([])
      const [before, after] = [loadPolicy(clean), loadPolicy(fixed.text)]
      if (before.fingerprint !== after.fingerprint)
        expect(comparePolicies(before, after).change).toBe('equal')
    }),
    runs(300),
  )
  expect(unparsed).toBeGreaterThan(10)
})

test('fixing twice is fixing once, and leaves nothing that could be fixed', () => {
  fc.assert(
    fc.property(cases, ({ text }) => {
      const once = fix(text)
      const twice = fix(once.text)
      expect([twice.text, twice.fixed]).toEqual([once.text, 0])
      expect(
        once.diagnostics.filter((found) => found.fix !== undefined && found.fix.unsafe !== true),
      ).toEqual([])
    }),
    runs(200),
  )
})

test('fixing changes lines with a finding that has a fix, and no others', () => {
  let changed = 0
  fc.assert(
    fc.property(cases, ({ text }) => {
      const options = { rules: others }
      const fixable = new Set<number>()
      for (const { fix: repair, range } of lint(text, options)) {
        if (repair !== undefined) fixable.add(range.start.line)
      }
      // Whether a suppression is used is known only once the document loads.
      for (const [at, line] of text.split('\n').entries()) {
        if (line.includes('scope-policy-disable-next-line')) fixable.add(at + 1)
      }
      let line = 1
      for (const { removed, added, count } of diffLines(text, fix(text, options).text)) {
        if (removed) {
          changed += count
          for (let at = 0; at < count; at++) expect([text, fixable.has(line + at)]).toEqual([text, true])
        }
        if (!added) line += count
      }
    }),
    runs(200),
  )
  expect(changed).toBeGreaterThan(100)
})
