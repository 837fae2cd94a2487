/**
 * The law of bodies: no body that is accepted has another method or name for any reader of JSON than the ones
 * that were judged.
 */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readMessages } from '../../../src/mcp/index.ts'
import { bytesOf, GOOD, mutations, randomBodies, smallBodies } from './bodies.ts'
import { realReaders } from './real.ts'
import { READERS } from './readers.ts'
import type { Reading } from './readers.ts'

const SUITE = new URL('../../../../shared/data/json-test-suite/cases.json', import.meta.url)

interface SuiteCase {
  readonly name: string
  readonly expect: 'accept' | 'reject' | 'either'
  readonly base64: string
}

/** What we judge; undefined when we refuse. */
function judged(bytes: Uint8Array): readonly Reading[] | undefined {
  const { messages, refusal } = readMessages(bytes)
  if (refusal !== undefined) return undefined
  return messages.map(({ method = '', needs }) => ({ method, names: (needs ?? []).map(({ name }) => name) }))
}

interface Accepted {
  readonly body: string
  readonly bytes: Uint8Array
  readonly ours: readonly Reading[]
}

function accept(bodies: Iterable<string>): readonly Accepted[] {
  const accepted: Accepted[] = []
  for (const body of bodies) {
    const bytes = bytesOf(body)
    const ours = judged(bytes)
    if (ours !== undefined) accepted.push({ body, bytes, ours })
  }
  return accepted
}

const SMALL = accept(smallBodies())
const MUTATED = accept(mutations())
const RANDOM = accept(randomBodies(20_260_728, 20_000))

/** What the models read differently in accepted bodies. */
function differences(accepted: readonly Accepted[]): readonly string[] {
  const broken: string[] = []
  for (const { body, bytes, ours } of accepted) {
    const expected = JSON.stringify(ours)
    for (const [name, reader] of READERS) {
      const reading = reader(bytes)
      if (reading !== undefined && JSON.stringify(reading) !== expected && broken.length < 20)
        broken.push(`${name} reads ${JSON.stringify(reading)} instead of ${expected} in ${body}`)
    }
  }
  return broken
}

describe('no model of a reader reads another method or name', () => {
  test('in good bodies, all of which are accepted', () => {
    const accepted = accept(GOOD)
    expect(accepted.map(({ body }) => body)).toEqual(GOOD)
    expect(differences(accepted)).toEqual([])
  })

  test('in every small body of dangerous keys and values', () => {
    expect(SMALL.length).toBeGreaterThan(20)
    expect(differences(SMALL)).toEqual([])
  })

  test('in every good body with a dangerous piece at any place', () => {
    expect(MUTATED.length).toBeGreaterThan(1000)
    expect(differences(MUTATED)).toEqual([])
  })

  test('in random bodies with several of them', () => {
    expect(RANDOM.length).toBeGreaterThan(300)
    expect(differences(RANDOM)).toEqual([])
  })
})

test('the models differ where the law forbids it: each of them breaks it on some body that we refuse', () => {
  const breaks = new Set<string>()
  for (const body of [...smallBodies(), ...mutations()]) {
    if (breaks.size === READERS.size) break
    const bytes = bytesOf(body)
    const readings = [...READERS].flatMap(([name, reader]) => {
      const reading = reader(bytes)
      return reading === undefined ? [] : [[name, JSON.stringify(reading)] as const]
    })
    if (new Set(readings.map(([, reading]) => reading)).size > 1)
      for (const [name] of readings) breaks.add(name)
  }
  expect([...READERS.keys()].filter((name) => !breaks.has(name))).toEqual([])
})

describe('real parsers read no other method or name', () => {
  for (const { name, read, missing } of realReaders()) {
    test.skipIf(missing !== undefined)(
      `${name}${missing === undefined ? '' : ` (${missing})`}`,
      async () => {
        const accepted = [...SMALL, ...MUTATED, ...RANDOM]
        const readings = await read(accepted.map(({ bytes }) => bytes))
        expect(readings.length).toBe(accepted.length)
        const wrong = accepted.flatMap(({ bytes, ours }, index) => {
          const reading = readings[index] ?? undefined
          if (reading === undefined || JSON.stringify(reading) === JSON.stringify(ours)) return []
          return [
            `${JSON.stringify(reading)} instead of ${JSON.stringify(ours)} in ${Buffer.from(bytes).toString()}`,
          ]
        })
        expect(wrong.slice(0, 20)).toEqual([])
        expect(readings.filter((reading) => reading !== null).length).toBeGreaterThan(1000)
      },
      120_000,
    )
  }
})

describe.skipIf(!existsSync(SUITE))('the JSON test suite', () => {
  const cases = existsSync(SUITE)
    ? (JSON.parse(readFileSync(SUITE, 'utf8')) as { readonly cases: readonly SuiteCase[] }).cases
    : []
  const inArguments = (value: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read","arguments":'),
      value,
      Buffer.from('}}'),
    ])

  test('has no case that is invalid and accepted, alone or as arguments of a tool', () => {
    const accepted = cases.filter(({ expect: expected, base64 }) => {
      if (expected !== 'reject') return false
      const value = Buffer.from(base64, 'base64')
      return (
        readMessages(inArguments(value)).refusal === undefined || readMessages(value).refusal === undefined
      )
    })
    expect(cases.length).toBeGreaterThan(250)
    expect(accepted.map(({ name }) => name)).toEqual([])
  })

  test('has valid cases that are refused as arguments for what this reader promises to refuse only', () => {
    const refused = cases.flatMap(({ name, expect: expected, base64 }) => {
      const { refusal } = readMessages(inArguments(Buffer.from(base64, 'base64')))
      return expected === 'accept' && refusal !== undefined ? [`${name}: ${refusal}`] : []
    })
    expect(refused).toEqual([
      'y_object_duplicated_key.json: duplicate-key',
      'y_object_duplicated_key_and_value.json: duplicate-key',
    ])
  })

  test('no model reads another method or name in any case', () => {
    const broken = cases.flatMap(({ name, base64 }) => {
      const bytes = inArguments(Buffer.from(base64, 'base64'))
      const ours = judged(bytes)
      if (ours === undefined) return []
      return [...READERS].flatMap(([reader, read]) => {
        const reading = read(bytes)
        return reading === undefined || JSON.stringify(reading) === JSON.stringify(ours)
          ? []
          : [`${reader}: ${name}`]
      })
    })
    expect(broken).toEqual([])
  })
})
