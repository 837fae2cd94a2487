/**
 * The normalised model: what it holds, and that nobody outside can change what a policy decides.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import type { Policy, Scope } from '../../src/index.ts'

const TEXT = `
$options: {head: as-get}
b:
  label: {en: Read, de: Lesen}
  description: Long
  group: {en: Files}
  risk: high
  optional: true
  includes: [a]
  endpoints:
    - /x/m%65/caf%c3%a9: [put, GET]
    - "*"
a:
  label: A
  endpoints: [y: POST]
`

function start(text: string): number {
  return TEXT.indexOf(text)
}

describe('the model', () => {
  const policy = loadPolicy(TEXT)

  test('has the scopes in document order, normalised', () => {
    expect([...policy.scopes]).toEqual([
      [
        'b',
        {
          name: 'b',
          label: { en: 'Read', de: 'Lesen' },
          description: 'Long',
          group: { en: 'Files' },
          risk: 'high',
          optional: true,
          includes: ['a'],
          endpoints: [
            {
              pattern: 'x/me/caf%C3%A9',
              methods: ['GET', 'HEAD', 'PUT'],
              span: { start: start('/x/m%65'), end: start(': [put') },
            },
            {
              pattern: '*',
              methods: ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'],
              span: { start: start('"*"'), end: start('"*"') + 3 },
            },
          ],
        },
      ],
      [
        'a',
        {
          name: 'a',
          label: 'A',
          optional: false,
          includes: [],
          endpoints: [
            { pattern: 'y', methods: ['POST'], span: { start: start('y: POST'), end: start('y: POST') + 1 } },
          ],
        },
      ],
    ])
  })

  test('keeps languages in document order', () => {
    expect(Object.keys(policy.scopes.get('b')?.label ?? {})).toEqual(['en', 'de'])
  })

  test('is a map to read, in every way a map is read', () => {
    const { scopes } = policy
    expect(scopes.size).toBe(2)
    expect(scopes.has('a')).toBe(true)
    expect(scopes.has('toString')).toBe(false)
    expect(scopes.get('c')).toBeUndefined()
    expect([...scopes.keys()]).toEqual(['b', 'a'])
    expect([...scopes.values()].map(({ name }) => name)).toEqual(['b', 'a'])
    expect([...scopes.entries()].map(([name]) => name)).toEqual(['b', 'a'])
    expect([...scopes].map(([name]) => name)).toEqual(['b', 'a'])
    const seen: string[] = []
    const receiver = {}
    scopes.forEach(function (this: unknown, scope: Scope, name, map) {
      expect(this).toBe(receiver)
      expect(map).toBe(scopes)
      seen.push(`${name}=${scope.name}`)
    }, receiver)
    expect(seen).toEqual(['b=b', 'a=a'])
    expect(new Map(scopes).size).toBe(2)
  })
})

/** Tries to write to everything that can be reached by name, and says what could be written. */
function tamper(value: unknown, path: string, seen = new Set<unknown>()): string[] {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
    return []
  seen.add(value)
  const written: string[] = []
  const object = value as Record<string, unknown>
  for (const key of Object.getOwnPropertyNames(object)) {
    const before = Object.getOwnPropertyDescriptor(object, key)
    if (before === undefined || !('value' in before)) continue
    if (typeof value === 'function' && ['name', 'length', 'prototype'].includes(key)) continue
    // A length that is no number throws, written or not.
    if (Array.isArray(value) && key === 'length' && !Object.isFrozen(value)) continue
    if (Reflect.set(object, key, 'tampered') || Reflect.deleteProperty(object, key))
      written.push(`${path}.${key}`)
    written.push(...tamper(before.value, `${path}.${key}`, seen))
  }
  if (typeof value !== 'function' && Reflect.set(object, 'extra', 1)) written.push(`${path}.extra`)
  return written
}

function decisions(policy: Policy): unknown {
  return [
    policy.authorize('a', 'POST', '/y'),
    policy.authorize('a', 'GET', '/y'),
    policy.authorize('b', 'GET', '/z'),
    policy.authorize('c', 'GET', '/z'),
    policy.methodsFor('b', '/x/me/caf%C3%A9'),
    policy.scopesFor('POST', '/y'),
    policy.fingerprint,
    JSON.stringify(policy),
    policy.explain('b', 'GET', '/x/me/caf%C3%A9'),
  ]
}

describe('a policy', () => {
  test('is frozen, with everything in it that is handed out', () => {
    const policy = loadPolicy(TEXT)
    const before = decisions(policy)
    expect(tamper(policy, 'policy')).toEqual([])
    for (const scope of policy.scopes.values()) expect(tamper(scope, 'scope')).toEqual([])
    for (const [name, scope] of policy.scopes) expect(tamper(scope, name)).toEqual([])
    expect(tamper(policy.grant(['a']), 'grant')).toEqual([])
    expect(decisions(policy)).toEqual(before)
  })

  test('has nothing behind symbols that could be changed, either', () => {
    const policy = loadPolicy(TEXT)
    const before = decisions(policy)
    const hidden: Record<symbol, unknown> = policy as never
    for (const key of Object.getOwnPropertySymbols(policy)) tamper(hidden[key], String(key))
    expect(decisions(policy)).toEqual(before)
  })

  test('has no way to its map but reading', () => {
    const { scopes } = loadPolicy(TEXT)
    const map = scopes as unknown as Map<string, Scope>
    expect(map).not.toBeInstanceOf(Map)
    for (const method of ['set', 'delete', 'clear']) expect(method in map).toBe(false)
    expect(() => {
      Map.prototype.clear.call(map)
    }).toThrow(TypeError)
    expect(() => Map.prototype.set.call(map, 'c', map.get('a'))).toThrow(TypeError)
    expect(scopes.size).toBe(2)
  })

  test('hands out what the caller may change without changing the policy', () => {
    const policy = loadPolicy(TEXT)
    const before = decisions(policy)
    for (const list of [policy.scopesFor('GET', '/x'), policy.methodsFor('b', '/x')] as string[][]) {
      list.push('tampered')
      list.length = 0
    }
    const explained = policy.explain('b', 'GET', '/x/me/caf%C3%A9') as unknown as Record<string, unknown[]>
    for (const value of Object.values(explained)) if (Array.isArray(value)) value.length = 0
    const json = policy.toJSON() as Record<string, { endpoints?: unknown[]; label?: Record<string, string> }>
    json['b']?.endpoints?.pop()
    if (json['b']?.label !== undefined) json['b'].label['en'] = 'tampered'
    json['a'] = {}
    for (const pair of policy.scopes) (pair as unknown[]).length = 0
    expect(decisions(policy)).toEqual(before)
  })

  test('does not change when the text it was read from is long gone, nor two policies each other', () => {
    const one = loadPolicy('s: {label: x, endpoints: [a]}')
    const two = loadPolicy('s: {label: x, endpoints: [b]}')
    expect(one.authorize('s', 'GET', '/a')).toBe(true)
    expect(two.authorize('s', 'GET', '/a')).toBe(false)
    expect(one.authorize('s', 'GET', '/b')).toBe(false)
  })
})
