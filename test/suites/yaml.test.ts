/**
 * The official YAML test suite through the loader. Its documents are no scope policies, so each is read
 * twice: as it is, to see that what is no YAML is refused *as YAML*; and, where indentation allows it, as the
 * value of a field that is ignored (`x-data`), where a legal text must load and an illegal one must not.
 */
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import type { DiagnosticCode } from '../../src/index.ts'
import { lint } from '../../src/lint/index.ts'
import { type YamlCase, suite } from './data.ts'
import { namesOf, YAML_TOLD_OTHERWISE } from './known.ts'

const { cases, missing } = suite<YamlCase>('yaml-test-suite')

/** Codes of what is wrong with the text as YAML. */
const OF_YAML: readonly DiagnosticCode[] = ['yaml-syntax', 'yaml-directive', 'yaml-tag', 'several-documents']
/** Codes of what YAML allows and policies do not: each is a rule of the language. */
const STRICTER: readonly DiagnosticCode[] = [
  ...(['yaml-directive', 'yaml-tag', 'yaml-merge-key', 'yaml-alias', 'several-documents'] as const),
  ...(['unquoted-star', 'complex-key', 'duplicate-key', 'control-character'] as const),
]

function errorsOf(text: string): readonly DiagnosticCode[] {
  const { policy, diagnostics } = parsePolicy(text)
  const codes = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)
  expect(policy === null).toBe(codes.length > 0)
  for (const { span, message } of diagnostics) {
    expect(message).not.toBe('')
    expect(span.start).toBeLessThanOrEqual(span.end)
    expect(span.end).toBeLessThanOrEqual(Math.max(1, text.length))
  }
  return codes
}

/** The text inside of a policy; null where it has marks of documents, which are at the start of a line. */
function inside(text: string): string | null {
  const bare = text.replace(/^---\n/, '')
  if (/^(?:---|\.\.\.|%)/m.test(bare)) return null
  const indented = bare.replaceAll(/^(?=[^\n])/gm, '    ')
  return `s:\n  label: x\n  endpoints: [a]\n  x-data: \n${indented}`
}

describe('the YAML test suite', () => {
  test('is here', ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(cases.length).toBeGreaterThan(300)
    expect(cases.filter(({ error }) => error).length).toBeGreaterThan(50)
  })

  test.for(cases)('$id $name: loads or is refused with places, as it is and changed', (one) => {
    for (const text of [
      one.yaml,
      one.yaml.replaceAll('\n', '\r\n'),
      `${one.yaml}\0`,
      one.yaml.slice(0, -2),
    ]) {
      errorsOf(text)
    }
    expect(Array.isArray(lint(one.yaml))).toBe(true)
  })

  test('what it calls an error is refused as YAML', ({ skip }) => {
    skip(missing !== undefined, missing)
    const otherwise = cases
      .filter(({ error }) => error)
      .filter(({ yaml }) => {
        const codes = errorsOf(yaml)
        expect(codes, yaml).not.toEqual([])
        return !codes.some((code) => OF_YAML.includes(code))
      })
    expect(otherwise.map(({ id }) => id).sort()).toEqual(namesOf(YAML_TOLD_OTHERWISE))
  })

  test('as the value of an ignored field, what it calls an error is refused', ({ skip }) => {
    skip(missing !== undefined, missing)
    const wrapped = cases.filter(({ error }) => error).map(({ id, yaml }) => [id, inside(yaml)] as const)
    const tried = wrapped.filter(([, text]) => text !== null)
    expect(tried.length).toBeGreaterThan(50)
    expect(tried.filter(([, text]) => errorsOf(text ?? '').length === 0).map(([id]) => id)).toEqual([])
  })

  test('as the value of an ignored field, what it calls legal loads, or breaks a rule of policies', ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    let loaded = 0
    for (const { id, error, yaml } of cases) {
      const text = error ? null : inside(yaml)
      if (text === null) continue
      const codes = errorsOf(text)
      if (codes.length === 0) loaded += 1
      expect(
        codes.filter((code) => !STRICTER.includes(code)),
        id,
      ).toEqual([])
    }
    expect(loaded).toBeGreaterThan(150)
  })
})
