import { describe, expect, test } from 'vitest'
import { findingsOf, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'wildcard-crosses-segments'

describe('wildcard-crosses-segments', () => {
  test('gives a deeper path', () => {
    expect(findingsOf(ID, withPatterns(['records/*/search: [GET]'], 'basePath: /rest'))).toEqual([
      {
        underlined: '*',
        message:
          'the star in `records/*/search` takes slashes too: `GET /rest/records/a/b/search` is granted',
      },
    ])
  })

  test('says it once for patterns that begin alike', () => {
    expect(
      findingsOf(ID, withPatterns(['"*/a/*/b": PUT', '/u/*/a', 'u/*/b', 'u/*/c/*/d'])).map(
        ({ message }) => message,
      ),
    ).toEqual([
      'the star in `*/a/*/b` takes slashes too: `PUT /c/a/a/b/b` is granted',
      'the star in `/u/*/a` takes slashes too: `GET /u/a/b/a` is granted; 2 more patterns begin with `u/*/`',
    ])
  })

  test('is silent about stars at either end, parts of segments, and `segment` mode', () => {
    expect(underlinedBy(ID, withPatterns(['a/*', '"*/a"', 'a/b*/c', 'a/*.json', '"*"', 'a//*/b']))).toEqual(
      [],
    )
    expect(underlinedBy(ID, withPatterns(['a/*/b'], 'wildcard: segment'))).toEqual([])
  })
})
