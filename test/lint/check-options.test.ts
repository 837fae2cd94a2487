import { describe, expect, test } from 'vitest'
import { fix, lint } from '../../src/lint/index.ts'

const TEXT = 'a:\n  label: a\n  endpoints:\n    - notes: get\n'

describe('options of the linter', () => {
  test('change severities, and turn rules off', () => {
    const found = lint(TEXT, { rules: { 'method-case': 'error', 'label-is-name': 'off' } })
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([['method-case', 'error']])
  })

  test.each([
    [{ rules: { 'method-cas': 'off' } }, 'there is no rule `method-cas`; did you mean `method-case`?'],
    [{ rules: { __proto__: null, constructor: 'off' } }, 'there is no rule `constructor`'],
    [{ rules: { 'method-case': 'of' } }, 'rule method-case must be one of off, info, warning, error'],
    [
      { rules: { 'unknown-method': 'warning' } },
      '`unknown-method` is an error of the document and cannot be configured',
    ],
    [{ rules: [] }, 'rules must be an object'],
    [{ rules: 'off' }, 'rules must be an object'],
    [{ settings: { labelLenght: 3 } }, 'there is no setting `labelLenght`; did you mean `labelLength`?'],
    [{ settings: { labelLength: '3' } }, 'setting labelLength must be a whole number from 1 on'],
    [{ settings: { labelLength: 0 } }, 'setting labelLength must be a whole number from 1 on'],
    [{ settings: { locales: 'en' } }, 'setting locales must be a list of strings'],
    [{ settings: { locales: [1] } }, 'setting locales must be a list of strings'],
    [{ settings: null }, 'settings must be an object'],
    [{ wildcart: 'any' }, 'unknown option "wildcart"'],
    [{ wildcard: 'all' }, 'option wildcard cannot be "all"'],
  ])('of wrong names and values are thrown: %j', (options, message) => {
    for (const call of [lint, fix]) {
      expect(() => call(TEXT, options as never)).toThrow(TypeError)
      expect(() => call(TEXT, options as never)).toThrow(message)
    }
  })

  test('that are undefined count as left out', () => {
    expect(lint(TEXT, { rules: { 'method-case': undefined as never }, settings: undefined })).toEqual(
      lint(TEXT),
    )
  })
})
