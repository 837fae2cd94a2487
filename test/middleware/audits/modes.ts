import { expect } from 'vitest'
import type { DecidingPolicy } from '../../../src/enforce/types.ts'
import { policy } from './app.ts'
import type { Audit } from './audit.ts'
import { expectDenied, expectReached } from './expect.ts'
import { changing, otherPolicy } from './setups.ts'

const REQUEST = 'GET /rest/workers/me'

export const modes: readonly Audit[] = [
  {
    id: 'mode-opt-out',
    name: 'MUST let a route that opted out through, and only that',
    reference: 'middleware: opting out',
    run: async ({ ask }) => {
      const asked = await ask('plain', 'GET /rest/open')
      expectReached(asked, '/open')
      expect(asked.records).toEqual([])
      expect(asked.ran).toMatchObject([{ decision: undefined }])
      for (const target of [
        '/rest/open/',
        '/rest/open/../admin',
        '/rest/open%2f..%2fadmin',
        '/rest/open;/admin',
      ]) {
        const { ran } = await ask('plain', `GET ${target}`)
        expect(ran.filter(({ route }) => route.path !== '/open')).toEqual([])
      }
      expect((await ask('plain', 'DELETE /rest/open')).ran).toEqual([])
    },
  },
  {
    id: 'mode-report-only',
    name: 'MUST let everything through in report-only, and record what would have happened',
    reference: 'middleware: report-only',
    run: async ({ ask }) => {
      const denied = await ask('report-only', 'DELETE /rest/workers/me', 'profile')
      expectReached(denied, '/workers/me')
      expect(denied.ran).toMatchObject([{ decision: { allowed: false, outcome: 'would-deny', status: 403 } }])
      expect(denied.records).toEqual([denied.ran[0]?.decision])
      const anonymous = await ask('report-only', REQUEST)
      expect(anonymous.response.status).toBe(200)
      expect(anonymous.records).toMatchObject([{ outcome: 'would-deny', status: 401 }])
      expect((await ask('report-only', REQUEST, 'profile')).records).toMatchObject([{ outcome: 'allowed' }])
    },
  },
  {
    id: 'mode-audit',
    name: 'MUST report each judged request once, with reason and fingerprint',
    reference: 'middleware: onDecision',
    run: async ({ ask }) => {
      const { fingerprint } = policy
      const expected = [
        ['profile', 'granted', 'allowed', fingerprint],
        ['search', 'no-scope-covers-path', 'denied', fingerprint],
        [undefined, 'no-scopes', 'denied', undefined],
      ] as const
      for (const [token, reason, outcome, by] of expected) {
        const { records } = await ask('plain', `${REQUEST}?token=secret`, token)
        expect(records.map((record) => [record.outcome, record.fingerprint])).toEqual([[outcome, by]])
        expect(records[0]?.path).toBe('/rest/workers/me')
        if (reason !== 'no-scope-covers-path') expect(records[0]?.reason).toBe(reason)
      }
    },
  },
  {
    id: 'mode-changing-policy',
    name: 'MUST judge a request by the policy its own call of the function gave',
    reference: 'middleware: policy',
    run: async ({ ask }) => {
      let release = (): void => undefined
      changing.gate = new Promise<void>((resolve) => (release = resolve))
      const inside = new Promise<void>((resolve) => (changing.entered = resolve))
      changing.current = policy
      const slow = ask('changing', REQUEST, 'profile+slow')
      await inside
      changing.current = otherPolicy
      const during = await ask('changing', REQUEST, 'profile')
      expectDenied(during, 403)
      expect(during.response.headers['www-authenticate']).toContain('no scope allows this request')
      release()
      const { response } = await slow
      expect(response.status).toBe(200)
      expectDenied(await ask('changing', REQUEST, 'profile'), 403)
    },
  },
  {
    id: 'mode-alternating-policy',
    name: 'MUST judge each of many requests at once by exactly one policy',
    reference: 'middleware: policy',
    run: async ({ askAll }) => {
      const targets = Array.from({ length: 24 }, (_, index) => (index % 3 === 0 ? 'me' : 'you'))
      const lines = targets.map((name) => `GET /rest/workers/${name}`)
      const { records } = await askAll('alternating', lines, 'profile')
      expect(records).toHaveLength(targets.length)
      expect(new Set(records.map(({ fingerprint }) => fingerprint)).size).toBe(2)
      for (const { fingerprint, allowed, method, path, scopesThatWouldAllow } of records) {
        const by: DecidingPolicy = fingerprint === policy.fingerprint ? policy : otherPolicy
        const explained = by.explain(['profile'], method, path)
        expect(allowed).toBe(explained.allowed)
        expect(scopesThatWouldAllow).toEqual(allowed ? [] : explained.scopesThatWouldAllow)
      }
    },
  },
]
