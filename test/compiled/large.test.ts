/** Tables whose numbers do not fit into sixteen bits, compiled and opened again. */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { compiledForms, decoded } from './forms.ts'

describe('a compiled policy', () => {
  test('with one tree that needs offsets of thirty-two bits', async () => {
    const patternOf = (index: number): string => `${index % 10}/${'long-name/'.repeat(4)}${index}*${index}`
    const endpoints = Array.from({ length: 5000 }, (_, index) => patternOf(index))
    const policy = loadPolicy({ s: { label: 's', endpoints } })
    for (const [form, compiled] of await compiledForms(policy)) {
      const { authorize } = compiled.grant(['s'])
      for (const index of [0, 1, 9, 10, 4321, 4999]) {
        const path = `/${patternOf(index).replace('*', '--')}`
        expect([authorize('GET', path), authorize('GET', `${path}!`)], form).toEqual([true, false])
      }
    }
  })

  test('with more runs between stars than sixteen bits can number', () => {
    const count = 0x10001
    const endpoints = Array.from({ length: count }, (_, index) => `k${index}*r${index}r*z`)
    const policy = loadPolicy({ s: { label: 's', endpoints } })
    const { authorize } = decoded(policy).grant(['s'])
    for (const index of [0, 1, count - 1]) {
      for (const other of [0, 1, count - 1]) {
        expect(authorize('GET', `/k${index}-r${other}r-z`), `${index} ${other}`).toBe(index === other)
      }
    }
  })

  test('with scopes that have nothing', async () => {
    const policy = loadPolicy({
      openid: { label: 'o', endpoints: [] },
      dead: { label: 'd', endpoints: ['a b'] },
    })
    for (const [, compiled] of await compiledForms(policy)) {
      expect(compiled.scopes).toEqual(['openid', 'dead'])
      expect(compiled.explain('openid dead', 'GET', '/a')).toEqual(policy.explain('openid dead', 'GET', '/a'))
    }
  })

  test('with `wildcard: segment` and no automaton', async () => {
    const policy = loadPolicy({ s: { label: 's', endpoints: ['/'] } }, { wildcard: 'segment' })
    for (const [, compiled] of await compiledForms(policy)) {
      expect([compiled.authorize('s', 'GET', '/'), compiled.authorize('s', 'GET', '/a')]).toEqual([
        true,
        false,
      ])
      expect(compiled.explain('s', 'GET', '/').grantedBy).toEqual([{ scope: 's', endpoint: '/' }])
    }
  })
})
