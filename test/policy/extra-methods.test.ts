/** Methods outside of the IANA registry, such as PURGE: declared by the document, else an error. */
import { describe, expect, test } from 'vitest'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { loadPolicy, parsePolicy } from '../../src/index.ts'

const CACHE = { label: 'Clear the cache', endpoints: [{ 'cache/*': ['PURGE', 'BAN'] }] }
const DECLARED = { $options: { extraMethods: ['PURGE', 'BAN'] }, cache: CACHE }

const codes = (document: object): readonly string[] =>
  parsePolicy(document).diagnostics.map(({ code }) => code)

describe('methods outside of the registry', () => {
  test('are errors where nobody declares them', () => {
    expect(codes({ cache: CACHE })).toEqual(['unknown-method', 'unknown-method'])
  })

  test('are granted as they are written where the document declares them', () => {
    const { authorize } = loadPolicy(DECLARED)
    expect(authorize(['cache'], 'PURGE', '/cache/x')).toBe(true)
    expect(authorize(['cache'], 'purge', '/cache/x')).toBe(false)
    expect(authorize(['cache'], 'GET', '/cache/x')).toBe(false)
  })

  test('are granted by compiled policies as well', () => {
    const data: unknown = JSON.parse(JSON.stringify(toCompiled(loadPolicy(DECLARED))))
    expect(fromCompiled(data).authorize(['cache'], 'BAN', '/cache/x')).toBe(true)
  })

  test('can be declared in code, where they win over the document', () => {
    expect(loadPolicy({ cache: CACHE }, { extraMethods: ['BAN', 'PURGE'] }).fingerprint).toBe(
      loadPolicy(DECLARED).fingerprint,
    )
    expect(() => loadPolicy({ cache: CACHE }, { extraMethods: ['a b'] })).toThrow(TypeError)
    expect(() => loadPolicy(DECLARED, { extraMethods: ['PURGE'] })).toThrow('BAN')
  })

  test('can be what a bare pattern grants', () => {
    const { authorize } = loadPolicy({
      $options: { extraMethods: ['PURGE'], methods: ['PURGE'] },
      s: { label: 'x', endpoints: ['a'] },
    })
    expect([authorize('s', 'PURGE', '/a'), authorize('s', 'GET', '/a')]).toEqual([true, false])
  })

  test('that are misspelt get a suggestion from those that are declared', () => {
    const { diagnostics } = parsePolicy({
      ...DECLARED,
      s: { label: 'x', endpoints: [{ a: 'PRUGE' }] },
    })
    expect(diagnostics).toMatchObject([{ code: 'unknown-method', help: 'did you mean `PURGE`?' }])
  })

  test.each(['GET', 'get', '*', 'ANY', 'all', 'A B', '', 'tools/call', 'É'])('cannot be %j', (method) => {
    expect(codes({ $options: { extraMethods: [method] }, s: { label: 'x', endpoints: [] } })).toContain(
      'invalid-option',
    )
  })

  test('leave the fingerprint of other documents alone', () => {
    const document = { s: { label: 'x', endpoints: ['a'] } }
    const declared = { $options: { extraMethods: ['PURGE'] }, ...document }
    expect(loadPolicy(declared).fingerprint).toBe(loadPolicy(document).fingerprint)
  })
})
