/** A policy cannot be changed from outside, neither by what it gives away nor by what it was made of. */
import { describe, expect, test } from 'vitest'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { loadPolicy } from '../../src/index.ts'
import type { ParseOptions, Policy } from '../../src/index.ts'
import { DOCUMENTS, PATHS } from './subjects.ts'

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'TRACE']
const SCOPES = ['narrow', 'wide', 's1', 'added', '0']

type Asked = Pick<Policy, 'authorize' | 'explain' | 'scopesFor' | 'methodsFor' | 'grant'>

/** Everything that a policy says, line by line. */
function said(policy: Asked & { readonly toJSON?: () => unknown }): readonly string[] {
  const answers = SCOPES.flatMap((scope) =>
    PATHS.flatMap((path) =>
      METHODS.map((method) => [
        policy.authorize([scope], method, path),
        policy.explain([scope], method, path),
        policy.scopesFor(method, path),
        policy.methodsFor([scope], path),
        policy.grant([scope]).scopes,
      ]),
    ),
  )
  return [...answers, policy.toJSON?.()].map((answer) => JSON.stringify(answer))
}

/** Everything that can be reached from a value by members of any name, and the values of maps. */
function reachable(root: unknown): readonly object[] {
  const found = new Set<object>()
  const visit = (value: unknown): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || found.has(value))
      return
    found.add(value)
    if (ArrayBuffer.isView(value) || typeof value === 'function') return
    for (const name of Reflect.ownKeys(value)) visit(Reflect.get(value, name))
    if ('size' in value && 'values' in value)
      for (const part of (value as Map<unknown, unknown>).values()) visit(part)
  }
  visit(root)
  return [...found]
}

/** Does everything to an object that could change it. */
function vandalise(target: object): void {
  for (const name of [...Reflect.ownKeys(target), 'added', '0', 'length', 'get', 'set', 'clear']) {
    for (const value of [true, ['*'], () => true, 'wide', 0]) {
      attempt(() => Reflect.set(target, name, value))
      attempt(() => Reflect.defineProperty(target, name, { value }))
    }
    Reflect.deleteProperty(target, name)
  }
  Reflect.setPrototypeOf(target, { allowed: true, has: () => true, get: () => ({ endpoints: ['*'] }) })
  if (Array.isArray(target))
    for (const change of ['push', 'reverse', 'splice', 'fill'] as const)
      attempt(() => (target as unknown as Record<string, (item: string) => unknown>)[change]?.('*'))
  if (target instanceof Map || target instanceof Set)
    attempt(() => {
      target.clear()
    })
  if (ArrayBuffer.isView(target)) attempt(() => (target as Uint8Array).fill(1))
}

function attempt(change: () => unknown): void {
  try {
    change()
  } catch (error) {
    // A length of an array that is none is a RangeError.
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true)
  }
}

describe.each(Object.entries(DOCUMENTS))('a policy: %s', (_, document) => {
  const text = JSON.stringify(document)

  test('is frozen, and so is everything in it that is no function', () => {
    const policy = loadPolicy(text)
    const open = reachable({ ...policy, fingerprint: policy.fingerprint }).filter(
      (value) => typeof value !== 'function' && !Object.isFrozen(value),
    )
    // The one object that is not frozen is the copy that was made here.
    expect(open).toHaveLength(1)
    expect(Object.isFrozen(policy)).toBe(true)
    expect(reachable(policy.scopes).length).toBeGreaterThan(10)
  })

  test('says the same after everything that it gives away was vandalised', () => {
    const policy = loadPolicy(text)
    const before = said(policy)
    const names = [...policy.scopes.keys()]
    const given: unknown[] = [
      policy,
      policy.scopes,
      policy.toJSON(),
      policy.minimalScopes([]),
      toCompiled(policy),
    ]
    for (const symbol of Object.getOwnPropertySymbols(policy)) given.push(Reflect.get(policy, symbol))
    for (const name of names) {
      const grant = policy.grant([name])
      given.push(grant, policy.scopes.get(name))
      for (const path of PATHS) {
        given.push(
          policy.explain(names, 'GET', path),
          policy.scopesFor('GET', path),
          policy.methodsFor(names, path),
        )
      }
    }
    given.push([...policy.scopes.entries()], [...policy.scopes.keys()], [...policy.scopes.values()])
    policy.scopes.forEach((scope, name, map) => given.push(scope, name, map))
    const changed = given.flatMap(reachable)
    for (const value of changed) vandalise(value)
    expect(changed.length).toBeGreaterThan(100)
    expect(said(policy)).toEqual(before)
    expect(policy.fingerprint).toBe(loadPolicy(text).fingerprint)
  })

  test('that was compiled says the same after all this', () => {
    const data = toCompiled(loadPolicy(text))
    const policy = fromCompiled(data)
    const before = said(policy)
    for (const value of [data, policy, policy.scopes, policy.grant(['wide'])].flatMap(reachable))
      vandalise(value)
    expect(Object.isFrozen(policy)).toBe(true)
    expect(Object.isFrozen(policy.scopes)).toBe(true)
    expect(said(policy)).toEqual(before)
  })

  test('keeps nothing of the object and the options that it was made of', () => {
    const source = JSON.parse(text) as object
    const options: ParseOptions = {
      extensions: ['json'],
      methods: ['GET', 'PUT'],
      limits: { pathLength: 100 },
    }
    const policy = loadPolicy(source, options)
    const before = said(policy)
    for (const value of [...reachable(source), ...reachable(options)]) vandalise(value)
    expect(said(policy)).toEqual(before)
    expect(policy.explain(['wide'], 'GET', `/${'a'.repeat(100)}`).refusal).toBe('too-long')
  })

  test('keeps nothing of the bytes that it was read from', () => {
    const bytes = new TextEncoder().encode(text)
    const policy = loadPolicy(bytes)
    const before = said(policy)
    bytes.fill(0x20)
    expect(said(policy)).toEqual(before)
  })

  test('keeps nothing of arguments that change later', () => {
    const policy = loadPolicy(text)
    const list = ['narrow']
    const set = new Set(['narrow'])
    const grants = [policy.grant(list), policy.grant(set)]
    list[0] = 'wide'
    set.clear()
    set.add('wide')
    for (const grant of grants) {
      expect(grant.scopes).toEqual(['narrow'])
      expect(grant.authorize('GET', '/workers/me')).toBe(true)
      expect(grant.authorize('POST', '/workers/me')).toBe(false)
    }
    expect(policy.authorize(list, 'POST', '/workers/me')).toBe(
      policy.authorize(['wide'], 'POST', '/workers/me'),
    )
  })
})
