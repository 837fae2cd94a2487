/** The narrower document: what is left, what is kept of the text, and that each request is decided as before. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { suggestNarrower, type Suggestion } from '../../src/usage/suggest.ts'
import { UsageCollector } from '../../src/usage/usage.ts'

type Request = readonly [method: string, path: string]

function suggested(document: string, requests: readonly Request[]): Suggestion {
  const collector = new UsageCollector(loadPolicy(document))
  for (const [method, path] of requests) collector.add({ method, path, client: 'x' }, '')
  return suggestNarrower(
    new TextEncoder().encode(document),
    {},
    collector.endpoints.rows,
    collector.usedRequests(),
  )
}

describe('a narrower document', () => {
  test('keeps comments, labels, quotes and order where endpoints stay', () => {
    const document = `# of the whole
"profile": # of the scope
  label: Access your profile
  endpoints:
    - workers/me: GET   # of what stays
    # of two
    - workers/a # goes
    - workers/b: [GET, POST]
    # of what goes
    - workers/c: GET
"search":
  label: 'Search'
  endpoints:
    - records/*/search: [GET]
flow: {label: Flow, endpoints: [a: GET, b: [GET, "PUT"], c]}
"api":
  label: Make any request
  endpoints:
    - "*" #[GET, PATCH]
`
    const { text, removed, narrowed, kept } = suggested(document, [
      ['GET', '/workers/me'],
      ['GET', '/workers/b'],
      ['PUT', '/b'],
    ])
    expect(text).toBe(`# of the whole
"profile": # of the scope
  label: Access your profile
  endpoints:
    - workers/me: GET   # of what stays
    # of two
    - workers/b: [GET]
"search":
  label: 'Search'
  endpoints: []
flow: {label: Flow, endpoints: [b: ["PUT"]]}
"api":
  label: Make any request
  endpoints:
    - "*": [GET, PUT] #[GET, PATCH]
`)
    expect({ removed, narrowed, kept }).toEqual({ removed: 5, narrowed: 3, kept: 0 })
  })

  test('keeps what an alias uses twice, and says so', () => {
    const document = `a: {label: A, endpoints: &list [x: GET, y: GET]}
b: {label: B, endpoints: *list}
c: {label: C, endpoints: [z: GET, w: GET]}
`
    const { text, kept } = suggested(document, [['GET', '/x']])
    expect(text).toBe(document.replace('[z: GET, w: GET]', '[]'))
    expect(kept).toBe(2)
  })

  test('has tools, combinations and the baseline narrowed as well', () => {
    const document = `$baseline: {endpoints: [me: GET, ping: GET]}
a: {label: A, tools: [get_issue, "delete_*"], endpoints: []}
b: {label: B, endpoints: []}
a b: {endpoints: [both: GET, never: GET]}
`
    const { text } = suggested(document, [
      ['tools/call', 'get_issue'],
      ['GET', '/me'],
      ['GET', '/both'],
    ])
    expect(text).toBe(`$baseline: {endpoints: [me: GET]}
a: {label: A, tools: [get_issue], endpoints: []}
b: {label: B, endpoints: []}
a b: {endpoints: [both: GET]}
`)
  })

  test('keeps GET where only HEAD was used and `head: as-get` grants it', () => {
    const document = `$options: {head: as-get}\na: {label: A, endpoints: [x: [GET, POST]]}\n`
    expect(suggested(document, [['HEAD', '/x']]).text).toContain('[x: [GET]]')
  })

  test('keeps both endpoints that a path with a slash at its end needs', () => {
    const document = `$options: {extensions: [json]}
a:
  label: A
  endpoints:
    - public: GET
    - public/*: GET
    - other: GET
`
    for (const path of ['/public/', '/public/.json']) {
      expect(suggested(document, [['GET', path]]).text).toBe(document.replace('    - other: GET\n', ''))
    }
  })

  test('is the same text where everything is in use', () => {
    const document = `a: {label: A, endpoints: [x: GET]}\r\n`
    expect(suggested(document, [['GET', '/x']])).toMatchObject({ text: document, removed: 0, narrowed: 0 })
  })

  test('keeps line ends of Windows', () => {
    const document = 'a:\r\n  label: A\r\n  endpoints:\r\n    - x: GET\r\n    # of y\r\n    - y: GET\r\n'
    expect(suggested(document, [['GET', '/x']]).text).toBe(
      'a:\r\n  label: A\r\n  endpoints:\r\n    - x: GET\r\n',
    )
    expect(suggested(document, [])).toMatchObject({ text: 'a:\r\n  label: A\r\n  endpoints: []\r\n' })
  })

  test('decides each request of the log as before for every token, and allows nothing new', () => {
    const pattern = fc.constantFrom('a', 'a/*', 'a/', '*', '*/b', 'a/b', 'b*', '*b/*')
    const methods = fc.constantFrom('', ': GET', ': [GET, POST]', ': [POST]')
    const path = fc.constantFrom(
      '/a',
      '/a/',
      '/a/b',
      '/a/b/',
      '/b',
      '/bb/',
      '/c/b',
      '/cb/x',
      '/a/../b',
      '/%61',
    )
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'TRACE')
    const includes = fc.constantFrom('', 'includes: [s0], ')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(includes, fc.array(fc.tuple(pattern, methods), { minLength: 1, maxLength: 4 })), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.array(fc.tuple(method, path), { maxLength: 6 }),
        fc.array(fc.tuple(method, path), { maxLength: 12 }),
        (scopes, log, others) => {
          const document = scopes
            .map(([included, endpoints], at) => {
              const items = [...new Map(endpoints)].map(([one, what]) => `"${one}"${what}`)
              return `s${at}: {label: Scope ${at}, ${at === 0 ? '' : included}endpoints: [${items.join(', ')}]}\n`
            })
            .join('')
          const before = loadPolicy(document)
          const after = loadPolicy(suggested(document, log).text)
          const names = scopes.map((_, at) => `s${at}`)
          for (let bits = 1; bits < 2 ** names.length; bits++) {
            const set = names.filter((_, at) => bits & (1 << at))
            for (const [one, target] of log)
              expect(after.authorize(set, one, target)).toBe(before.authorize(set, one, target))
            for (const [one, target] of others) {
              if (after.authorize(set, one, target)) expect(before.authorize(set, one, target)).toBe(true)
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
