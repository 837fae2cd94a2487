/** Values that somebody else made are read without their prototypes and getters. */
import { expect, test } from 'vitest'
import { entriesOf, isPlainObject, itemsOf, own, stringOf } from '../../src/openapi/read/plain-object.ts'

const getter = { enumerable: true, get: () => 'got' }

test.each([
  [{}, true],
  [Object.create(null) as object, true],
  [[], false],
  [null, false],
  [undefined, false],
  ['text', false],
  [() => 0, false],
])('isPlainObject(%j) is %s', (value, expected) => {
  expect(isPlainObject(value)).toBe(expected)
})

test('own reads enumerable data properties of the object itself', () => {
  const thing: object = Object.defineProperties(Object.create({ inherited: 1 }) as object, {
    shown: { enumerable: true, value: 2 },
    hidden: { enumerable: false, value: 3 },
    got: getter,
  })
  expect(['shown', 'hidden', 'got', 'inherited', 'toString'].map((key) => own(thing, key))).toEqual([
    2,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(own(['a'], '0')).toBe('a')
  expect([own(undefined, 'x'), own(null, 'x'), own('text', '0'), own('text', 'length')]).toEqual(
    Array(4).fill(undefined),
  )
})

test('entriesOf lists what own reads, in order; of a list nothing', () => {
  const thing = Object.defineProperties({ b: 1, a: undefined, c: null }, { d: getter })
  expect(entriesOf(thing)).toEqual([
    ['b', 1],
    ['c', null],
  ])
  expect([entriesOf(['a']), entriesOf('a'), entriesOf(undefined)]).toEqual([[], [], []])
})

test('itemsOf lists the elements of a list without holes and getters; of an object nothing', () => {
  const list = Object.defineProperty(['a', null, undefined, 'b'], 4, getter)
  list.length = 7
  expect(itemsOf(list)).toEqual(['a', null, 'b'])
  expect([itemsOf({ 0: 'a' }), itemsOf('a'), itemsOf(undefined)]).toEqual([[], [], []])
})

test('stringOf is undefined for anything but a string', () => {
  expect([stringOf(''), stringOf('a'), stringOf(5), stringOf(['a'])]).toEqual(['', 'a', undefined, undefined])
})
