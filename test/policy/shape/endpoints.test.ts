/**
 * Items of `endpoints`: the three forms that grant, and every slip that must not.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../../src/index.ts'
import { codes, endpoint, findings, parse, repaired, scope } from '../../yaml/findings.ts'

const ALL = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']

function methods(item: string): readonly string[] {
  return loadPolicy(endpoint(item)).methodsFor('s', '/a')
}

describe('the three forms', () => {
  test('a pattern alone grants the methods of the API', () => {
    expect(methods('a')).toEqual(ALL)
    expect(methods('"a"')).toEqual(ALL)
    expect(methods('/a')).toEqual(ALL)
  })

  test('a pattern with a method grants that', () => {
    expect(methods('a: GET')).toEqual(['GET'])
    expect(methods('"a": "GET"')).toEqual(['GET'])
    expect(methods('{a: GET}')).toEqual(['GET'])
    expect(methods('? a\n      : GET')).toEqual(['GET'])
  })

  test('a pattern with a list of methods grants those, each once', () => {
    expect(methods('a: [POST, GET, POST]')).toEqual(['GET', 'POST'])
    expect(methods('a:\n        - PUT\n        - GET')).toEqual(['GET', 'PUT'])
    expect(methods('a: [PROPFIND, VERSION-CONTROL]')).toEqual(['PROPFIND', 'VERSION-CONTROL'])
  })

  test('a colon without a blank behind it belongs to the pattern', () => {
    expect(loadPolicy(endpoint('a:GET')).authorize('s', 'PUT', '/a:GET')).toBe(true)
    expect(loadPolicy(endpoint('a:GET')).authorize('s', 'GET', '/a')).toBe(false)
  })
})

describe('an error, with the code that says what to write', () => {
  const wrong: readonly (readonly [item: string, code: string])[] = [
    // More than one key, or none
    ['{a: GET, b: GET}', 'endpoint-keys'],
    ['a: GET\n      b: POST', 'endpoint-keys'],
    ['{}', 'endpoint-keys'],
    // No method
    ['a:', 'no-methods'],
    ['a: ~', 'no-methods'],
    ['a: null', 'no-methods'],
    ['a: ""', 'no-methods'],
    ['a: []', 'no-methods'],
    ['a: [~]', 'no-methods'],
    ['a: [""]', 'no-methods'],
    ['a: [GET, ]\n    - b: [null]', 'no-methods'],
    // Wildcards
    ['a: "*"', 'method-wildcard'],
    ['a: ANY', 'method-wildcard'],
    ['a: ALL', 'method-wildcard'],
    ['a: any', 'method-wildcard'],
    ['a: ["*"]', 'method-wildcard'],
    // Several in one text, nested lists
    ['a: "GET, POST"', 'method-list'],
    ['a: GET POST', 'method-list'],
    ['a: GET|POST', 'method-list'],
    ['a: get,post', 'method-list'],
    ['a: [[GET]]', 'method-list'],
    ['a: [GET, [POST]]', 'method-list'],
    ['a: [{GET: x}]', 'method-list'],
    // Unknown methods
    ['a: FETCH', 'unknown-method'],
    ['a: GTE', 'unknown-method'],
    ['a: 5', 'unknown-method'],
    ['a: true', 'unknown-method'],
    ['a: [GET, 5]', 'unknown-method'],
    ['a: "GET "', 'unknown-method'],
    ['a: G\u0415T', 'unknown-method'],
    ['a: PO\u017fT', 'unknown-method'],
    ['a: M-SEARCH', 'unknown-method'],
    // Mappings and lists where they do not belong
    ['a: {GET: x}', 'wrong-type'],
    ['a: {}', 'wrong-type'],
    ['[a]', 'wrong-type'],
    ['[]', 'wrong-type'],
    ['[[a, GET]]', 'wrong-type'],
    // Patterns that are none
    ['""', 'empty-pattern'],
    ["''", 'empty-pattern'],
    ['"": GET', 'empty-pattern'],
    ['', 'null-value'],
    ['~', 'null-value'],
    ['null', 'null-value'],
    ['~: GET', 'null-value'],
    ['null: GET', 'null-value'],
    ['Null: [GET, POST]', 'null-value'],
    ['{~: GET}', 'null-value'],
    ['? \n      : GET', 'null-value'],
    // Control characters in a pattern
    ['"a\\nb"', 'invalid-pattern'],
    ['"a\\tb": GET', 'invalid-pattern'],
    ['"a\\u0000b"', 'invalid-pattern'],
    ['"a\\u007fb"', 'invalid-pattern'],
    ['|\n      a\n      b', 'invalid-pattern'],
    ['|\n      a', 'invalid-pattern'],
  ]
  for (const [item, code] of wrong) {
    test(`${JSON.stringify(item)} is ${code}`, () => {
      const found = codes(endpoint(item))
      expect(new Set(found)).toEqual(new Set([code]))
    })
  }
})

test('a quoted null is a pattern, and a quoted tilde', () => {
  expect(findings(endpoint('"null": GET'))).toEqual([])
  expect(findings(endpoint('"~": GET'))).toEqual([])
  expect(loadPolicy(endpoint('"~": GET')).authorize('s', 'GET', '/~')).toBe(true)
})

test('with another mistake beside it nothing of the endpoint is granted or hidden', () => {
  expect(codes(endpoint('"a b": FETCH')).slice().sort()).toEqual(['unknown-method', 'unreachable-endpoint'])
  expect(codes(endpoint('{a: FETCH, "": GET}')).slice().sort()).toEqual([
    'empty-pattern',
    'endpoint-keys',
    'unknown-method',
  ])
})

describe('a method in lower case', () => {
  test('is read as its upper-case form, with a warning and a fix', () => {
    for (const written of ['get', 'Get', 'gET', '"get"', "'get'"]) {
      const text = endpoint(`a: ${written}`)
      const { policy, diagnostics } = parse(text)
      expect(policy?.methodsFor('s', '/a')).toEqual(['GET'])
      expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['method-case', 'warning']])
      const fixed = repaired(text, diagnostics[0] as (typeof diagnostics)[number])
      expect(findings(fixed)).toEqual([])
      expect(loadPolicy(fixed).fingerprint).toBe(policy?.fingerprint)
    }
  })

  test('is found in a list, each where it stands', () => {
    expect(findings(endpoint('a: [get, POST, put]'))).toEqual([
      ['method-case', 'get'],
      ['method-case', 'put'],
    ])
  })

  test('is no method when only Unicode folding makes it one', () => {
    for (const written of ['po\u017ft', 'pat\u1d04h', '\u212aeep']) {
      expect(codes(endpoint(`a: ${written}`))).toEqual(['unknown-method'])
    }
  })
})

describe('an unknown method', () => {
  test('is answered with the one that was probably meant', () => {
    const help = (written: string): string => parse(endpoint(`a: ${written}`)).diagnostics[0]?.help ?? ''
    expect(help('GTE')).toContain('`GET`')
    expect(help('DELETED')).toContain('`DELETE`')
    expect(help('OPTION')).toContain('`OPTIONS`')
  })
})

describe('a comment that lists methods', () => {
  test('behind a bare pattern gets an informational finding', () => {
    const widened: readonly (readonly [string, string])[] = [
      ['"*" #[GET]', '#[GET]'],
      ['"*" # [GET, POST]', '# [GET, POST]'],
      ['a # GET', '# GET'],
      ['a #: [GET]', '#: [GET]'],
      ["'a'  # get, post", '# get, post'],
    ]
    for (const [item, underlined] of widened) {
      expect(findings(endpoint(item)), item).toEqual([['widened-by-comment', underlined]])
      expect(parse(endpoint(item)).diagnostics[0]?.severity).toBe('info')
    }
  })

  test('that says something else gets none', () => {
    for (const item of [
      'a # read only',
      'a #',
      'a # [FOO]',
      'a # GET is all one needs',
      'a: GET # [POST]',
      'a: [GET] #[PUT]',
    ]) {
      expect(findings(endpoint(item)), item).toEqual([])
    }
    expect(findings(`${endpoint('a')}    # [GET]\n`)).toEqual([])
  })

  test('on the last line of a document without a line end is found, too', () => {
    expect(findings(endpoint('"*" #[GET]').trimEnd())).toEqual([['widened-by-comment', '#[GET]']])
  })
})

describe('a pattern that looks like a number', () => {
  test('is the text as typed, with a warning', () => {
    for (const written of ['5', '010', '1e3', 'true', 'y', '2024-01-01', '12:30', '0x1F', '1_000']) {
      const text = endpoint(written)
      const { policy, diagnostics } = parse(text)
      expect(
        diagnostics.map(({ code }) => code),
        written,
      ).toEqual(['yaml-1-1-ambiguity'])
      expect(policy?.authorize('s', 'GET', `/${written}`)).toBe(true)
      expect(findings(endpoint(`${written}: GET`))).toEqual([['yaml-1-1-ambiguity', written]])
      const fixed = repaired(text, diagnostics[0] as (typeof diagnostics)[number])
      expect(findings(fixed)).toEqual([])
      expect(loadPolicy(fixed).fingerprint).toBe(policy?.fingerprint)
    }
  })
})

test('a pattern over the limit is refused, at the limit it is not', () => {
  expect(codes(endpoint(`"${'a'.repeat(4096)}"`))).toEqual([])
  expect(codes(endpoint(`"${'a'.repeat(4097)}"`))).toEqual(['limit-exceeded'])
  expect(codes({ s: { label: 'x', endpoints: [{ ['a'.repeat(4096)]: 'GET' }] } })).toEqual([])
})

test('all problems of a scope are reported at once', () => {
  const text = scope('endpoints:', '  - a: FETCH', '  - ""', '  - b c', 'risk: huge', 'deny: [x]')
  expect(codes(text)).toEqual([
    'missing-field',
    'unknown-method',
    'empty-pattern',
    'unreachable-endpoint',
    'invalid-value',
    'unknown-field',
  ])
})
