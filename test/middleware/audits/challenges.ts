import { expect } from 'vitest'
import { metadataUrl } from '../../../src/enforce/metadata.ts'
import type { Audit } from './audit.ts'
import { expectDenied } from './expect.ts'
import { RESOURCE } from './setups.ts'

export const challenges: readonly Audit[] = [
  {
    id: 'challenge-bare',
    name: 'SHOULD NOT name an error to a request without a token',
    reference: 'RFC 6750 section 3.1',
    run: async ({ ask }) => {
      const { response } = await ask('plain', 'GET /rest/workers/me')
      expect(response.headers['www-authenticate']).toBe('Bearer')
      expect(response.body).not.toContain('"error":')
    },
  },
  {
    id: 'challenge-scope',
    name: 'MAY name the narrowest scope that would suffice',
    reference: 'RFC 6750 section 3',
    run: async ({ ask }) => {
      const asked = await ask('plain', 'GET /rest/workers/me', 'search')
      expectDenied(asked, 403)
      expect(asked.response.headers['www-authenticate']).toBe(
        'Bearer error="insufficient_scope", error_description="the access token lacks the scope", scope="profile"',
      )
      expect(asked.records).toMatchObject([{ scopesThatWouldAllow: ['profile', 'workers', 'api'] }])
    },
  },
  {
    id: 'challenge-no-scope',
    name: 'MUST NOT name a scope where none would suffice',
    reference: 'RFC 6750 section 3',
    run: async ({ ask }) => {
      const { response } = await ask('plain', 'OPTIONS /rest/workers/me', 'api')
      expect(response.headers['www-authenticate']).toBe(
        'Bearer error="insufficient_scope", error_description="no scope allows this request"',
      )
    },
  },
  {
    id: 'challenge-baseline',
    name: 'MAY name the scopes to begin with in a 401, only when asked to',
    reference: 'RFC 6750 section 3',
    run: async ({ ask }) => {
      const { response } = await ask('baseline', 'GET /rest/workers/me')
      expect(response.headers['www-authenticate']).toBe('Bearer scope="profile search"')
      const denied = await ask('baseline', 'GET /rest/admin', 'profile')
      expect(denied.response.headers['www-authenticate']).toMatch(/scope="api"$/)
    },
  },
  ...(['invalid token', 'rejecting invalid token', 'expired by jose'] as const).map((setup): Audit => ({
    id: `challenge-${setup.replaceAll(' ', '-')}`,
    name: `MUST answer 401 invalid_token where the token does not verify (${setup})`,
    reference: 'RFC 6750 section 3.1',
    run: async ({ ask }) => {
      const asked = await ask(setup, 'GET /rest/workers/me', 'profile')
      expectDenied(asked, 401)
      expect(asked.response.headers['www-authenticate']).toBe(
        'Bearer error="invalid_token", error_description="the access token is invalid or expired"' +
          (setup === 'invalid token' ? ', scope="profile search"' : ''),
      )
      expect(asked.records).toMatchObject([{ reason: 'invalid-token', status: 401 }])
      expect(JSON.stringify(asked.response)).not.toContain('secret')
    },
  })),
  {
    id: 'challenge-malformed',
    name: 'MUST answer 400 invalid_request to a malformed Authorization that was reported',
    reference: 'RFC 6750 section 3.1',
    run: async ({ ask }) => {
      const asked = await ask('malformed header', 'GET /rest/workers/me', 'profile')
      expectDenied(asked, 400)
      expect(asked.response.headers['www-authenticate']).toBe(
        'Bearer error="invalid_request", error_description="the Authorization header is malformed"',
      )
      expect(asked.records).toMatchObject([{ reason: 'malformed-token', status: 400 }])
      expect(JSON.stringify(asked.response)).not.toContain('secret')
    },
  },
  {
    id: 'challenge-metadata',
    name: 'MUST name realm and resource metadata in each challenge',
    reference: 'RFC 9728 section 5.1',
    run: async ({ ask }) => {
      for (const token of [undefined, 'search']) {
        const { response } = await ask('described', 'GET /rest/workers/me', token)
        const value = response.headers['www-authenticate'] ?? ''
        expect(value).toContain('Bearer realm="the \\"rest\\" of it"')
        expect(value).toContain(`resource_metadata="${metadataUrl(RESOURCE)}"`)
      }
    },
  },
  {
    id: 'challenge-body',
    name: 'SHOULD say the same in the body, as JSON that no cache keeps',
    reference: 'RFC 6750 section 5.3',
    run: async ({ ask }) => {
      const { response } = await ask('plain', 'GET /rest/admin', 'profile')
      expect(response.headers).toMatchObject({ 'cache-control': 'no-store' })
      expect(response.headers['content-type']).toMatch(/^application\/json(?:;|$)/)
      expect(response.body).toContain('"error":"insufficient_scope"')
    },
  },
  ...[
    ['path', 'GET /rest/x%0d%0aX-Injected:%201', 'api', []],
    ['query', 'GET /rest/admin?%0d%0aX-Injected:%201', 'profile', []],
    ['token', 'GET /rest/admin', undefined, ['Authorization: Bearer a%0d%0aX-Injected:1"']],
    ['scope', 'GET /rest/admin', 'a~b+c-%22d', []],
    ['method', 'X-Injected /rest/admin', 'api', []],
  ].map(([id, request, token, headers]): Audit => ({
    id: `injection-${id as string}`,
    name: `MUST NOT let the ${id as string} of a request into a header or a body`,
    reference: 'RFC 9110 section 5.5',
    run: async ({ ask }) => {
      const asked = await ask('described', request as string, token as string, headers as string[])
      expect(asked.ran).toEqual([])
      expect(asked.response.status).toBeGreaterThanOrEqual(400)
      expect(asked.response.headers).not.toHaveProperty('x-injected')
      expect(Object.values(asked.response.headers).join('\n')).not.toMatch(/injected|~b|%22d/i)
    },
  })),
]
