/**
 * The keys by which OPA looks up patterns: whatever path an expression matches leads to it. The path's side is written
 * here again, as the Rego module has it.
 */
import { describe, expect, test } from 'vitest'
import { TARGETS } from '../../src/export/index.ts'
import { clausesOf } from '../../src/export/re2/clauses.ts'
import { ALL_PATHS, type LookupKeys, lookupKeys, trimmedEnd } from '../../src/export/re2/lookup.ts'
import { rowsOf } from '../../src/export/rows.ts'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { COMBINED, numbers, OPTIONS, pathOf, PLAIN, SEGMENTS, targetsOf } from './requests.ts'

function leadsTo(path: string, rules: PathRules): (keys: LookupKeys) => boolean {
  const decoded = decodeURIComponent(path)
  const comparable = rules.caseSensitive ? decoded : decoded.toLowerCase()
  const trimmed = comparable.replace(new RegExp(trimmedEnd(rules)), '')
  const segments = comparable.split('/')
  const prefixes = new Set([trimmed, ...segments.map((_, index) => segments.slice(0, index + 1).join('/'))])
  const last = trimmed.slice(trimmed.lastIndexOf('/') + 1)
  return (keys) =>
    prefixes.has(keys.prefix) && ['*', last].includes(keys.last) && comparable.includes(keys.middle)
}

/** Each alone may be an error with some options. */
const PATTERNS = [
  'x/a.json/*', 'x/.well-known/*', '*/.json', 'y/*/b.json', 'z/*.json', 'e/*/__proto__', '/', 'caf%C3%A9%2F/*/%C3%89',
  'mid/*/in/*/of/*', 'a.json', 'a.json/', '*', 'A/*/B', 'k/*+/x%2B',
] // prettier-ignore
const SEGMENT_PATTERNS = [
  'a/**', '**/b', 'a.json/**', './c/d', '[ab]/c', '{a/b,c}/d', 'x/*/y/*', 'q%/r', 'a/**/b/**', 'a/*/b/*', 'caf%C3%*/x', 'k\\(a\\)/*', '**', '*',
] // prettier-ignore

function documentOf(patterns: readonly string[], options: string): string {
  const document = (endpoints: readonly string[]): string =>
    `$options: ${options}\na: { label: A, endpoints: ${JSON.stringify(endpoints)} }`
  return document(patterns.filter((pattern) => parsePolicy(document([pattern])).policy !== null))
}

describe('a path leads to every pattern that matches it', () => {
  test.each(
    OPTIONS.flatMap((options) => {
      const segments = options.replace(/\}$/, `${options === '{}' ? '' : ','} wildcard: segment }`)
      return [
        [`$options: ${options}\n${PLAIN}`],
        [`$options: ${options}\n${COMBINED}`],
        [documentOf(PATTERNS, options)],
        [`$options: ${segments}\n${SEGMENTS}`],
        [documentOf(SEGMENT_PATTERNS, segments)],
      ]
    }),
  )('%s', (document) => {
    const policy = loadPolicy(document)
    const { rules, rows } = rowsOf(policy)
    const { own, withSlash, withoutSlash } = clausesOf({ rules, rows })
    const clauses = [...own, ...withSlash, ...withoutSlash].map(({ pattern, expression }) => ({
      pattern: pattern.text,
      keys: lookupKeys(pattern, rules),
      regex: new RegExp(expression, 's'),
    }))
    const target = targetsOf(policy, numbers(document.length))
    const missed: unknown[] = []
    let matched = 0
    for (let count = 0; count < 3000; count++) {
      const path = pathOf(target())
      if (!path.startsWith('/') || policy.explain([], 'GET', path).refusal !== undefined) continue
      const isFound = leadsTo(path, rules)
      for (const { pattern, keys, regex } of clauses) {
        if (!regex.test(path)) continue
        matched++
        if (!isFound(keys)) missed.push({ path, pattern, keys })
      }
    }
    expect(missed.slice(0, 5)).toEqual([])
    if (clauses.length > 0) expect(matched).toBeGreaterThan(50)
  })
})

describe('keys', () => {
  const keysOf = (pattern: string, options = '{}'): LookupKeys | undefined => {
    const document = JSON.stringify({ a: { label: 'A', endpoints: [pattern] } })
    const { rules, rows } = rowsOf(loadPolicy(`{"$options": ${options}, ${document.slice(1)}`))
    const [one] = rows[0]?.paths ?? []
    return one && lookupKeys(one.pattern, rules)
  }

  test.each([
    ['a/b', '{}', '/a/b', '', '*'],
    ['a/*/c', '{}', '/a', '', 'c'],
    ['a/*/b/*/c/*', '{}', '/a', '/b/', '*'],
    ['users/me*', '{}', '/users', '', '*'],
    ['Caf%C3%89/*', '{}', '/Caf\u00c9', '', '*'],
    ['A/*/B', '{"caseSensitive": false, "basePath": "rest"}', '/rest/a', '', 'b'],
    ['a/%C3%89/b/*/c', '{"caseSensitive": false}', '/a', '/b/', 'c'],
    ['a/*/c.json', '{"wildcard": "segment"}', '/a', '', 'c.json'],
    ['a/[bc]/d', '{"wildcard": "segment"}', '', '', '*'],
  ])('%s with %s', (pattern, options, prefix, middle, last) => {
    expect(keysOf(pattern, options)).toEqual({ prefix, middle, last })
  })

  test('of all paths lead to everything', () => {
    const { rules } = rowsOf(loadPolicy('{}'))
    expect(leadsTo('/a/b', rules)(ALL_PATHS)).toBe(true)
  })

  test('may be the names of members that every object has', () => {
    const policy = loadPolicy(`
__proto__: { label: P, endpoints: ['a/*/__proto__': GET, 'a/*/constructor': GET] }
constructor: { label: C, endpoints: ['a/*/toString': GET] }
`)
    const [, data] = TARGETS.opa.write(policy).files
    const { scope_policy: tables } = JSON.parse(data?.text ?? '') as {
      readonly scope_policy: {
        readonly index: { readonly own: { readonly GET: object } }
        readonly holders: object
      }
    }
    expect(
      Object.entries(tables.index.own.GET).map(([prefix, last]) => [prefix, Object.keys(last as object)]),
    ).toEqual([['/a', ['__proto__', 'constructor', 'toString']]])
    expect(Object.entries(tables.holders)).toEqual([
      ['__proto__', [0]],
      ['constructor', [1]],
    ])
  })
})
