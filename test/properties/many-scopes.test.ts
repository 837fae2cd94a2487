/**
 * Large policies against the reference: many scopes, long patterns, tokens with more names than the policy
 * has, more methods than a word has bits, and one scope with thousands of endpoints.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toDocument } from '../arbitrary/document.ts'
import { largeDocument } from '../arbitrary/large-document.ts'
import { REGISTERED_METHODS } from '../arbitrary/method.ts'
import { recipe, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainDocument, PlainEndpoint } from '../reference/document.ts'
import { policyOf } from './policy-of.ts'

const requests = fc.array(recipe, { minLength: 20, maxLength: 40, size: 'max' })

test('every scope of a large policy, and every token, decides as the reference does', () => {
  fc.assert(
    fc.property(largeDocument, requests, fc.infiniteStream(fc.nat()), (parts, list, numbers) => {
      const document = toDocument(parts)
      const policy = policyOf(document)
      const reference = referencePolicy(document)
      const names = reference.scopes
      const any = (): string => names[numbers.next().value % names.length] ?? ''
      const grants = names.map((name) => policy.grant([name]))
      for (const chosen of list) {
        const { method, path } = toRequest(parts, chosen)
        const tested = reference.testedPath(path)
        const expected = (token: readonly string[]): boolean =>
          tested !== undefined && reference.allows(token, method, tested)
        const alone = names.filter((name) => expected([name]))
        const request = `${method} ${JSON.stringify(path)}`
        expect(
          names.filter((_, index) => grants[index]?.authorize(method, path)),
          request,
        ).toEqual(alone)
        expect([...policy.scopesFor(method, path)].sort(), request).toEqual(alone.sort())
        const few = [any(), any(), any()]
        const many = Array.from({ length: 30 }, () => [any(), 'unknown', `x${any()}`]).flat()
        for (const token of [few, many, names]) {
          expect(policy.authorize(token, method, path), `${token.join(' ')} ${request}`).toBe(expected(token))
        }
      }
    }),
    runs(20),
  )
})

test('more methods than a word has bits are told apart', () => {
  const endpointOf = (method: string, index: number): PlainEndpoint => ({ [`a${index % 5}/*`]: method })
  const document = Object.fromEntries([
    ['all', { label: 'all', endpoints: REGISTERED_METHODS.map(endpointOf) }],
    ...REGISTERED_METHODS.map((method, index) => [
      method,
      { label: method, endpoints: [endpointOf(method, index)] },
    ]),
  ]) as PlainDocument
  const policy = policyOf(document)
  const reference = referencePolicy(document)
  for (const path of ['/a0/x', '/a1/x', '/a4/x', '/a5/x']) {
    for (const method of [...REGISTERED_METHODS, 'QUERY', 'UNKNOWN', '']) {
      const expected = reference.scopes.filter((scope) => reference.authorize([scope], method, path))
      const actual = reference.scopes.filter((scope) => policy.authorize([scope], method, path))
      expect(actual, `${method} ${path}`).toEqual(expected)
    }
    const allowed = REGISTERED_METHODS.filter((method) => reference.authorize(['all'], method, path))
    expect(policy.methodsFor('all', path)).toEqual(allowed.sort())
  }
})

test.each(['any', 'segment'] as const)(
  'thousands of endpoints in one scope, with wildcard: %s',
  (wildcard) => {
    const size = wildcard === 'any' ? 6000 : 1500
    const text = (index: number, star: string): string =>
      `collection-${index % 7}/${star}/part-${(index * 31) % 97}/${index % 3 === 0 ? star : 'fixed'}/item-${index}`
    const endpoints = Array.from({ length: size }, (_, index) => ({
      [text(index, '*')]: index % 2 === 0 ? 'GET' : 'PUT',
    }))
    const document = { $options: { wildcard }, s: { label: 's', endpoints } }
    const { authorize } = policyOf(document).grant(['s'])
    for (let index = 0; index < size; index += 11) {
      const [own, other] = index % 2 === 0 ? ['GET', 'PUT'] : ['PUT', 'GET']
      const path = `/${text(index, 'x')}`
      expect(authorize(own, path), path).toBe(true)
      expect(authorize(other, path), path).toBe(false)
      expect(authorize(own, `${path}0000`), path).toBe(false)
      expect(authorize(own, path.slice(0, -1).concat('x')), path).toBe(false)
      expect(authorize(own, path.replace('/x/', '/x/y/')), path).toBe(wildcard === 'any')
      expect(authorize(own, path.replace('part', 'Part')), path).toBe(false)
    }
  },
)
