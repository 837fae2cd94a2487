import { describe, expect, test } from 'vitest'
import { fix } from '../../../../src/lint/index.ts'
import { findingsOf, underlinedBy } from '../findings-of.ts'
import { withPatterns } from './patterns.ts'

const ID = 'host-in-pattern'

describe('host-in-pattern', () => {
  test('says what it is, also beside the finding of the loader', () => {
    expect(
      findingsOf(ID, withPatterns(['api.example.com/workers/*: GET', 'https://example.org/x: GET'])),
    ).toEqual([
      {
        underlined: 'api.example.com',
        message: '`api.example.com` in `api.example.com/workers/*` is a host, and a pattern is only a path',
      },
      {
        underlined: 'https://example.org',
        message: '`https://example.org` in `https://example.org/x` is a host, and a pattern is only a path',
      },
    ])
  })

  test.each([
    'example.com',
    'localhost:3000/a',
    'localhost/a',
    '10.0.0.1:8080/a',
    '*.example.org/a',
    'www.example.de/a',
    '//cdn.example.org/a',
  ])('knows %s', (pattern) => {
    expect(underlinedBy(ID, withPatterns([JSON.stringify(pattern)]))).toHaveLength(1)
  })

  test.each([
    'team.accessLogs',
    '/admin.apps.approved.list',
    'api.xro/2.0/Invoices',
    'finance.xro/1.0/x',
    'robots.txt',
    'index.html',
    'v1.0/me',
    'localhost',
    '/example.com/x',
    'a/example.com',
    'x:443',
    'files/archive.zip',
  ])('leaves %s alone', (pattern) => {
    expect(underlinedBy(ID, withPatterns([JSON.stringify(pattern)]))).toEqual([])
  })

  test('its unsafe fix leaves the path', () => {
    const text = withPatterns(['https://api.example.com/* # all', 'example.com: GET', '"a.example.com/b"'])
    expect(fix(text).text).toBe(text)
    expect(fix(text, { unsafe: true, rules: { 'redundant-endpoint': 'off' } }).text).toBe(
      withPatterns(['"*" # all', '/: GET', '"b"']),
    )
  })
})
