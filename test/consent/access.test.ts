import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consent } from '../../src/consent/index.ts'
import type { Access, AccessPaths, ConsentScope } from '../../src/consent/index.ts'
import { kindOf } from '../../src/consent/view/method-kinds.ts'
import { shownScopes } from '../../src/consent/view/shown-scopes.ts'
import { loadPolicy } from '../../src/index.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from '../properties/policy-of.ts'
import { referencePolicy, type ReferencePolicy } from '../reference/authorize.ts'
import { screenDocument } from './documents.ts'

/** What a reader of the screen makes of it, by the slow reference: nothing of `src` has a say. */
function asShown({ endpoints }: Access, paths: AccessPaths): ReferencePolicy {
  const { pathLength, ...options } = paths
  const shown = { label: 'x', endpoints: endpoints.map(({ pattern, methods }) => ({ [pattern]: methods })) }
  return referencePolicy({ $options: options, shown }, pathLength)
}

const accessIn = (endpoints: readonly unknown[], options: object = {}): Access => {
  const policy = loadPolicy({ $options: options, a: { label: 'x', endpoints } })
  return shownScopes(consent(policy, 'a'))[0]?.access as Access
}

describe('access', () => {
  test('is what authorize allows, request by request', () => {
    let granted = 0
    fc.assert(
      fc.property(screenDocument, recipes, ({ parts, document }, list) => {
        const policy = policyOf(document)
        const view = consent(policy, [...policy.scopes.keys()])
        const scopes = shownScopes(view).map((one): [ConsentScope, ReferencePolicy] => [
          one,
          asShown(one.access, view.paths),
        ])
        expect(scopes.map(([{ scope }]) => scope).sort()).toEqual([...policy.scopes.keys()].sort())
        for (const chosen of list) {
          const { method, path } = toRequest(parts, chosen)
          for (const [{ scope, access }, shown] of scopes) {
            const allowed = policy.authorize([scope], method, path)
            const request = JSON.stringify([scope, method, path])
            expect(shown.authorize(['shown'], method, path), request).toBe(allowed)
            if (!allowed) continue
            granted += 1
            expect(access[kindOf(method)], request).not.toBe('nothing')
          }
          for (const [{ scope, access }, shown] of scopes) {
            // The root and, with a base path, whatever is outside of it are no part of the whole.
            const tested = shown.testedPath(path)
            if (access.reads !== 'everything' || tested === undefined || tested === '') continue
            const reads = ['GET', 'HEAD', 'OPTIONS', 'PROPFIND'].some((one) =>
              policy.authorize([scope], one, path),
            )
            expect(reads, JSON.stringify([scope, path])).toBe(true)
          }
        }
      }),
      runs(300),
    )
    expect(granted).toBeGreaterThan(300)
  })

  test('counts included scopes, and leaves out what no request can match', () => {
    const policy = loadPolicy({
      a: { label: 'x', endpoints: [{ x: 'GET' }, { 'a/../b': 'DELETE' }] },
      b: { label: 'x', includes: ['a'], endpoints: [{ y: 'POST' }, { x: 'PUT' }] },
    })
    const [b] = shownScopes(consent(policy, 'b'))
    expect(b?.access).toEqual({
      reads: 'some',
      creates: 'some',
      changes: 'some',
      deletes: 'nothing',
      everything: false,
      endpoints: [
        { pattern: 'y', methods: ['POST'] },
        { pattern: 'x', methods: ['GET', 'PUT'] },
      ],
    })
  })

  test.each([
    [['*'], {}, 'everything'],
    [['/*'], {}, 'everything'],
    [['**'], { basePath: '/api' }, 'everything'],
    [['a*', '*b', '*c*'], {}, 'some'],
    [['?*', '*'], {}, 'everything'],
    [['*/*'], {}, 'some'],
    [['**'], { wildcard: 'segment' }, 'everything'],
    [['*'], { wildcard: 'segment' }, 'some'],
    [['[a-m]**', '[!a-m]**', '**'], { wildcard: 'segment' }, 'everything'],
    [['*', '*/**'], { wildcard: 'segment' }, 'everything'],
    [['**/*.json'], { wildcard: 'segment' }, 'some'],
  ] as const)('%j with %j is %s', (endpoints, options, extent) => {
    const access = accessIn(endpoints, options)
    expect([access.reads, access.creates, access.changes, access.deletes]).toEqual(Array(4).fill(extent))
    expect(access.everything).toBe(extent === 'everything')
  })

  test('full access is said only where all four kinds have no limit', () => {
    const access = accessIn([{ '*': ['GET', 'POST', 'PUT'] }, { 'a*': 'DELETE' }])
    expect(access).toMatchObject({
      reads: 'everything',
      creates: 'everything',
      changes: 'everything',
      deletes: 'some',
    })
    expect(access.everything).toBe(false)
  })
})

describe('risk', () => {
  const riskIn = (endpoints: readonly unknown[], risk?: string): string | undefined => {
    const policy = loadPolicy({ a: { label: 'x', endpoints, ...(risk && { risk }) } })
    return consent(policy, 'a').groups[0]?.items[0]?.risk
  }
  test.each([
    [[], undefined],
    [[{ a: 'GET' }], undefined],
    [[{ '*': 'GET' }], undefined],
    [[{ a: 'POST' }], undefined],
    [[{ a: 'PATCH' }], undefined],
    [[{ '*': 'POST' }], 'high'],
    [[{ 'a/1': 'DELETE' }], 'high'],
    [['a'], 'high'],
    [[{ a: 'LOCK' }], undefined],
  ] as const)('of %j is %s: methods never reassure', (endpoints, risk) => {
    expect(riskIn(endpoints)).toBe(risk)
  })

  test('is the one of the document where it gives one', () => {
    expect(riskIn(['*'], 'low')).toBe('low')
    expect(riskIn([{ a: 'GET' }], 'medium')).toBe('medium')
  })
})
