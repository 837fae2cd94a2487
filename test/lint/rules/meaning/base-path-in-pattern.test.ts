import { describe, expect, test } from 'vitest'
import { fix } from '../../../../src/lint/index.ts'
import { findingsOf, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'base-path-in-pattern'

describe('base-path-in-pattern', () => {
  test('shows what it grants', () => {
    expect(findingsOf(ID, withPatterns(['/rest/workers/*: GET'], 'basePath: /rest'))).toEqual([
      {
        underlined: '/rest',
        message: '`/rest/workers/*` repeats the base path `/rest`, so it grants `GET /rest/rest/workers/a`',
      },
    ])
  })

  test('stops at the end of a segment', () => {
    const patterns = ['restaurants', 'a/rest', 'rest*', '*', 'Rest/a']
    expect(
      underlinedBy(
        ID,
        withPatterns(
          patterns.map((one) => JSON.stringify(one)),
          'basePath: /rest',
        ),
      ),
    ).toEqual([])
    expect(
      underlinedBy(ID, withPatterns(['rest', 'rest/a', 'api/v1/x', 'api/v2'], 'basePath: /api/v1')),
    ).toEqual(['api/v1'])
    expect(underlinedBy(ID, withPatterns(['rest/a']))).toEqual([])
  })

  test('its unsafe fix leaves it out', () => {
    const text = withPatterns(['/rest/workers/*: GET # all', 'rest', '"rest/*": GET'], 'basePath: /rest')
    expect(fix(text).text).toBe(text)
    expect(fix(text, { unsafe: true, rules: { 'redundant-endpoint': 'off' } }).text).toBe(
      withPatterns(['workers/*: GET # all', '/', '"*": GET'], 'basePath: /rest'),
    )
  })
})
