import { expect, test } from 'vitest'
import { verifiedScopes } from '../../src/enforce/verified-scopes.ts'

test.each([
  ['nothing', undefined, undefined],
  ['null', null, undefined],
  ['claims', { sub: '1', scope: 'a b' }, ['a', 'b']],
  ['`scp` alone', { scp: ['a'] }, ['a']],
  ['`scope` and `scp`, which are not merged', { scope: 'a', scp: ['b'] }, ['a']],
  ['a malformed `scope` before a `scp`', { scope: 7, scp: ['b'] }, []],
  ['a wrapper', { header: {}, payload: { scope: 'a' }, token: 't' }, ['a']],
  ['a wrapper of nothing', { header: {}, payload: undefined }, undefined],
  ['claims with a claim called `payload`', { iss: 'i', payload: { scope: 'api' } }, []],
  ['a string', 'api', []],
  ['a number', 7, []],
])('%s', (_title, left, scopes) => {
  expect(verifiedScopes(left)).toEqual(scopes)
})

test('a list of scopes that was handed out cannot be changed for the next request', () => {
  const scopes = verifiedScopes({ scope: 'a b' }) as string[]
  expect(() => scopes.push('admin')).toThrow(TypeError)
  expect(verifiedScopes({ scope: 'a b' })).toEqual(['a', 'b'])
})
