/**
 * `includes`: a scope has the grants of those it names, however far, and is none of them.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { withIncluded } from '../../src/policy/includes.ts'

interface Fields {
  readonly includes?: readonly string[]
  readonly endpoints?: readonly string[]
}

function policy(scopes: Readonly<Record<string, Fields | string>>): Policy {
  const entries = Object.entries(scopes).map(([name, fields]) => [
    name,
    typeof fields === 'string' ? { label: name, endpoints: [fields] } : { label: name, ...fields },
  ])
  return loadPolicy(Object.fromEntries(entries) as object)
}

describe('a scope that includes others', () => {
  test('has their grants and its own', () => {
    const { scopesFor } = policy({ all: { includes: ['a', 'b'], endpoints: ['own'] }, a: 'x', b: 'y' })
    expect(scopesFor('GET', '/x')).toEqual(['a', 'all'])
    expect(scopesFor('GET', '/y')).toEqual(['b', 'all'])
    expect(scopesFor('GET', '/own')).toEqual(['all'])
  })

  test('gives nothing back', () => {
    const { authorize } = policy({ all: { includes: ['a'], endpoints: ['own'] }, a: 'x' })
    expect(authorize('a', 'GET', '/own')).toBe(false)
  })

  test('reaches along a chain', () => {
    const names = Array.from({ length: 50 }, (_, index) => `s${index}`)
    const chain = Object.fromEntries(
      names.map((name, index) => [
        name,
        { includes: index < 49 ? [`s${index + 1}`] : [], endpoints: [`p${index}`] },
      ]),
    )
    const { authorize } = policy(chain)
    expect(authorize('s0', 'GET', '/p49')).toBe(true)
    expect(authorize('s49', 'GET', '/p0')).toBe(false)
    expect(authorize('s25', 'GET', '/p25')).toBe(true)
  })

  test('reaches each scope of a diamond once', () => {
    const diamond = policy({
      top: { includes: ['left', 'right'] },
      left: { includes: ['bottom'] },
      right: { includes: ['bottom'] },
      bottom: 'x',
    })
    expect(diamond.explain('top', 'GET', '/x').grantedBy).toHaveLength(1)
    expect(diamond.scopesFor('GET', '/x')).toEqual(['top', 'left', 'right', 'bottom'])
  })

  test('may name scopes that stand before or after it, and one of them twice', () => {
    const { authorize } = policy({
      before: 'a',
      s: { includes: ['after', 'before', 'after'] },
      after: 'b',
    })
    expect(authorize('s', 'GET', '/a')).toBe(true)
    expect(authorize('s', 'GET', '/b')).toBe(true)
  })

  test('lists the names as written, each once, and not the endpoints of others', () => {
    const { scopes } = policy({ s: { includes: ['t', 't'], endpoints: ['own'] }, t: 'x' })
    expect(scopes.get('s')?.includes).toEqual(['t'])
    expect(scopes.get('s')?.endpoints.map(({ pattern }) => pattern)).toEqual(['own'])
  })

  test('may be named like something objects have', () => {
    const text = '__proto__: {label: x, endpoints: [a]}\nconstructor: {label: x, includes: [__proto__]}\n'
    expect(loadPolicy(text).authorize('constructor', 'GET', '/a')).toBe(true)
    expect(parsePolicy('s: {label: x, includes: [toString]}').policy).toBeNull()
  })

  test('of a chain of five thousand is loaded without recursion', () => {
    const chain = Array.from({ length: 5000 }, (_, index) =>
      index < 4999
        ? `s${index}: {label: x, endpoints: [], includes: [s${index + 1}]}\n`
        : `s${index}: {label: x, endpoints: [a]}\n`,
    ).join('')
    expect(() => parsePolicy(chain)).not.toThrow()
  })
})

describe('a circle', () => {
  const codes = (text: string): unknown => parsePolicy(text).diagnostics.map(({ code }) => code)

  test('of any length is an error', () => {
    for (const length of [1, 2, 3, 10]) {
      const text = Array.from(
        { length },
        (_, index) => `s${index}: {label: x, includes: [s${(index + 1) % length}]}\n`,
      ).join('')
      expect(codes(text)).toEqual(['include-cycle'])
    }
  })

  test('beside a way out is an error all the same', () => {
    expect(
      codes('a: {label: x, includes: [c, b]}\nb: {label: x, includes: [a]}\nc: {label: x, endpoints: [p]}\n'),
    ).toEqual(['include-cycle'])
  })

  test('names the scopes on it', () => {
    const { diagnostics } = parsePolicy('a: {label: x, includes: [b]}\nb: {label: x, includes: [a]}\n')
    expect(diagnostics[0]?.message).toMatch(/`a`.*`b`.*`a`|`b`.*`a`.*`b`/)
  })

  test('is none where two scopes include the same', () => {
    expect(
      codes('a: {label: x, includes: [c]}\nb: {label: x, includes: [c, a]}\nc: {label: x, endpoints: [p]}\n'),
    ).toEqual([])
  })
})

test('an unknown name is answered with the one that was probably meant', () => {
  const { diagnostics } = parsePolicy(
    's: {label: x, includes: [profil]}\nprofile: {label: x, endpoints: [a]}\n',
  )
  expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
    ['unknown-scope', 'did you mean `profile`?'],
  ])
})

test('a scope with all it includes is itself first, and everything reachable once', () => {
  const includes = new Map([
    ['a', { includes: ['b', 'c'] }],
    ['b', { includes: ['d'] }],
    ['c', { includes: ['d'] }],
    ['d', { includes: [] }],
  ])
  expect(withIncluded('a', includes)).toEqual(['a', 'b', 'c', 'd'])
  expect(withIncluded('d', includes)).toEqual(['d'])
  expect(withIncluded('unknown', includes)).toEqual(['unknown'])
})

test('a long chain of includes is refused by what is counted: scopes as well as endpoints', () => {
  const scopes = Array.from({ length: 2_500 }, (_, at): [string, object] => [
    `s${at}`,
    at === 0 ? { label: 'x', endpoints: ['a'] } : { label: 'x', includes: [`s${at - 1}`] },
  ])
  const { policy, diagnostics } = parsePolicy(Object.fromEntries(scopes))
  expect(policy).toBeNull()
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['limit-exceeded', 'with all that `includes` repeat there are more than 2,000,000 scopes and endpoints'],
  ])
})
