import { describe, expect, test } from 'vitest'
import { findingsOf, fixedBy, labelled, underlinedBy } from '../findings-of.ts'

const ID = 'label-style'

describe('a flaw', () => {
  test.each([
    ['read notes', 'r', '`label` begins in lower case', 'Read notes'],
    ['élire', 'é', '`label` begins in lower case', 'Élire'],
    ['Read notes.', '.', '`label` ends with a period', 'Read notes'],
    ['Read  notes', '  ', '`label` has several spaces in a row', 'Read notes'],
    ['" Read"', ' ', '`label` begins with a space', '"Read"'],
    ["'Read '", ' ', '`label` ends with a space', "'Read'"],
  ])('in %s', (label, underlined, message, better) => {
    const text = labelled(`${label} # kept`).replaceAll('\n', '\r\n')
    expect(findingsOf(ID, text)).toEqual([{ underlined, message }])
    expect(fixedBy(ID, text)).toBe(text.replace(label, better))
  })

  test('of several all are found and fixed', () => {
    const text = labelled('"  read  your   notes.  "')
    expect(underlinedBy(ID, text)).toEqual(['  ', 'r', '  ', '   ', '.', '  '])
    expect(fixedBy(ID, text)).toBe(labelled('"Read your notes"'))
  })

  test('is found where a label has several lines, without a fix', () => {
    const text = 's:\n  label: |\n    Read\n    notes\n  endpoints: [a]\n'
    expect(findingsOf(ID, text)).toEqual([
      { underlined: '|\n    Read\n    notes', message: '`label` has more than one line' },
    ])
    expect(findingsOf(ID, labelled('"Read\\nnotes"'))).toHaveLength(1)
  })

  test('is found in the group', () => {
    expect(
      underlinedBy(ID, labelled('Read', '[a]', '  group: billing\n  description: the  rest.\n')),
    ).toEqual(['b'])
  })
})

test.each([
  'Read notes',
  'iCloud files',
  'ß',
  '日本語',
  'قراءة',
  '1 note',
  'Read notes, files, etc.',
  'Read notes …',
  'Read notes...',
  'Read data in the U.S.',
  'Allows to read notes. Only your own.',
  'ǆ',
])('%s is left alone', (label) => {
  const found = findingsOf(ID, labelled(JSON.stringify(label)))
  expect(found.map(({ message }) => message)).toEqual(label === 'ǆ' ? ['`label` begins in lower case'] : [])
})

test('blocks of one line, folded lines and names are left alone', () => {
  expect(findingsOf(ID, 's:\n  label: >\n    Read\n    notes\n\n  endpoints: [a]\n')).toEqual([])
  expect(findingsOf(ID, 'notes:\n  label: notes\n  endpoints: [a]\n')).toEqual([])
})

test('line ends without number are looked at in time', () => {
  const text = `s:\n  label: |+\n    Read\n${'\n'.repeat(300_000)}    notes\n  endpoints: [a]\n`
  expect(findingsOf(ID, text)).toHaveLength(1)
})
