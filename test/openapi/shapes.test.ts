/** Which paths a concrete template takes from one with parameters, against the definition. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policyData } from '../../src/analysis/policy-data.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import { LETTERS } from '../../src/automaton/letters.ts'
import { Shapes } from '../../src/openapi/compare/shapes.ts'
import type { Operation } from '../../src/openapi/model.ts'
import { plainParts } from '../../src/openapi/read/template.ts'
import { loadPolicy } from '../../src/index.ts'
import { pick, randomFrom } from '../analysis/small-policies.ts'
import { endedBudget } from '../analysis/sets.ts'
import { runs } from '../arbitrary/settings.ts'
import { smallTemplate, templateMatches } from './small-templates.ts'

const { rules } = policyData(loadPolicy({ s: { label: 'x', endpoints: ['a'] } }))

function operationOf(method: string, path: string): Operation {
  return { method, path, template: plainParts(path), pointer: '', basePaths: [], security: null }
}

function shapesOf(operations: readonly Operation[]): Shapes {
  return new Shapes(
    operations.map((operation) => ({ operation, basePaths: [''] })),
    rules,
    new SearchBudget(),
  )
}

function excludedOf(shapes: Shapes, basePath: string, operation: Operation): readonly string[] {
  const text = (items: readonly number[]): string =>
    String.fromCharCode(...items.map((letter) => LETTERS[letter] ?? 0))
  return shapes
    .of(basePath, operation)
    .shape.excluded.map((items) => `/${text(items)}`)
    .sort()
}

describe('Shapes', () => {
  test('a parameter that spans segments leaves concrete paths of any depth', () => {
    const spanning: Operation = {
      ...operationOf('GET', '/files/{path}'),
      template: [{ literal: '/files/' }, { parameter: 'path', spans: true }],
    }
    const operations = [
      spanning,
      ...['/files/a', '/files/a/b', '/file', '/files/'].map((path) => operationOf('GET', path)),
    ]
    const shapes = shapesOf(operations)
    expect(excludedOf(shapes, '', spanning)).toEqual(['/files/a', '/files/a/b'])
  })

  test('exclusions of other letters have other keys', () => {
    const letter = (number: number): string => `/${String.fromCharCode(LETTERS[number] ?? 0)}`
    const operations = [
      operationOf('GET', '/{x}'),
      operationOf('POST', '/{x}'),
      operationOf('GET', letter(1)),
      operationOf('GET', letter(2)),
      operationOf('POST', letter(12)),
    ]
    const shapes = shapesOf(operations)
    const [get, post] = operations.map((operation) => shapes.of('', operation).key)
    expect(get).not.toBe(post)
  })

  test('a concrete path that no request has takes nothing', () => {
    const operation = operationOf('GET', '/a/{x}/b')
    expect(excludedOf(shapesOf([operation, operationOf('GET', '/a/../b')]), '', operation)).toEqual([])
  })

  test('the time of the budget counts', () => {
    const operation = operationOf('GET', '/a/{x}')
    const shapes = new Shapes([{ operation, basePaths: [''] }], rules, endedBudget())
    expect(() => shapes.of('', operation)).toThrow('the budget of 0 ms is used up')
  })

  test('operations of one template and the same exclusions share a key, others do not', () => {
    const operations = [
      operationOf('GET', '/u/{a}'),
      operationOf('POST', '/u/{a}'),
      operationOf('PUT', '/u/{a}'),
      operationOf('GET', '/u/me'),
      operationOf('POST', '/u/me'),
    ]
    const shapes = shapesOf(operations)
    const [get, post, put] = operations.map((operation) => shapes.of('', operation).key)
    expect(get).toBe(post)
    expect(get).not.toBe(put)
  })

  test('a template with parameters leaves concrete paths of the same method to their own operations', () => {
    let seen = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomFrom(seed)
        const basePath = pick(random, ['', '/a', '/{x}'])
        const operations = Array.from({ length: 12 }, () =>
          operationOf(pick(random, ['GET', 'POST']), smallTemplate(random, random() < 0.5)),
        )
        const shapes = new Shapes(
          operations.map((operation) => ({ operation, basePaths: [basePath] })),
          rules,
          new SearchBudget(),
        )
        for (const operation of operations) {
          const template = basePath + operation.path
          const concretes = operations
            .filter(({ method }) => method === operation.method)
            .map(({ path }) => basePath + path)
            .filter((path) => !path.includes('{') && path !== template)
            .filter((path) => template.includes('{') && templateMatches(template, path))
          const expected = [...new Set(concretes)].sort()
          expect([template, excludedOf(shapes, basePath, operation)]).toEqual([template, expected])
          seen += expected.length
        }
      }),
      runs(500),
    )
    expect(seen).toBeGreaterThan(50 * Number(process.env['SCOPE_POLICY_RUNS'] ?? '1'))
  })
})
