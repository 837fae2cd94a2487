import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { anyDocument, plainDocument, toDocument } from '../arbitrary/document.ts'
import { recipe, toRequest } from '../arbitrary/request.ts'
import { runs } from '../arbitrary/settings.ts'
import { asRow, judge, judgeFor, tableOf } from './judge.ts'

describe('an expectation that holds', () => {
  test.each([
    'GET /workers/me: [profile, api:read-only, api]',
    'GET workers/me: [api, profile, api:read-only]',
    '"GET /workers/me?fields=name": [profile, api:read-only, api]',
    'POST,PUT  /workers/me: [api]',
    'HEAD, OPTIONS /workers/me: []',
    'GET /workers/../admin: refused',
    'GET /workers/../admin: { refused: dot-segment }',
    'GET /workers/../admin: []',
    '"GET ": { refused: empty-target }',
    '"OPTIONS *": { refused: asterisk-form }',
    'GET https://host/a: { refused: absolute-form }',
    'GET /a b: { refused: space }',
    '"GET /a\\u0000": { refused: control-character }',
    '{ request: GET /workers/me, scopes: [profile, search], expect: allow, by: profile }',
    '{ request: GET /workers/me, scopes: profile api, expect: allow, by: [api, profile] }',
    '{ request: GET /workers/me, scopes: [search], expect: deny, reason: no-scope-covers-path }',
    '{ request: POST /workers/me, scopes: [profile], expect: deny, reason: method-not-granted }',
    '{ request: GET /a//b, scopes: [api], expect: deny, reason: path-refused }',
    '{ request: GET /a//b, scopes: [api], expect: deny, reason: empty-segment }',
    '{ request: GET /workers/me, scopes: [], expect: deny, x-note: nobody }',
  ])('is silent: %s', (row) => {
    expect(judge(tableOf(row)).findings).toEqual([])
  })
})

describe('an expectation that fails', () => {
  test.each([
    [
      'GET /workers/me: [profile, api]',
      'expectation-failed: GET /workers/me: `GET /workers/me` is also allowed to scope `api:read-only` by endpoint `*` at p:12:7 -> add `api:read-only` to the list if that is meant, or narrow the endpoint in the policy',
    ],
    [
      'POST, GET /workers/me: [api]',
      'expectation-failed: GET: `GET /workers/me` is also allowed to scopes `profile` by endpoint `workers/me` at p:4:7 and `api:read-only` by endpoint `*` at p:12:7 -> add them to the list if that is meant, or narrow the endpoints in the policy',
    ],
    [
      'GET /workers/Me: [profile, api:read-only, api]',
      'expectation-failed: profile: `GET /workers/Me` is denied to scope `profile`: letter case differs from `workers/me` (endpoint `workers/me` at p:4:7) -> remove `profile` from the list, or grant this in the policy',
    ],
    [
      'POST /records/x/search: [api, search]',
      'expectation-failed: search: `POST /records/x/search` is denied to scope `search`: GET is granted there, not `POST` (endpoint `records/*/search` at p:8:7) -> remove `search` from the list, or grant this in the policy',
    ],
    [
      'GET /a: [search, api:read-only, api]',
      'expectation-failed: search: `GET /a` is denied to scope `search`: no endpoint covers the path `a` -> remove `search` from the list, or grant this in the policy',
    ],
    [
      'GET /a/./b: [api, search]',
      'expectation-failed: GET /a/./b: `GET /a/./b` is refused whatever the scopes: paths with dot segments are refused, since servers resolve them -> write `{ refused: dot-segment }` in place of the list, or another path',
    ],
    [
      'GET /a: refused',
      'expectation-failed: GET /a: `GET /a` is not refused: its path is read as `a` -> list the scopes that may, `[]` for none',
    ],
    [
      'GET /a//b: { refused: dot-segment }',
      'expectation-failed: dot-segment: `GET /a//b` is refused by the rule `empty-segment`, not by `dot-segment` -> write `empty-segment`',
    ],
    [
      '{ request: GET /a, scopes: [api, search], expect: deny }',
      'expectation-failed: GET /a: `GET /a` is allowed by scope `api` by endpoint `*` at p:16:7 -> write `expect: allow` if that is meant, or narrow the policy',
    ],
    [
      '{ request: GET /a, scopes: [profile, search], expect: allow }',
      'expectation-failed: GET /a: `GET /a` is denied to this token: no endpoint covers the path `a` -> write `expect: deny` if that is meant, or grant it in the policy',
    ],
    [
      '{ request: GET /a, scopes: [], expect: allow }',
      'expectation-failed: GET /a: `GET /a` is denied to this token: nothing is allowed without a scope -> write `expect: deny` if that is meant, or grant it in the policy',
    ],
    [
      '{ request: GET /a, scopes: [api, search], expect: allow, by: search }',
      'expectation-failed: search: `GET /a` is not allowed by scope `search`: no endpoint covers the path `a` -> name the scopes of the token that allow it alone',
    ],
    [
      '{ request: GET /a, scopes: [api, "api:read-only"], expect: allow, by: api }',
      'expectation-failed: GET /a: `GET /a` is also allowed by scope `api:read-only` by endpoint `*` at p:12:7 -> name it in `by`, too, if that is meant',
    ],
    [
      '{ request: GET /a, scopes: [search], expect: deny, reason: method-not-granted }',
      'expectation-failed: method-not-granted: `GET /a` is denied for the reason `no-scope-covers-path`, not `method-not-granted` -> write `no-scope-covers-path`',
    ],
  ])('says what is so, and what to write: %s', (row, expected) => {
    const { invalid, findings } = judge(tableOf(row))
    expect([invalid, findings]).toEqual([false, [expected]])
  })

  test('names the included scope in which the endpoint stands by its place', () => {
    const document = 'a:\n  label: A\n  endpoints:\n    - x: GET\nb:\n  label: B\n  includes: [a]\n'
    expect(judge(tableOf('GET /x: [a]'), document).findings[0]).toContain(
      'scope `b` by endpoint `x` at p:4:7',
    )
  })

  test('by two scopes together, though by none alone, names both', () => {
    const document =
      'a:\n  label: A\n  endpoints:\n    - public/*\nc:\n  label: C\n  endpoints:\n    - x\nb:\n  label: B\n  endpoints:\n    - public\n'
    const { failed, findings } = judge(tableOf('GET /public/: []', 'GET /public/x: [a]'), document)
    expect(failed).toBe(1)
    expect(findings).toEqual([
      'expectation-failed: GET /public/: `GET /public/` is allowed to a token with `a` and `b`, though to none of them alone -> a path that ends in `/` is granted where it is granted without the slash, too; narrow one of them',
    ])
  })

  test('for many scopes is one finding that counts them', () => {
    const document = Array.from({ length: 50 }, (_, at) => `s${at}:\n  label: S\n  endpoints: [a]\n`).join('')
    const { failed, findings } = judge(tableOf('GET /a: []'), document)
    expect([failed, findings.length]).toEqual([1, 1])
    expect(findings[0]).toContain('and 47 more')
  })
})

test('every expectation has a name', () => {
  const { names } = judge(
    tableOf(
      'GET, PUT /a: [api]',
      'GET /b: []',
      'GET /a//: { refused: empty-segment }',
      '{ request: GET /a, scopes: [api, search], expect: allow }',
      '{ request: GET /a, scopes: [], expect: deny }',
      '{ request: GET /a, scopes: [api], expect: allow, name: the service account reads }',
    ),
  )
  expect(names).toEqual([
    'GET /a is allowed to api',
    'GET /a is denied to all other scopes',
    'PUT /a is allowed to api',
    'PUT /a is denied to all other scopes',
    'GET /b is denied to every scope',
    'GET /a// is refused by empty-segment',
    'GET /a is allowed to a token with api search',
    'GET /a is denied to a token without scopes',
    'the service account reads',
  ])
})

test('options of the table come from whoever loads the policy, not from here', () => {
  const table = `$options: { preset: cerb }\n${tableOf('GET /rest/workers/ME.json: [profile, api:read-only, api]')}`
  expect(judge(table).failed).toBe(1)
  expect(judge(table, undefined, { preset: 'cerb' }).failed).toBe(0)
})

describe('for every policy and request', () => {
  const lists = fc.array(fc.nat({ max: 6 }), { maxLength: 4 })

  test('a row of scopes holds if and only if each of them alone, and no token without them, is allowed', () => {
    fc.assert(
      fc.property(plainDocument, recipe, lists, fc.boolean(), (parts, chosen, picked, truthful) => {
        const policy = loadPolicy(toDocument(parts))
        const { path } = toRequest(parts, chosen)
        fc.pre(!path.startsWith(' '))
        const names = [...policy.scopes.keys()]
        const allowed = names.filter((name) => policy.authorize([name], 'GET', path))
        const listed = truthful ? allowed : names.filter((_, index) => picked.includes(index))
        const others = names.filter((name) => !listed.includes(name))
        const holds =
          listed.every((name) => allowed.includes(name)) &&
          others.every((name) => !allowed.includes(name)) &&
          !policy.authorize(others, 'GET', path)
        const { invalid, failed } = judgeFor(tableOf(asRow({ [`GET ${path}`]: listed })), policy)
        expect([invalid, failed === 0]).toEqual([false, holds])
      }),
      runs(400),
    )
  })

  test('a row about a token holds if and only if `explain` decides so, for the same reason', () => {
    fc.assert(
      fc.property(plainDocument, recipe, (parts, chosen) => {
        const policy = loadPolicy(toDocument(parts))
        const { scopes, path } = toRequest(parts, { ...chosen, unknown: [] })
        fc.pre(!path.startsWith(' '))
        const { allowed, reason, refusal } = policy.explain(scopes, 'GET', path)
        const row = (fields: object): boolean => {
          const table = tableOf(asRow({ request: `GET ${path}`, scopes, ...fields }))
          const { invalid, failed } = judgeFor(table, policy)
          expect(invalid).toBe(false)
          return failed === 0
        }
        expect(row({ expect: 'allow' })).toBe(allowed)
        expect(row({ expect: 'deny' })).toBe(!allowed)
        if (allowed) return
        expect(row({ expect: 'deny', reason })).toBe(true)
        if (refusal !== undefined) expect(row({ expect: 'deny', reason: refusal })).toBe(true)
        const other = reason === 'path-refused' ? 'method-not-granted' : 'path-refused'
        expect(row({ expect: 'deny', reason: other })).toBe(false)
      }),
      runs(300),
    )
  })

  test('a refused path is what `explain` calls one', () => {
    fc.assert(
      fc.property(anyDocument, recipe, (parts, chosen) => {
        const policy = loadPolicy(toDocument(parts))
        const { path } = toRequest(parts, chosen)
        fc.pre(!path.startsWith(' '))
        const refused = policy.explain([], 'GET', path).reason === 'path-refused'
        const { failed } = judgeFor(tableOf(asRow({ [`GET ${path}`]: 'refused' })), policy)
        expect(failed === 0).toBe(refused)
      }),
      runs(200),
    )
  })
})

test('what the baseline allows is allowed to every token, and said so', () => {
  const document =
    'a: { label: A, endpoints: [{ x: GET }] }\nb: { label: B, endpoints: [] }\n$baseline: { endpoints: [{ health: GET }] }\n'
  for (const row of ['GET /health: [a]', 'GET /health: [a, b]', 'GET /health: []']) {
    expect(judge(tableOf(row), document).findings, row).toEqual([
      'expectation-failed: GET /health: `GET /health` is allowed to every token, by the baseline -> write a row with `scopes: []` and `expect: allow` in its place',
    ])
  }
  expect(judge(tableOf('{ request: GET /health, scopes: [a], expect: deny }'), document).findings).toEqual([
    'expectation-failed: GET /health: `GET /health` is allowed to every token, by the baseline -> write `expect: allow` if that is meant, or narrow the policy',
  ])
  expect(judge(tableOf('{ request: GET /health, scopes: [], expect: allow }'), document).findings).toEqual([])
})
