/** Scopes of a new policy that are one of the old policy under another name. */
import { expect, test } from 'vitest'
import { policyData } from '../../src/analysis/policy-data.ts'
import { renamesOf } from '../../src/analysis/renames.ts'
import { loadPolicy } from '../../src/index.ts'

type Scopes = Readonly<Record<string, object>>

function renames(before: Scopes, after: Scopes): readonly (readonly [string, string])[] {
  const [old, young] = [before, after].map((scopes) =>
    policyData(
      loadPolicy(
        Object.fromEntries(
          Object.entries(scopes).map(([name, fields]) => [name, { label: 'x', endpoints: ['a'], ...fields }]),
        ),
      ),
    ),
  )
  if (old === undefined || young === undefined) throw new Error('two policies')
  return [...renamesOf(old, young)]
}

test('a new scope with the old name among its aliases', () => {
  expect(renames({ old: {} }, { new: { aliases: ['old'] } })).toEqual([['new', 'old']])
  expect(renames({ old: {} }, { new: { aliases: ['other', 'old'] } })).toEqual([['new', 'old']])
  expect(renames({ old: {} }, { new: {} })).toEqual([])
  expect(renames({ old: {} }, { new: { aliases: ['other'] } })).toEqual([])
})

test('the only one in favor of which the old scope is deprecated', () => {
  const deprecated = (...use: readonly string[]): object => ({ deprecated: { use } })
  expect(renames({ old: {} }, { old: deprecated('new'), new: {} })).toEqual([['new', 'old']])
  expect(renames({ old: {} }, { old: deprecated('new', 'more'), new: {}, more: {} })).toEqual([])
  expect(renames({ old: {} }, { old: deprecated(), new: {} })).toEqual([])
  expect(renames({ old: {} }, { old: {}, new: {} })).toEqual([])
  expect(renames({ old: {} }, { new: {} })).toEqual([])
})

test('a name that the old policy knows is not new', () => {
  expect(renames({ old: {}, new: {} }, { new: { aliases: ['old'] } })).toEqual([])
  expect(renames({ old: { aliases: ['new'] } }, { new: { aliases: ['old'] } })).toEqual([])
  const young = { old: { deprecated: { use: ['new'] } }, new: {} }
  expect(renames({ old: {}, new: {} }, young)).toEqual([])
  expect(renames({ old: { aliases: ['new'] } }, young)).toEqual([])
})

test('each old name is taken once, and each new one', () => {
  expect(renames({ a: {}, b: {} }, { c: { aliases: ['a', 'b'] } })).toEqual([['c', 'a']])
  const use = (name: string): object => ({ deprecated: { use: [name] } })
  expect(renames({ a: {}, b: {} }, { a: use('c'), b: use('c'), c: {} })).toEqual([['c', 'a']])
  expect(renames({ a: {}, b: {} }, { b: use('c'), c: { aliases: ['a'] } })).toEqual([['c', 'a']])
})
