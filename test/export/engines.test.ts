/** Exported policies, run by the engines they are for: each decides as `authorize`. */
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { TARGETS } from '../../src/export/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { compare, ENGINES } from './engines.ts'
import { COMBINED, PLAIN, questionsOf, SEGMENTS } from './requests.ts'

const DOCUMENTS = [
  ['stars', PLAIN],
  ['combinations, a baseline, aliases', COMBINED],
  ['segments', `$options: { wildcard: segment }\n${SEGMENTS}`],
  ['the preset of Cerb', `$options: { preset: cerb }\n${PLAIN}`],
  ['extensions', `$options: { extensions: [json, xml] }\n${PLAIN}`],
  ['data', `$options: { delimiters: data, encodedSlash: data, head: as-get }\n${COMBINED}`],
] as const

// Cedar has tests of its own: it cannot say as much.
const ASKED_ALL = ENGINES.filter(({ name }) => name !== 'cedar')

describe.each(ASKED_ALL)('$name decides as authorize', ({ name, missing, start }) => {
  test.skipIf(missing !== undefined).each(DOCUMENTS)(
    `%s${missing === undefined ? '' : ` (${missing})`}`,
    async (about, document) => {
      const policy = loadPolicy(document)
      expect(TARGETS[name].write(policy).unexpressed).toEqual([])
      const running = await start(policy)
      try {
        const { allowed, refused, differences } = await compare(
          policy,
          running,
          questionsOf(policy, about.length),
          1500,
        )
        expect(differences.slice(0, 5)).toEqual([])
        expect(allowed).toBeGreaterThan(100)
        expect(refused).toBeGreaterThan(150)
      } finally {
        running.stop()
      }
    },
    120_000,
  )
})

const NAMES = [
  'files_', 'files_read', 'files', 'search', 'Search', 'a%20', 'été', 'étéx', 'e', '/x', '/xy', '', 'a\nb', 'files/a', 'a\u0085',
  '\u{1F600}'.repeat(4096), '\u{1F600}'.repeat(4097), `files_${'a'.repeat(8186)}`, `files_${'a'.repeat(8187)}`, 'a.b+c', 'aXb+c',
  'file:///home/', 'file:///home/a', 'file:///home/../etc', 'file:///home/a%2Fb', 'docs://a/0', 'docs://a/b0', 'file:/home/a',
  'docs://a/b%20', 'docs://a/b%C3%A0', 'https://x.example/caf%C3%A9/a', 'https://x.example/caf%c3%a9/a/', 'file://localhost/home/a',
  'https://x.example/caf/a', 'HTTPS://x.example/caf%C3%A9/a', 'file:///home/%61', '/files/a', '*', 'file://h:1/a', 'file://h/a',
  'http://h', 'http://h/', 'http://h:80/', 'http://h:8%30/', 'http://h:81/', 'https://h:443/', 'https://h:80/', 'ftp://h:21/a',
  'ws://h:65535/', 'ws://h:65536/', 'ws://h:99999/', 'ws://h:0/', 'ws://h:01/', 'ws://h:/', 'http://1.2.3.4/', 'http://1.2.3/',
  'http://1.2.3.04/', 'http://256.2.3.4/', 'http://a.0x1/', 'http://a.0y1/', 'http://0x/', 'http://00x/', 'http://xn--a/',
  'http://a.xn--b/', 'http://axn--b/', 'http://h/?a=\'', 'x://h/?a=\'', "http://h/a'b", 'http://H/', 'x://H/', 'x://%48/', 'x://%68/a',
  'x://../a', 'x://.', 'x://..;/a', 'x:a//b', 'x:a/', 'x:/a//', 'x:/', 'x:', 'x://', 'x:///', 'x:////', 'x://a//b', 'x://a/b//?c',
  'x://a/?b//c', 'x://a/b/..', 'x://a/b/..?c', 'x://a/b/.;c', 'x://a/b?/../', 'x:..', 'x:../a', 'x:a/..;', 'x:a;b', 'x:%2e%2e/a',
  'urn:isbn:1', 'urn:a%3Bb', 'urn:a%23', 'urn:a#b', 'urn:a b', 'urn:%25', 'urn:%2541', 'urn:a\\b', 'urn:é', 'urn:%C3%A9', 'u_n:a',
  'data:x,y', '1x:a', 'x://a:1:2/b', 'x://u@h/a', 'x://[::1]/a', 'http:a', 'http:/a', 'http:', 'ftp:/', "x://a'b/c", 'x://a;b/c',
] // prettier-ignore

describe.each(ASKED_ALL.filter(({ name }) => name !== 'envoy'))('$name and names', ({ missing, start }) => {
  test.skipIf(missing !== undefined)(
    `of tools, prompts and resources are judged as by authorize${missing === undefined ? '' : ` (${missing})`}`,
    async () => {
      const policy = loadPolicy(`
use: { label: Use, tools: ['files_*', search, '*0', 'été*', 'a.b+c'], prompts: ['*'], resources: ['file:///home/*', 'docs://a/*0'], endpoints: ['files/*'] }
both: { label: Both, tools: ['/x*'], resources: ['https://x.example/caf%c3%a9/*'], endpoints: [] }
all: { label: All, tools: ['*'], resources: ['*'], endpoints: [] }
`)
      const questions = ['tools/call', 'prompts/get', 'resources/read', 'GET', 'tools/list'].flatMap(
        (method) =>
          [[], ['use'], ['both'], ['use', 'both'], ['all']].flatMap((scopes) =>
            NAMES.map((name) => ({
              scopes,
              method,
              target: method === 'GET' && !name.startsWith('/') ? `/${name}` : name,
            })),
          ),
      )
      const running = await start(policy)
      try {
        const answers = await running.ask(questions)
        const shown = (one: object, isAllowed: unknown): string =>
          `${JSON.stringify(one)} ${String(isAllowed)}`
        const expected = questions.map((one) => policy.authorize(one.scopes, one.method, one.target))
        expect(questions.map((one, index) => shown(one, answers[index]))).toEqual(
          questions.map((one, index) => shown(one, expected[index])),
        )
        expect(expected.filter((one) => one).length).toBeGreaterThan(150)
      } finally {
        running.stop()
      }
    },
    120_000,
  )
})

test('Istio gets the filters of Envoy in their order, and denies requests without a token', () => {
  const policy = loadPolicy(COMBINED)
  const [tokens, decisions] = parseAllDocuments(TARGETS.istio.write(policy).files[0]?.text ?? '').map(
    (document) =>
      document.toJS() as { kind: string; spec: { configPatches: { patch: { value: unknown } }[] } },
  )
  expect(tokens).toMatchObject({
    kind: 'AuthorizationPolicy',
    spec: { action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] },
  })
  expect(decisions?.kind).toBe('EnvoyFilter')
  expect(decisions?.spec.configPatches.map(({ patch }) => patch.value)).toEqual(
    parse(TARGETS.envoy.write(policy).files[0]?.text ?? ''),
  )
})

describe('what an engine cannot express', () => {
  const unexpressed = (name: 'opa' | 'cerbos' | 'envoy', document: string): readonly string[] =>
    TARGETS[name].write(loadPolicy(document)).unexpressed.map(({ row, pattern }) => `${row}: ${pattern}`)

  test('is named', () => {
    expect(unexpressed('envoy', `a: { label: A, tools: [t], endpoints: [x] }`)).toEqual(['a: t'])
    expect(
      unexpressed(
        'cerbos',
        `$options: { extraMethods: ['A|B'] }\na: { label: A, endpoints: [x: ['A|B', GET]] }`,
      ),
    ).toEqual(['a: x'])
    const strict = `$options: { wildcard: segment, extensions: [json] }\na: { label: A, endpoints: ['x/*'] }`
    for (const name of ['opa', 'cerbos', 'envoy'] as const)
      expect(unexpressed(name, strict)).toEqual(['a: x/*'])
  })
})
