import { expect } from 'vitest'
import type { Audit } from './audit.ts'
import { expectDenied } from './expect.ts'

const REQUEST = 'GET /rest/workers/me'

/** Values of `Authorization` that hold no token; each line is its own header. */
const WITHOUT: readonly [id: string, title: string, headers: readonly string[]][] = [
  ['missing', 'no Authorization', []],
  ['empty', 'an empty Authorization', ['Authorization:']],
  ['scheme', 'another scheme', ['Authorization: Basic YXBpOmFwaQ==']],
  ['scheme-glued', 'a scheme that begins with Bearer', ['Authorization: BearerX api']],
  ['scheme-alone', 'a scheme without a token', ['Authorization: Bearer']],
  ['two-tokens', 'two tokens in one header', ['Authorization: Bearer api api']],
  ['comma', 'two credentials by a comma', ['Authorization: Bearer api, Bearer api']],
  ['quoted', 'a token in quotation marks', ['Authorization: Bearer "api"']],
  ['control', 'a tab in a token', ['Authorization: Bearer api\tapi']],
  ['twice', 'two headers', ['Authorization: Bearer profile', 'Authorization: Bearer api']],
  ['twice-equal', 'the same header twice', ['Authorization: Bearer api', 'Authorization: Bearer api']],
  [
    'twice-scheme',
    'two headers, one of another scheme',
    ['Authorization: Basic YQ==', 'authorization: Bearer api'],
  ],
  ['other-header', 'a token in another header', ['X-Authorization: Bearer api', 'Access-Token: api']],
]

export const tokens: readonly Audit[] = [
  ...WITHOUT.map(([id, title, headers]): Audit => ({
    id: `token-${id}`,
    name: `MUST answer 401 to ${title}`,
    reference: 'RFC 6750 section 3',
    run: async ({ ask }) => {
      const asked = await ask('plain', REQUEST, undefined, headers)
      expectDenied(asked, 401)
      expect(asked.response.headers['www-authenticate']).toBe('Bearer')
      expect(asked.records).toMatchObject([{ reason: 'no-scopes', outcome: 'denied' }])
    },
  })),
  {
    id: 'token-query',
    name: 'MUST NOT take a token from the query',
    reference: 'RFC 6750 section 2.3',
    run: async ({ ask }) => {
      expectDenied(await ask('plain', `${REQUEST}?access_token=api`), 401)
    },
  },
  {
    id: 'token-scheme-case',
    name: 'MUST compare the scheme without case',
    reference: 'RFC 9110 section 11.1',
    run: async ({ ask }) => {
      const { response } = await ask('plain', REQUEST, undefined, ['authorization: bEARER profile'])
      expect(response.status).toBe(200)
    },
  },
  {
    id: 'token-unknown-scopes',
    name: 'MUST grant nothing for scopes that the policy does not know',
    reference: 'RFC 6749 section 3.3',
    run: async ({ ask }) => {
      for (const token of ['API', 'api.', 'ap', 'apiapi', '__proto__', 'constructor', '~']) {
        expectDenied(await ask('plain', REQUEST, token), 403)
      }
    },
  },
]
