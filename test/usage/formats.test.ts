/** Lines as servers write them, and the request that is read from each. */
import { describe, expect, test } from 'vitest'
import { detectFormat, harEntries, parserFor } from '../../src/usage/formats.ts'
import { LineReader, MAX_LINE_LENGTH } from '../../src/usage/line-reader.ts'

const COMBINED =
  '203.0.113.7 - budget [30/Nov/2026:08:00:00 +0000] "GET /workers/me?x=1 HTTP/1.1" 200 12 "-" "curl/8.0"'

describe('combined', () => {
  const parse = parserFor('combined')

  test.each([
    ['nginx', COMBINED],
    [
      'common, without referrer and agent',
      '203.0.113.7 - budget [30/Nov/2026:08:00:00 +0000] "GET /workers/me?x=1 HTTP/1.1" 200 12',
    ],
    ['with more fields after it', `${COMBINED} "203.0.113.9" 0.002`],
  ])('%s', (_, line) => {
    expect(parse?.(line)).toEqual({
      method: 'GET',
      path: '/workers/me?x=1',
      client: 'budget',
      status: 200,
      time: Date.UTC(2026, 10, 30, 8) / 1000,
    })
  })

  test('a user that is not there is nobody', () => {
    expect(parse?.(COMBINED.replace('budget', '-'))).not.toHaveProperty('client')
  })

  test('the client can be another field', () => {
    expect(parserFor('combined', { client: 'remote_addr' })?.(COMBINED)).toMatchObject({
      client: '203.0.113.7',
    })
  })

  test.each([
    ['a quote in the agent, as Apache escapes it', COMBINED.replace('curl/8.0', 'a\\" 200 0 \\"b')],
    [
      'a quote in the agent, as nginx escapes it',
      COMBINED.replace('curl/8.0', 'a\\x22 \\x22GET /admin HTTP/1.1\\x22'),
    ],
    ['a backslash at the end of the referrer', COMBINED.replace('"-"', '"http://x/\\\\"')],
  ])('%s forges no field', (_, line) => {
    expect(parse?.(line)).toMatchObject({
      method: 'GET',
      path: '/workers/me?x=1',
      status: 200,
      client: 'budget',
    })
  })

  test('an escaped quote in the request stays in the path', () => {
    expect(parse?.(COMBINED.replace('/workers/me?x=1', '/a\\x22b'))).toMatchObject({ path: '/a"b' })
  })

  test.each([
    ['a TLS handshake on a plain port', COMBINED.replace('GET /workers/me?x=1 HTTP/1.1', '\\x16\\x03\\x01')],
    ['a request line without a version', COMBINED.replace(' HTTP/1.1', '')],
    ['an empty request', COMBINED.replace('GET /workers/me?x=1 HTTP/1.1', '')],
    ['free text', 'the quick brown fox'],
    ['controls', '\u0000\u001b[31m\u0007'],
  ])('%s is no request', (_, line) => {
    expect(parse?.(line)).toBeUndefined()
  })
})

describe('a format as nginx writes it', () => {
  test('gives the request and the client', () => {
    const format = '$remote_addr [$time_local] "$request" $status "${http_x_auth_client}"'
    const parse = parserFor(format, { client: 'http_x_auth_client' })
    expect(parse?.('::1 [30/Nov/2026:08:00:00 +0000] "POST /a HTTP/2.0" 403 "budget"')).toEqual({
      method: 'POST',
      path: '/a',
      client: 'budget',
      status: 403,
      time: Date.UTC(2026, 10, 30, 8) / 1000,
    })
  })

  test('may have method and target apart', () => {
    expect(parserFor('$request_method $request_uri')?.('GET /a?b')).toEqual({ method: 'GET', path: '/a?b' })
  })

  test('without a request is refused', () => {
    expect(parserFor('$remote_addr $status')).toBeUndefined()
  })
})

describe('JSON lines', () => {
  const parse = parserFor('json')
  const wanted = { method: 'GET', path: '/a?b=1', client: 'budget', status: 200 }

  test.each([
    [
      'Caddy',
      { ts: 1, status: 200, user_id: 'budget', request: { method: 'GET', uri: '/a?b=1', host: 'x' } },
    ],
    [
      'Traefik',
      { RequestMethod: 'GET', RequestPath: '/a?b=1', DownstreamStatus: 200, ClientUsername: 'budget' },
    ],
    [
      'API Gateway',
      { httpMethod: 'GET', path: '/a?b=1', status: '200', authorizer: { principalId: 'budget' } },
    ],
    ['Envoy', { method: 'GET', path: '/a?b=1', response_code: 200, client: 'budget' }],
    [
      'our own',
      { level: 'info', event: 'decision', method: 'GET', path: '/a?b=1', status: 200, client: 'budget' },
    ],
  ])('%s', (_, line) => {
    expect(parse?.(JSON.stringify(line))).toMatchObject(wanted)
  })

  test('a field is named by the path of its members', () => {
    const line = JSON.stringify({ method: 'GET', path: '/a', token: { azp: 'budget' } })
    expect(parserFor('json', { client: 'token.azp' })?.(line)).toMatchObject({ client: 'budget' })
  })

  test.each([
    '{',
    '[]',
    'null',
    '{"method":1,"path":"/"}',
    '{"method":"GET"}',
    '{"__proto__":{"method":"GET","path":"/"}}',
  ])('%s is no request', (line) => {
    expect(parse?.(line)).toBeUndefined()
  })
})

test('CloudFront: columns are those that its header names', () => {
  const parse = parserFor('cloudfront', { client: 'c-ip' })
  expect(parse?.('#Version: 1.0')).toBeNull()
  expect(parse?.('#Fields: date time c-ip cs-method cs-uri-stem sc-status cs-uri-query')).toBeNull()
  expect(parse?.('2026-11-30\t08:00:00\t203.0.113.7\tGET\t/a\t200\tb=1')).toEqual({
    method: 'GET',
    path: '/a?b=1',
    client: '203.0.113.7',
    status: 200,
    time: Date.UTC(2026, 10, 30, 8) / 1000,
  })
})

test('HAR: requests with the path as it was sent', () => {
  const entry = (url: string): object => ({ request: { method: 'GET', url }, response: { status: 200 } })
  const text = JSON.stringify({
    log: { entries: [entry('https://api.example/a%2Fb?c#d'), entry('https://api.example'), {}] },
  })
  expect(harEntries(text)?.entries.map(({ path }) => path)).toEqual(['/a%2Fb?c', '/'])
  expect(harEntries(text)?.broken).toBe(1)
  expect(harEntries('{}')).toBeUndefined()
})

test.each([
  [COMBINED, 'combined'],
  ['{"method":"GET"}', 'json'],
  ['{"log": {"version": "1.2"', 'har'],
  ['{', 'har'],
  ['#Version: 1.0', 'cloudfront'],
])('the format of %j is %s', (line, format) => {
  expect(detectFormat(line)).toBe(format)
})

describe('lines', () => {
  const linesOf = (...chunks: (string | Uint8Array)[]): string[] => {
    const lines: string[] = []
    const reader = new LineReader((text, isCut) => lines.push(isCut ? `${text.length} cut` : text))
    for (const chunk of chunks)
      reader.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)
    reader.end()
    return lines
  }

  test('end at LF and CR LF, wherever chunks are cut', () => {
    expect(linesOf('a\r', '\nb', 'c\n', '\nd')).toEqual(['a', 'bc', '', 'd'])
  })

  test('keep characters whose bytes are in two chunks', () => {
    const bytes = new TextEncoder().encode('aé\n')
    expect(linesOf(bytes.subarray(0, 2), bytes.subarray(2))).toEqual(['aé'])
  })

  test('keep bytes that are not UTF-8 apart', () => {
    expect(linesOf(Uint8Array.of(0x61, 0xff, 0x0a))).toEqual(['a\udcff'])
  })

  test('are cut where they are too long, and say so', () => {
    const part = 'a'.repeat(MAX_LINE_LENGTH / 4)
    expect(linesOf(...Array.from({ length: 9 }, () => part), '\nb\n')).toEqual([
      `${MAX_LINE_LENGTH} cut`,
      'b',
    ])
  })
})
