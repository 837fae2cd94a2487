/** Lines as servers write them, and the request that is read from each. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectFormat, harEntries } from '../../src/usage/formats.ts'
import { LineReader, MAX_LINE_LENGTH } from '../../src/usage/line-reader.ts'
import { parserFor } from './read-line.ts'

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
      path: '/workers/me',
      client: 'budget',
      status: 200,
      time: Date.UTC(2026, 10, 30, 8) / 1000,
    })
  })

  test('a user that is not there is nobody', () => {
    expect(parse?.(COMBINED.replace('budget', '-'))).toHaveProperty('client', undefined)
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
      path: '/workers/me',
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
    expect(parserFor('$request_method $request_uri')?.('GET /a?b')).toEqual({ method: 'GET', path: '/a' })
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
    const reader = new LineReader((line) => {
      const text = line.toString()
      lines.push(line.isCut ? `${text.length} cut` : text)
    })
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

/**
 * Lines as the manuals of Apache, HAProxy and Envoy print them and as parsers of logs are tested with (Perl's
 * Nginx::ParseLog, Humio, Loki); those of Traefik, CloudFront and API Gateway are written in their documented formats.
 */
describe('pairs of lines and fields', () => {
  const at = (text: string): number => Date.parse(text) / 1000

  test.each([
    [
      '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
      {
        method: 'GET',
        path: '/apache_pb.gif',
        client: 'frank',
        status: 200,
        time: at('2000-10-10T20:55:36Z'),
      },
    ],
    [
      '92.241.180.118 - - [28/Mar/2009:20:59:02 +0300] "GET / HTTP/1.1" 200 1706 "-" "Mozilla/5.0 (X11; U; Linux i686; en-US; rv:1.8.0.7) Gecko/20060909 Firefox/1.5.0.7"',
      { method: 'GET', path: '/', status: 200, time: at('2009-03-28T17:59:02Z') },
    ],
    [
      '47.29.201.179 - - [28/Feb/2019:13:17:10 +0000] "GET /?p=1 HTTP/2.0" 200 5316 "https://domain1.com/?p=1" "Mozilla/5.0 (Windows NT 6.1)"',
      { method: 'GET', path: '/', status: 200, time: at('2019-02-28T13:17:10Z') },
    ],
    [
      '10.42.0.1 - alice [15/Sep/2026:10:00:00 +0000] "PUT /api HTTP/1.1" 204 0 "-" "curl/8" 17 "web@docker" "http://10.0.0.2:80" 3ms',
      { method: 'PUT', path: '/api', client: 'alice', status: 204, time: at('2026-09-15T10:00:00Z') },
    ],
    [
      '203.0.113.10 - alice [09/Apr/2015:12:34:56 +0000]"GET /pets/1 HTTP/1.1" 200 125 c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      { method: 'GET', path: '/pets/1', client: 'alice', status: 200, time: at('2015-04-09T12:34:56Z') },
    ],
    [
      'Feb  6 12:14:14 localhost haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"',
      { method: 'GET', path: '/index.html', status: 200, time: at('2009-02-06T12:14:14Z') },
    ],
    [
      '[2016-04-15T20:17:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "nsq2http" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "locations" "tcp://10.0.2.1:80"',
      { method: 'POST', path: '/api/v1/locations', status: 204, time: at('2016-04-15T20:17:00Z') },
    ],
    [
      '{"date":"2019-12-04","timestamp":"1575493351","cs-method":"GET","cs-uri-stem":"/index.html","cs-uri-query":"-","sc-status":"200"}',
      { method: 'GET', path: '/index.html', status: 200, time: 1_575_493_351 },
    ],
    [
      '{"requestId":"x","ip":"203.0.113.1","caller":"-","user":"-","requestTime":"09/Apr/2015:12:34:56 +0000","httpMethod":"GET","resourcePath":"/pets/{id}","path":"/v1/pets/7","status":"200","authorizer":{"claims":{"client_id":"app","scope":"pets:read"}}}',
      {
        method: 'GET',
        path: '/v1/pets/7',
        client: 'app',
        scopes: ['pets:read'],
        status: 200,
        time: at('2015-04-09T12:34:56Z'),
      },
    ],
    [
      '{"time":"2026-11-30T08:00:00.000Z","level":"info","event":"decision","status":200,"reason":"granted","method":"POST","path":"/mcp","mcpMethod":"tools/call","mcpName":"get_issue","client":"budget"}',
      {
        method: 'tools/call',
        path: 'get_issue',
        client: 'budget',
        status: 200,
        time: at('2026-11-30T08:00:00Z'),
      },
    ],
  ])('%s', (line, fields) => {
    expect(parserFor(detectFormat(line))?.(line)).toEqual(fields)
  })

  test('other events of serve, and methods of MCP without a name, are not requests', () => {
    const parse = parserFor('json')
    expect(parse?.('{"time":"x","level":"info","event":"started","path":"/","method":"GET"}')).toBeNull()
    expect(
      parse?.('{"level":"info","event":"decision","method":"POST","path":"/mcp","mcpMethod":"tools/list"}'),
    ).toBeNull()
  })
})

describe('hostile lines', () => {
  const line = (client: string, agent = 'x'): string =>
    `::1 - ${client} [30/Nov/2026:08:00:00 +0000] "GET /a HTTP/1.1" 200 1 "-" "${agent}"`

  test.each([
    'budget [x',
    'budget [30/Nov/2026:08:00:00 +0000',
    'a b',
    'budget - x [',
    '\\x22] \\x22GET /b HTTP/1.1\\x22 200',
  ])('a user %s is not another one', (client) => {
    expect(parserFor('combined')?.(line(client))).toMatchObject({
      client: client.replaceAll('\\x22', '"'),
      method: 'GET',
      path: '/a',
    })
  })

  test('bytes that nginx escapes are UTF-8, and two names that differ stay two', () => {
    const clientOf = (name: string): unknown => parserFor('combined')?.(line(name))?.client
    expect(clientOf('b\\xC3\\xBCdget')).toBe('büdget')
    expect(clientOf('b\\xFF')).not.toBe(clientOf('b\\xFE'))
    expect(clientOf('__proto__')).toBe('__proto__')
  })

  test('a field may hold a token, whose claims are named', () => {
    const claims = Buffer.from('{"client_id":"app","scope":"a b"}').toString('base64url')
    const parse = parserFor('$request "$http_authorization"', {
      client: 'http_authorization.client_id',
      scopes: 'http_authorization.scope',
    })
    expect(parse?.(`GET /a HTTP/1.1 "Bearer e30.${claims}.x"`)).toMatchObject({
      client: 'app',
      scopes: ['a', 'b'],
    })
    expect(parse?.('GET /a HTTP/1.1 "Bearer e30.!!!.x"')).toEqual({ method: 'GET', path: '/a' })
  })

  test('no line makes a parser throw or search for long', () => {
    const piece = fc.constantFrom(
      '"',
      ' ',
      '[',
      ']',
      '\\',
      '\\x',
      '\\x22',
      '{',
      '}',
      'GET ',
      '/',
      ' HTTP/1.1"',
      '\u0000',
      '\udcff',
      '30/Nov/2026:08:00:00 +0000',
      '200',
      '#',
      '\t',
      '-',
    )
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, (one) => {
        for (const name of ['combined', 'json', 'haproxy', 'envoy', 'cloudfront', detectFormat(one)])
          if (name !== 'har') parserFor(name)?.(one)
        harEntries(one)
      }),
    )
    for (const name of ['combined', 'haproxy', 'envoy', '"$request" $status "$a" "$b"'])
      expect(parserFor(name)?.('" [\\" '.repeat(200_000))).toBeUndefined()
  })
})
