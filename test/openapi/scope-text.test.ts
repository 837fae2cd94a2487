/** Descriptions of scopes as labels and descriptions of a consent screen. */
import { describe, expect, test } from 'vitest'
import { scopeText } from '../../src/openapi/import/scope-text.ts'

describe('a description of at most 120 characters is the label', () => {
  test.each([
    ['Read your things', 'Read your things'],
    ['Read your things. And more.', 'Read your things. And more.'],
    ['  two \t words\n', 'two words'],
    ['a\r\n\n  b', 'a b'],
    ['w'.repeat(120), 'w'.repeat(120)],
    ['é😀', 'é😀'],
    // Characters that nobody sees are left out.
    ['\u202eevil\u0000', 'evil'],
    ['a\u200b b\u00ad', 'a b'],
    ['\u0007 a', 'a'],
    ['a \u0007', 'a'],
    ['a\u0007b\u0008c', 'abc'],
    ['a\ud800b', 'ab'],
    // Icons of a font are seen.
    ['a\ue000b', 'a\ue000b'],
  ])('%j', (description, label) => {
    expect(scopeText('name', description)).toEqual({ label })
  })
})

test.each(['', ' \n\t', '\u0000\u202e', '\u3164', '\u2800 \u034f', '\ufe0f'])(
  'the name is the label where a description shows nothing: %j',
  (description) => {
    expect(scopeText('name', description)).toEqual({ label: 'name' })
  },
)

describe('of a longer description the label is the first sentence', () => {
  const rest = 'w '.repeat(70).trimEnd()

  test.each([
    ['Read your things.', 'Read your things'],
    ['Really?', 'Really?'],
    ['Beware!', 'Beware!'],
    ['Read version 1.2 of a file.name.', 'Read version 1.2 of a file.name'],
    ['Read (all of it).', 'Read (all of it).'],
    ['And so on...', 'And so on...'],
    [`${'s'.repeat(119)}.`, 's'.repeat(119)],
  ])('%s', (sentence, label) => {
    const description = `${sentence} ${rest}`
    expect(scopeText('name', description)).toEqual({ label, description })
  })

  test('and the second is not', () => {
    const description = `One. Two. ${rest}`
    expect(scopeText('name', description)).toEqual({ label: 'One', description })
  })
})

describe('of a long first sentence the label is its beginning', () => {
  test.each([
    // 121 characters, which are one too many.
    ['w'.repeat(121), 'w'.repeat(119)],
    [`${'s'.repeat(120)}. ${'w'.repeat(9)}`, 's'.repeat(119)],
    // To the last word that is there in full, unless that is half of it.
    [`${'w'.repeat(61)} ${'x'.repeat(90)}`, 'w'.repeat(61)],
    [`${'w'.repeat(60)} ${'x'.repeat(90)}`, `${'w'.repeat(60)} ${'x'.repeat(58)}`],
    [`${'w'.repeat(61)} x ${'y'.repeat(90)}`, `${'w'.repeat(61)} x`],
    [`${'w'.repeat(118)} ${'x'.repeat(90)}`, 'w'.repeat(118)],
    [`${'w'.repeat(119)} ${'x'.repeat(90)}`, 'w'.repeat(119)],
    // No half of a character.
    [`${'w'.repeat(117)}😀${'x'.repeat(90)}`, `${'w'.repeat(117)}😀`],
    [`${'w'.repeat(118)}😀${'x'.repeat(90)}`, 'w'.repeat(118)],
    ['😀'.repeat(90), '😀'.repeat(59)],
    // Two spaces are left of three characters of which the one between them is not seen.
    [`${'w'.repeat(70)} \u0007 ${'x'.repeat(90)}`, 'w'.repeat(70)],
  ])('%j', (text, label) => {
    expect(scopeText('name', text).label).toBe(`${label}…`)
  })

  test('and all of it is the description', () => {
    const description = 'w '.repeat(70).trimEnd()
    expect(scopeText('name', `${description}\n`).description).toBe(description)
  })
})

test('2,000 characters of a description are read', () => {
  const words = 'word '.repeat(400).trimEnd()
  expect(scopeText('name', `${words}s, and more`).description).toBe(`${words}s`)
})
