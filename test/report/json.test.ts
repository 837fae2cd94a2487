import { describe, expect, test } from 'vitest'
import { json, toJsonPieces, toJsonText } from '../../src/report/findings/json.ts'
import { finding, spanOf } from './sample.ts'

const TEXT = 'profile:\n  label: You\n'

describe('the JSON report', () => {
  test('holds every member of a finding, in one order', () => {
    const diagnostic = finding(TEXT, spanOf(TEXT, 'You'), {
      help: 'write more',
      related: [
        {
          message: 'here',
          span: spanOf(TEXT, 'label'),
          range: { start: { line: 2, column: 3 }, end: { line: 2, column: 8 } },
        },
      ],
      fix: { title: 'write more', edits: [{ span: spanOf(TEXT, 'You'), text: 'You and me' }] },
    })
    expect(json([{ path: 'a.yaml', text: TEXT, diagnostics: [diagnostic] }])).toBe(
      `${JSON.stringify(
        {
          version: 1,
          files: [
            {
              path: 'a.yaml',
              diagnostics: [
                {
                  code: 'unknown-method',
                  severity: 'error',
                  message: 'something about the source',
                  help: 'write more',
                  span: { start: 18, end: 21 },
                  range: { start: { line: 2, column: 10 }, end: { line: 2, column: 13 } },
                  related: [
                    {
                      message: 'here',
                      span: { start: 11, end: 16 },
                      range: { start: { line: 2, column: 3 }, end: { line: 2, column: 8 } },
                    },
                  ],
                  fix: { title: 'write more', edits: [{ span: { start: 18, end: 21 }, text: 'You and me' }] },
                },
              ],
            },
          ],
          summary: { files: 1, errors: 1, warnings: 0, infos: 0 },
        },
        null,
        2,
      )}\n`,
    )
  })

  test('lists files without findings', () => {
    expect(JSON.parse(json([{ path: 'a.yaml', text: TEXT, diagnostics: [] }]))).toEqual({
      version: 1,
      files: [{ path: 'a.yaml', diagnostics: [] }],
      summary: { files: 1, errors: 0, warnings: 0, infos: 0 },
    })
  })

  test('writes unsafe characters as escapes and keeps their values', () => {
    const message = 'a \u001b \u009b \u202e \ufeff \ud800 \u{e0041} \u2028 ü 検'
    const text = json([
      { path: 'x\u0085.yaml', text: TEXT, diagnostics: [finding(TEXT, { start: 0, end: 1 }, { message })] },
    ])
    expect(text).toContain('a \\u001b \\u009b \\u202e \\ufeff \\ud800 \\udb40\\udc41 \\u2028 ü 検')
    expect(text).toContain('x\\u0085.yaml')
    expect(JSON.parse(text)).toMatchObject({ files: [{ path: 'x\u0085.yaml', diagnostics: [{ message }] }] })
  })
})

test('in pieces the text is the same', () => {
  const item = { a: ['x\n  ##[', {}, []], b: { c: '\u001b\u202e"\\' } }
  for (const value of [
    {},
    { a: [] },
    { a: 1, b: undefined, c: null },
    { a: [1], b: item, c: [item, [item], ''] },
  ])
    expect([...toJsonPieces(value)].join('')).toBe(toJsonText(value))
})
