/**
 * One request, one decision, whichever protocol a gateway asks by: the targets of the audits and combinations of
 * their pieces, by headers, ext_authz over HTTP and gRPC, AuthZEN and OPA-shaped REST.
 *
 * The readers are called as the server calls them, without sockets: what HTTP clients make of such targets is
 * tested with real gateways.
 */
import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { DEFAULTS } from '../../src/serve/settings.ts'
import { answerAuthzen } from '../../src/serve/authzen/handler.ts'
import { DecisionPoint } from '../../src/serve/authzen/decision-point.ts'
import { NO_AUTHZEN } from '../../src/serve/authzen/config.ts'
import { createIdentityHeaders } from '../../src/serve/identity.ts'
import { createChallenge } from '../../src/serve/challenges.ts'
import { answerTo, decide, type Decider } from '../../src/serve/decide.ts'
import { readCheckRequest } from '../../src/serve/grpc/check.ts'
import { loadHere, type ServedPolicy } from '../../src/serve/load-policy.ts'
import { readOpaInput, writeOpaResult } from '../../src/serve/opa.ts'
import { ATTACK_TARGETS } from '../attack-targets.ts'
import { AMBIGUOUS, FORMS } from '../middleware/audits/paths.ts'

const GRANTS = `
public: { label: Public data, endpoints: [{ "public/*": [GET] }] }
profile: { label: Profile, endpoints: [{ "workers/me": [GET, POST] }] }
search: { label: Search, endpoints: [{ "records/*/search": [GET] }] }
rest: { label: Rest, endpoints: [{ "rest/public/*": [GET] }, { "rest/admin": [GET] }] }
all: { label: Everything, endpoints: [{ "*": [GET, OPTIONS] }] }
`
const OPTIONS: readonly string[] = [
  '{}',
  '{ caseSensitive: false, trailingSlash: ignore }',
  '{ basePath: /public }',
  '{ encodedSlash: data }',
]
const SCOPES: readonly (readonly string[])[] = [
  [],
  ['public', 'profile', 'search'],
  ['rest'],
  ['all'],
  ['unknown', 'search'],
]

const PIECES = [
  '/',
  '//',
  '.',
  '..',
  '%2e',
  '%2F',
  '%5c',
  '\\',
  ';',
  '%3b',
  '%00',
  '%25',
  '?',
  '#',
  'a',
  'admin',
  'public',
  '{',
  '*',
]
const combined: readonly string[] = PIECES.flatMap((first) =>
  PIECES.flatMap((second) => [`/public/${first}${second}`, `/${first}${second}/public/a`]),
)
const isTemplate = (target: string): boolean => /\{[^{}/]+\}/.test(target)
const TARGETS: readonly string[] = [
  ...new Set([
    ...ATTACK_TARGETS,
    ...AMBIGUOUS.map(([, , target]) => target),
    ...FORMS.map(([, , request]) => request.split(' ')[1] ?? ''),
    ...combined,
  ]),
].filter((target) => !isTemplate(target))

const { root } = protobuf.parse(
  `syntax = "proto3";
message Http { string method = 2; map<string, string> headers = 3; string path = 4; string host = 5; }
message Request { Http http = 2; }
message Attributes { Request request = 4; }
message CheckRequest { Attributes attributes = 1; }`,
)
const CHECK = root.lookupType('CheckRequest')

type Ask = (scopes: readonly string[], method: string, target: string) => Promise<boolean>

/** By each protocol. */
function protocols(policy: ServedPolicy): Readonly<Record<string, Ask>> {
  const decider = (family: Decider['family'], scopes: readonly string[]): Decider => ({
    family,
    mcpPath: '/mcp',
    authenticate: () => Promise.resolve({ kind: 'token', claims: { sub: 'ada' }, scopes }),
    choose: () => policy,
    challenge: createChallenge(DEFAULTS),
    identityHeaders: createIdentityHeaders(3_072),
  })
  const point = new DecisionPoint(
    () => policy,
    NO_AUTHZEN,
    () => new Map(),
  )
  return {
    'x-forwarded': async (scopes, method, target) => {
      const rawHeaders = ['X-Forwarded-Method', method, 'X-Forwarded-Uri', target]
      const request = { method: 'GET', url: '/decide', rawHeaders }
      return (await decide(request, decider('x-forwarded', scopes))).status === 200
    },
    'x-original': async (scopes, method, target) => {
      const rawHeaders = ['X-Original-Method', method, 'X-Original-Uri', target]
      const request = { method: 'GET', url: '/decide', rawHeaders }
      return (await decide(request, decider('x-original', scopes))).status === 200
    },
    envoy: async (scopes, method, target) => {
      const request = { method, url: `/decide${target}`, rawHeaders: [] }
      return (await decide(request, decider('envoy', scopes))).status === 200
    },
    gRPC: async (scopes, method, target) => {
      const http = { method, path: target, headers: {}, host: 'api.example' }
      const bytes = CHECK.encode(CHECK.fromObject({ attributes: { request: { http } } })).finish()
      const question = readCheckRequest(Buffer.from(bytes))
      return (await answerTo(question, decider('x-forwarded', scopes))).status === 200
    },
    OPA: async (scopes, method, target) => {
      const input = { request: { http: { method, path: target, headers: {} } } }
      const question = readOpaInput(JSON.stringify({ input }))
      if ('problem' in question) return false
      const answer = await answerTo(question, decider('x-forwarded', scopes))
      return (writeOpaResult(answer, '/v1/data/gateway/allow') as { result: unknown }).result === true
    },
    AuthZEN: (scopes, method, target) => {
      const question = {
        subject: { type: 'user', id: 'ada', properties: { scope: scopes } },
        action: { name: method },
        resource: { type: 'route', id: target },
      }
      const headers = { 'content-type': 'application/json' }
      const answer = answerAuthzen(
        { method: 'POST', headers, headersDistinct: {}, remoteAddress: '127.0.0.1', isEncrypted: false },
        '/access/v1/evaluation',
        JSON.stringify(question),
        { point, clients: () => new Map() },
      )
      return Promise.resolve((answer?.body as { decision?: unknown } | undefined)?.decision === true)
    },
  }
}

describe.each(OPTIONS)('with $options %s', (options) => {
  test('every protocol gives the decision of `authorize`, and of the others', async () => {
    const document = new TextEncoder().encode(`$options: ${options}\n${GRANTS}`)
    const { policy } = loadHere(document, {})
    if (policy === null) throw new Error('the document has errors')
    const asks = protocols(policy)
    let granted = 0
    for (const target of TARGETS) {
      for (const scopes of SCOPES) {
        for (const method of ['GET', 'OPTIONS']) {
          // Servers get paths with a leading slash only.
          const expected = target.startsWith('/') && policy.authorize(scopes, method, target)
          if (expected) granted += 1
          const decisions: Record<string, boolean> = {}
          for (const [name, ask] of Object.entries(asks)) decisions[name] = await ask(scopes, method, target)
          const wanted = Object.fromEntries(Object.keys(asks).map((name) => [name, expected]))
          expect({ target, scopes, method, decisions }).toEqual({ target, scopes, method, decisions: wanted })
        }
      }
    }
    expect(granted).toBeGreaterThan(20)
  })
})
