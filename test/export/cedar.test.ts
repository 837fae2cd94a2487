/**
 * Exported policies are run by Cedar itself: it decides each request, asked as the exported file says, as `authorize`
 * does. Requests are made of the patterns, then spoiled: near misses, and every form of target that is refused.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { TARGETS } from '../../src/export/index.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { folderWith, runCli, WITH_ERROR } from '../cli/run-cli.ts'

const CEDAR = fileURLToPath(
  new URL('../peers/node_modules/@cedar-policy/cedar-wasm/nodejs/cedar_wasm.js', import.meta.url),
)
const missing = existsSync(CEDAR)
  ? undefined
  : 'test/peers is not installed (npm ci --prefix test/peers): skipped'

interface Answer {
  readonly type: string
  readonly response?: {
    readonly decision: string
    readonly diagnostics: { readonly errors: readonly unknown[] }
  }
}

interface Cedar {
  readonly preparsePolicySet: (id: string, policies: object) => Answer
  readonly preparseSchema: (id: string, schema: string) => Answer
  readonly validate: (call: object) => Answer & { readonly validationErrors?: readonly unknown[] }
  readonly statefulIsAuthorized: (call: object) => Answer
}

const cedar = missing === undefined ? (createRequire(import.meta.url)(CEDAR) as Cedar) : undefined

type Decide = (scopes: readonly string[], method: string, target: string) => boolean

/** Cedar with the exported files, asked as their first lines say. */
function cedarOf(policy: Policy, id: string): Decide {
  if (cedar === undefined) throw new Error('no Cedar')
  const [policies = '', schema = ''] = TARGETS.cedar.write(policy).files.map(({ text }) => text)
  const set = { staticPolicies: policies, templates: {}, templateLinks: [] }
  expect(cedar.preparsePolicySet(id, set)).toEqual({ type: 'success' })
  expect(cedar.preparseSchema(id, schema)).toEqual({ type: 'success' })
  expect(cedar.validate({ schema, policies: set })).toMatchObject({ type: 'success', validationErrors: [] })
  const { statefulIsAuthorized } = cedar
  return (scopes, method, target) => {
    const { path, refusal } = policy.explain([], method, target)
    // Refused targets in origin-form are asked all the same: the file itself has to deny them.
    if (refusal !== undefined && method.includes('/')) return false
    const answer = statefulIsAuthorized({
      principal: { type: 'ScopePolicy::Token', id: 'token' },
      action: { type: 'ScopePolicy::Action', id: 'request' },
      resource: { type: 'ScopePolicy::Api', id: 'api' },
      context: { method, path, scopes },
      preparsedSchemaName: id,
      validateRequest: true,
      preparsedPolicySetId: id,
      entities: [],
    })
    if (answer.response === undefined) throw new Error(JSON.stringify(answer))
    expect(answer.response.diagnostics.errors).toEqual([])
    return answer.response.decision === 'allow'
  }
}

/** A small generator of numbers; runs can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const FILLERS = [
  '',
  'a',
  'x1',
  'a/b',
  '0',
  '20',
  'a%20',
  '%2',
  'b%C3%A9',
  'me',
  'ME',
  'a.json',
  'z/',
  '%E2%82%AC0',
]
const SPOILERS = [
  '/', '//', '/.', '/..', '/../', '/%2e%2e/', '%2e', '%2F', '%5C', '\\', ';', ';a=1', '%3B', '#', '%23', ' ', '%20',
  '%', '%4', '%zz', '%00', '%1f', '\u0000', '\u00e9', '%C3%28', '%C0%AF', '%2541', '%25u0041', '%41', '%61', '.json',
  '.xml', '.json.xml', '.json/', '/.json', '?a=/b', '*', '0', 'x', ':443', '%C3%A9', '%c3%a9', '%7E', '/a', '\u212a',
] // prettier-ignore

function targetsOf(policy: Policy, prefix: string, next: (below: number) => number): string {
  const patterns = [
    ...policy.scopes.values(),
    ...policy.combinations.values(),
    ...(policy.baseline ? [policy.baseline] : []),
  ].flatMap(({ endpoints }) => endpoints.map(({ pattern }) => pattern))
  const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T
  const pattern = pick(patterns).replace(/^\//, '')
  let target = pattern.replace(/\*/g, () => pick(FILLERS))
  for (let count = [0, 1, 1, 2][next(4)] as number; count > 0; count--) {
    const at = next(3) === 0 ? next(target.length + 1) : target.length
    const kind = next(6)
    if (kind === 0) target = target.slice(0, at) + target.slice(at + 1)
    else if (kind === 1) target = target.toUpperCase()
    else target = target.slice(0, at) + pick(SPOILERS) + target.slice(at)
  }
  const start = next(20)
  return start === 0 ? `//${target}` : start === 1 ? `/${target}` : `${prefix}/${target}`
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'get', 'OPTIONS', 'tools/call']

interface Counts {
  readonly allowed: number
  readonly refused: number
  readonly wrong: readonly unknown[]
}

function compare(policy: Policy, id: string, requests: number, prefix = ''): Counts {
  const decide = cedarOf(policy, id)
  const next = numbers(id.length + 7)
  const names = [
    ...policy.scopes.keys(),
    ...[...policy.scopes.values()].flatMap(({ aliases = [] }) => aliases),
    'none',
  ]
  let [allowed, refused] = [0, 0]
  const wrong: unknown[] = []
  for (let count = 0; count < requests; count++) {
    const scopes = names.filter(() => next(3) === 0)
    const method = METHODS[next(next(2) === 0 ? 2 : METHODS.length)] as string
    const target = targetsOf(policy, prefix, next)
    const expected = policy.authorize(scopes, method, target)
    if (expected) allowed++
    if (policy.explain(scopes, method, target).refusal !== undefined) refused++
    if (decide(scopes, method, target) !== expected) wrong.push({ scopes, method, target, expected })
  }
  return { allowed, refused, wrong }
}

const PLAIN = `
profile: { label: Profile, endpoints: [workers/me: GET, 'workers/me/*': [GET, PUT], /] }
files: { label: Files, endpoints: ['files/*', 'files/*/raw: GET', caf%c3%a9, 'caf%C3%A9/*/x', 'keys/*0', 'keys/*2F: GET'] }
public: { label: Public, endpoints: ['public/*': GET, slash/: GET, 'deep/*/*': GET, 'deep/*/': POST] }
folder: { label: Folder, endpoints: [public: GET, 'pub*': POST, slash, 'deep/*/a', '*/me: GET'] }
`
const COMBINED = `
$baseline: { endpoints: [health: GET, 'docs/*': GET] }
read: { label: Read, aliases: ['urn:old:read', 'https://x.example/read'], endpoints: ['items/*': GET] }
write: { label: Write, includes: [read], endpoints: [items: POST, docs: GET] }
team: { label: Team, endpoints: ['teams/*': GET] }
all: { label: All, includes: [write, team], endpoints: ['all/*'] }
"read team": { endpoints: ['teams/*/items/*': GET, 'shared/*': [GET, PUT]] }
"write team": { endpoints: ['teams/*/items/*': POST, shared: GET] }
`
const OPTIONS = [
  '{ trailingSlash: ignore, caseSensitive: false, basePath: /rest, extensions: [json, xml] }',
  '{ caseSensitive: false, basePath: /rest }',
  '{ head: as-get, delimiters: data, encodedSlash: data }',
  '{ encodedSlash: opaque, trailingSlash: ignore }',
]

describe.skipIf(missing !== undefined)(
  `Cedar decides as authorize${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    test.each([
      ['the default options', PLAIN],
      ['combinations, a baseline, aliases and includes', COMBINED],
    ])('%s', (name, document) => {
      const policy = loadPolicy(document)
      expect(TARGETS.cedar.write(policy).unexpressed).toEqual([])
      const { allowed, refused, wrong } = compare(policy, name, 3500)
      expect(wrong).toEqual([])
      expect(allowed).toBeGreaterThan(150)
      expect(refused).toBeGreaterThan(400)
    })

    test.each(OPTIONS)('options %s', (options) => {
      const prefix = options.includes('/rest') ? '/rest' : ''
      for (const [index, document] of [PLAIN, COMBINED].entries()) {
        const policy = loadPolicy(`$options: ${options}\n${document}`)
        const { allowed, wrong } = compare(policy, `${options} ${String(index)}`, 1000, prefix)
        expect(wrong).toEqual([])
        expect(allowed).toBeGreaterThan(40)
      }
    })

    test('segment patterns that have an equivalent', () => {
      const policy = loadPolicy(`$options: { wildcard: segment }
a: { label: A, endpoints: [workers/me: GET, 'files/**', caf%C3%A9/x.y, /, slash/] }
b: { label: B, endpoints: ['files/a': PUT, slash: GET, 'slash/**': PUT] }
`)
      expect(TARGETS.cedar.write(policy).unexpressed).toEqual([])
      const { allowed, wrong } = compare(policy, 'segment', 3000)
      expect(wrong).toEqual([])
      expect(allowed).toBeGreaterThan(100)
    })

    test('names of tools, prompts and resources', () => {
      const policy = loadPolicy(`
use: { label: Use, tools: ['files_*', search, '*0', 'été*'], prompts: ['*'], resources: ['file:///home/*', 'docs://a/*0'], endpoints: ['files/*'] }
both: { label: Both, tools: ['/x*'], resources: ['https://x.example/caf%c3%a9/*'], endpoints: [] }
`)
      expect(TARGETS.cedar.write(policy).unexpressed).toEqual([])
      const decide = cedarOf(policy, 'names')
      const names = [
      'files_', 'files_read', 'files', 'search', 'Search', 'a%20', 'été', 'étéx', 'e', '/x', '/xy', '', 'a\nb', 'files/a',
      'file:///home/', 'file:///home/a', 'file:///home/../etc', 'file:///home/a%2Fb', 'docs://a/0', 'docs://a/b0',
      'docs://a/b%20', 'docs://a/b%C3%A0', 'https://x.example/caf%C3%A9/a', 'https://x.example/caf%c3%a9/a/',
      'https://x.example/caf/a', 'HTTPS://x.example/caf%C3%A9/a', 'file:///home/%61', '/files/a', '\ud800', '*',
    ] // prettier-ignore
      let allowed = 0
      for (const method of ['tools/call', 'prompts/get', 'resources/read', 'GET', 'tools/list']) {
        for (const scopes of [[], ['use'], ['both'], ['use', 'both']]) {
          for (const written of names) {
            // Cedar takes no text that is not Unicode; an HTTP request cannot have it either.
            if (method === 'GET' && written === '\ud800') continue
            const name = method === 'GET' && !written.startsWith('/') ? `/${written}` : written
            const expected = policy.authorize(scopes, method, name)
            if (expected) allowed++
            expect({ method, scopes, name, allowed: decide(scopes, method, name) }).toEqual({
              method,
              scopes,
              name,
              allowed: expected,
            })
          }
        }
      }
      expect(allowed).toBeGreaterThan(60)
    })

    test('what is left out is denied, and nothing else differs', () => {
      const policy = loadPolicy(`$options: { extensions: [json] }
a: { label: A, endpoints: ['a/*0/*': GET, 'b/*': GET, 'c/*/d': GET, 'd.json*': GET] }
`)
      const decide = cedarOf(policy, 'left out')
      const ask = (path: string): readonly boolean[] => [
        policy.authorize(['a'], 'GET', path),
        decide(['a'], 'GET', path),
      ]
      expect(ask('/a/0/x')).toEqual([true, false])
      expect(ask('/b/x/')).toEqual([true, false])
      expect(ask('/b/x.json')).toEqual([true, true])
      expect(ask('/c/x/d')).toEqual([true, true])
      const wrong = compare(policy, 'with options left out', 2000).wrong as readonly { expected: boolean }[]
      expect(wrong.filter(({ expected }) => !expected)).toEqual([])
    })
  },
)

describe('what Cedar cannot express', () => {
  const unexpressedOf = (document: string): readonly string[] =>
    TARGETS.cedar.write(loadPolicy(document)).unexpressed.map(({ row, pattern }) => `${row}: ${pattern}`)

  test('is named', () => {
    expect(
      unexpressedOf(`a: { label: A, endpoints: ['a/*0/*': GET, 'a/*/0/*': GET, 'x*AB*': GET] }`),
    ).toEqual(['a: a/*0/*', 'a: x*AB*'])
    expect(
      unexpressedOf(`$options: { wildcard: segment }
a: { label: A, endpoints: ['a/*': GET, '[ab]/c': GET, 'a/**/c': GET, '{a,b}': GET, '**': GET, a: GET] }`),
    ).toEqual(['a: a/*', 'a: [ab]/c', 'a: a/**/c', 'a: {a,b}', 'a: **'])
    expect(
      unexpressedOf(`$options: { wildcard: segment, caseSensitive: false }
a: { label: A, endpoints: [a: GET, '1': GET] }`),
    ).toEqual(['a: a'])
    expect(
      unexpressedOf(`$options: { extensions: [json] }
a: { label: A, endpoints: ['a/*': GET, 'a/*/b': GET] }`),
    ).toEqual(['a: a/*'])
  })
})

test('no policy is longer than Amazon Verified Permissions takes, and each begins with the scope', () => {
  const endpoints = Array.from({ length: 700 }, (_, at) => ({
    [`a/*/b${String(at)}`]: at % 2 === 0 ? 'GET' : 'PUT',
  }))
  const document = { wide: { label: 'Wide', endpoints: [{ 'a/*/*': 'GET' }, ...endpoints] } }
  const [text = ''] = TARGETS.cedar.write(loadPolicy(JSON.stringify(document))).files.map((file) => file.text)
  const policies = text.split('\n\n').filter((part) => part.startsWith('@grantedBy'))
  expect(policies.length).toBeGreaterThan(3)
  for (const one of policies) {
    expect(Buffer.byteLength(one)).toBeLessThanOrEqual(10_000)
    expect(one).toMatch(
      /when \{\n(?: {2}context\.path like "\*\/" &&\n)? {2}context\.scopes\.contains\("wide"\) &&\n/,
    )
  }
  expect(text.match(/like "a\/\*\/b\d+"/g)).toHaveLength(700)
})

describe('scope-policy export', () => {
  const cwd = (): string =>
    folderWith({
      'ok.yaml': PLAIN,
      'hex.yaml': `a: { label: A, endpoints: ['a*0*': GET] }`,
      'broken.yaml': WITH_ERROR,
      'out/kept': '',
    })

  test('prints the policies, and writes them with the schema', async () => {
    const folder = cwd()
    const printed = await runCli(['export', 'ok.yaml', '--to', 'cedar'], { cwd: folder })
    expect(printed.code).toBe(0)
    expect(printed.stdout).toContain(
      'context.scopes.contains("profile") &&\n  (\n    ["DELETE", "GET", "PATCH", "POST", "PUT"].contains(context.method) &&\n    context.path == "" ||\n',
    )
    const written = await runCli(['export', 'ok.yaml', '--to', 'cedar', '-o', 'out'], { cwd: folder })
    expect(written.code).toBe(0)
    expect(existsSync(`${folder}/out/policies.cedar`)).toBe(true)
    expect(existsSync(`${folder}/out/schema.cedarschema`)).toBe(true)
    expect((await runCli(['export', 'ok.yaml', '--to', 'cedar', '-o', 'out'], { cwd: folder })).code).toBe(2)
  })

  test('exits with 1 where something is left out, and with 2 where nothing is written', async () => {
    const folder = cwd()
    const partial = await runCli(['export', 'hex.yaml', '--to', 'cedar'], { cwd: folder })
    expect(partial.code).toBe(1)
    expect(partial.stderr).toContain('warning: `a*0*` of `a` is left out: a star before a hex digit')
    expect((await runCli(['export', 'broken.yaml', '--to', 'cedar'], { cwd: folder })).code).toBe(2)
    expect((await runCli(['export', 'ok.yaml', '--to', 'prose'], { cwd: folder })).code).toBe(2)
  })
})
