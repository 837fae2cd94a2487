/** What is wrong with a table: what is underlined, what is said, what to write. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/request-table/index.ts'
import { runs } from '../arbitrary/settings.ts'
import { judge, tableOf } from './judge.ts'

const HANG = 20_000

describe('a table that cannot be used says where and what to write', () => {
  test.each([
    [
      '',
      'empty-document: : there is no document here -> write `requests:` and below it a list, such as `- GET /workers/me: [profile]`',
    ],
    [
      '~',
      'empty-document: ~: there is nothing here -> write `requests:` and below it a list, such as `- GET /workers/me: [profile]`',
    ],
    [
      '- GET /: []',
      'not-a-mapping: - GET /: []: a request table is a mapping, not a list -> write `requests:` above the list',
    ],
    [
      'policy: a.yaml',
      'missing-field: policy: there are no `requests` in this table -> write `requests:` and below it a list, such as `- GET /workers/me: [profile]`',
    ],
    [
      'requests: []',
      'missing-field: []: `requests` has no item -> write `requests:` and below it a list, such as `- GET /workers/me: [profile]`',
    ],
    [
      'requests:',
      'null-value: requests: `requests` is empty -> write `requests:` and below it a list, such as `- GET /workers/me: [profile]`',
    ],
    [
      'requests: {GET /: []}',
      'wrong-type: {GET /: []}: `requests` must be a list, not a mapping -> put `- ` in front of each request',
    ],
    [
      'request:\n  - GET /: []\nrequests:\n  - GET /: []',
      'unknown-field: request: unknown field `request` of a request table -> did you mean `requests`?',
    ],
    [
      'policy: []\nrequests:\n  - GET /: []',
      'wrong-type: []: `policy` must be a path, not a list -> write the path of the policy, relative to this file',
    ],
    [
      '$options: {presett: cerb}\nrequests:\n  - GET /: []',
      'unknown-option: presett: unknown option `presett` -> did you mean `preset`?',
    ],
    [
      '$options: {head: yes}\nrequests:\n  - GET /: []',
      'invalid-option: yes: option `head` cannot be `yes` -> write `explicit` or `as-get`',
    ],
    ['requests:\n  - GET /: [\n', /^yaml-syntax: /],
    ['requests:\n  - GET /: !!set []', /^yaml-tag: !!set: /],
    ['requests:\n  - GET /: []\n---\n', /^several-documents: /],
    ['requests:\n  - GET /: []\u202e', /^bidi-control: /],
  ])('%j', (table, expected) => {
    const { invalid, findings } = judge(table)
    expect(invalid).toBe(true)
    if (typeof expected === 'string') expect(findings).toEqual([expected])
    else expect(findings[0]).toMatch(expected)
  })
})

const HOW = 'list the scopes that may, as in `[profile, api]`, `[]` for none, or write `refused`'

describe('a row that cannot be used says where and what to write', () => {
  test.each([
    ['GET /a', `wrong-type: GET /a: no expectation for \`GET /a\` -> ${HOW}`],
    ['GET /a:', `null-value: GET /a: no expectation for \`GET /a\` -> ${HOW}`],
    ['GET /a: ~', `null-value: ~: no expectation for \`GET /a\` -> ${HOW}`],
    ['GET /a: api', 'wrong-type: api: `api` where a list of scopes belongs -> write `[api]`'],
    [
      'GET /a: refuse',
      'wrong-type: refuse: `refuse` where a list of scopes belongs -> did you mean `refused`?',
    ],
    ['GET /a: { refuse: space }', `invalid-value: refuse: \`refuse\` is not an expectation -> ${HOW}`],
    [
      'GET /a: { refused: dotsegment }',
      'invalid-value: dotsegment: `refused` cannot be `dotsegment` -> did you mean `dot-segment`?',
    ],
    ['GET /a: {}', `invalid-value: {}: an empty mapping is not an expectation -> ${HOW}`],
    [
      'GET /a: [[api]]',
      'wrong-type: [api]: an item of the list must be the name of a scope, not a list -> write the name of a scope',
    ],
    [
      'GET /a: [api, profile, api]',
      'duplicate-scope: api: scope `api` is listed twice -> delete one of them',
    ],
    [
      'GET /a: [pofile]',
      'unknown-scope: pofile: there is no scope `pofile` in the policy -> did you mean `profile`?',
    ],
    [
      'GET /a: [root]',
      'unknown-scope: root: there is no scope `root` in the policy -> the scopes are `profile`, `search`, `api:read-only` or `api`',
    ],
    ['/a: []', 'invalid-request: /a: no method before `/a` -> write the method, too, such as `GET /a`'],
    [
      'GET: []',
      'invalid-request: GET: no path after `GET` -> write a method, a space and the path, such as `GET /workers/me`',
    ],
    [
      'get /a: []',
      'invalid-request: get: method `get` is not in upper case, and methods are compared exactly -> write `GET`',
    ],
    ['POTS /a: []', 'unknown-method: POTS: unknown HTTP method `POTS` -> did you mean `POST`?'],
    ['GET, GET /a: []', 'invalid-request: GET: duplicate method `GET` -> delete it'],
    [
      'GET /a: []\n    GET /b: []',
      'invalid-request: GET /b: a second request in the same item, `GET /b` -> put `- ` in front of each request',
    ],
    [
      'request: GET /a',
      'missing-field: request: this request has no `scopes` -> add `scopes:` with the scopes of the token, `[]` for none',
    ],
    [
      '{ scopes: [], expect: deny }',
      'missing-field: scopes: this request has no `request` -> add `request:` with a method and a path, such as `GET /workers/me`',
    ],
    [
      '{ request: GET /a, scopes: [], expect: dny }',
      'invalid-value: dny: `expect` cannot be `dny` -> did you mean `deny`?',
    ],
    [
      '{ request: GET /a, scopes: [api], expect: deny, by: api }',
      'invalid-value: by: `by` says which scope allows, and `deny` is expected -> delete it',
    ],
    [
      '{ request: GET /a, scopes: [api], expect: allow, reason: path-refused }',
      'invalid-value: reason: `reason` says why a request is denied, and `allow` is expected -> delete it',
    ],
    [
      '{ request: GET /a, scopes: [api], expect: allow, by: profile }',
      'invalid-value: profile: `by` names `profile`, which the token does not have -> name scopes of `scopes`',
    ],
    [
      '{ request: GET /a, scopes: [api], expect: allow, expct: x }',
      'unknown-field: expct: unknown field `expct` of a request -> did you mean `expect`?',
    ],
    [
      '{ request: GET /a, scopes: "api  profile", expect: allow }',
      'null-value: "api  profile": a scope has an empty name -> write `[]` for a token without scopes',
    ],
    [
      '[]',
      'wrong-type: []: an item of `requests` must be a request, not a list -> write `- GET /workers/me: [profile]`',
    ],
    ['{}', `wrong-type: {}: this item has no request -> ${HOW}`],
  ])('%j', (row, expected) => {
    const { invalid, findings } = judge(tableOf(row))
    expect([invalid, findings]).toEqual([true, [expected]])
  })

  test('all at once', () => {
    expect(judge(tableOf('get /a: []', 'GET /b', 'GET /c: [api, api]')).findings).toHaveLength(3)
  })
})

describe('a request that stands twice', () => {
  test.each([
    [
      ['GET /a: []', 'GET /a: refused'],
      'duplicate-request: GET: duplicate request `GET /a` -> delete one of them, or make them one',
    ],
    [
      ['GET, PUT /a: []', 'PUT /a: []'],
      'duplicate-request: PUT: duplicate request `PUT /a` -> delete one of them, or make them one',
    ],
    [
      [
        '{ request: GET /a, scopes: [api, search], expect: allow }',
        '{ request: GET /a, scopes: search api, expect: deny }',
      ],
      'duplicate-request: GET: duplicate request `GET /a` with the same scopes -> delete one of them, or make them one',
    ],
  ])('is an error: %j', (rows, expected) => {
    const { invalid, findings } = judge(tableOf(...rows))
    expect([invalid, findings]).toEqual([true, [expected]])
  })

  test('points to the first one', () => {
    const text = tableOf('GET /a: []', 'GET /a: []')
    const { findings } = readTable(text)
    expect(findings.map(({ related }) => related?.span)).toEqual([{ start: 14, end: 17 }])
  })

  test('in another spelling, or with other scopes, is another request', () => {
    const rows = [
      'GET /a: [api:read-only, api]',
      'GET /%61: [api:read-only, api]',
      'GET /a?b: [api:read-only, api]',
    ]
    const token = '{ request: GET /a, scopes: [api], expect: allow }'
    expect(judge(tableOf(...rows, token)).findings).toEqual([])
  })
})

describe('hostile tables', () => {
  test.each([
    ['nesting', `requests: ${'['.repeat(100_000)}`],
    ['aliases', `requests:\n  - GET /a: &a [api]\n${'  - GET /b: *a\n'.repeat(200)}`],
    ['an alias to itself', 'requests: &a\n  - GET /a: *a\n'],
    ['several merged rows', 'requests:\n  - <<: {GET /a: []}\n'],
    ['requests', `requests:\n${Array.from({ length: 100_001 }, (_, at) => `  - GET /${at}: []\n`).join('')}`],
    [
      'a long list of unknown scopes',
      `requests:\n  - GET /a: [${Array.from({ length: 200_000 }, (_, at) => `s${at}`).join()}]\n`,
    ],
    [
      'long lists to compare',
      `requests:\n  - request: GET /a\n    expect: allow\n${['scopes', 'by'].map((name) => `    ${name}: [${Array.from({ length: 100_000 }, (_, at) => `s${at}`).join()}]\n`).join('')}`,
    ],
  ])(
    'with too much of everything are refused: %s',
    (_, table) => {
      const { invalid, findings } = judge(table)
      expect(invalid).toBe(true)
      expect(findings.length).toBeGreaterThan(0)
      expect(findings.join()).not.toContain('in code')
    },
    HANG,
  )

  test('that are not UTF-8 are refused', () => {
    expect(judge(Buffer.from('requests:\n  - GET /caf\xe9: []\n', 'latin1')).findings[0]).toMatch(
      /^invalid-utf8/,
    )
  })

  test('whatever they hold never throw, and are used only without an error', () => {
    const piece = fc.constantFrom(
      ...'requests:|\n|  - |- |GET /a|: |[api]|[]|refused|{|}|[|]|*a|&a |~|request: |scopes: |expect: |allow|deny|by: |"|\'|#|,|!!x |---|\u202e|\0|policy: |$options: |preset: cerb|name: |x-y: |<<: |? |\t'.split(
        '|',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const { table, findings } = readTable(`requests:\n  - ${pieces.join('')}`)
        if (table === null) expect(findings.length).toBeGreaterThan(0)
        else expect(table.rows.length).toBeGreaterThan(0)
      }),
      runs(500),
    )
  })
})
