import { describe, expect, test } from 'vitest'
import { excerpt, splitLines } from '../../src/report/findings/excerpt.ts'
import { LineIndex } from '../../src/source/line-index.ts'
import { spanOf } from './sample.ts'

function draw(text: string, part: string): string {
  return `\n${drawSpan(text, spanOf(text, part))}\n`
}

function drawSpan(text: string, span: { start: number; end: number }): string {
  return excerpt(splitLines(text), new LineIndex(text).range(span)).join('\n')
}

describe('one line', () => {
  test('is shown between its neighbours with the span underlined', () => {
    expect(draw('one\ntwo three\nfour\nfive\n', 'three')).toBe(`
  1 | one
> 2 | two three
    |     ^^^^^
  3 | four
`)
  })

  test('is pointed at by one caret when the span is empty', () => {
    expect(drawSpan('a: b\n', { start: 2, end: 2 })).toBe(`> 1 | a: b
    |   ^`)
  })

  test('can be pointed at behind its end', () => {
    expect(drawSpan('a:', { start: 2, end: 2 })).toBe(`> 1 | a:
    |   ^`)
  })

  test('can be the only line of an empty text', () => {
    expect(drawSpan('', { start: 0, end: 0 })).toBe(`> 1 |
    | ^`)
  })

  test('keeps the gutter straight where the line numbers get longer', () => {
    expect(draw('\n'.repeat(8) + 'nine\nten\n', 'nine')).toBe(`
   8 |
>  9 | nine
     | ^^^^
  10 | ten
`)
  })

  test.each(['\n', '\r\n', '\r'])('ends at %j', (end) => {
    expect(draw(['one', 'two', 'three'].join(end), 'two')).toBe(`
  1 | one
> 2 | two
    | ^^^
  3 | three
`)
  })
})

describe('columns are those of a terminal', () => {
  test('after a tab', () => {
    expect(draw('a\tb: c', 'b')).toBe(`
> 1 | a   b: c
    |     ^
`)
  })

  test('with tabs in the span', () => {
    expect(draw('a: \t\tb', '\t\tb')).toBe(`
> 1 | a:      b
    |    ^^^^^^
`)
  })

  test('after wide characters', () => {
    expect(draw('検索: x', 'x')).toBe(`
> 1 | 検索: x
    |       ^
`)
  })

  test('with wide characters in the span', () => {
    expect(draw('a: 検索 x', '検索')).toBe(`
> 1 | a: 検索 x
    |    ^^^^
`)
  })

  test('after a picture and after a narrow character outside the BMP', () => {
    expect(draw('👤𝐀: x', 'x')).toBe(`
> 1 | 👤𝐀: x
    |      ^
`)
  })

  test('after combining marks', () => {
    expect(draw('cafe\u0301: x', 'x')).toBe(`
> 1 | cafe\u0301: x
    |       ^
`)
  })
})

describe('unsafe characters', () => {
  test('are replaced one for one', () => {
    expect(draw('a\u0000\u001b[31m\u007f\u009b\u202e\ufeff\ud800: x', 'x')).toBe(`
> 1 | a␀␛[31m␡\ufffd\ufffd\ufffd\ufffd: x
    |               ^
`)
  })

  test('are replaced when a single one is underlined', () => {
    expect(draw('a \u202e b', '\u202e')).toBe(`
> 1 | a \ufffd b
    |   ^
`)
  })

  test('do not end lines that are no lines of YAML', () => {
    expect(draw('a\u2028b\u0085c', 'c')).toBe(`
> 1 | a\ufffdb\ufffdc
    |     ^
`)
  })

  test('cannot pass for the stand-ins of the drawing', () => {
    expect(draw('e\u0301\ue000\uffffx', 'x')).toBe(`
> 1 | e\u0301\ufffd\ufffdx
    |    ^
`)
  })

  test('show spaces that are not U+0020', () => {
    expect(draw('a\u00a0b', '\u00a0')).toBe(`
> 1 | a␣b
    |  ^
`)
  })

  test('include marks piled up on one character', () => {
    expect(draw(`z${'\u0301'.repeat(5)} x`, 'x')).toBe(`
> 1 | z\u0301\u0301\u0301\ufffd\ufffd x
    |     ^
`)
  })

  test('include commands to build servers', () => {
    expect(draw('# ##[error]x ##vso[task.x]y', 'x')).toBe(`
> 1 | # #♯[error]x #♯vso[task.x]y
    |            ^
`)
  })

  test('include commands to build servers whose bracket carries a combining mark', () => {
    expect(draw('##[\u0301error]x', 'x')).toBe(`
> 1 | #♯[\u0301error]x
    |          ^
`)
  })
})

describe('long lines', () => {
  const line = `${'a'.repeat(300)}THERE${'b'.repeat(300)}`

  test('are cut around the span, the neighbours with them', () => {
    const [above = '', marked = '', underline = '', below = ''] = drawSpan(
      `${'c'.repeat(400)}\n${line}\nshort`,
      spanOf(`${'c'.repeat(400)}\n${line}`, 'THERE'),
    ).split('\n')
    expect(above).toMatch(/^ {2}1 \| …c{158}…$/)
    expect(marked).toMatch(/^> 2 \| …a{76}THERE/)
    expect(marked).toHaveLength(6 + 160)
    expect(underline.length - 5).toBe(marked.indexOf('THERE'))
    expect(below).toBe('  3 | …')
  })

  test('are cut to the terminal when it is narrower', () => {
    const [marked = '', underline = ''] = excerpt(
      [line],
      new LineIndex(line).range(spanOf(line, 'THERE')),
      80,
    )
    expect(marked).toHaveLength(80)
    expect(underline.length - 5).toBe(marked.indexOf('THERE'))
  })

  test('begin at the beginning when the span stands there', () => {
    expect(drawSpan(`THERE${line}`, { start: 0, end: 5 })).toBe(`> 1 | THERE${'a'.repeat(154)}…\n    | ^^^^^`)
  })

  test('are underlined up to the cut when the span is longer', () => {
    const [marked = '', underline = ''] = drawSpan(line, { start: 10, end: 600 }).split('\n')
    expect(marked).toHaveLength(6 + 160)
    expect(underline).toHaveLength(6 + 160)
    expect(underline).toMatch(/^ {4}\| {11}\^+$/)
  })
})

describe('spans over several lines', () => {
  test('are underlined from their first to their last character, without indentation', () => {
    expect(draw('a:\n  - bb\n  - c\n\n  - ddd ee\nf', 'bb\n  - c\n\n  - ddd')).toBe(`
  1 | a:
> 2 |   - bb
    |     ^^
> 3 |   - c
    |   ^^^
> 4 |
> 5 |   - ddd ee
    |   ^^^^^
  6 | f
`)
  })

  test('end before a line end that they include', () => {
    expect(draw('a\nb\nc', 'a\n')).toBe(`
> 1 | a
    | ^
  2 | b
`)
  })

  test('show their beginning and their end when there are many lines', () => {
    const text = Array.from({ length: 12 }, (_, at) => `line ${at + 1}`).join('\n')
    expect(draw(text, text.slice(7, 78))).toBe(`
   1 | line 1
>  2 | line 2
     | ^^^^^^
>  3 | line 3
     | ^^^^^^
>  4 | line 4
     | ^^^^^^
>  5 | line 5
     | ^^^^^^
     ...
> 11 | line 11
     | ^^^^^^^
  12 | line 12
`)
  })
})
