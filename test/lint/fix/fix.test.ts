import { describe, expect, test } from 'vitest'
import { fix } from '../../../src/lint/index.ts'

const NEXT = 'scope-policy-disable-next-line'

function fixed(text: string): string {
  return fix(text).text
}

describe('a fix', () => {
  test('changes the characters that it is about and no others', () => {
    const text = `\ufeff# kept\r\n"a" :\r\n  label:   'Read  notes'\t# kept\r\n  endpoints : [ {b: get},\r\n    12, ]\r\n\r\n`
    expect(fixed(text)).toBe(text.replace('get', 'GET').replace('12', '"12"'))
  })

  test('of an unquoted star works on a string that does not parse, then the rest is fixed', () => {
    const text =
      'a:\n  label: Manage notes\n  endpoints:\n    - *: get # all\n    - *.json\n    - ok: [PUT, post]\n'
    const result = fix(text)
    expect(result.text).toBe(
      'a:\n  label: Manage notes\n  endpoints:\n    - "*": GET # all\n    - "*.json"\n    - ok: [PUT, POST]\n',
    )
    expect(result.fixed).toBe(4)
    expect(result.refused).toEqual([])
  })

  test('is applied to errors only while the document has errors', () => {
    const text = 'a:\n  label: Read notes\n  endpoints:\n    - *: get\n    - b: GTE\n'
    const result = fix(text)
    expect(result.text).toBe(text.replace('*', '"*"'))
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['method-case', 'unknown-method'])
  })

  test('is not applied to a suppressed finding', () => {
    const text = `a:\n  label: Read notes\n  endpoints:\n    # ${NEXT} method-case\n    - b: get\n`
    expect(fix(text)).toMatchObject({ text, fixed: 0, diagnostics: [] })
  })

  test('is not applied to a rule that is off', () => {
    const text = 'a:\n  label: Read notes\n  endpoints:\n    - b: get\n'
    expect(fix(text, { rules: { 'method-case': 'off' } })).toMatchObject({ text, fixed: 0 })
  })

  test.each([
    ['on a line of its own', `a:\n  # ${NEXT} method-case -- x\n  label: Notes\n`, 'a:\n  label: Notes\n'],
    ['with CR LF', `a:\r\n  # ${NEXT} method-case\r\n  label: Notes\r\n`, 'a:\r\n  label: Notes\r\n'],
    ['behind a value', `a:\n  label: Notes  # ${NEXT} method-case\n`, 'a:\n  label: Notes\n'],
    ['at the start', `\ufeff# ${NEXT} method-case\na:\n  label: Notes\n`, '\ufeffa:\n  label: Notes\n'],
    ['at the end', `a:\n  label: Notes\n# ${NEXT} method-case`, 'a:\n  label: Notes\n'],
    [
      'of two rules',
      `a:\n  # ${NEXT} method-case, label-is-name -- x\n  label: Notes\n`,
      'a:\n  label: Notes\n',
    ],
  ])('deletes an unused suppression %s', (_, text, expected) => {
    const rest = 'b:\n  label: Read notes\n  endpoints: [c]\n'
    const [before, after] = [text, expected].map((one) => one.replace('a:', 'a:\n  endpoints: [d]'))
    const lines = text.includes('\r\n') ? rest.replaceAll('\n', '\r\n') : rest
    const bom = text.startsWith('\ufeff') ? '\ufeff' : ''
    expect(fixed(before ?? '')).toBe(after)
    expect(fixed(`${bom}${lines}${(before ?? '').slice(bom.length)}`)).toBe(
      `${bom}${lines}${(after ?? '').slice(bom.length)}`,
    )
  })

  test.each([
    ['first', `${NEXT} label-is-name, method-case -- x`, `${NEXT} method-case -- x`],
    ['last', `${NEXT} method-case, label-is-name -- x`, `${NEXT} method-case -- x`],
    [
      'in the middle',
      `${NEXT} method-case,label-is-name ,yaml-1-1-ambiguity`,
      `${NEXT} method-case ,yaml-1-1-ambiguity`,
    ],
  ])('takes an unused rule out of a suppression: %s', (_, before, after) => {
    const around = (comment: string): string => {
      return `a:\n  label: Read notes\n  endpoints:\n    # ${comment}\n    - 12: get\n`
    }
    const text = around(before)
    const wanted = before.includes('yaml-1-1') ? around(after) : around(after).replace('12', '"12"')
    expect(fixed(text)).toBe(wanted)
  })
})

describe('a string stays as it is', () => {
  test.each([
    ['nothing is wrong', 'a:\n  label: Read notes\n  endpoints: [b]\n'],
    ['nothing can be fixed', 'a:\n  label: a\n  endpoints: [b]\n'],
    ['it has a bidirectional control', 'a:\n  label: Read notes\n  endpoints: [*, {b: get}] # \u202e\n'],
    ['it has a control character', 'a:\n  label: Read notes\u0007\n  endpoints: [*, {b: get}]\n'],
    ['it is over a limit', `a:\n  label: Read notes\n  endpoints: [*, ${'['.repeat(100)}]\n`],
    ['it is not YAML', 'a:\n  label: Read notes\n  endpoints: [{b: get}, "c]\n'],
    ['it is empty', ''],
  ])('where %s', (_, text) => {
    expect(fix(text)).toMatchObject({ text, fixed: 0 })
  })
})
