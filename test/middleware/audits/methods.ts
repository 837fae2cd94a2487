import { expect } from 'vitest'
import type { Audit } from './audit.ts'
import { policy } from './app.ts'
import { expectDenied, expectReached } from './expect.ts'

export const methods: readonly Audit[] = [
  {
    id: 'method-not-granted',
    name: 'MUST deny a method that is not granted on a path that is',
    reference: 'RFC 6750 section 3.1',
    run: async ({ ask }) => {
      expectDenied(await ask('plain', 'DELETE /rest/workers/me', 'profile'), 403)
      expectDenied(await ask('plain', 'PUT /rest/workers/me', 'workers'), 403)
      expectReached(await ask('plain', 'DELETE /rest/workers/me', 'api'), '/workers/me')
    },
  },
  {
    id: 'method-head',
    name: 'MUST NOT grant HEAD with GET unless the policy says so',
    reference: 'RFC 9110 section 9.3.2',
    run: async ({ ask }) => {
      const asked = await ask('plain', 'HEAD /rest/workers/me', 'profile')
      expectDenied(asked, 403)
      expect(asked.response.body).toBe('')
      expect(asked.response.headers['www-authenticate']).toMatch(/^Bearer error="insufficient_scope"/)
    },
  },
  {
    id: 'method-options',
    name: 'MUST NOT let OPTIONS through without a token, preflights included',
    reference: 'middleware: CORS',
    run: async ({ ask }) => {
      const preflight = ['Origin: https://app.example', 'Access-Control-Request-Method: PUT']
      expectDenied(await ask('plain', 'OPTIONS /rest/workers/me'), 401)
      expectDenied(await ask('plain', 'OPTIONS /rest/workers/me', undefined, preflight), 401)
      expectDenied(await ask('plain', 'OPTIONS /rest/workers/me', 'api', preflight), 403)
    },
  },
  {
    id: 'method-unknown',
    name: 'MUST NOT grant an extension method',
    reference: 'RFC 9110 section 9.1',
    run: async ({ ask }) => {
      for (const method of ['PROPFIND', 'M-SEARCH', 'QUERY', 'TRACE']) {
        const { response, ran } = await ask('plain', `${method} /rest/workers/me`, 'api')
        expect(ran, method).toEqual([])
        // Routers may not know the method, and a Fetch API forbids TRACE: then the server says so before.
        expect([400, 403, 404, 405, 500], method).toContain(response.status)
        expect(response.body).not.toContain('reached')
      }
    },
  },
  {
    id: 'method-lower-case',
    name: 'MUST NOT grant a method in lower case',
    reference: 'RFC 9110 section 9.1',
    run: async ({ ask }) => {
      expectDenied(await ask('plain', 'get /rest/workers/me', 'profile'), 400)
    },
  },
  ...[
    ['header', 'GET /rest/workers/me', ['X-HTTP-Method-Override: DELETE']],
    ['header-alternative', 'GET /rest/workers/me', ['X-HTTP-Method: DELETE']],
    ['header-microsoft', 'GET /rest/workers/me', ['x-method-override: GET']],
    ['header-empty', 'GET /rest/workers/me', ['X-HTTP-Method-Override:']],
    ['query', 'GET /rest/workers/me?a=b&_method=DELETE', []],
    ['query-encoded', 'GET /rest/workers/me?%5fmetho%64=DELETE', []],
    ['query-array', 'GET /rest/workers/me?_method[]=DELETE', []],
    ['opted-out', 'GET /rest/open?_method=DELETE', []],
  ].map(([id, request, headers]): Audit => ({
    id: `method-override-${id as string}`,
    name: `MUST answer 400 to a method override (${id as string}) when asked to`,
    reference: 'middleware: rejectMethodOverride',
    run: async ({ ask }) => {
      const asked = await ask('no-override', request as string, 'profile', headers as string[])
      if (id === 'opted-out' && asked.ran.length === 1) return
      expectDenied(asked, 400)
      expect(asked.response.body).toContain('the method of a request cannot be overridden here')
      expect(asked.records).toMatchObject([{ reason: 'method-override', status: 400 }])
    },
  })),
  {
    id: 'method-override-other',
    name: 'MUST NOT take other queries for a method override',
    reference: 'middleware: rejectMethodOverride',
    run: async ({ ask }) => {
      const target = '/rest/workers/me?method=DELETE&a_method=b&a=_method&_methods=1'
      expectReached(await ask('no-override', `GET ${target}`, 'profile'), '/workers/me')
    },
  },
  {
    id: 'method-override-ignored',
    name: 'MUST judge the method of the request line, not of a header',
    reference: 'RFC 9110 section 9.1',
    run: async ({ ask }) => {
      const headers = ['X-HTTP-Method-Override: GET', 'X-HTTP-Method: GET', 'X-Method-Override: GET']
      expectDenied(await ask('plain', 'DELETE /rest/workers/me?_method=GET', 'profile', headers), 403)
    },
  },
  {
    id: 'method-allow',
    name: 'MAY name the methods that are granted, only when asked to',
    reference: 'RFC 9110 section 10.2.1',
    run: async ({ ask }) => {
      const { response } = await ask('allow-header', 'DELETE /rest/workers/me', 'profile+workers')
      const allowed = policy.methodsFor(['profile', 'workers'], '/rest/workers/me')
      expect(response.headers['allow']?.split(', ')).toEqual(allowed)
      expect((await ask('plain', 'DELETE /rest/workers/me', 'profile')).response.headers).not.toHaveProperty(
        'allow',
      )
      expect((await ask('allow-header', 'GET /rest/admin', 'profile')).response.headers).not.toHaveProperty(
        'allow',
      )
      expect((await ask('allow-header', 'GET /rest/admin')).response.headers).not.toHaveProperty('allow')
    },
  },
]
