/**
 * Offsets to lines and columns, against walking the text, for every offset of texts with all line ends.
 */
import { describe, expect, test } from 'vitest'
import { LineIndex } from '../../src/source/line-index.ts'

const TEXTS = [
  '',
  'a',
  '\n',
  '\r',
  '\r\n',
  '\n\r',
  'a\nb',
  'a\r\nb',
  'a\rb',
  '\r\r\n\n',
  'a\n',
  'a\r',
  '\u{1f600}\nx',
  '\ufeffa\n',
  'a\u2028b\u0085c\fd\n',
  '\n\n\n',
  'ab\r\ncd\nef\rgh',
]

/**
 * A line ends at LF, CR LF or a lone CR (YAML 1.2 §5.4); the line end belongs to its line. A byte order mark
 * at the beginning is not a column, since nobody sees it.
 */
function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const insidePair = before.endsWith('\r') && text[offset] === '\n'
  const lines = (insidePair ? before.slice(0, -1) : before).split(/\r\n|\n|\r/)
  const mark = lines.length === 1 && before.startsWith('\ufeff') ? 1 : 0
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 - mark + (insidePair ? 1 : 0) }
}

describe('a line index', () => {
  for (const text of TEXTS) {
    test(`of ${JSON.stringify(text)} knows the place of every offset`, () => {
      const index = new LineIndex(text)
      for (let offset = 0; offset <= text.length; offset++) {
        expect(index.position(offset), `${offset}`).toEqual(positionOf(text, offset))
      }
      expect(index.lineCount).toBe(text.split(/\r\n|\n|\r/).length)
    })
  }

  test('moves an offset outside of the text to its nearest end', () => {
    const index = new LineIndex('ab\ncd')
    expect(index.position(-5)).toEqual({ line: 1, column: 1 })
    expect(index.position(99)).toEqual({ line: 2, column: 3 })
    expect(index.range({ start: 1, end: 4 })).toEqual({
      start: { line: 1, column: 2 },
      end: { line: 2, column: 2 },
    })
  })

  test('counts columns in UTF-16 units', () => {
    expect(new LineIndex('\u{1f600}x').position(2)).toEqual({ line: 1, column: 3 })
  })

  test('of a hundred thousand lines answers before anybody notices', () => {
    const index = new LineIndex('x\n'.repeat(100_000))
    for (let offset = 0; offset < 200_000; offset += 7) index.position(offset)
    expect(index.position(123_457)).toEqual({ line: 61_729, column: 2 })
  })
})
