/** The names in a `scopes` argument, by themselves; what it may be at its worst is in `scopes-argument`. */
import { expect, test } from 'vitest'
import { scopeNames } from '../../src/decision/scope-names.ts'

test('a string is names between single spaces', () => {
  expect(scopeNames('a b')).toEqual(['a', 'b'])
  expect(scopeNames(' a  b')).toEqual(['', 'a', '', 'b'])
  expect(scopeNames('')).toEqual([''])
  expect(scopeNames('a\tb')).toEqual(['a\tb'])
})

test('an array is its own strings, in order and as often as they are there', () => {
  expect(scopeNames(['b', 'a', 'b'])).toEqual(['b', 'a', 'b'])
  expect(scopeNames([1, 'a', null, ['b'], new String('c'), undefined])).toEqual(['a'])
  expect(scopeNames([])).toEqual([])
  const inherited = Object.setPrototypeOf(new Array(2), Object.assign([], { 0: 'a' })) as unknown
  expect(scopeNames(inherited)).toEqual([])
  const sparse = new Array<string>(3)
  sparse[2] = 'a'
  expect(scopeNames(sparse)).toEqual(['a'])
})

test('a Set is its strings', () => {
  expect(scopeNames(new Set(['b', 'a']))).toEqual(['b', 'a'])
  expect(scopeNames(new Set([1, 'a', null, ['b']]))).toEqual(['a'])
  expect(scopeNames(new Set())).toEqual([])
})

test('anything else is no scopes at all', () => {
  for (const value of [
    undefined,
    null,
    1,
    true,
    Symbol('a'),
    () => 'a',
    {},
    { length: 1, 0: 'a' },
    new Map(),
    new String('a'),
  ]) {
    expect(scopeNames(value)).toBeNull()
  }
})

test('what throws when it is read is none, and no error', () => {
  const throwing = {
    get: (): never => {
      throw new Error('boom')
    },
  }
  expect(scopeNames(new Proxy(['a'], throwing))).toBeNull()
  expect(scopeNames(Object.defineProperty(['a'], 1, throwing))).toBeNull()
  const { proxy, revoke } = Proxy.revocable([], {})
  revoke()
  expect(scopeNames(proxy)).toBeNull()
})

test('an array of up to two million elements is gone through, a longer one is none', () => {
  const most = new Array<string>(2_000_000)
  most[0] = 'a'
  most[1_999_999] = 'b'
  expect(scopeNames(most)).toEqual(['a', 'b'])
  most.length += 1
  expect(scopeNames(most)).toBeNull()
})
