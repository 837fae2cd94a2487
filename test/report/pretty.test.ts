import { createColors } from '../../src/report/colors.ts'
import { describe, expect, test } from 'vitest'
import { pretty } from '../../src/report/findings/pretty.ts'
import type { FileReport } from '../../src/report/findings/report.ts'
import { finding, spanOf } from './sample.ts'

const PLAIN = createColors(false)
const COLORED = createColors(true)

const TEXT = 'profile:\n  label: You\n  endpoints:\n    - workers/me: GTE\n'

function report(...files: FileReport[]): string {
  return pretty(files, { colors: PLAIN })
}

describe('a finding', () => {
  test('has its place, excerpt, help and related places', () => {
    const first = spanOf(TEXT, 'profile')
    const diagnostic = finding(TEXT, spanOf(TEXT, 'GTE'), {
      message: '`GTE` is not a method',
      help: 'did you mean `GET`?',
      related: [
        {
          message: 'the scope begins here',
          span: first,
          range: { start: { line: 1, column: 1 }, end: { line: 1, column: 8 } },
        },
      ],
    })
    expect(report({ path: 'scopes.yaml', text: TEXT, diagnostics: [diagnostic] }))
      .toBe(`scopes.yaml:4:19: error: \`GTE\` is not a method [unknown-method]
  3 |   endpoints:
> 4 |     - workers/me: GTE
    |                   ^^^
    = help: did you mean \`GET\`?
    = see: scopes.yaml:1:1: the scope begins here

1 error in 1 file
`)
  })

  test('cannot forge lines, colors or commands through its path and message', () => {
    const hostile = '::error::\u001b[31m\r\nx'
    const diagnostic = finding(
      TEXT,
      { start: 0, end: 1 },
      { message: `a ${hostile} \u202e ##[group]`, help: hostile },
    )
    const page = report({ path: hostile, text: TEXT, diagnostics: [diagnostic] })
    expect(page)
      .toBe(`./::error::\\u{1B}[31m\\u{D}\\u{A}x:1:1: error: a ::error::\\u{1B}[31m\\u{D}\\u{A}x \\u{202E} #♯[group] [unknown-method]
> 1 | profile:
    | ^
  2 |   label: You
    = help: ::error::\\u{1B}[31m\\u{D}\\u{A}x

1 error in 1 file
`)
  })

  test('in color says the same as without', () => {
    const files = [
      { path: 'a.yaml', text: TEXT, diagnostics: [finding(TEXT, spanOf(TEXT, 'GTE'), { help: 'h' })] },
    ]
    const colored = pretty(files, { colors: COLORED })
    expect(colored).toContain('\u001b[31m')
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(report(...files))
  })

  test.each([
    ['error', '\u001b[31m'],
    ['warning', '\u001b[33m'],
    ['info', '\u001b[36m'],
  ] as const)('of severity %s has its own color', (severity, code) => {
    const diagnostic = finding(TEXT, { start: 0, end: 7 }, {}, severity)
    const page = pretty([{ path: 'a.yaml', text: TEXT, diagnostics: [diagnostic] }], { colors: COLORED })
    expect(page).toContain(`${code}\u001b[1m${severity}`)
    expect(page).toContain(`${code}>`)
  })
})

describe('the last line', () => {
  const error = finding(TEXT, { start: 0, end: 7 })
  const warning = finding(TEXT, { start: 0, end: 7 }, {}, 'warning')
  const info = finding(TEXT, { start: 0, end: 7 }, {}, 'info')

  test.each([
    [[], 'no problems in 1 file'],
    [[error], '1 error in 1 file'],
    [[error, error, warning], '2 errors, 1 warning in 1 file'],
    [[warning, warning, info], '2 warnings, 1 info in 1 file'],
  ])('counts findings by severity (%#)', (diagnostics, line) => {
    const page = report({ path: 'a.yaml', text: TEXT, diagnostics })
    expect(page.split('\n').slice(-2)).toEqual([line, ''])
  })

  test('counts files without findings as well', () => {
    const clean = { path: 'b.yaml', text: TEXT, diagnostics: [] }
    expect(report(clean, clean, clean)).toBe('no problems in 3 files\n')
  })
})
