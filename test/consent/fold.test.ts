import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareScopes } from '../../src/analysis/index.ts'
import { consent, type ConsentItem, type ConsentView } from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from '../properties/policy-of.ts'
import { screenDocument } from './documents.ts'

const itemsOf = (view: ConsentView): readonly ConsentItem[] => view.groups.flatMap(({ items }) => items)
const linesOf = (scopes: object, options: object = {}): Readonly<Record<string, readonly string[]>> => {
  const policy = loadPolicy({ $options: options, ...scopes })
  const items = itemsOf(consent(policy, [...policy.scopes.keys()]))
  return Object.fromEntries(items.map(({ scope, includes }) => [scope, includes.map((one) => one.scope)]))
}
const scope = (endpoints: readonly unknown[], more: object = {}): object => ({
  label: 'x',
  endpoints,
  ...more,
})

describe('folding', () => {
  test('loses nothing: the lines that are shown allow together what all the requested scopes do', () => {
    let folded = 0
    fc.assert(
      fc.property(screenDocument, recipes, ({ parts, document }, list) => {
        const policy = policyOf(document)
        const all = [...policy.scopes.keys()]
        const items = itemsOf(consent(policy, all))
        const lines = items.map((item) => item.scope)
        folded += all.length - lines.length
        for (const chosen of list) {
          const { method, path } = toRequest(parts, chosen)
          expect(policy.authorize(lines, method, path), `${method} ${path}`).toBe(
            policy.authorize(all, method, path),
          )
          for (const item of items) {
            for (const { scope: name } of item.includes) {
              if (policy.authorize([name], method, path)) {
                expect(policy.authorize([item.scope], method, path), `${name} in ${item.scope}`).toBe(true)
              }
            }
          }
        }
      }),
      runs(300),
    )
    expect(folded).toBeGreaterThan(20)
  })

  test('every scope has one place, and no choice is hidden or hides', () => {
    fc.assert(
      fc.property(screenDocument, ({ document }) => {
        const policy = policyOf(document)
        const items = itemsOf(consent(policy, [...policy.scopes.keys()]))
        const places = items.flatMap((item) => [item.scope, ...item.includes.map((one) => one.scope)])
        expect([...places].sort()).toEqual([...policy.scopes.keys()].sort())
        for (const item of items) {
          if (item.optional) expect(item.includes).toEqual([])
          const certain = items.filter(({ optional }) => !optional)
          for (const one of item.includes) {
            if (policy.scopes.get(one.scope)?.optional !== true) continue
            expect(certain.map((other) => other.scope)).toContain(item.scope)
          }
        }
      }),
      runs(200),
    )
  })

  test('narrower scopes go into the first wider one, through all steps, and equals into the earlier', () => {
    expect(
      linesOf({
        small: scope(['a/b']),
        middle: scope(['a/*']),
        twin: scope(['b*']),
        big: scope(['a*']),
        twin2: scope(['b*', 'bb']),
      }),
    ).toEqual({ twin: ['twin2'], big: ['small', 'middle'] })
  })

  test('several endpoints may contain one together', () => {
    expect(
      linesOf({ a: scope([{ x: ['GET', 'POST'] }]), b: scope([{ x: 'GET' }, { x: 'POST' }, { y: 'GET' }]) }),
    ).toEqual({
      b: ['a'],
    })
  })

  test('what opens nothing of the API keeps its line, and so does a choice', () => {
    expect(
      linesOf({
        openid: scope([]),
        api: scope(['*']),
        own: scope([], { optional: true }),
        rest: scope(['b']),
      }),
    ).toEqual({ openid: [], api: ['rest'], own: [] })
    expect(linesOf({ api: scope(['a*']), own: scope(['b'], { optional: true }) })).toEqual({
      api: [],
      own: [],
    })
    expect(linesOf({ api: scope(['*'], { optional: true }), own: scope(['a']) })).toEqual({
      api: [],
      own: [],
    })
  })

  test('a scope that is riskier than the wider one keeps its line', () => {
    expect(linesOf({ api: scope(['*'], { risk: 'low' }), own: scope(['a']) })).toEqual({ api: [], own: [] })
  })

  test.each(['strict', 'ignore'])('a few examples in common are no inclusion (%s)', (trailingSlash) => {
    const options = { wildcard: 'segment', trailingSlash }
    const wide = scope(['x/[^b]', 'y'])
    expect(linesOf({ any: scope(['x/?']), wide }, options)).toEqual({ any: [], wide: [] })
    expect(linesOf({ one: scope(['x/a']), wide }, options)).toEqual({ wide: ['one'] })
  })

  test('with segment wildcards, what two scopes allow only together is not lost', () => {
    // `/a/` needs a match with the slash and one without: `p` gives the first, `q` the second.
    const scopes = {
      p: scope([{ '{a/,b}': 'GET' }]),
      q: scope([{ a: 'GET' }, { b: 'GET' }, { '?a/,b?': 'GET' }]),
    }
    const policy = loadPolicy({ $options: { wildcard: 'segment' }, ...scopes })
    expect(policy.authorize('p q', 'GET', '/a/')).toBe(true)
    expect(policy.authorize('q', 'GET', '/a/')).toBe(false)
    expect(compareScopes(policy, 'q', 'p').relation).toBe('superset')
    const lines = itemsOf(consent(policy, 'p q')).map((item) => item.scope)
    for (const path of ['/a/', '/a', '/a/b', '/a/b/'])
      expect(policy.authorize(lines, 'GET', path), path).toBe(policy.authorize('p q', 'GET', path))
  })
})
