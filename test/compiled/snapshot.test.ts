/**
 * What a server does in one piece when a policy is handed to it by another thread does not grow with the policy:
 * the number of values that it receives, and what it looks at to open them.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openRows, openStrings, packRows, packStrings } from '../../src/compiled/packed-strings.ts'
import { buffersOf, openSnapshot, type PolicySnapshot, toSnapshot } from '../../src/compiled/snapshot.ts'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import { read } from '../../src/serve/load-policy.ts'
import { transferred } from './forms.ts'

const SHAPES: readonly (readonly [name: string, document: (scopes: number) => string])[] = [
  ['scopes with one endpoint each', (scopes) => policyOf(scopes, 1, (scope) => `area-${scope}/*`)],
  ['one scope', (endpoints) => policyOf(1, endpoints, (_, at) => `items-${at}/*`)],
  ['runs between stars', (scopes) => policyOf(scopes, 2, (scope, at) => `a/*/b-${scope}-${at}/*`)],
  [
    'automata',
    (scopes) =>
      `$options: { wildcard: segment }\n${policyOf(scopes, 2, (scope, at) => `a/${scope}-${at}/*`)}`,
  ],
  [
    'aliases',
    (scopes) =>
      policyOf(
        scopes,
        1,
        (scope) => `a/${scope}`,
        (scope) => `  aliases: [old-${scope}]`,
      ),
  ],
  [
    'names that clients ask for',
    (scopes) =>
      policyOf(
        scopes,
        1,
        (scope) => `a/${scope}`,
        (scope) => `  requestAs: https://api.example/${scope}`,
      ),
  ],
  [
    'deprecated scopes',
    (scopes) =>
      `other: { label: O, endpoints: [other] }\n${policyOf(
        scopes,
        1,
        (scope) => `a/${scope}`,
        () => '  deprecated: { use: [other] }',
      )}`,
  ],
  [
    'scopes that include a member of a combination',
    (scopes) =>
      `one: { label: O, endpoints: [one] }\n"one scope-0": { endpoints: [both] }\n${policyOf(
        scopes,
        1,
        (scope) => `a/${scope}`,
        () => '  includes: [one]',
      )}`,
  ],
  [
    'names and a baseline',
    (scopes) =>
      `$baseline: { endpoints: [open: GET] }\n${policyOf(
        scopes,
        1,
        (scope) => `a/${scope}`,
        () => '  tools: [echo]',
      )}`,
  ],
]

function policyOf(
  scopes: number,
  endpoints: number,
  pattern: (scope: number, at: number) => string,
  more?: (scope: number) => string,
): string {
  return Array.from({ length: scopes }, (_, scope) =>
    [
      `scope-${scope}:`,
      '  label: Read',
      ...(more === undefined ? [] : [more(scope)]),
      '  endpoints:',
      ...Array.from({ length: endpoints }, (_, at) => `    - ${pattern(scope, at)}: GET`),
    ].join('\n'),
  ).join('\n')
}

/** Values of a structured clone; an array of numbers is one, since it is moved or copied in one piece. */
function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return 1
  return Object.values(value).reduce<number>((sum, one) => sum + countValues(one), 1)
}

/** The same snapshot, whose arrays count what is read of them but their lengths. */
function counting<T>(value: T, count: () => void): T {
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) {
    return new Proxy(value, {
      get: (target, key) => {
        if (key !== 'length') count()
        const member: unknown = Reflect.get(target, key, target)
        return typeof member === 'function' ? (member.bind(target) as unknown) : member
      },
    })
  }
  if (Array.isArray(value)) return value.map((one: unknown) => counting(one, count)) as T
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, counting<unknown>(one, count)]),
  ) as T
}

describe.each(SHAPES)('%s', (_, document) => {
  const snapshots = [50, 2_000].map((size) => toSnapshot(loadPolicy(document(size))))
  const [small, large] = snapshots as [PolicySnapshot, PolicySnapshot]

  test('a larger policy is handed over as equally many values', () => {
    expect(countValues(large)).toBe(countValues(small))
  })

  test('all of its arrays change hands', () => {
    const moved = new Set(buffersOf(large))
    const missing: string[] = []
    JSON.stringify(large, (name, value: unknown) => {
      if (ArrayBuffer.isView(value) && !moved.has(value.buffer as ArrayBuffer)) missing.push(name)
      return ArrayBuffer.isView(value) ? null : value
    })
    expect(missing).toEqual([])
  })

  test('a larger policy is opened by as many reads', () => {
    const reads = [small, large].map((snapshot) => {
      let count = 0
      openSnapshot(counting(snapshot, () => (count += 1)))
      return count
    })
    expect(reads[1]).toBe(reads[0])
  })
})

test('a valid document is handed over without its warnings', () => {
  // Names that other readers take for numbers.
  const lines = Array.from({ length: 300 }, (_, at) => `${at + 1}: { label: S, endpoints: [a: GET] }`)
  const content = new TextEncoder().encode(lines.join('\n'))
  expect(parsePolicy(content).diagnostics.length).toBeGreaterThanOrEqual(300)
  const { snapshot, diagnostics } = read({ content, options: {}, firstErrorOnly: false })
  expect([snapshot === null, diagnostics]).toEqual([false, []])
})

test('of a document with many errors the first is handed over', () => {
  const content = new TextEncoder().encode(
    Array.from({ length: 300 }, (_, at) => `s${at}: { endpoints: [a: NOPE] }`).join('\n'),
  )
  const all = read({ content, options: {}, firstErrorOnly: false }).diagnostics
  expect(all.length).toBeGreaterThan(300)
  expect(read({ content, options: {}, firstErrorOnly: true }).diagnostics).toEqual([
    all.find(({ severity }) => severity === 'error'),
  ])
})

test('names are found as a map finds them', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '_', '0', '\u{1f600}'), maxLength: 4 })
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 40 }), fc.array(name), (names, asked) => {
      const entries = names.map((one, index) => [one, index * 3] as const)
      const map = new Map(entries)
      const rows = openRows(packRows(entries))
      for (const one of [...names, ...asked, '__proto__', 'constructor', ''])
        expect([one, rows.get(one), rows.has(one)]).toEqual([one, map.get(one), map.has(one)])
      const strings = openStrings(packStrings(names))
      expect(Array.from({ length: strings.length + 1 }, (_, index) => strings.at(index))).toEqual([
        ...names,
        undefined,
      ])
      expect(strings.at(-1)).toBeUndefined()
    }),
  )
})

test('a token holds no row by the key of a combination or of the baseline, and aliases as before', () => {
  const opened = transferred(
    loadPolicy(`$baseline: { endpoints: [open: GET] }
read: { label: R, aliases: [old], endpoints: [r: GET] }
write: { label: W, endpoints: [w: PUT] }
`),
  )
  expect(opened.scopes).toEqual(['read', 'write'])
  for (const key of ['$baseline', 'read write', 'read,write', '']) {
    expect([key, opened.authorize([key], 'GET', '/r'), opened.grant([key]).scopes]).toEqual([key, false, []])
  }
  expect(opened.authorize(['old'], 'GET', '/r')).toBe(true)
  expect(opened.authorize([], 'GET', '/open')).toBe(true)
  expect(opened.authorize([7] as unknown as string[], 'GET', '/r')).toBe(false)
})
