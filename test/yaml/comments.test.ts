import { describe, expect, test } from 'vitest'
import { readComments } from '../../src/yaml/comments.ts'

function comments(text: string): string[] {
  return readComments(text).map(({ span }) => text.slice(span.start, span.end))
}

describe('comments', () => {
  test('stand on lines of their own and behind values', () => {
    expect(comments('# a\nb: c # d\n  #e\nf: [g, # h\n i]\n')).toEqual(['# a', '# d', '#e', '# h'])
  })

  test.each([
    ['double quotes', 'a: "# b"\n'],
    ['single quotes', "a: '# b'\n"],
    ['quotes over two lines', 'a: "x\n  # b"\n'],
    ['a literal block', 'a: |\n  # b\n  c\n'],
    ['a folded block', 'a: >-\n\n  # b\n'],
    ['a plain text', 'a: b#c\n'],
    ['a key', '"# a": b\n'],
  ])('are not what looks like one in %s', (_, text) => {
    expect(comments(text)).toEqual([])
  })

  test.each([
    ['behind the head of a block', 'a: | # b\n  # c\n', ['# b']],
    ['after a block', 'a: |\n  # b\n# c\nd: e\n', ['# c']],
    ['with CR LF', '# a\r\nb: c # d\r\n', ['# a', '# d']],
    ['with lone CR', '# a\rb: c # d\r', ['# a', '# d']],
    ['after a byte order mark', '\ufeff# a\nb: c', ['# a']],
    ['beside an unquoted star', '- *: [GET] # a\n# b', ['# a', '# b']],
    ['beside characters that no document may have', 'a: \u001fb\n# c\u0002\n', ['# c\u0002']],
    ['in a string that is no YAML', 'a: [b\n# c\n}', ['# c']],
  ])('are found %s', (_, text, expected) => {
    expect(comments(text)).toEqual(expected)
  })
})
