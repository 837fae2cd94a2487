import { expect } from 'vitest'
import type { Audit } from './audit.ts'
import { expectDenied, expectReached } from './expect.ts'

const FAILING = [
  'throwing scopes',
  'rejecting scopes',
  'throwing policy',
  'rejecting policy',
  'no policy',
  'throwing hook',
] as const

const NO_SCOPES = [
  'scopes are an object',
  'scopes are nested',
  'scopes are a number',
  'scopes are true',
] as const

export const exceptions: readonly Audit[] = [
  ...FAILING.map((setup): Audit => ({
    id: `exception-${setup.replace(' ', '-')}`,
    name: `MUST deny with 500 and no details (${setup})`,
    reference: 'middleware: exceptions',
    run: async ({ ask }) => {
      const asked = await ask(setup, 'GET /rest/workers/me', 'profile')
      expectDenied(asked, 500)
      expect(asked.response.headers).not.toHaveProperty('www-authenticate')
      expect(JSON.stringify(asked.response)).not.toMatch(/secret|\.ts|at /)
      // And the server lives.
      expectReached(await ask('plain', 'GET /rest/workers/me', 'profile'), '/workers/me')
    },
  })),
  ...NO_SCOPES.map((setup): Audit => ({
    id: `exception-${setup.replaceAll(' ', '-')}`,
    name: `MUST grant nothing to scopes that are none (${setup})`,
    reference: 'middleware: scopes',
    run: async ({ ask }) => {
      expectDenied(await ask(setup, 'GET /rest/workers/me', 'api'), 403)
    },
  })),
  {
    id: 'exception-hook-denial',
    name: 'MUST leave a denial a denial when the audit hook throws',
    reference: 'middleware: onDecision',
    run: async ({ ask }) => {
      expectDenied(await ask('throwing hook', 'DELETE /rest/workers/me', 'profile'), 403)
      expectDenied(await ask('throwing hook', 'GET /rest/workers/me'), 401)
    },
  },
]
