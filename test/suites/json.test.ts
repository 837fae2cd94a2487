/**
 * The JSON test suite through the loader. JSON is YAML, so a policy in JSON must read as the object that
 * `JSON.parse` makes of it: as a field that is ignored, as a label, as an endpoint, and as the document.
 */
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import type { PolicySource } from '../../src/index.ts'
import { type JsonCase, suite } from './data.ts'
import { JSON_LOADED, JSON_READ_OTHERWISE, JSON_REFUSED, namesOf } from './known.ts'

const { cases, missing } = suite<JsonCase>('json-test-suite')

/** Where a value can be in a policy, as the text around it and as an object with it. */
const PLACES: readonly (readonly [before: string, after: string, of: (value: unknown) => unknown])[] = [
  ['', '', (value) => value],
  [
    '{"s":{"label":"x","endpoints":["a"],"x-data":',
    '}}',
    (value) => ({ s: { label: 'x', endpoints: ['a'], 'x-data': value } }),
  ],
  ['{"s":{"label":', ',"endpoints":["a"]}}', (value) => ({ s: { label: value, endpoints: ['a'] } })],
  ['{"s":{"label":"x","endpoints":', '}}', (value) => ({ s: { label: 'x', endpoints: value } })],
  ['{"s":{"label":"x","endpoints":[', ']}}', (value) => ({ s: { label: 'x', endpoints: [value] } })],
  [
    '{"$options":',
    ',"s":{"label":"x","endpoints":["a"]}}',
    (value) => ({
      $options: value,
      s: { label: 'x', endpoints: ['a'] },
    }),
  ],
]
const IGNORED = 1

const bytesOf = ({ base64 }: JsonCase): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'))

function around(bytes: Uint8Array, before: string, after: string): Uint8Array {
  return Uint8Array.from(Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]))
}

function loads(bytes: Uint8Array): boolean {
  const { policy, diagnostics } = parsePolicy(bytes)
  expect(policy === null).toBe(diagnostics.some(({ severity }) => severity === 'error'))
  return policy !== null
}

const ignored = (one: JsonCase): Uint8Array =>
  around(bytesOf(one), PLACES[IGNORED]?.[0] ?? '', PLACES[IGNORED]?.[1] ?? '')

/** The policy that a source says, as text; null where it is refused. */
function meaning(source: unknown): string | null {
  const { policy } = parsePolicy(source as PolicySource)
  return policy && JSON.stringify([policy, policy.fingerprint])
}

describe('the JSON test suite', () => {
  test('is here', ({ skip }) => {
    skip(missing !== undefined, missing)
    for (const expected of ['accept', 'reject', 'either'] as const) {
      expect(cases.filter((one) => one.expect === expected).length).toBeGreaterThan(20)
    }
  })

  test.for(cases)('$name: loads or is refused, wherever it stands', (one) => {
    for (const [before, after] of PLACES) loads(around(bytesOf(one), before, after))
  })

  test('what is JSON loads', ({ skip }) => {
    skip(missing !== undefined, missing)
    const refused = cases.filter((one) => one.expect === 'accept' && !loads(ignored(one)))
    expect(refused.map(({ name }) => name).sort()).toEqual(namesOf(JSON_REFUSED))
  })

  test('what is no JSON is refused, or is YAML', ({ skip }) => {
    skip(missing !== undefined, missing)
    const loaded = cases.filter((one) => one.expect === 'reject' && loads(ignored(one)))
    expect(loaded.map(({ name }) => name).sort()).toEqual(namesOf(JSON_LOADED))
  })

  test('what is JSON reads as what `JSON.parse` makes of it', ({ skip }) => {
    skip(missing !== undefined, missing)
    let same = 0
    const differ = new Set<string>()
    for (const one of cases.filter(({ expect }) => expect === 'accept')) {
      const bytes = bytesOf(one)
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
      for (const [before, after, of] of PLACES) {
        const text = meaning(around(bytes, before, after))
        if (text !== null) same += 1
        if (text !== meaning(of(value))) differ.add(one.name)
      }
    }
    expect(same).toBeGreaterThan(100)
    expect([...differ].sort()).toEqual(namesOf(JSON_READ_OTHERWISE))
  })
})
