/** A box that changes nothing is not a choice, and what is granted is not called declined. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareScopes } from '../../src/analysis/index.ts'
import {
  changedSince,
  consent,
  type ConsentAnswer,
  type ConsentOptions,
  consentRecord,
  type ConsentView,
  renderConsent,
  resolveConsent,
} from '../../src/consent/index.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { recipes, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { policyOf } from '../properties/policy-of.ts'
import { screenDocument } from './documents.ts'
import { attribute, elementsOf, textOf, withClass } from './parsed.ts'

const scope = (endpoints: readonly unknown[], more: object = {}): object => ({
  label: 'x',
  endpoints,
  ...more,
})
const choice = (endpoints: readonly unknown[], more: object = {}): object =>
  scope(endpoints, { optional: true, ...more })
const viewOf = (scopes: object, options?: ConsentOptions): ConsentView => {
  const policy = loadPolicy(scopes)
  return consent(policy, [...policy.scopes.keys()], options)
}
const linesOf = ({ groups }: ConsentView): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    groups
      .flatMap(({ items }) => items)
      .map(({ scope: name, optional, includes, includedIn = [] }) => [
        name,
        [optional, includes.map((one) => one.scope), includedIn],
      ]),
  )
const answer = (view: ConsentView, ...ticked: readonly string[]): ConsentAnswer =>
  resolveConsent(view, { consent: 'allow', consent_view: view.id, consent_scope: ticked })
const allowed = (scopes: readonly string[], declined: readonly string[]): ConsentAnswer => ({
  decision: 'allow',
  scopes,
  declined,
})
const boxesOf = (html: string): readonly (string | undefined)[] =>
  elementsOf(html)
    .filter((element) => attribute(element, 'type') === 'checkbox')
    .map((element) => attribute(element, 'value'))
const PAGE = { action: '/consent', client: { name: 'Budget' } }

describe('what is granted in any case', () => {
  test('an optional scope that a required one includes is no box and never declined', () => {
    const view = viewOf({
      f: { label: 'x', includes: ['b', 'c'] },
      b: choice([{ b: 'GET' }]),
      c: scope([{ c: 'GET' }]),
    })
    expect(linesOf(view)).toEqual({ f: [false, ['b', 'c'], []] })
    expect(boxesOf(renderConsent(view, PAGE))).toEqual([])
    expect(answer(view)).toEqual(allowed(['f', 'b', 'c'], []))
    expect(answer(view, 'b')).toMatchObject({ decision: 'invalid', reason: 'unknown-value' })
  })

  test('nor is one that a star covers, nor one that several cover together', () => {
    expect(linesOf(viewOf({ api: scope(['*']), own: choice(['a']) }))).toEqual({ api: [false, ['own'], []] })
    const view = viewOf({
      get: scope([{ 'a*': 'GET' }]),
      other: scope([{ z: 'GET' }]),
      put: scope([{ 'a*': 'PUT' }]),
      own: choice([{ a: ['GET', 'PUT'] }]),
    })
    expect(linesOf(view)['own']).toEqual([false, [], [['get', 'put']]])
    expect(answer(view)).toEqual(allowed(['get', 'other', 'put', 'own'], []))
  })

  test('what may not be folded has a line without a box that says so', () => {
    const view = viewOf({
      api: scope(['*'], { risk: 'low', label: 'All of it' }),
      own: choice(['a'], { risk: 'high', label: 'Mine' }),
    })
    expect(linesOf(view)).toEqual({ api: [false, [], []], own: [false, [], [['api']]] })
    const html = renderConsent(view, PAGE)
    expect(boxesOf(html)).toEqual([])
    expect(html).not.toContain('Optional')
    const [, own] = withClass(elementsOf(html), 'consent-item')
    expect(textOf(own as never)).toContain('Already included inAll of it')
  })

  test('what was granted before counts as well', () => {
    const view = viewOf({ api: scope(['*']), own: choice(['a']) }, { granted: 'api' })
    expect(linesOf(view)).toEqual({ own: [false, [], [['api']]] })
    expect(answer(view)).toEqual(allowed(['own', 'api'], []))
  })

  test('only what is requested counts, and what opens nothing stays a choice', () => {
    const policy = loadPolicy({ api: scope(['*']), own: choice(['a']), openid: choice([]) })
    const view = consent(policy, 'own')
    expect(linesOf(view)).toEqual({ own: [true, [], []] })
    expect(answer(view)).toEqual(allowed([], ['own']))
    expect(linesOf(consent(policy, 'api openid'))).toEqual({ api: [false, [], []], openid: [true, [], []] })
  })

  test('with segment wildcards, a scope that only together with others adds something is a choice', () => {
    const view = viewOf({
      $options: { wildcard: 'segment' },
      p: choice([{ '{a/,b}': 'GET' }]),
      q: scope([{ a: 'GET' }, { b: 'GET' }, { '?a/,b?': 'GET' }]),
    })
    expect(linesOf(view)).toEqual({ q: [false, [], []], p: [true, [], []] })
  })
})

describe('what is granted as soon as another box is ticked', () => {
  const view = viewOf({
    f: choice([{ f: 'GET' }], { includes: ['b'], label: 'Everything of F' }),
    b: choice([{ b: 'GET' }], { label: 'A part' }),
    z: choice([{ z: 'GET' }]),
  })

  test('is said beside both boxes', () => {
    expect(linesOf(view)).toEqual({ f: [true, [], []], b: [true, [], [['f']]], z: [true, [], []] })
    const html = renderConsent(view, PAGE)
    expect(boxesOf(html)).toEqual(['f', 'b', 'z'])
    const [f, b, z] = withClass(elementsOf(html), 'consent-item').map(textOf)
    expect(f).toContain('IncludesA part')
    expect(b).toContain('Also allowed as soon as you allowEverything of F')
    expect(z).not.toMatch(/Includes|Also allowed/)
    const box = elementsOf(html).find((element) => attribute(element, 'value') === 'b')
    const about = elementsOf(html).find(
      (element) => attribute(element, 'id') === attribute(box as never, 'aria-describedby'),
    )
    expect(textOf(about as never)).toContain('Everything of F')
  })

  test('is granted with it and not called declined', () => {
    expect(answer(view)).toEqual(allowed([], ['f', 'b', 'z']))
    expect(answer(view, 'b')).toEqual(allowed(['b'], ['f', 'z']))
    expect(answer(view, 'f')).toEqual(allowed(['f', 'b'], ['z']))
    expect(answer(view, 'b', 'f')).toEqual(allowed(['f', 'b'], ['z']))
  })

  test('through all steps, beside what is certain, and by several together', () => {
    const chain = viewOf({
      all: choice([{ x: 'GET' }], { includes: ['most'] }),
      most: choice([{ y: 'GET' }], { includes: ['some'] }),
      some: choice([{ z: 'GET' }]),
    })
    expect(answer(chain, 'all')).toEqual(allowed(['all', 'most', 'some'], []))
    expect(answer(chain, 'most')).toEqual(allowed(['most', 'some'], ['all']))
    const beside = viewOf({
      sure: scope([{ a: 'GET' }]),
      may: choice([{ b: 'GET' }, { d: 'GET' }]),
      both: choice([{ a: 'GET' }, { b: 'GET' }]),
    })
    expect(linesOf(beside)['both']).toEqual([true, [], [['may']]])
    const together = viewOf({
      g: choice([{ 'a*': 'GET' }], { label: 'G' }),
      h: choice([{ 'a*': 'PUT' }], { label: 'H' }),
      own: choice([{ a: ['GET', 'PUT'] }]),
    })
    expect(linesOf(together)['own']).toEqual([true, [], [['g', 'h']]])
    expect(textOf(elementsOf(renderConsent(together, PAGE))[0] as never)).toContain('G + H')
    expect(answer(together, 'g')).toEqual(allowed(['g'], ['h', 'own']))
    expect(answer(together, 'g', 'h')).toEqual(allowed(['g', 'h', 'own'], []))
  })

  test('the record holds it, so it is not asked for again', () => {
    const scopes = { f: choice([{ f: 'GET' }], { includes: ['b'] }), b: choice([{ b: 'GET' }]) }
    const policy = loadPolicy(scopes)
    const shown = consent(policy, 'f b')
    const record = consentRecord(shown, answer(shown, 'f').scopes)
    expect(record.scopes).toEqual(['f', 'b'])
    expect(changedSince(record, policy).askAgain).toBe(false)
    expect(consent(policy, 'f b', { granted: record }).groups).toEqual([])
    const wider = loadPolicy({ ...scopes, b: choice([{ b: ['GET', 'PUT'] }]) })
    expect(changedSince(record, wider)).toMatchObject({ askAgain: true, change: 'more' })
  })

  test('an answer to a page that offered something else counts for nothing', () => {
    const apart = viewOf({ f: choice([{ f: 'GET' }]), b: choice([{ b: 'GET' }]), z: choice([{ z: 'GET' }]) })
    expect(answer({ ...apart, id: view.id }).decision).toBe('allow')
    expect(apart.id).not.toBe(view.id)
  })
})

describe('for any document', () => {
  /** Whether `scopes` together allow all that `name` does, asked of a scope that includes them. */
  const covers = (document: object, scopes: readonly string[], name: string): boolean => {
    const policy: Policy = policyOf({
      ...document,
      all: { label: 'x', endpoints: [], includes: scopes },
    })
    return ['superset', 'equal'].includes(compareScopes(policy, 'all', name).relation)
  }

  test('nothing is called declined that the rest grants, and nothing is granted that was left out', () => {
    let included = 0
    fc.assert(
      fc.property(screenDocument, fc.nat({ max: 31 }), recipes, ({ parts, document }, bits, list) => {
        const policy = policyOf(document)
        const view = consent(policy, [...policy.scopes.keys()])
        const offered = view.groups.flatMap(({ items }) => items).filter(({ optional }) => optional)
        const certain = [...policy.scopes.keys()].filter((name) => !policy.scopes.get(name)?.optional)
        const all = offered.map((item) => item.scope)
        const some = all.filter((_, index) => (bits >> index) & 1)
        for (const ticked of [some, ...all.map((name) => all.filter((other) => other !== name))]) {
          const given = answer(view, ...ticked)
          if (given.decision !== 'allow') throw new Error(given.decision)
          const opens = (name: string): boolean => (policyAccess(view, name) ?? 0) > 0
          // With segment wildcards the budget may end before there is a proof.
          const decidable = view.paths.wildcard === 'any'
          const ways = ticked.length === all.length - 1 ? [ticked] : ticked.map((one) => [one])
          for (const name of decidable ? given.declined.filter(opens) : []) {
            for (const way of [[], ...ways]) {
              expect(covers(document, [...certain, ...way], name), `${name} in ${way.join()}`).toBe(false)
            }
          }
          included += given.scopes.length - certain.length - ticked.length
          for (const chosen of list) {
            const { method, path } = toRequest(parts, chosen)
            expect(policy.authorize(given.scopes, method, path)).toBe(
              policy.authorize([...certain, ...ticked], method, path),
            )
          }
        }
      }),
      runs(60),
    )
    // Documents are random: some have such scopes, how many is chance.
    expect(included).toBeGreaterThan(0)
  })

  const policyAccess = ({ groups }: ConsentView, name: string): number | undefined =>
    groups.flatMap(({ items }) => items).find((item) => item.scope === name)?.access.endpoints.length

  test('hundreds of optional scopes are compared', () => {
    const scopes = Array.from({ length: 600 }, (_, at): [string, object] => {
      const methods = at % 3 === 0 ? ['GET'] : ['GET', 'PUT']
      return [`s${at}`, choice([{ [`r${at >> 1}/*`]: methods }, { [`r${at >> 1}`]: methods }])]
    })
    const policy = loadPolicy(Object.fromEntries(scopes))
    consent(policy, 's0')
    const view = consent(policy, [...policy.scopes.keys()])
    expect(linesOf(view)['s0']).toEqual([true, [], [['s1']]])
  })
})
