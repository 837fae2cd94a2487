/**
 * Words of messages: text of the document made harmless, and suggestions only when they are close.
 */
import { describe, expect, test } from 'vitest'
import { closest, oneOf, quote, suggest, visible } from '../../src/diagnostic/words.ts'

describe('visible', () => {
  test('shows every control, bidirectional and line-separating character', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit)
      const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/u.test(character)
      if (unsafe)
        expect(visible(character), unit.toString(16)).toBe(`\\u{${unit.toString(16).toUpperCase()}}`)
    }
  })

  test('shows invisible format characters', () => {
    for (const character of [
      '\u00ad',
      '\u200b',
      '\u200c',
      '\u200d',
      '\u2060',
      '\ufeff',
      '\u3164',
      '\u180e',
    ]) {
      expect(visible(`a${character}b`)).toMatch(/^a\\u\{[0-9A-F]+\}b$/)
    }
  })

  test('leaves everything else as it is', () => {
    for (const text of ['a b', 'caf\u00e9', '\u4e16\u754c', '\u{1f600}', '\u05d0', '<&>"\'`\\', 'e\u0301'])
      expect(visible(text)).toBe(text)
  })
})

describe('quote', () => {
  test('puts a string in backticks, on one line', () => {
    expect(quote('a')).toBe('`a`')
    expect(quote('')).toBe('``')
    expect(quote('a\nb\r\u202e')).toBe('`a\\u{A}b\\u{D}\\u{202E}`')
  })

  test('shortens a long text in the middle', () => {
    const long = quote(`begin${'x'.repeat(10_000)}end`)
    expect(long.length).toBeLessThan(80)
    expect(long).toMatch(/^`begin.*….*end`$/)
    expect(quote('x'.repeat(60))).toBe(`\`${'x'.repeat(60)}\``)
  })

  test('of a string of wide characters is well-formed', () => {
    for (let length = 20; length < 40; length++)
      expect(quote(`a${'\u{1f600}'.repeat(length)}`)).not.toMatch(/\p{Cs}/u)
  })
})

test('oneOf lists words with commas and a last "or"', () => {
  expect(oneOf([])).toBe('')
  expect(oneOf(['a'])).toBe('`a`')
  expect(oneOf(['a', 'b'])).toBe('`a` or `b`')
  expect(oneOf(['a', 'b', 'c'])).toBe('`a`, `b` or `c`')
})

describe('closest', () => {
  const methods = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']

  test('finds what was meant', () => {
    const pairs = {
      GTE: 'GET',
      PSOT: 'POST',
      DELET: 'DELETE',
      DELEET: 'DELETE',
      OPTION: 'OPTIONS',
      options: 'OPTIONS',
      PUTT: 'PUT',
    }
    for (const [written, meant] of Object.entries(pairs))
      expect(closest(written, methods), written).toBe(meant)
  })

  test('finds nothing where nothing is close', () => {
    for (const written of ['FETCH', 'X', '', 'REMOVE', 'SUBSCRIBE', 'GETTINGTHERE', '\u{1f600}']) {
      expect(closest(written, methods), written).toBeUndefined()
    }
  })

  test('compares no words that are very long', () => {
    expect(closest('x'.repeat(100_000), methods)).toBeUndefined()
    expect(closest('GET', ['x'.repeat(100_000), 'GETS'])).toBe('GETS')
  })

  test('takes the closer one, and of equally close ones the first', () => {
    expect(closest('labl', ['table', 'label'])).toBe('label')
    expect(closest('abcdefg', ['abcdefx', 'abcdefy'])).toBe('abcdefx')
  })

  test('is what suggest says, or the list', () => {
    expect(suggest('GTE', methods)).toBe('did you mean `GET`?')
    expect(suggest('nothing like it', ['a', 'b'])).toBe('write `a` or `b`')
  })
})
