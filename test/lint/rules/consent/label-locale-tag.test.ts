import { describe, expect, test } from 'vitest'
import { findingsOf, fixedBy, labelled } from '../findings-of.ts'

const ID = 'label-locale-tag'

describe('a tag that is not canonical', () => {
  test.each([
    ['EN', 'en'],
    ['en-us', 'en-US'],
    ['EN-us', 'en-US'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['in', 'id'],
    ['en-UK', 'en-GB'],
    ['"pt-br"', '"pt-BR"'],
    ["'sr-latn'", "'sr-Latn'"],
    ['NO', '"no"'],
  ])('%s is written as %s', (tag, canonical) => {
    const text = labelled(`{ de: A, ${tag}: B } # kept`)
    expect(findingsOf(ID, text)).toEqual([
      {
        underlined: tag,
        message: `language tag \`${tag.replace(/["']/g, '')}\` is \`${canonical.replace(/["']/g, '')}\` in canonical form`,
      },
    ])
    expect(fixedBy(ID, text)).toBe(text.replace(tag, canonical))
    const crlf = text.replaceAll('\n', '\r\n')
    expect(fixedBy(ID, crlf)).toBe(crlf.replace(tag, canonical))
  })

  test('is not fixed where the canonical tag is there already', () => {
    const text = labelled('{ he: A, iw: B }')
    expect(findingsOf(ID, text)).toEqual([
      { underlined: 'iw', message: 'language tag `iw` is `he` in canonical form', related: 'he' },
    ])
    const other = labelled('{ iw: B, he: A }')
    expect(findingsOf(ID, other)).toEqual([
      { underlined: 'iw', message: 'language tag `iw` is `he` in canonical form', related: 'he' },
    ])
  })

  test('is found in description and group, too', () => {
    const text = labelled('A', '[a]', '  description: { EN: B }\n  group: { DE: C }\n')
    expect(fixedBy(ID, text)).toBe(text.replace('EN', 'en').replace('DE', 'de'))
  })
})

test('a tag that cannot be one is found', () => {
  expect(findingsOf(ID, labelled('{ en-a: B }'))).toEqual([
    { underlined: 'en-a', message: '`en-a` is not a well-formed language tag' },
  ])
})

test.each(['en', 'en-US', 'zh-Hant-TW', 'x-klingon', 'en-GB-oed', 'de-1996', 'es-419', 'zh-yue', '"no"'])(
  '%s is left alone',
  (tag) => {
    expect(findingsOf(ID, labelled(`{ ${tag}: A }`))).toEqual([])
  },
)
