/**
 * Small policies and small APIs under all options: whatever is said is true of every path over a tiny
 * alphabet, and whatever those paths show is said.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coverage } from '../../src/openapi/index.ts'
import type { Coverage } from '../../src/openapi/index.ts'
import { policyData } from '../../src/analysis/policy-data.ts'
import { readPath } from '../../src/pattern/request-path.ts'
import type { Policy } from '../../src/index.ts'
import {
  documentOf,
  everyPath,
  pick,
  policyFrom,
  randomFrom,
  type Random,
  type World,
  worldOf,
} from '../analysis/small-policies.ts'
import { runs } from '../arbitrary/settings.ts'
import { belongsTo, type PlainOperation } from './oracle.ts'

const LETTERS = 5

function templateOf(random: Random, { alphabet }: World): string {
  let path = ''
  const length = 1 + Math.floor(random() * 4)
  for (let piece = 0; piece < length; piece++) {
    const roll = random()
    path += roll < 0.35 ? '{x}' : roll < 0.6 ? '/' : pick(random, alphabet)
  }
  return `/${path}`
}

function apiOf(random: Random, world: World): { paths: object; operations: PlainOperation[] } {
  const paths: Record<string, Record<string, object>> = {}
  const operations: PlainOperation[] = []
  const base = world.options['basePath'] as string | undefined
  for (let number = 0; number < 4; number++) {
    const path = templateOf(random, world)
    if (Object.hasOwn(paths, path)) continue
    const methods = ['get', 'post', 'head'].filter(() => random() < 0.5)
    paths[path] = Object.fromEntries(methods.map((method) => [method, {}]))
    for (const method of methods) {
      operations.push({ method: method.toUpperCase(), template: (base ?? '') + path })
    }
  }
  return { paths, operations }
}

/** Everything that is said about one operation, held against all paths. */
function check(
  policy: Policy,
  result: Coverage,
  operations: readonly PlainOperation[],
  universe: readonly string[],
): void {
  const { rules } = policyData(policy)
  const accepted = universe.filter((path) => readPath(path, rules).refusal === undefined)
  const names = [...policy.scopes.keys()]
  expect(result.operations).toHaveLength(operations.length)
  for (const [index, operation] of operations.entries()) {
    const { method } = operation
    const told = result.operations[index]
    if (told === undefined) throw new Error('an operation is missing')
    const isOne = belongsTo(operation, operations)
    const own = accepted.filter(isOne)
    for (const [scopes, said] of [
      [names, told],
      ...names.map(
        (name) =>
          [[name], told.scopes.find(({ scope }) => scope === name) ?? { reach: 'none' as const }] as const,
      ),
    ] as const) {
      const allowed = own.find((path) => policy.authorize(scopes, method, path))
      const missing = own.find((path) => !policy.authorize(scopes, method, path))
      const place = `${method} ${operation.template} by ${scopes.join()}`
      expect([place, said.reach]).not.toEqual([place, 'undecided'])
      if (allowed !== undefined) expect([place, said.reach]).not.toEqual([place, 'none'])
      if (missing !== undefined) expect([place, said.reach]).not.toEqual([place, 'full'])
      const witness = 'allowed' in said ? said.allowed.path : undefined
      if (witness !== undefined) {
        expect([place, witness, isOne(witness)]).toEqual([place, witness, true])
        expect(policy.authorize(scopes, method, witness)).toBe(true)
        if (allowed !== undefined) expect(witness.length).toBeLessThanOrEqual(allowed.length)
      }
      const without = 'missing' in said ? said.missing.path : undefined
      if (without !== undefined) {
        expect([place, without, isOne(without)]).toEqual([place, without, true])
        expect(policy.authorize(scopes, method, without)).toBe(false)
        if (missing !== undefined) expect(without.length).toBeLessThanOrEqual(missing.length)
      }
      if (said.reach === 'partly') expect(without).toBeDefined()
    }
  }
}

describe('coverage', () => {
  test('says what all small paths show, under all options', () => {
    let seen = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomFrom(seed)
        const world = worldOf(random)
        const policy = policyFrom(documentOf(random, world), world.options)
        fc.pre(policy !== null)
        const { paths, operations } = apiOf(random, world)
        const result = coverage(policy, { openapi: '3.1.0', paths })
        const base = (world.options['basePath'] as string | undefined) ?? ''
        check(policy, result, operations, everyPath(world.alphabet, LETTERS, base))
        seen += operations.length
      }),
      runs(250),
    )
    expect(seen).toBeGreaterThan(100)
  })

  test('counts for each endpoint the operations of which it alone allows a request', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomFrom(seed)
        const world = worldOf(random)
        const document = documentOf(random, world)
        const policy = policyFrom(document, world.options)
        fc.pre(policy !== null)
        const { paths, operations } = apiOf(random, world)
        const base = (world.options['basePath'] as string | undefined) ?? ''
        const universe = everyPath(world.alphabet, LETTERS, base)
        const { endpoints } = coverage(policy, { openapi: '3.1.0', paths })
        for (const { scope, endpoint, methods, operations: told } of endpoints) {
          const alone = policyFrom(
            { [scope]: { label: 'alone', endpoints: [{ [endpoint]: methods }] } },
            world.options,
          )
          if (alone === null) continue
          const shown = operations.filter((operation) => {
            const isOne = belongsTo(operation, operations)
            return universe.some((path) => alone.authorize(scope, operation.method, path) && isOne(path))
          })
          expect(told).toBeGreaterThanOrEqual(shown.length)
          expect(told).toBe(
            coverage(alone, { openapi: '3.1.0', paths }).operations.filter(({ reach }) => reach !== 'none')
              .length,
          )
        }
      }),
      runs(100),
    )
  })
})
