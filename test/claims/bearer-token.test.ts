import { describe, expect, test } from 'vitest'
import { bearerToken } from '../../src/claims/index.ts'

const MISSING = { kind: 'missing' }
const SYNTAX = { kind: 'malformed', problem: 'syntax' }
const SEVERAL = { kind: 'malformed', problem: 'several-headers' }

describe('the bearer token of a request (RFC 6750 §2.1)', () => {
  const cases: [title: string, header: Parameters<typeof bearerToken>[0], expected: object][] = [
    ['a token', 'Bearer mF_9.B5f-4.1JqM', { kind: 'token', token: 'mF_9.B5f-4.1JqM' }],
    ['every character of b64token', 'Bearer aZ09-._~+/==', { kind: 'token', token: 'aZ09-._~+/==' }],
    ['the scheme has no letter case', 'bEARER abc', { kind: 'token', token: 'abc' }],
    ['several spaces before the token', 'Bearer   abc', { kind: 'token', token: 'abc' }],
    ['one header in an array', ['Bearer abc'], { kind: 'token', token: 'abc' }],
    ['no header', undefined, MISSING],
    ['no header, as the Fetch API says it', null, MISSING],
    ['no header, as an empty array', [], MISSING],
    ['another scheme', 'Basic dXNlcjpwYXNz', MISSING],
    ['another scheme that begins the same', 'BearerX abc', MISSING],
    ['two headers', ['Bearer abc', 'Bearer def'], SEVERAL],
    ['the same header twice', ['Bearer abc', 'Bearer abc'], SEVERAL],
    ['two headers of two schemes', ['Basic dXNlcjpwYXNz', 'Bearer abc'], SEVERAL],
    ['two headers joined by a comma', 'Bearer abc, Bearer def', SYNTAX],
    ['an empty header', '', SYNTAX],
    ['the scheme alone', 'Bearer', SYNTAX],
    ['the scheme and a space', 'Bearer ', SYNTAX],
    ['two tokens', 'Bearer abc def', SYNTAX],
    ['a space after the token', 'Bearer abc ', SYNTAX],
    ['a tab before the token', 'Bearer\tabc', SYNTAX],
    ['a line end after the token', 'Bearer abc\n', SYNTAX],
    ['padding alone', 'Bearer ==', SYNTAX],
    ['padding inside', 'Bearer a=b', SYNTAX],
    ['a character outside of b64token', 'Bearer a*b', SYNTAX],
    ['a letter that folds to one of the scheme', 'Bearer \u017f', SYNTAX],
    ['a leading space', ' Bearer abc', SYNTAX],
    ['a header that is no text', 7 as unknown as string, SYNTAX],
    ['an array of something else', [7] as unknown as string[], SYNTAX],
  ]
  test.each(cases)('%s', (_title, header, expected) => {
    expect(bearerToken(header)).toEqual(expected)
  })
})

describe('the bearer token of a request object', () => {
  const good = { kind: 'token', token: 'abc' }
  const one = ['Host', 'a', 'Authorization', 'Bearer abc']
  const two = [...one, 'authorization', 'Bearer def']
  const headers = { host: 'a', authorization: 'Bearer abc' }
  const cases: [title: string, request: object, expected: object][] = [
    ['of Node', { headers, rawHeaders: one }, good],
    ['of Node, with a second header that `headers` hides', { headers, rawHeaders: two }, SEVERAL],
    ['of Node, without the header', { headers: {}, rawHeaders: [] }, MISSING],
    ['of a test tool, without raw headers', { headers }, good],
    ['of Fastify', { headers, raw: { headers, rawHeaders: one } }, good],
    ['of Fastify, with a second header', { headers, raw: { headers, rawHeaders: two } }, SEVERAL],
    ['of Koa: the context', { headers, req: { headers, rawHeaders: two } }, SEVERAL],
    ['of the Fetch API', new Request('http://a', { headers }), good],
    ['of the Fetch API, without the header', new Request('http://a'), MISSING],
    ['of Hono: the context', { req: { raw: new Request('http://a', { headers }) } }, good],
    ['of Hono: the request', { raw: new Request('http://a', { headers }) }, good],
    ['with several values', { headers: { authorization: ['Bearer abc', 'Bearer def'] } }, SEVERAL],
    ['with a value that is not a string', { headers: { authorization: 7 } }, SYNTAX],
    ['without headers', {}, SYNTAX],
    [
      'that throws',
      Object.defineProperty({}, 'headers', {
        get: () => {
          throw new Error()
        },
      }),
      SYNTAX,
    ],
    ['that is a revoked proxy', revoked(), SYNTAX],
  ]
  test.each(cases)('%s', (_title, request, expected) => {
    expect(bearerToken(request)).toEqual(expected)
  })

  test('is not inherited from `Object.prototype`', () => {
    Object.assign(Object.prototype, { authorization: 'Bearer abc', headers: { authorization: 'Bearer abc' } })
    try {
      expect(bearerToken({ headers: {}, rawHeaders: [] })).toEqual(MISSING)
      expect(bearerToken({})).toEqual(SYNTAX)
    } finally {
      delete (Object.prototype as { authorization?: unknown }).authorization
      delete (Object.prototype as { headers?: unknown }).headers
    }
  })
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
