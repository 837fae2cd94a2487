import { expect } from 'vitest'
import type { Audit } from './audit.ts'
import { expectDenied } from './expect.ts'

/** A WebSocket handshake (RFC 6455 section 4.1). */
const WEBSOCKET = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
]
/** Other upgrades reach the same listener. */
const H2C = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__']

export const upgrades: readonly Audit[] = [
  ...[
    ['websocket', WEBSOCKET],
    ['h2c', H2C],
    ['unknown', ['Connection: upgrade', 'Upgrade: x']],
  ].map(([id, headers]): Audit => ({
    id: `upgrade-${id as string}`,
    name: `MUST NOT let an upgrade past the policy (${id as string})`,
    reference: 'middleware: upgrades',
    run: async ({ ask }) => {
      const lines = headers as string[]
      const missing = await ask('plain', 'GET /rest/workers/me', undefined, lines)
      expectDenied(missing, 401)
      expect(missing.response.headers['www-authenticate']).toBe('Bearer')
      const denied = await ask('plain', 'GET /rest/workers/me', 'search', lines)
      expectDenied(denied, 403)
      expect(denied.response.headers['www-authenticate']).toContain('scope="profile"')
      expect(denied.response.body).toContain('"error":"insufficient_scope"')
      expectDenied(await ask('plain', 'DELETE /rest/workers/me', 'profile', lines), 403)
      const ambiguous = await ask('plain', 'GET /rest/public/..%2fadmin', 'public', lines)
      expect(ambiguous.ran).toEqual([])
    },
  })),
  {
    id: 'upgrade-granted',
    name: 'MUST let an upgrade through whose token allows its path',
    reference: 'RFC 6455 section 4.1',
    run: async ({ ask }) => {
      const { response, ran, records } = await ask('plain', 'GET /rest/workers/me', 'profile', WEBSOCKET)
      expect(ran.map(({ route }) => route.path)).toEqual(['/workers/me'])
      // 200 where no listener takes upgrades and the request goes on as any other.
      expect([101, 200]).toContain(response.status)
      expect(records).toMatchObject([{ allowed: true, path: '/rest/workers/me' }])
    },
  },
  {
    id: 'upgrade-exception',
    name: 'MUST deny an upgrade with 500 when something is thrown',
    reference: 'middleware: exceptions',
    run: async ({ ask }) => {
      for (const setup of ['throwing scopes', 'rejecting scopes', 'throwing policy'] as const)
        expectDenied(await ask(setup, 'GET /rest/workers/me', 'profile', WEBSOCKET), 500)
    },
  },
]
