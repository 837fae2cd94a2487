import { describe, expect, test } from 'vitest'
import { rules } from '../../../../src/lint/index.ts'
import { lintDocument } from '../../../../src/lint/lint.ts'
import { findingsOf } from '../findings-of.ts'

const ID = 'duplicate-label'
const OTHERS_OFF = Object.fromEntries(
  rules.filter(({ id }) => id !== ID).map(({ id }) => [id, 'off' as const]),
)

function two(a: string, b: string, endpointsOfB = '[{ b: GET }]'): string {
  return `a: { label: ${a}, endpoints: [{ a: GET }] }\nb: { label: ${b}, endpoints: ${endpointsOfB} }\n`
}

describe('a label that another scope has already', () => {
  test('is found with what it allows besides, and the earlier place', () => {
    expect(findingsOf(ID, two('Notes', 'Notes'))).toEqual([
      {
        underlined: 'Notes',
        message: 'scope `a` has the label `Notes` already, which does not allow GET `/b`',
        related: 'Notes',
      },
    ])
  })

  test('is found where the earlier scope allows more', () => {
    expect(findingsOf(ID, two('Notes', 'Notes', '[]'))).toEqual([
      {
        underlined: 'Notes',
        message: 'scope `a` has the label `Notes` already, where it allows GET `/a` as well',
        related: 'Notes',
      },
    ])
  })

  test.each([
    ['Read notes', 'read NOTES'],
    ['Read notes', '"Read  notes "'],
    ['Read notes', '"Read\u00a0notes."'],
    ['Read notes', '"Read\\u200b notes"'],
    ['"Caf\u00e9"', '"Cafe\u0301"'],
    ['{ en: Notes, de: Notizen }', '{ de: notizen }'],
    ['{ EN: Notes }', '{ en: Notes }'],
    ['Notes', '{ fr: Notes }'],
    ['{ fr: Notes }', 'Notes'],
  ])('is found in %s and %s', (a, b) => {
    expect(findingsOf(ID, two(a, b))).toHaveLength(1)
  })

  test('is found in every language', () => {
    expect(
      findingsOf(ID, two('{ en: A, de: B }', '{ de: B, en: A }')).map(({ underlined }) => underlined),
    ).toEqual(['B', 'A'])
  })

  test('is told at the names where both labels are one by an alias', () => {
    const text = two('&l { en: Notes }', '*l')
    expect(findingsOf(ID, text).map(({ underlined, related }) => [underlined, related])).toEqual([['b', 'a']])
  })
})

describe('nothing is said', () => {
  test.each([
    ['of different labels', two('Notes', 'Files')],
    ['of other languages', two('{ en: Notes }', '{ fr: Notes }')],
    ['of a string that one scope has twice', 'a: { label: { en: N, en-GB: N }, endpoints: [b] }\n'],
    ['of scopes that allow the same', two('Notes', 'Notes', '[{ /a: GET }]')],
    [
      'of scopes that allow the same by includes',
      `${two('Notes', 'Files')}c: { label: Notes, includes: [a] }\n`,
    ],
    ['of scopes that both grant nothing', 'a: { label: N, endpoints: [] }\nb: { label: N, endpoints: [] }\n'],
    ['of letters of which only the eye is deceived', two('Notes', '"N\u043etes"')],
  ])('%s', (_, text) => {
    expect(findingsOf(ID, text)).toEqual([])
  })
})

test('many scopes of one label, each with many stars, end in time', () => {
  const scopes = Array.from({ length: 300 }, (_, n) => {
    const endpoints = Array.from({ length: 20 }, (_, i) => `{ "*a*${n % 7}*b*${i}*c*": GET }`)
    return `s${n}: { label: Read notes, endpoints: [${endpoints.join(', ')}] }\n`
  })
  const text = `$options: { trailingSlash: ignore, extensions: [json] }\n${scopes.join('')}`
  const { diagnostics, undecided } = lintDocument(text, { rules: OTHERS_OFF })
  const found = diagnostics.filter(({ code }) => code === ID).length
  expect(found + undecided.filter(({ rule }) => rule === ID).length).toBeGreaterThan(0)
})
