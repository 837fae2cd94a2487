import { expect } from 'vitest'
import type { Audit } from './audit.ts'
import { expectDenied, expectDeniedOrUnknown, expectReached } from './expect.ts'

/** Spellings that some server reads as another path, and that a policy can only refuse. */
export const AMBIGUOUS: readonly [id: string, title: string, target: string][] = [
  ['dot-segment', 'a dot segment', '/rest/public/../admin'],
  ['dot-segment-out', 'a dot segment that leaves the base path', '/rest/../rest/admin'],
  ['single-dot', 'a single dot', '/rest/./admin'],
  ['dot-at-end', 'a dot segment at the end', '/rest/admin/x/..'],
  ['encoded-dots', 'encoded dots', '/rest/public/%2e%2E/admin'],
  ['half-encoded-dots', 'half encoded dots', '/rest/public/.%2e/admin'],
  ['double-slash', 'two slashes', '/rest//admin'],
  ['double-slash-start', 'two slashes at the start', '//rest/admin'],
  ['empty-star', 'two slashes around an empty star', '/rest/records//search'],
  ['encoded-slash', 'an encoded slash', '/rest/public%2f..%2fadmin'],
  ['encoded-slash-parameter', 'an encoded slash in a parameter', '/rest/public/..%2Fadmin'],
  ['double-encoding', 'double encoding', '/rest/public/%252e%252e%252fadmin'],
  ['double-encoded-letter', 'a doubly encoded letter', '/rest/%2561dmin'],
  ['backslash', 'a backslash', '/rest/public\\..\\admin'],
  ['backslash-start', 'a backslash at the start', '/\\rest/admin'],
  ['encoded-backslash', 'an encoded backslash', '/rest/public%5c..%5Cadmin'],
  ['parameter', 'a path parameter', '/rest/admin;v=1'],
  ['parameter-dots', 'a path parameter on dots', '/rest/public/..;/admin'],
  ['nul', 'an encoded NUL', '/rest/public/a%00/admin'],
  ['line-end', 'an encoded line end', '/rest/public/a%0d%0a'],
  ['overlong', 'overlong UTF-8', '/rest/public/%c0%ae%c0%ae/admin'],
  ['malformed-escape', 'a malformed escape', '/rest/%zz'],
  ['lone-percent', 'a lone percent sign', '/rest/public/%'],
  ['fragment', 'a fragment', '/rest/public#/../admin'],
]

/** Targets of a form that no origin server has to take (RFC 9112 §3.2). */
export const FORMS: readonly [id: string, title: string, request: string][] = [
  ['absolute-form', 'absolute-form', 'GET http://localhost/rest/admin'],
  ['absolute-form-foreign', 'absolute-form for another host', 'GET http://other.example/rest/admin'],
  ['absolute-form-scheme', 'absolute-form of another scheme', 'GET ftp://localhost/rest/admin'],
  ['absolute-form-upper', 'absolute-form in upper case', 'GET HTTP://localhost/rest/admin'],
  ['asterisk-form', 'the asterisk-form', 'OPTIONS *'],
]

const TOKENS = ['profile', 'search', 'public', 'workers', 'api'] as const

const refused = [
  ...AMBIGUOUS.map(([id, title, target]) => [id, title, `GET ${target}`] as const),
  ...FORMS,
].map(([id, title, request]): Audit => ({
  id: `path-${id}`,
  name: `MUST refuse ${title} whatever the token`,
  reference: id.includes('form') ? 'RFC 9112 section 3.2' : `path rules: ${id}`,
  needs: 'raw-target',
  run: async (subject) => {
    for (const token of TOKENS) {
      expectDeniedOrUnknown(subject, await subject.ask('plain', request, token), 400)
    }
  },
}))

/** The same where the target is normalised before anybody sees it: nobody gets what is not granted. */
const contained = AMBIGUOUS.map(([id, title, target]): Audit => ({
  id: `path-contained-${id}`,
  name: `MUST NOT reach by ${title} what the token does not grant`,
  reference: 'path rules: the law',
  run: async ({ ask }) => {
    // That nothing else runs is asserted for every request of every audit.
    for (const token of TOKENS.filter((name) => name !== 'api')) {
      const { ran } = await ask('plain', `GET ${target}`, token)
      expect(ran.filter(({ route }) => route.path.startsWith('/admin'))).toEqual([])
    }
  },
}))

export const paths: readonly Audit[] = [
  {
    id: 'path-granted',
    name: 'MUST let a granted request through, with its decision',
    reference: 'middleware: granted requests',
    run: async ({ ask }) => {
      const asked = await ask('plain', 'GET /rest/workers/me?a=../b', 'profile')
      expectReached(asked, '/workers/me')
      expect(asked.ran).toMatchObject([{ decision: { allowed: true, path: '/rest/workers/me' } }])
      expect(asked.records).toEqual([asked.ran[0]?.decision])
    },
  },
  {
    id: 'path-whole',
    name: 'MUST judge the whole target where a prefix is mounted',
    reference: 'middleware: mounting',
    run: async ({ ask }) => {
      expectReached(await ask('plain', 'GET /rest/records/ticket/search', 'search'), '/records/:id/search')
      const asked = await ask('plain', 'GET /rest/admin', 'profile')
      expectDenied(asked, 403)
      expect(asked.records).toMatchObject([{ path: '/rest/admin' }])
    },
  },
  {
    id: 'path-equivalent',
    name: 'MUST grant spellings that RFC 3986 calls equal',
    reference: 'RFC 3986 section 6.2.2',
    run: async ({ ask }) => {
      const { response, ran } = await ask('plain', 'GET /rest/public/caf%c3%a9%20%2b', 'public')
      expect({ status: response.status, ran: ran.map(({ id }) => id) }).toEqual({
        status: 200,
        ran: ['café +'],
      })
      expect((await ask('plain', 'GET /rest/workers/m%65', 'profile')).response.status).not.toBe(403)
    },
  },
  {
    id: 'path-trailing-slash',
    name: 'MUST NOT open a path by way of a slash at its end',
    reference: 'path rules: trailing slash',
    run: async (subject) => {
      expectDeniedOrUnknown(subject, await subject.ask('plain', 'GET /rest/public/', 'public'), 403)
      expectDeniedOrUnknown(subject, await subject.ask('plain', 'GET /rest/records/search', 'search'), 403)
    },
  },
  {
    id: 'path-outside',
    name: 'MUST NOT grant paths beside the base path',
    reference: 'path rules: base path',
    run: async ({ ask }) => {
      for (const target of ['/restricted', '/REST/admin', '/admin', '/']) {
        const { response, ran } = await ask('plain', `GET ${target}`, 'api')
        expect([403, 404]).toContain(response.status)
        expect(ran).toEqual([])
      }
    },
  },
  {
    id: 'path-unknown-route',
    name: 'SHOULD judge requests that no route takes',
    reference: 'middleware: unknown routes',
    needs: 'unknown-routes',
    run: async ({ ask }) => {
      expectDenied(await ask('plain', 'GET /rest/nothing/here'), 401)
      expectDenied(await ask('plain', 'GET /rest/nothing/here', 'profile'), 403)
      expectDenied(await ask('plain', 'GET /rest/nothing/here', 'api'), 404)
    },
  },
  {
    id: 'path-whole-server',
    name: 'SHOULD judge requests beside the base path',
    reference: 'middleware: mounting',
    needs: 'whole-server',
    run: async ({ ask }) => {
      expectDenied(await ask('plain', 'GET /elsewhere'), 401)
      expectDenied(await ask('plain', 'GET /elsewhere', 'api'), 403)
    },
  },
  {
    id: 'path-spoofed-headers',
    name: 'MUST NOT take the target from a header',
    reference: 'middleware: the raw target',
    run: async ({ ask }) => {
      const spoofed = [
        'X-Original-URL: /rest/workers/me',
        'X-Rewrite-URL: /rest/workers/me',
        'X-Forwarded-Uri: /rest/workers/me',
        'X-Forwarded-Path: /rest/workers/me',
        'X-Forwarded-Prefix: /rest',
        'X-Forwarded-Host: other.example/rest/workers/me?',
      ]
      expectDenied(await ask('plain', 'GET /rest/admin', 'profile', spoofed), 403)
    },
  },
  {
    id: 'path-long',
    name: 'MUST refuse a target over the limit',
    reference: 'path rules: too-long',
    run: async ({ ask }) => {
      const { response, ran } = await ask('plain', `GET /rest/public/${'a'.repeat(9000)}`, 'public')
      // Some routers refuse it themselves, by not taking the route.
      expect([400, 404, 414]).toContain(response.status)
      expect(ran).toEqual([])
    },
  },
  ...refused,
  ...contained,
]
