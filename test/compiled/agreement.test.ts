/**
 * A compiled policy answers as the loaded one: decoded data and the imported module, for both wildcard
 * modes and all options, whatever runtime the module has.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AUTOMATA, SLASHES, SMALL, TREES } from '../../src/compiled/generated/runtimes.ts'
import { toModule } from '../../src/compiled/index.ts'
import { documentOf, anyDocument, segmentDocument, toDocument } from '../arbitrary/document.ts'
import type { DocumentParts } from '../arbitrary/document.ts'
import { largeDocument } from '../arbitrary/large-document.ts'
import { anyPattern } from '../arbitrary/pattern.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from '../properties/policy-of.ts'
import { referencePolicy } from '../reference/authorize.ts'
import { answersOf, compiledForms, withoutPlaces } from './forms.ts'

const smallDocument = documentOf(anyPattern, fc.constant({}))

const KINDS: readonly (readonly [kind: string, documents: fc.Arbitrary<DocumentParts>, count: number])[] = [
  ['default options', smallDocument, 150],
  ['wildcard: any and every option', anyDocument, 150],
  ['wildcard: segment and every option', segmentDocument, 80],
  ['many scopes', largeDocument, 25],
]

describe.each(KINDS)('with %s', (_, documents, count) => {
  test('data and module answer as the loaded policy and the reference do', async () => {
    await fc.assert(
      fc.asyncProperty(documents, recipes, async (parts, list) => {
        const document = toDocument(parts)
        const policy = policyOf(document)
        const reference = referencePolicy(document)
        for (const [form, compiled] of await compiledForms(policy)) {
          expect(compiled.fingerprint, form).toBe(policy.fingerprint)
          expect(compiled.scopes, form).toEqual([...policy.scopes.keys()])
          for (const chosen of list) {
            const { scopes, method, path } = toRequest(parts, chosen)
            const request = `${form} ${JSON.stringify([scopes, method, path])}`
            const answers = answersOf(compiled, scopes, method, path)
            expect(answers, request).toEqual(answersOf(policy, scopes, method, path))
            expect(answers['array'], request).toBe(reference.authorize(scopes, method, path))
          }
        }
      }),
      runs(count),
    )
  })
})

test('each runtime is met often enough to mean something', () => {
  const met = { small: 0, slashes: 0, trees: 0, automata: 0 }
  const beginning = (runtime: string): string => runtime.slice(0, runtime.indexOf('__'))
  fc.assert(
    fc.property(fc.oneof(smallDocument, anyDocument, segmentDocument, largeDocument), (parts) => {
      const text = toModule(policyOf(toDocument(parts)))
      if (text.includes(beginning(SMALL))) met.small += 1
      if (text.includes(beginning(SLASHES))) met.slashes += 1
      if (text.includes(beginning(TREES))) met.trees += 1
      if (text.includes(beginning(AUTOMATA))) met.automata += 1
    }),
    { numRuns: 120, seed: 1 },
  )
  expect(met.small + met.slashes + met.trees + met.automata).toBe(120)
  expect(Math.min(...Object.values(met))).toBeGreaterThan(10)
})

test('a grant, and a function taken out of its policy, work alone', async () => {
  const policy = policyOf({ a: { label: 'a', endpoints: ['x/*'] } })
  for (const [, { authorize, grant }] of await compiledForms(policy)) {
    const resolved = grant('a b')
    expect([authorize(['a'], 'GET', '/x/1'), resolved.authorize('GET', '/x/1'), resolved.scopes]).toEqual([
      true,
      true,
      ['a'],
    ])
    expect(Object.isFrozen(resolved)).toBe(true)
  }
})

test('what is no request at all grants nothing and throws nothing', async () => {
  const hostile = new Proxy([], {
    get: () => {
      throw new Error('read')
    },
  })
  const things = [undefined, null, 0, true, {}, [1], [['a']], hostile, () => 'a', Symbol('a'), ''] as never[]
  const [a, get, path] = ['a', 'GET', '/b/x'] as never[] as [never, never, never]
  for (const options of [{}, { basePath: '/b' }, { wildcard: 'segment' }] as const) {
    const policy = policyOf({ a: { label: 'a', endpoints: ['**', '/'] } }, options)
    for (const [form, compiled] of await compiledForms(policy)) {
      for (const [scopes, method, target] of things.flatMap((thing): (readonly [never, never, never])[] => [
        [thing, get, path],
        [a, thing, path],
        [a, get, thing],
      ])) {
        const asked = (of: Pick<typeof compiled, 'explain' | 'scopesFor' | 'methodsFor'>): unknown => [
          withoutPlaces(of.explain(scopes, method, target)),
          of.scopesFor(method, target),
          of.methodsFor(scopes, target),
        ]
        expect(compiled.authorize(scopes, method, target), form).toBe(false)
        expect(compiled.grant(scopes).authorize(method, target), form).toBe(false)
        expect(asked(compiled), form).toEqual(asked(policy))
      }
    }
  }
})
