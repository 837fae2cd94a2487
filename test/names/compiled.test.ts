/** Compiled policies with names, combinations, aliases and a baseline answer as the loaded one; forged ones are refused. */
import { describe, expect, test } from 'vitest'
import { fromCompiled, toCompiled, toDeclarations } from '../../src/compiled/index.ts'
import { type CompiledData, seal } from '../../src/compiled/data.ts'
import { loadPolicy } from '../../src/index.ts'
import { compiledForms } from '../compiled/forms.ts'

const DOCUMENT = {
  $baseline: { tools: ['ping'], endpoints: [{ health: 'GET' }] },
  read: {
    label: 'x',
    endpoints: [{ 'a/*': 'GET' }],
    tools: ['get_*', 'find it?'],
    resources: ['repo://*/x/*', 'file:///caf%C3%A9/*'],
    aliases: ['old:read'],
  },
  write: { label: 'x', includes: ['read'], prompts: ['p'], requestAs: 'api://app/write', deprecated: true },
  team: { label: 'x', endpoints: [] },
  'read team': { tools: ['add'], endpoints: ['a/b/c'] },
}
const OPTIONS = [{}, { wildcard: 'segment' }, { basePath: '/v1', caseSensitive: false }] as const
const SCOPES = [
  [],
  ['read'],
  ['old:read'],
  ['write', 'team'],
  ['team', 'read'],
  ['team'],
  ['$baseline'],
  ['read team'],
  undefined,
]
const REQUESTS = [
  ...['ping', 'get_x', 'find it?', 'add', 'Get_x', '', 'p'].map((name) => ['tools/call', name] as const),
  ...['repo://a/x/y', 'repo://a/x/../y', 'file:///caf%c3%a9/z', 'REPO://a/x/y'].map(
    (uri) => ['resources/read', uri] as const,
  ),
  ['prompts/get', 'p'],
  ['prompts/get', 'q'],
  ...['/health', '/a/b', '/a/b/c', '/v1/a/b', '/v1/A/b/c', '/v1/health', '/a//b'].map(
    (path) => ['GET', path] as const,
  ),
  ['POST', '/a/b/c'],
] as const

describe.each(OPTIONS)('with %j', (options) => {
  const policy = loadPolicy({ $options: options, ...DOCUMENT })

  test('every form answers as the loaded policy', async () => {
    for (const [form, compiled] of await compiledForms(policy)) {
      for (const scopes of SCOPES) {
        for (const [method, target] of REQUESTS) {
          const place = `${form} ${String(scopes)} ${method} ${target}`
          const allowed = policy.authorize(scopes as never, method, target)
          expect(compiled.authorize(scopes as never, method, target), place).toBe(allowed)
          expect(compiled.grant(scopes as never).authorize(method, target), place).toBe(allowed)
          const { grantedBy, ...rest } = policy.explain(scopes as never, method, target)
          // Compiled policies know no near miss.
          Reflect.deleteProperty(rest, 'nearest')
          expect(compiled.explain(scopes as never, method, target), place).toEqual({
            ...rest,
            grantedBy: grantedBy.map(({ scope, endpoint }) => ({ scope, endpoint })),
          })
        }
      }
      for (const [method, target] of REQUESTS) {
        expect(compiled.scopesFor(method, target)).toEqual(policy.scopesFor(method, target))
        expect(compiled.setsFor(method, target)).toEqual(policy.setsFor(method, target))
      }
      expect(compiled.scopes).toEqual(['read', 'write', 'team'])
      expect(compiled.requestAs('write')).toBe('api://app/write')
    }
  })
})

test('declarations name scopes only', () => {
  expect(toDeclarations(loadPolicy(DOCUMENT))).toContain(
    'export type ScopeName =\n  | "read"\n  | "write"\n  | "team"\n',
  )
})

describe('forged data is refused', () => {
  const data = JSON.parse(JSON.stringify(toCompiled(loadPolicy(DOCUMENT)))) as Record<string, never>

  test.each([
    ['another list of names', (copy: string) => copy.replace('get_*', 'rm__*')],
    ['a name that tables do not have', (copy: string) => copy.replace('tools/call ping', 'tools/call *')],
    [
      'a combination that is no row',
      (copy: string) => copy.replace('["read team",["read","team"]]', '["read x",["read"]]'),
    ],
    ['scopes that are not there', (copy: string) => copy.replace('["read","team"]]', '["read","nobody"]]')],
    ['a baseline that is none', (copy: string) => copy.replace('"baseline":true', '"baseline":false')],
  ])('%s', (_, change) => {
    const text = JSON.stringify(data)
    const forged = change(text)
    expect(forged).not.toBe(text)
    // With the checksum of what it says now.
    const sealed = seal(JSON.parse(forged) as CompiledData)
    expect(() => fromCompiled(sealed)).toThrow('not a compiled policy')
  })
})
