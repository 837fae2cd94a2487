import { expect } from 'vitest'
import type { Audit } from './audit.ts'
import { expectDenied } from './expect.ts'

const PATH = '/.well-known/oauth-protected-resource/rest'

export const metadata: readonly Audit[] = [
  {
    id: 'metadata-document',
    name: 'MUST serve the metadata at its well-known path, without a token',
    reference: 'RFC 9728 section 3.2',
    run: async ({ ask }) => {
      for (const target of [PATH, `${PATH}?a=b`]) {
        const { response, records } = await ask('plain', `GET ${target}`)
        expect(response.status).toBe(200)
        expect(response.headers['content-type']).toMatch(/^application\/json(?:;|$)/)
        expect(response.headers['access-control-allow-origin']).toBe('*')
        expect(
          JSON.parse(response.body.slice(response.body.indexOf('{'), response.body.lastIndexOf('}') + 1)),
        ).toEqual({
          resource: 'https://api.example/rest',
          authorization_servers: ['https://issuer.example'],
          scopes_supported: ['profile', 'search', 'public', 'workers', 'api'],
          bearer_methods_supported: ['header'],
        })
        expect(records).toEqual([])
      }
    },
  },
  {
    id: 'metadata-head',
    name: 'MUST answer HEAD like GET, without the body',
    reference: 'RFC 9110 section 9.3.2',
    run: async ({ ask }) => {
      const { response } = await ask('plain', `HEAD ${PATH}`)
      expect({ status: response.status, body: response.body }).toEqual({ status: 200, body: '' })
    },
  },
  {
    id: 'metadata-preflight',
    name: 'MUST answer the preflights of browser clients, without a token',
    reference: 'RFC 9728 section 3.1',
    run: async ({ ask }) => {
      const { response, ran, records } = await ask('plain', `OPTIONS ${PATH}`, undefined, [
        'Origin: https://app.example',
        'Access-Control-Request-Method: GET',
        'Access-Control-Request-Headers: mcp-protocol-version',
      ])
      expect({ status: response.status, body: response.body, ran, records }).toEqual({
        status: 204,
        body: '',
        ran: [],
        records: [],
      })
      expect(response.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, HEAD',
      })
      expect(response.headers['access-control-allow-headers']).toContain('MCP-Protocol-Version')
    },
  },
  {
    id: 'metadata-elsewhere',
    name: 'MUST NOT serve it, or let anything through, at other paths and methods',
    reference: 'RFC 9728 section 3.1',
    run: async ({ ask }) => {
      for (const target of [`${PATH}/x`, '/.well-known/oauth-protected-resource', `/rest${PATH}`]) {
        const { response, ran } = await ask('plain', `GET ${target}`)
        expect([401, 404]).toContain(response.status)
        expect(ran).toEqual([])
      }
      const { response } = await ask('plain', `POST ${PATH}`)
      expect([401, 404, 405]).toContain(response.status)
    },
  },
  {
    id: 'metadata-token',
    name: 'MUST NOT confuse a path that only resembles it',
    reference: 'path rules: the law',
    run: async ({ ask }) => {
      const asked = await ask('plain', `GET ${PATH}/../../../rest/admin`)
      expectDenied(asked, asked.response.status)
      expect([400, 401, 404]).toContain(asked.response.status)
    },
  },
]
