/**
 * The engines that exported policies are for, really run: Cedar, OPA, Cerbos, Envoy. Each takes the files that `export` wrote
 * and answers questions; what is not installed says so in one line.
 *
 * Cedar: of `test/peers`, as WebAssembly; for long runs the package `cedarpy` 4.12.2 of PyPI in a virtual environment in
 * `.cache/cedar`. OPA: a program built of the Go module `github.com/open-policy-agent/opa`, `OPA` or on the PATH. Cerbos: of
 * `test/peers`. Envoy: `.cache/envoy`, as for the gateway tests.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { TARGETS } from '../../src/export/index.ts'
import type { Policy } from '../../src/index.ts'
import { pathOf, type Question } from './requests.ts'

export interface Running {
  /** The decisions, in the order of the questions. */
  readonly ask: (questions: readonly Question[]) => Promise<readonly boolean[]>
  readonly stop: () => void
  /** Of the engine, where it is a process of its own. */
  readonly pid?: number | undefined
}

export interface Engine {
  readonly name: 'cedar' | 'opa' | 'cerbos' | 'envoy'
  /** Why it cannot be run; undefined where it can. */
  readonly missing: string | undefined
  readonly start: (policy: Policy) => Promise<Running>
}

function found(names: readonly (string | undefined)[]): string | undefined {
  return names.find((name) => name !== undefined && existsSync(name))
}

const onPath = (name: string): string | undefined =>
  found((process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const OPA = found([process.env['OPA'], onPath('opa'), here('../../.cache/opa/opa')])
const CEDAR = found([here('../peers/node_modules/@cedar-policy/cedar-wasm/nodejs/cedar_wasm.js')])
const CEDARPY = found([here('../../.cache/cedar/bin/python')])
const CERBOS = found([here('../peers/node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64')])
const ENVOY = found([here('../../.cache/envoy/bin/envoy'), onPath('envoy')])

/** A folder with the exported files. */
function written(policy: Policy, name: Engine['name']): string {
  const folder = mkdtempSync(join(tmpdir(), `export-${name}-`))
  mkdirSync(join(folder, 'files'))
  for (const file of TARGETS[name].write(policy).files)
    writeFileSync(join(folder, 'files', file.name), file.text)
  return folder
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Starts a server and waits until its port answers. */
async function serve(command: string, args: readonly string[], port: number): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = `${output}${String(chunk)}`.slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  for (let tries = 0; tries < 3000; tries++) {
    if (child.exitCode !== null) throw new Error(`${command} ended: ${output}`)
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      const end = (answers: boolean) => (): void => {
        resolve(answers)
        socket.destroy()
      }
      socket.once('connect', end(true)).once('error', end(false))
      setTimeout(end(false), 1000).unref()
    })
    if (isOpen) return child
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  child.kill('SIGKILL')
  throw new Error(`${command} does not answer: ${output}`)
}

/** Runs `work` for all items, so many at a time. */
async function pooled<T, U>(
  items: readonly T[],
  size: number,
  work: (item: T, slot: number) => Promise<U>,
): Promise<U[]> {
  const answers: U[] = Array.from({ length: items.length })
  let at = 0
  await Promise.all(
    Array.from({ length: size }, async (_, slot) => {
      while (at < items.length) {
        const index = at++
        answers[index] = await work(items[index] as T, slot)
      }
    }),
  )
  return answers
}

const opa: Engine = {
  name: 'opa',
  missing: OPA === undefined ? 'OPA is not installed (OPA=…, or opa on the PATH): skipped' : undefined,
  start: async (policy) => {
    const folder = written(policy, 'opa')
    const port = await freePort()
    const child = await serve(
      OPA ?? '',
      [
        'run',
        '--server',
        '--addr',
        `127.0.0.1:${port}`,
        '--log-level',
        'error',
        '--disable-telemetry',
        '--bundle',
        join(folder, 'files'),
      ],
      port,
    )
    const agent = new Agent({ keepAlive: true, maxSockets: 4 })
    const ask = (questions: readonly Question[]): Promise<readonly boolean[]> =>
      pooled(questions, 4, async ({ scopes, method, target }) => {
        const path = method.includes('/') ? target : pathOf(target)
        const body = JSON.stringify({ input: { scopes, method, path } })
        const { status, text } = await post(agent, port, '/v1/data/scope_policy/allow', body)
        if (status !== 200) throw new Error(`${String(status)}: ${text}`)
        return (JSON.parse(text) as { result?: unknown }).result === true
      })
    return {
      ask,
      pid: child.pid,
      stop: () => {
        agent.destroy()
        child.kill('SIGKILL')
        rmSync(folder, { recursive: true })
      },
    }
  },
}

interface CedarAnswer {
  readonly type: string
  readonly response?: {
    readonly decision: string
    readonly diagnostics: { readonly errors: readonly unknown[] }
  }
}

interface Cedar {
  readonly preparsePolicySet: (id: string, policies: object) => CedarAnswer
  readonly preparseSchema: (id: string, schema: string) => CedarAnswer
  readonly statefulIsAuthorized: (call: object) => CedarAnswer
}

const cedar: Engine = {
  name: 'cedar',
  missing: CEDAR === undefined ? 'Cedar is not installed (npm ci --prefix test/peers): skipped' : undefined,
  start: (policy) => {
    const { preparsePolicySet, preparseSchema, statefulIsAuthorized } = createRequire(import.meta.url)(
      CEDAR ?? '',
    ) as Cedar
    const [policies = '', schema = ''] = TARGETS.cedar.write(policy).files.map(({ text }) => text)
    const id = policy.fingerprint
    const parsed = [
      preparsePolicySet(id, { staticPolicies: policies, templates: {}, templateLinks: [] }),
      preparseSchema(id, schema),
    ]
    if (parsed.some(({ type }) => type !== 'success')) throw new Error(JSON.stringify(parsed))
    const ask = (questions: readonly Question[]): Promise<readonly boolean[]> =>
      Promise.resolve(
        questions.map(({ scopes, method, target }) => {
          const path = pathForCedar(policy, method, target)
          if (path === undefined) return false
          const { response } = statefulIsAuthorized({
            principal: { type: 'ScopePolicy::Token', id: 'token' },
            action: { type: 'ScopePolicy::Action', id: 'request' },
            resource: { type: 'ScopePolicy::Api', id: 'api' },
            context: { method, path, scopes },
            preparsedSchemaName: id,
            validateRequest: true,
            preparsedPolicySetId: id,
            entities: [],
          })
          if (response === undefined || response.diagnostics.errors.length > 0)
            throw new Error(JSON.stringify({ method, path, scopes, response }))
          return response.decision === 'allow'
        }),
      )
    return Promise.resolve({ ask, pid: process.pid, stop: () => undefined })
  },
}

/**
 * The path that the exported file says to ask with; undefined where it says to deny without asking. Refused targets
 * in origin-form are asked about all the same: the policies deny them as well.
 */
function pathForCedar(policy: Policy, method: string, target: string): string | undefined {
  const { path, refusal } = policy.explain([], method, target)
  const isAsked = refusal === undefined || (target.startsWith('/') && !method.includes('/'))
  return isAsked ? path : undefined
}

/** The same, compiled for this machine: for 100,000 decisions. */
export const nativeCedar: Engine = {
  name: 'cedar',
  missing: CEDARPY === undefined ? 'cedarpy is not installed in .cache/cedar: skipped' : undefined,
  start: (policy) => {
    const folder = written(policy, 'cedar')
    const files = ['policies.cedar', 'schema.cedarschema'].map((name) => join(folder, 'files', name))
    const ask = (questions: readonly Question[]): Promise<readonly boolean[]> => {
      const contexts = questions.map(({ scopes, method, target }) => {
        const path = pathForCedar(policy, method, target)
        return { isAsked: path !== undefined, context: { method, path, scopes } }
      })
      return new Promise((resolve, reject) => {
        const args = [here('./cedar-decisions.py'), ...files]
        const child = execFile(CEDARPY ?? '', args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
          if (error !== null) {
            reject(new Error(`${stderr}${error.message}`))
            return
          }
          const answers = (JSON.parse(stdout) as boolean[]).values()
          resolve(contexts.map(({ isAsked }) => isAsked && answers.next().value === true))
        })
        child.stdin?.end(
          JSON.stringify(contexts.flatMap(({ isAsked, context }) => (isAsked ? [context] : []))),
        )
      })
    }
    return Promise.resolve({
      ask,
      stop: () => {
        rmSync(folder, { recursive: true })
      },
    })
  },
}

const cerbos: Engine = {
  name: 'cerbos',
  missing: CERBOS === undefined ? 'Cerbos is not installed (npm ci --prefix test/peers): skipped' : undefined,
  start: async (policy) => {
    const folder = written(policy, 'cerbos')
    const [http, grpc] = [await freePort(), await freePort()]
    const settings = {
      server: { httpListenAddr: `127.0.0.1:${http}`, grpcListenAddr: `127.0.0.1:${grpc}` },
      storage: { driver: 'disk', disk: { directory: join(folder, 'files') } },
      telemetry: { disabled: true },
      audit: { enabled: false },
    }
    writeFileSync(join(folder, 'cerbos.yaml'), stringify(settings))
    const child = await serve(
      CERBOS ?? '',
      ['server', '--config', join(folder, 'cerbos.yaml'), '--log-level', 'error'],
      http,
    )
    const agent = new Agent({ keepAlive: true, maxSockets: 4 })
    const ask = (questions: readonly Question[]): Promise<readonly boolean[]> =>
      pooled(questions, 4, async ({ scopes, method, target }) => {
        const body = JSON.stringify({
          principal: { id: 'token', roles: ['token'], attr: { scopes } },
          resources: [
            {
              actions: [method],
              resource: {
                kind: 'api',
                id: 'api',
                attr: { path: method.includes('/') ? target : pathOf(target) },
              },
            },
          ],
        })
        const { status, text } = await post(agent, http, '/api/check/resources', body)
        if (status !== 200) throw new Error(`${String(status)}: ${text}`)
        const { results } = JSON.parse(text) as { results: { actions: Record<string, string> }[] }
        return results[0]?.actions[method] === 'EFFECT_ALLOW'
      })
    return {
      ask,
      pid: child.pid,
      stop: () => {
        agent.destroy()
        child.kill('SIGKILL')
        rmSync(folder, { recursive: true })
      },
    }
  },
}

function post(
  agent: Agent,
  port: number,
  path: string,
  body: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const SECRET = 'a secret that is long enough for HS256'
const encoded = (data: string): string => Buffer.from(data).toString('base64url')

function tokenOf(scopes: readonly string[], asList: boolean): string {
  const payload = { iss: 'https://as.example', exp: 4_000_000_000, scope: asList ? scopes : scopes.join(' ') }
  const signed = `${encoded('{"alg":"HS256","kid":"1"}')}.${encoded(JSON.stringify(payload))}`
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`
}

function bootstrap(port: number, filters: string): string {
  const indented = filters.replace(/^#.*\n/gm, '').replace(/^/gm, '          ')
  return `
layered_runtime: { layers: [{ name: re2, static_layer: { re2.max_program_size.error_level: 1000000 } }] }
static_resources:
  listeners:
  - address: { socket_address: { address: 127.0.0.1, port_value: ${port} } }
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: http
          normalize_path: false
          merge_slashes: false
          path_with_escaped_slashes_action: KEEP_UNCHANGED
          http_protocol_options: { allow_absolute_url: false }
          route_config: { virtual_hosts: [{ name: all, domains: ["*"], routes: [{ match: { safe_regex: { regex: ".*" } }, direct_response: { status: 204 } }] }] }
          http_filters:
          - name: envoy.filters.http.jwt_authn
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
              providers:
                as:
                  issuer: https://as.example
                  payload_in_metadata: payload
                  local_jwks: { inline_string: '{"keys":[{"kty":"oct","alg":"HS256","kid":"1","k":"${encoded(SECRET)}"}]}' }
              rules: [{ match: { safe_regex: { regex: ".*" } }, requires: { provider_name: as } }]
${indented}
          - name: envoy.filters.http.router
            typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router }
`
}

/** One request at a time on its own connection, sent as it is: no client would send most of these targets. */
class RawClient {
  readonly #port: number
  #socket: Socket | undefined
  #answer: ((status: number) => void) | undefined
  #isHead = false
  #isClean = false

  constructor(port: number) {
    this.#port = port
  }

  /** 0 where the connection ends without an answer. */
  ask(text: string): Promise<number> {
    return new Promise((resolve) => {
      const socket = this.#socket ?? this.#connected()
      this.#isHead = text.startsWith('HEAD ')
      this.#isClean = /^[A-Z]+ \/[!-~]* HTTP/.test(text)
      this.#answer = (status) => {
        this.#answer = undefined
        resolve(status)
      }
      socket.write(text)
    })
  }

  end(): void {
    this.#socket?.destroy()
  }

  #connected(): Socket {
    const socket = connect(this.#port, '127.0.0.1')
    let received = ''
    const drop = (): void => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      this.#answer?.(0)
    }
    socket.on('data', (chunk) => {
      if (this.#socket !== socket) return
      received += chunk.toString('latin1')
      const end = received.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = received.slice(0, end)
      const length = this.#isHead ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (received.length < end + 4 + length) return
      received = ''
      // After a request that a server does not understand the rest of what it reads may be another one.
      if (!this.#isClean || !/^HTTP\/1\.1 (?:204|403)/.test(head) || /connection: close/i.test(head)) {
        this.#socket = undefined
        socket.destroy()
      }
      this.#answer?.(Number(head.slice(9, 12)))
    })
    socket.on('error', drop).on('close', drop)
    this.#socket = socket
    return socket
  }
}

const envoy: Engine = {
  name: 'envoy',
  missing: ENVOY === undefined ? 'Envoy is not installed (see test/gateways): skipped' : undefined,
  start: async (policy) => {
    const folder = written(policy, 'envoy')
    const port = await freePort()
    const [filters] = TARGETS.envoy.write(policy).files
    writeFileSync(join(folder, 'envoy.yaml'), bootstrap(port, filters?.text ?? ''))
    const id = String(port)
    const child = await serve(
      ENVOY ?? '',
      ['-c', join(folder, 'envoy.yaml'), '--concurrency', '1', '--base-id', id, '--log-level', 'error'],
      port,
    )
    const clients = Array.from({ length: 8 }, () => new RawClient(port))
    const ask = (questions: readonly Question[]): Promise<readonly boolean[]> =>
      pooled(questions, clients.length, async ({ scopes, method, target }, slot) => {
        // Only what a request can carry: the query decides nothing, and white space after a path is not part of it.
        // A `#` in the query is refused by Envoy itself, as the exported file says.
        const path = pathOf(target)
        const query = target.slice(path.length).replace(/[^!-~]|#/g, '')
        if (query === '' && /\s$/.test(path)) return false
        const sent = `${path}${query}`
        // As a string and as a list, by turns.
        const token = tokenOf(scopes, target.length % 2 === 0 || scopes.length === 0)
        const length = method === 'GET' || method === 'HEAD' ? '' : 'content-length: 0\r\n'
        const text = `${method} ${sent} HTTP/1.1\r\nhost: x\r\n${length}authorization: Bearer ${token}\r\n\r\n`
        // A connection that ended is not a denial, unless that is how Envoy answers what is not HTTP.
        let status = 0
        for (let tries = 0; status === 0 && tries < 5; tries++) status = (await clients[slot]?.ask(text)) ?? 0
        if (status === 0 && /^\/[!-~]*$/.test(sent)) throw new Error(`no answer: ${text}`)
        if (![0, 204, 400, 403, 404, 426, 431].includes(status)) throw new Error(`${String(status)}: ${text}`)
        return status === 204
      })
    return {
      ask,
      pid: child.pid,
      stop: () => {
        for (const client of clients) client.end()
        child.kill('SIGKILL')
        rmSync(folder, { recursive: true })
      },
    }
  },
}

export const ENGINES: readonly Engine[] = [cedar, opa, cerbos, envoy]

export interface Comparison {
  readonly allowed: number
  readonly refused: number
  readonly differences: readonly (Question & { readonly expected: boolean })[]
}

/** Asks the engine what `authorize` is asked. Targets without a leading slash are asked only where they are refused. */
export async function compare(
  policy: Policy,
  running: Running,
  next: () => Question,
  count: number,
): Promise<Comparison> {
  let [allowed, refused] = [0, 0]
  const questions: (Question & { readonly expected: boolean })[] = []
  while (questions.length < count) {
    const question = next()
    const { scopes, method, target } = question
    const expected = policy.authorize(scopes, method, target)
    if (!target.startsWith('/') && expected) continue
    questions.push({ ...question, expected })
    if (expected) allowed++
    if (policy.explain(scopes, method, target).refusal !== undefined) refused++
  }
  const answers = await running.ask(questions)
  return {
    allowed,
    refused,
    differences: questions.filter(({ expected }, index) => answers[index] !== expected),
  }
}
