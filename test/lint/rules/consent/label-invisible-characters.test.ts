import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../../../src/index.ts'
import { findingsOf, fixedBy, labelled, underlinedBy } from '../findings-of.ts'

const ID = 'label-invisible-characters'

describe('a character that nobody can see', () => {
  test('is underlined and named', () => {
    expect(findingsOf(ID, labelled('Read\u200b\u200b your\ufeff notes'))).toEqual([
      {
        underlined: '\u200b\u200b',
        message: '`label` has invisible characters that do nothing: U+200B, U+FEFF',
      },
    ])
  })

  test.each([
    ['a zero-width space', 'Re\u200bad'],
    ['a byte order mark', 'Read\ufeff'],
    ['a word joiner', 'Re\u2060ad'],
    ['joiners between Latin letters', 'Re\u200dad n\u200cotes'],
    ['a joiner behind a picture', '\u{1f600}\u200d notes'],
    ['a second joiner', 'می\u200c\u200cروم'],
    ['invisible operators', 'a\u2062b\u2064c'],
    ['Hangul fillers', 'Read \u3164 \uffa0'],
    ['a Mongolian separator', 'Read\u180e'],
    ['interlinear marks', 'Read\ufff9x\ufffb'],
    ['variation selectors behind letters', 'Re\ufe0fad'],
    ['more variation selectors than one', '\u{1f600}\ufe0f\ufe0f\u{e0100}\u{e0155}'],
    ['a message in tags', 'Read\u{e0049}\u{e0067}\u{e006e}\u{e006f}'],
    ['tags behind a flag that do not end', '\u{1f3f4}\u{e0067}\u{e0062} x'],
  ])('%s', (_, label) => {
    const text = labelled(`"${label}" # kept`)
    expect(findingsOf(ID, text)).toHaveLength(1)
    const fixed = fixedBy(ID, text)
    expect(fixed.length).toBeLessThan(text.length)
    expect(fixed.endsWith('" # kept\n  endpoints: [{ a/*: GET }]\n')).toBe(true)
  })

  test.each([
    ['emoji of several', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{1f3f3}\ufe0f\u200d\u{1f308}'],
    ['emoji with a colour', '\u{1f44d}\u{1f3fd} \u{1f469}\u{1f3fd}\u200d\u{1f4bb}'],
    ['a keycap and a heart', '1\ufe0f\u20e3 \u2764\ufe0f'],
    ['the flag of England', 'Read \u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} pages'],
    ['Persian', 'خانواده\u200cها می\u200cروم'],
    ['Devanagari', 'क्\u200dष क्\u200cष'],
    ['Sinhala', 'ශ්\u200dරී'],
    ['Khmer', 'អាន\u200bទិន្នន័យ'],
    ['Thai', 'อ่าน\u200bข้อมูล'],
    ['a soft hyphen and a no-break space', 'Da\u00adten\u00a0lesen\u202fund'],
    ['Chinese with a variant', '葛\u{e0100}城'],
    ['Mongolian', 'ᠮᠣᠩᠭᠣᠯ\u180bᠠ'],
    ['old Hangul', '\u115f\u1161'],
  ])('is left alone in %s', (_, label) => {
    expect(findingsOf(ID, labelled(`"${label}"`))).toEqual([])
  })
})

describe('the fix', () => {
  test('deletes the characters and nothing else', () => {
    const text = labelled(
      "'It''s'",
      '[a]',
      "  description: 'Re\u200bad \u{1f600}\u200d notes' # a\u200b\n",
    ).replaceAll('\n', '\r\n')
    expect(fixedBy(ID, text)).toBe(text.replace('Re\u200b', 'Re').replace('\u200d', ''))
  })

  test.each([
    ['\u200b*all', '"*all"'],
    ['\u200b- a', '"- a"'],
    ['a \u200b# b', '"a # b"'],
    ['a:\u200b b', '"a: b"'],
    ['\u200b12', '"12"'],
    ['o\u200bn', '"on"'],
    ['\u200b"a', '"\\"a"'],
    ['R\u200bead', 'Read'],
  ])('of plain text never changes how it is read: %s', (before, after) => {
    const text = labelled(before)
    const fixed = fixedBy(ID, text)
    expect(fixed).toBe(labelled(after))
    expect(parsePolicy(fixed).policy?.scopes.get('s')?.label).toBe(before.replaceAll('\u200b', ''))
  })

  test.each([
    ['an escape', labelled('"Re\\u200bad"'), '"Re\\u200bad"'],
    [
      'a block',
      's:\n  label: >-\n    Re\u200bad\n    notes\n  endpoints: [a]\n',
      '>-\n    Re\u200bad\n    notes',
    ],
  ])('is not offered for %s', (_, text, underlined) => {
    expect(underlinedBy(ID, text)).toEqual([underlined])
  })
})
